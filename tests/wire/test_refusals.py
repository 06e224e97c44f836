"""A start that cannot succeed: one sentence on what to do, an exit code, no traceback, and never the token."""

import os
import sqlite3
import stat

import pytest

EXIT_SETUP, EXIT_OUTSIDE = 2, 3
SECRET = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.not-a-real-token-but-of-its-form"  # noqa: S105 - it opens nothing


def assert_one_sentence(stand, *words: str) -> None:
    assert len(stand.says) == 1, stand.bot.output
    assert all(word in stand.says[0] for word in words), stand.says
    assert "Traceback" not in stand.bot.output


@pytest.mark.bot(DISCORD_TOKEN="")
async def test_no_token(stand):
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "DISCORD_TOKEN", ".env", "preview")


@pytest.mark.parametrize("token", ["hello", "a.b", SECRET.replace(".", " "), "ä.b.c", f"Bot {SECRET}", "a.b.c\nd"])
async def test_a_malformed_token(stand, token):
    stand.bot.extra["DISCORD_TOKEN"] = token
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "does not look like a bot token")
    assert token not in stand.bot.output
    assert not stand.world.requests


@pytest.mark.parametrize("spaces", ["", "  "])
@pytest.mark.parametrize("style", ["human", "json"])
async def test_a_token_that_discord_refuses_is_told_and_never_shown(stand, spaces, style):
    stand.bot.extra |= {"DISCORD_TOKEN": spaces + SECRET + spaces, "OSTINATO_LOG_FORMAT": style}
    assert await stand.exit_code() == EXIT_SETUP
    assert "Discord refused the token" in stand.says[-1]
    assert "Traceback" not in stand.bot.output
    assert SECRET not in stand.bot.output
    assert all(part not in stand.bot.output for part in SECRET.split("."))


@pytest.mark.bot(OSTINATO_MESSAGE_CONTENT="true")
async def test_an_intent_that_is_off_in_the_portal(stand):
    stand.world.allowed_intents = 0
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "OSTINATO_MESSAGE_CONTENT", "developer portal")


SHORT_OF_PATIENCE = "from bot import cli, start; start.BACKOFF_S = (0, 0, 0); cli.main()"


@pytest.mark.parametrize("api", ["http://127.0.0.1:9/api/v10", "http://no-such-host.invalid/api/v10"])
async def test_no_network(stand, api, monkeypatch):
    stand.bot.argv[1:] = ["-c", SHORT_OF_PATIENCE]
    environment = stand.bot._env()
    monkeypatch.setattr(stand.bot, "_env", lambda: environment | {"WIRE_API": api})
    assert await stand.exit_code(30) == EXIT_OUTSIDE
    assert_one_sentence(stand, "Discord cannot be reached", "network")


@pytest.mark.bot(OSTINATO_LOG_LEVEL="LOUD", OSTINATO_SHARD_IDS="7", OSTINATO_MESSAGE_CONTENT="maybe")
async def test_wrong_settings_are_all_named_at_once(stand):
    assert await stand.exit_code() == EXIT_SETUP
    for key in ("OSTINATO_LOG_LEVEL", "OSTINATO_MESSAGE_CONTENT"):
        assert key in stand.bot.output
    assert "Traceback" not in stand.bot.output


async def refused_file(stand, *words: str) -> None:
    path = stand.folder / "ostinato.db"
    before = path.read_bytes()
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "ostinato.db", *words)
    assert path.read_bytes() == before
    assert [one.name for one in stand.folder.iterdir()] == ["ostinato.db"], "nothing is left beside it"
    assert not stand.world.requests, "nothing is asked of Discord before the store stands"


async def test_a_database_of_a_newer_program(stand):
    with sqlite3.connect(stand.folder / "ostinato.db") as rows:
        rows.execute("UPDATE alembic_version SET version_num = '9999'")
        rows.execute("PRAGMA journal_mode = DELETE")
    rows.close()
    await refused_file(stand, "newer version")


async def test_a_file_that_is_no_database(stand):
    (stand.folder / "ostinato.db").write_text("Dear diary, " * 100)
    await refused_file(stand, "not a database")


async def test_a_database_of_another_program(stand):
    (stand.folder / "ostinato.db").unlink()
    with sqlite3.connect(stand.folder / "ostinato.db") as rows:
        rows.execute("CREATE TABLE customer (name TEXT)")
    rows.close()
    await refused_file(stand, "another program")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
async def test_a_database_that_cannot_be_written(stand):
    (stand.folder / "ostinato.db").chmod(stat.S_IRUSR)
    await refused_file(stand, "cannot be written")


@pytest.mark.bot(OSTINATO_DATABASE_URL="sqlite+aiosqlite:///no/such/folder/x.db")
async def test_a_folder_that_is_missing(stand):
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "no/such/folder", "does not exist")


@pytest.mark.bot(OSTINATO_DATABASE_URL="postgres//nonsense:hunter2@")
async def test_an_address_that_is_none(stand):
    assert await stand.exit_code() == EXIT_SETUP
    assert_one_sentence(stand, "OSTINATO_DATABASE_URL")
    assert "hunter2" not in stand.bot.output
