"""``python -m bot backup|restore|corrections`` for whoever runs the bot."""

import asyncio
import csv
import json
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.commands import app, corrections
from bot.domain.members import Correction
from bot.storage import members
from bot.storage.database import Database

SONG = "i-will-go-to-you-like-the-first-snow"


@pytest.fixture
def folder(tmp_path, filled_database, monkeypatch):
    """The working directory of a bot with a database."""
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OSTINATO_DATABASE_URL", raising=False)
    return tmp_path


@pytest.fixture
def run(folder):
    assert folder
    return lambda *words: CliRunner().invoke(app, words)


def with_database(work):
    async def run():
        database = await Database.open("sqlite:///ostinato.db")
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def report(text: str, member_id: int = 1) -> int:
    sent_at = datetime(2026, 3, 29, tzinfo=UTC)
    return with_database(lambda database: members.add_correction(database, Correction(SONG, member_id, text, sent_at)))


def language() -> dict[int, str]:
    return with_database(members.all_languages).members


def test_a_backup_and_the_way_back(run, folder):
    with_database(lambda database: members.set_member_language(database, 1, "ko"))
    assert run("backup", "copy.db").exit_code == 0
    with_database(lambda database: members.set_member_language(database, 1, None))
    result = run("restore", "copy.db")
    assert result.exit_code == 0, result.output
    assert language() == {1: "ko"}
    (replaced,) = folder.glob("ostinato-replaced-*.db")
    assert replaced.name in result.output


def test_a_folder_gets_a_file_named_after_the_time(run, folder):
    (folder / "copies").mkdir()
    assert run("backup", "copies").exit_code == 0
    assert len(list((folder / "copies").glob("ostinato-20*.db"))) == 1


@pytest.mark.parametrize(
    "words",
    [("backup", "nowhere/copy.db"), ("backup", "ostinato.db"), ("restore", "nowhere.db"), ("restore", "notes.txt")],
)
def test_what_cannot_be_is_told_in_one_sentence_with_an_exit_code(run, folder, words):
    (folder / "notes.txt").write_text("no database " * 100, "utf-8")
    before = (folder / "ostinato.db").read_bytes()
    result = run(*words)
    assert result.exit_code == cli.EXIT_SETUP
    assert "Traceback" not in result.output
    assert result.output.strip()
    assert (folder / "ostinato.db").read_bytes() == before


def test_a_newer_backup_asks_for_a_newer_bot(run, folder):
    run("backup", "copy.db")
    with closing(sqlite3.connect(folder / "copy.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    result = run("restore", "copy.db")
    assert result.exit_code == cli.EXIT_SETUP
    assert "Update the bot first. Nothing was changed." in result.output


def test_a_database_in_use_is_not_replaced(run, folder, monkeypatch, capsys):
    run("backup", "copy.db")
    with closing(sqlite3.connect(folder / "ostinato.db")) as bot:
        bot.execute("SELECT count(*) FROM member").fetchone()
        monkeypatch.setattr("sys.argv", ["bot", "restore", "copy.db"])
        with pytest.raises(SystemExit) as ended:
            cli.main()
    assert ended.value.code == cli.EXIT_SETUP
    assert "Stop it first" in capsys.readouterr().err


def test_without_a_database_nothing_is_made(run, folder):
    (folder / "ostinato.db").unlink()
    for words in (("backup", "copy.db"), ("corrections", "list")):
        assert run(*words).exit_code == cli.EXIT_SETUP
    assert list(folder.iterdir()) == []


def test_reports_are_listed_one_a_line_and_closed_by_number(run):
    first, second = report("the year\nis wrong \x1b[2J"), report("so is the singer", 2)
    lines = run("corrections", "list").output.splitlines()
    assert len(lines) == 2
    assert SONG in lines[0]
    assert r"the year\nis wrong \x1b[2J" in lines[0]
    assert run("corrections", "close", str(first)).exit_code == 0
    (line,) = run("corrections", "list").output.splitlines()
    assert line.split()[0] == str(second)
    assert len(run("corrections", "list", "--all").output.splitlines()) == 2
    result = run("corrections", "close", str(first), "999")
    assert result.exit_code == corrections.EXIT_NOT_OPEN
    assert f"Not open: {first}, 999." in result.output


def test_a_song_in_doubt_is_named(run):
    assert run("corrections", "list").output == "No reports.\n"
    for member_id in range(3):
        report("no", member_id)
    assert f"In doubt, and out of the trivia questions until its reports are closed: {SONG}" in (
        run("corrections", "list").output
    )


def test_reports_are_exported_as_json_and_as_csv_that_no_spreadsheet_runs(run, folder):
    report("=HYPERLINK(1)")
    (row,) = json.loads(run("corrections", "export").output)
    assert (row["song_key"], row["text"], row["member_id"]) == (SONG, "=HYPERLINK(1)", "1")
    assert run("corrections", "export", "--format", "csv", "--to", "reports.csv").exit_code == 0
    with (folder / "reports.csv").open(encoding="utf-8", newline="") as file:
        (line,) = csv.DictReader(file)
    assert line["text"] == "'=HYPERLINK(1)"
    assert run("corrections", "export", "--to", "nowhere/x.json").exit_code == cli.EXIT_SETUP
