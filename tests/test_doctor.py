"""The doctor finds what is wrong, says what to do, and changes nothing."""

import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import NamedTuple

import discord
import pytest
from aiohttp import web
from typer.testing import CliRunner

from bot.commands import app
from bot.commands.doctor import EXIT_ERRORS
from bot.doctor import Level, _here, _there, examine
from bot.domain.backups import Keep
from bot.settings import Secret, Settings, settings_of
from bot.storage.backup import rotate

TOKEN = "bm90LWE.dG9r.ZW4"  # noqa: S105 - made up


class Usage(NamedTuple):
    total: int
    used: int
    free: int


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def folder(tmp_path, filled_database, monkeypatch):
    """The working directory of a bot that has run."""
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    rotate(tmp_path / "ostinato.db", tmp_path / "backups", datetime.now(UTC).date(), Keep(7, 4))
    monkeypatch.chdir(tmp_path)
    for setting in settings_of():
        monkeypatch.delenv(setting.metadata["key"], raising=False)
    return tmp_path


@pytest.fixture
async def discord_says(monkeypatch):
    """A Discord that knows no token; takes how many seconds it is ahead."""
    off = timedelta()

    async def answer(_request):
        return web.json_response({}, status=401, headers={"Date": format_datetime(datetime.now(UTC) + off)})

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{runner.addresses[0][1]}")

    def ahead(seconds):
        nonlocal off
        off = timedelta(seconds=seconds)

    yield ahead
    await runner.cleanup()


@pytest.fixture
def unreachable(monkeypatch):
    monkeypatch.setattr(discord.http.Route, "BASE", "http://127.0.0.1:9")


def by_check(findings):
    return {finding.check: finding for finding in findings}


async def test_a_bot_in_order_has_nothing_but_ok_where_nobody_is_asked(folder):
    assert {finding.check: finding.level for finding in _here.look_here(Settings())} == dict.fromkeys(
        ("database", "disk", "backups", "catalog"), Level.OK
    )
    assert folder


@pytest.mark.usefixtures("unreachable")
async def test_looking_changes_nothing_even_beside_a_running_bot(folder):
    before = contents(folder)
    await examine()
    assert contents(folder) == before
    with closing(sqlite3.connect(folder / "ostinato.db")) as bot, bot:
        bot.execute("INSERT INTO state VALUES ('colour', 'violet')")
        bot.commit()
        found = by_check(await examine())
        assert found["database"].level is Level.OK


@pytest.mark.usefixtures("unreachable")
async def test_a_missing_database_is_not_made(folder):
    (folder / "ostinato.db").unlink()
    found = by_check(await examine())
    assert found["database"].level is Level.WARNING
    assert not (folder / "ostinato.db").exists()


@pytest.mark.parametrize(
    ("sql", "level", "word"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", Level.ERROR, "newer version"),
        ("UPDATE alembic_version SET version_num = '0001'", Level.WARNING, "schema 0001"),
        ("DROP TABLE alembic_version", Level.ERROR, "another program"),
        ("INSERT INTO saved_song VALUES (1, 'no-such-song', '2026-01-01')", Level.ERROR, "damaged"),
    ],
)
def test_what_is_wrong_with_the_database_is_named(folder, sql, level, word):
    with closing(sqlite3.connect(folder / "ostinato.db")) as connection, connection:
        connection.execute(sql)
    found = by_check(_here.look_here(Settings()))["database"]
    assert found.level is level
    assert word in found.message
    assert found.remedy


@pytest.mark.parametrize(("free", "level"), [(50e6, Level.ERROR), (500e6, Level.WARNING), (5e9, Level.OK)])
def test_a_disk_that_fills_up_is_told_in_time(folder, monkeypatch, free, level):
    monkeypatch.setattr(_here.shutil, "disk_usage", lambda _: Usage(10**10, 0, int(free)))
    assert by_check(_here.look_here(Settings()))["disk"].level is level
    assert folder


def test_backups_that_are_old_off_or_broken_are_told(folder):
    (backup,) = (folder / "backups").iterdir()
    assert by_check(_here.look_here(Settings(backup_daily=0, backup_weekly=0)))["backups"].remedy
    backup.write_bytes(b"broken")
    assert by_check(_here.look_here(Settings()))["backups"].level is Level.ERROR
    backup.rename(folder / "backups" / "ostinato-2020-01-01.db")
    assert by_check(_here.look_here(Settings()))["backups"].level is Level.WARNING


@pytest.mark.parametrize(("ahead", "level"), [(0, Level.OK), (10, Level.WARNING), (-3000, Level.ERROR)])
async def test_a_clock_that_differs_from_discords_is_told(discord_says, ahead, level):
    discord_says(ahead)
    found = (await _there.look_there(Settings()))[0]
    assert (found.check, found.level) == ("clock", level)


@pytest.mark.usefixtures("discord_says")
async def test_a_token_that_discord_refuses_or_that_cannot_be_one_is_an_error():
    for token in (TOKEN, "nonsense", ""):
        found = by_check(await _there.look_there(Settings(discord_token=Secret(token))))
        assert found["token"].level is Level.ERROR
        assert found["token"].remedy
        assert TOKEN not in str(found)


@pytest.mark.usefixtures("unreachable")
async def test_a_network_that_is_down_is_a_warning_and_the_token_is_looked_at_all_the_same():
    found = by_check(await _there.look_there(Settings(discord_token=Secret(TOKEN))))
    assert {name: finding.level for name, finding in found.items()} == {
        "network": Level.WARNING,
        "token": Level.WARNING,
    }


@pytest.mark.parametrize(
    ("content", "flags", "level", "word"),
    [
        (False, 0, Level.OK, ""),
        (True, 1 << 19, Level.OK, ""),
        (True, 1 << 18, Level.OK, ""),
        (True, 0, Level.ERROR, "Message Content"),
        (False, 1 << 18, Level.WARNING, "Message Content"),
        (False, 1 << 15, Level.WARNING, "Server Members"),
        (False, 1 << 13, Level.WARNING, "Presence"),
    ],
)
def test_intents_are_held_against_the_portals_switches(content, flags, level, word):
    class Application:
        pass

    application = Application()
    application.flags = discord.ApplicationFlags._from_value(flags)
    settings = Settings(message_content=content)
    found = _there._intents(settings, application)
    assert found.level is level
    assert word in found.message


@pytest.mark.usefixtures("unreachable")
def test_the_command_line_ends_with_an_exit_code_for_scripts_and_speaks_json(folder):
    result = CliRunner().invoke(app, ["doctor", "--json"])
    found = json.loads(result.stdout)
    assert result.exit_code == EXIT_ERRORS, "there is no token"
    assert all(set(one) == {"check", "level", "message", "remedy"} for one in found)
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\n", "utf-8")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0, "warnings alone are no failure"
    assert "ok       database: Whole" in result.stdout
    assert "→" in result.stdout


def test_wrong_settings_are_all_named_and_nothing_else_is_tried(folder):
    (folder / ".env").write_text("OSTINATO_HTTP_PORT=x\nOSTINATO_LOG_LEVEL=y\n", "utf-8")
    result = CliRunner().invoke(app, ["doctor", "--json"])
    assert result.exit_code == EXIT_ERRORS
    assert [one["check"] for one in json.loads(result.stdout)] == ["settings", "settings"]
