"""What Discord is sent when commands are registered.

``python -m tests.test_commands`` writes the snapshot anew; its difference is what a reviewer reads.
"""

import asyncio
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.client import COGS, OstBot
from bot.domain.catalog import Catalog
from bot.domain.members import Languages
from bot.settings import Settings
from bot.store import BackgroundIndex, Store
from bot.ui.i18n import LANGUAGE_NAMES, CommandTranslator

ROOT = Path(__file__).resolve().parents[1]
SNAPSHOT = ROOT / "tests" / "data" / "commands.json"
OPENAPI = Path(os.environ.get("OSTINATO_OPENAPI") or ROOT.parent / "shared" / "discord" / "openapi.json")

# https://docs.discord.com/developers/interactions/application-commands
NAME = re.compile(r"[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}")
DESCRIPTION_MAX = 100
CHOICES_MAX = 25
CHOICE_MAX = 100
OPTIONS_MAX = 25
COMMANDS_MAX = 100
COMMAND_TEXT_MAX = 8000
SUBCOMMAND, SUBCOMMAND_GROUP = 1, 2
MANAGE_GUILD = 1 << 5


async def translated() -> list[dict[str, Any]]:
    catalog = Catalog(dramas=[], songs=[], artists=[], awards=[], editions=[], outcomes=[])
    store = Store(None, catalog, BackgroundIndex(catalog), Languages())  # nothing here asks the database
    bot = OstBot(Settings(), store)
    for name in COGS:
        await bot.load_extension(name)
    translator = CommandTranslator()
    commands = sorted(bot.tree.get_commands(), key=lambda command: command.name)
    return [await command.get_translated_payload(bot.tree, translator) for command in commands]


@pytest.fixture(scope="module")
def payloads() -> list[dict[str, Any]]:
    return asyncio.run(translated())


def test_discord_is_sent_what_the_snapshot_shows(payloads):
    assert json.loads(json.dumps(payloads)) == json.loads(SNAPSHOT.read_text("utf-8")), (
        "if this change is meant: python -m tests.test_commands"
    )


def nodes(command: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The command, its subcommands and their options."""
    yield command
    for option in command.get("options", []):
        yield from nodes(option)


def texts(node: dict[str, Any], field: str) -> list[str]:
    """A field in every language."""
    return [node[field], *(node.get(f"{field}_localizations") or {}).values()]


def test_names_and_descriptions_keep_to_the_limits_in_every_language(payloads):
    assert len(payloads) <= COMMANDS_MAX
    for command in payloads:
        for node in nodes(command):
            for name in texts(node, "name"):
                assert NAME.fullmatch(name), name
                assert name == name.lower()
            for description in texts(node, "description"):
                assert 1 <= len(description) <= DESCRIPTION_MAX, description


def test_options_and_choices_keep_to_the_limits_in_every_language(payloads):
    for command in payloads:
        for node in nodes(command):
            options = node.get("options", [])
            assert len(options) <= OPTIONS_MAX
            required = [option.get("required", False) for option in options]
            assert required == sorted(required, reverse=True), "required options come first"
            names = [option["name"] for option in options]
            assert len(names) == len(set(names))
            choices = node.get("choices") or []
            assert len(choices) <= CHOICES_MAX
            assert all(1 <= len(name) <= CHOICE_MAX for choice in choices for name in texts(choice, "name"))
            assert len({choice["name"] for choice in choices}) == len(choices)


def test_each_command_is_short_enough_in_its_longest_language(payloads):
    def longest(node: dict[str, Any]) -> int:
        own = max(map(len, texts(node, "name"))) + max(map(len, texts(node, "description")))
        choices = sum(
            max(map(len, texts(choice, "name"))) + len(str(choice["value"])) for choice in node.get("choices") or []
        )
        return own + choices + sum(longest(option) for option in node.get("options", []))

    assert all(longest(command) <= COMMAND_TEXT_MAX for command in payloads)


def test_localized_names_do_not_collide(payloads):
    for code in LANGUAGE_NAMES:
        names = [(command.get("name_localizations") or {}).get(code, command["name"]) for command in payloads]
        assert len(names) == len(set(names))


def test_everything_a_member_reads_is_translated(payloads):
    for command in payloads:
        for node in nodes(command):
            assert set(node.get("description_localizations") or {}) >= set(LANGUAGE_NAMES) - {"en"}, node["name"]


def test_what_a_member_types_for_music_begins_with_ost(payloads):
    names = [command["name"] for command in payloads]
    assert "ost" in names
    assert all(name.startswith("ost") for name in names if name not in ("trivia", "dailypick"))


def test_settings_of_a_server_are_its_managers_and_absent_elsewhere(payloads):
    for command in payloads:
        if command["name"] in ("ostadmin", "dailypick"):
            assert int(command["default_member_permissions"]) == MANAGE_GUILD
            assert command["contexts"] == [0]
            assert command["integration_types"] == [0]


def test_look_ups_work_in_servers_direct_messages_and_for_user_installs(payloads):
    for command in payloads:
        if command["name"].startswith("ost") and command["name"] != "ostadmin":
            assert not command["default_member_permissions"]
            assert sorted(command["contexts"]) == [0, 1, 2]
            assert sorted(command["integration_types"]) == [0, 1]


def test_discord_s_own_schema_takes_every_payload(payloads):
    if not OPENAPI.is_file():
        pytest.skip("Discord's OpenAPI document is not here (OSTINATO_OPENAPI names it)")
    from jsonschema import Draft202012Validator

    document = json.loads(OPENAPI.read_text("utf-8"))
    operation = document["paths"]["/applications/{application_id}/commands"]["put"]
    body = operation["requestBody"]["content"]["application/json"]["schema"]
    validator = Draft202012Validator({**body, "components": document["components"]})
    assert [error.message for error in validator.iter_errors(json.loads(json.dumps(payloads)))] == []
    assert list(validator.iter_errors([{"name": "x" * 33}])), "and refuses what is wrong"


if __name__ == "__main__":
    SNAPSHOT.write_text(
        json.dumps(asyncio.run(translated()), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8"
    )
