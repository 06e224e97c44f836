"""What README, .env.example and CHANGELOG say is so."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import discord
import pytest
from discord import app_commands
from discord.ext import commands
from typer.main import get_command

import bot
from bot import __version__
from bot.client import COGS
from bot.commands import app
from bot.settings import Secret, Settings, load_settings, settings_of
from bot.start import CLOSING_S, EXIT_SETUP

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")


class Setting(NamedTuple):
    key: str
    default: str
    meaning: str


def example_settings() -> list[Setting]:
    """.env.example: paragraphs of a comment and one ``KEY=default``, behind a # unless it must be filled in."""
    paragraphs = (ROOT / ".env.example").read_text("utf-8").strip().split("\n\n")[1:]
    settings = []
    for paragraph in paragraphs:
        *comment, assignment = paragraph.split("\n")
        key, _, default = assignment.removeprefix("#").partition("=")
        settings.append(Setting(key, default, " ".join(line.removeprefix("# ") for line in comment)))
    return settings


def written(default: object) -> str:
    """A setting's default as it would stand in ``.env``."""
    match default:
        case None:
            return ""
        case bool():
            return str(default).lower()
        case Secret():
            return default.get_secret_value()
        case _:
            return str(default)


def section(title: str) -> str:
    return README.split(f"\n## {title}\n")[1].split("\n## ")[0]


def table(text: str) -> list[list[str]]:
    rows = [line[1:-1].split("|") for line in text.splitlines() if line.startswith("| ")]
    return [[cell.strip() for cell in row] for row in rows]


def commands_in(text: str) -> list[str]:
    return [line for line in re.findall(r"^```sh\n(.*?)\n```", text, re.DOTALL | re.MULTILINE) if "\n" not in line]


def test_the_example_settings_are_those_of_the_program_in_its_order_with_its_defaults():
    fields = [(one.metadata["key"], written(one.default)) for one in settings_of()]
    assert [(setting.key, setting.default) for setting in example_settings()] == fields


def test_the_example_is_read_back_as_the_defaults(monkeypatch):
    for setting in example_settings():
        monkeypatch.delenv(setting.key, raising=False)
    assert load_settings(ROOT / ".env.example") == Settings()


def test_only_what_must_be_filled_in_is_not_behind_a_hash():
    bare = re.findall(r"^(\w+)=", (ROOT / ".env.example").read_text("utf-8"), re.MULTILINE)
    assert bare == ["DISCORD_TOKEN"]


def test_readme_explains_every_setting_in_the_same_words():
    rows = [[f"`{one.key}`", f"`{one.default}`" if one.default else "", one.meaning] for one in example_settings()]
    assert table(section("Settings"))[1:] == rows


def test_readme_says_things_in_the_order_in_which_they_are_asked():
    titles = re.findall(r"^## (.+)$", README, re.MULTILINE)
    assert titles == [
        *("Try it", "Bring it to Discord", "Settings", "Command line", "What is where", "Add a song", "Host it"),
        "Licence",
    ]
    picture = README.index("![")
    assert picture < README.index("## Try it")


def test_readme_begins_with_two_commands_that_set_everything_up_themselves():
    preview, tests = commands_in(section("Try it"))
    set_up = "python3 -m venv .venv && .venv/bin/pip install -q -r requirements/{}.txt && .venv/bin/python -m {}"
    assert preview == set_up.format("preview", "bot preview")
    assert tests == set_up.format("dev", "pytest -n logical --dist worksteal")


def test_ci_runs_the_very_command_that_readme_shows():
    _, tests = commands_in(section("Try it"))
    assert tests in (ROOT / ".ci" / "run").read_text("utf-8").splitlines()


def anchors(document: str) -> set[str]:
    """The parts of a document that an address can point at, as GitHub names them."""
    titles = re.findall(r"^#+ (.+)$", (ROOT / document).read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "PRIVACY.md", "SECURITY.md"])
