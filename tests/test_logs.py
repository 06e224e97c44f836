"""The log: one line an event, bounded in size, without the token and without what members write."""

import json
import logging
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from bot import logs
from bot.storage.database import Database
from bot.storage.members import store_value

ROOT = Path(__file__).resolve().parents[1]
TOKEN = "secret.token.value"  # noqa: S105 - made up


@pytest.fixture
def configured(tmp_path):
    """Configures the log into a file and returns how to read it; afterwards all is as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in (*logs._TALKATIVE, "alembic")}
    file = tmp_path / "bot.log"

    def configure(style, level="INFO"):
        logs.configure(level, style, TOKEN, file)
        return lambda: file.read_text("utf-8").splitlines()

    yield configure
    for handler in root.handlers:
        handler.close()
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, old in levels.items():
        logging.getLogger(name).setLevel(old)


def fail(reference):
    try:
        int(f"wrong {TOKEN}\nand more")
    except ValueError:
        logging.getLogger("bot").exception("/ost failed, reference %s, ids %s", reference, (1, 2, 3))


def test_a_name_with_a_line_break_cannot_look_like_another_event(configured):
    read = configured("human")
    logging.getLogger("bot").warning("left %s", "club\n2026-01-01 00:00:00,000 ERROR   bot: forged\r\nx")
    (line,) = read()
    assert line.endswith(r"WARNING bot: left club\n2026-01-01 00:00:00,000 ERROR   bot: forged\r\nx")


def test_a_human_event_is_one_line_and_its_traceback_is_indented(configured):
    read = configured("human")
    fail("3fa9c1")
    event, *traceback = read()
    assert "/ost failed, reference 3fa9c1, ids (1, 2, 3)" in event
    assert traceback
    assert all(line.startswith("    ") for line in traceback)


def test_a_json_event_is_one_line_with_its_traceback_in_it(configured):
    read = configured("json")
    fail("3fa9c1")
    (line,) = read()
    event = json.loads(line)
    assert "reference 3fa9c1" in event["message"]
    assert "ValueError" in event["traceback"]


@pytest.mark.parametrize("style", ["human", "json"])
def test_the_token_is_blotted_out_wherever_it_turns_up(configured, style):
    read = configured(style)
    fail("3fa9c1")
    logging.getLogger("bot").info("the token is %s", TOKEN)
    text = "\n".join(read())
    assert TOKEN not in text
    assert "[token]" in text


async def test_not_even_debug_writes_what_members_typed(configured, tmp_path):
    read = configured("human", "DEBUG")
    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/x.db")
    await store_value(database, "report", "what a member typed")
    await database.close()
    logging.getLogger("discord.gateway").debug("event with what a member typed")
    logging.getLogger("bot").debug("seen")
    text = "\n".join(read())
    assert "seen" in text
    assert "what a member typed" not in text


async def test_an_error_about_a_statement_does_not_repeat_its_values(tmp_path):
    from sqlalchemy.exc import IntegrityError

    from bot.storage import schema

    database = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/x.db")

    async def change(connection):
        row = {"song_key": "none", "member_id": 1, "text": "what a member typed"}
        await connection.execute(schema.correction.insert().values(row))

    with pytest.raises(IntegrityError) as caught:
        await database.write(change)
    assert "what a member typed" not in str(caught.value)
    assert isinstance(caught.value.orig, sqlite3.IntegrityError)
    await database.close()


def test_the_file_is_bounded(configured, tmp_path, monkeypatch):
    monkeypatch.setattr(logs, "FILE_BYTES_MAX", 1000)
    configured("human")
    for number in range(200):
        logging.getLogger("bot").info("event %d", number)
    files = list(tmp_path.glob("bot.log*"))
    assert len(files) == 1 + logs.FILES_SET_ASIDE
    assert all(file.stat().st_size <= 1000 for file in files)


def test_a_file_that_cannot_be_written_is_told_before_anything_starts(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bot"],
        cwd=tmp_path,
        env={"PYTHONPATH": str(ROOT), "OSTINATO_LOG_FILE": str(tmp_path / "nowhere" / "bot.log")},
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr == "OSTINATO_LOG_FILE cannot be written: No such file or directory.\n"