def test_whatever_a_document_points_at_exists(document):
    for target in re.findall(r"\]\((?!https?:)([^)]+)\)", (ROOT / document).read_text("utf-8")):
        path, _, anchor = target.partition("#")
        assert (ROOT / path).exists(), target
        assert not anchor or anchor in anchors(path or document), target


def test_every_folder_on_readmes_map_exists():
    rows = table(section("What is where"))
    folders = [cell.strip("`") for cell, *_ in rows if cell]
    assert folders
    assert [folder for folder in folders if not (ROOT / folder).is_dir()] == []


def test_the_invitation_asks_for_exactly_the_permissions_that_are_explained():
    asked = discord.Permissions(int(re.findall(r"&permissions=(\d+)", README)[0]))
    explained = [row[0].lower().replace(" ", "_") for row in table(section("Bring it to Discord"))[1:]]
    assert {name for name, on in asked if on} == {name.replace("view_channels", "read_messages") for name in explained}


def slash_commands() -> Iterator[str]:
    """The full name of every command in the bot's cogs."""
    for name in COGS:
        for cog in vars(import_module(name)).values():
            if isinstance(cog, type) and issubclass(cog, commands.Cog) and f"{cog.__module__}.".startswith(f"{name}."):
                group = f"{cog.__cog_group_name__} " if issubclass(cog, commands.GroupCog) else ""
                for command in cog.__cog_app_commands__:
                    parts = command.walk_commands() if isinstance(command, app_commands.Group) else [command]
                    yield from (group + part.qualified_name for part in parts)


def test_every_slash_command_that_readme_names_exists():
    named = set(re.findall(r"`/([a-z]+(?: [a-z]+)?)`", README))
    assert named
    assert named - set(slash_commands()) == set()


def options_of(words: list[str]) -> set[str]:
    """The options of the command that the words lead to; raises KeyError where they lead nowhere."""
    command = get_command(app)
    for word in words:
        if hasattr(command, "commands"):
            command = command.commands[word]
    return {option for parameter in command.params for option in (*parameter.opts, *parameter.secondary_opts)}


@pytest.mark.parametrize("line", re.findall(r"`(?:\.venv/bin/)?python -m bot ?([^`]*)`", README))
def test_every_command_line_that_readme_names_exists(line):
    words = line.split()
    named = {word for word in words if word.startswith("--")}
    assert named <= options_of([word for word in words if word not in named])


@pytest.mark.parametrize("row", table(section("Command line"))[1:], ids=lambda row: row[0])
def test_every_option_in_readmes_table_belongs_to_the_command_beside_it(row):
    words = row[0].strip("`").removeprefix("python -m bot").split()
    assert set(re.findall(r"`(--[a-z-]+)", row[1])) <= options_of(words)


def test_the_changelog_knows_this_version_and_begins_with_what_to_read_before_updating():
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    versions = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert versions[0].startswith(__version__)
    for text in changelog.split("\n## ")[1:]:
        assert re.findall(r"^### (.+)$", text, re.MULTILINE)[0] == "Read before updating"


def test_the_service_does_not_try_again_what_a_human_must_mend():
    unit = dict(re.findall(r"^(\w+)=(.*)$", (ROOT / "deploy" / "ostinato.service").read_text("utf-8"), re.MULTILINE))
    assert unit["RestartPreventExitStatus"] == str(EXIT_SETUP)
    assert float(unit["TimeoutStopSec"]) > CLOSING_S
    assert (unit["Type"], unit["NotifyAccess"]) == ("notify", "main")
    assert float(unit["WatchdogSec"]) >= 30, "a long pause of the whole machine is no hang"
    assert unit["ExecStart"].startswith(unit["Documentation"].removeprefix("file:").removesuffix("README.md"))


def test_the_map_draws_every_room_of_the_bot():
    rooms = {path.stem for path in (ROOT / "bot").iterdir() if not path.name.startswith("_")}
    drawn = set(re.findall(r"\w+", bot.__doc__ or ""))
    assert rooms - drawn == set()
