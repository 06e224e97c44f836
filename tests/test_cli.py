"""The command line, as a reader or a script uses it."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.commands import app
from bot.storage.catalog_text import CatalogTextError

ROOT = Path(__file__).resolve().parents[1]
FIELDS = ["kind", "key", "title", "title_ko", "artist", "drama", "drama_ko", "score"]
SNOW = "i-will-go-to-you-like-the-first-snow"
STEP = 1.0  # what is as good to a reader, the search puts in an order of its own
NOTHING = "zzzzqqqqxxxx 98765"


@pytest.fixture
def run(catalog, index, monkeypatch):
    """Runs a command in this process, with a catalog and an index that are made once."""
    search = sys.modules["bot.commands.search"]
    monkeypatch.setattr(search, "catalog_or_exit", lambda: catalog)
    monkeypatch.setattr(search, "SearchIndex", lambda _catalog: index)
    runner = CliRunner()

    def invoke(*arguments: str, typed: str | bytes = ""):
        return runner.invoke(app, list(arguments), input=typed)

    return invoke


def rows(result) -> list[dict[str, object]]:
    found = json.loads(result.stdout)
    assert all(list(row) == FIELDS for row in found)
    scores = [row["score"] for row in found]
    assert all(better >= worse - STEP for better, worse in pairwise(scores)), "best first"
    return list(found)


def test_a_song_as_json_has_every_field(run):
    (first, *_) = rows(run("search", "첫눈처럼 너에게 가겠다", "--json"))
    assert first == first | {
        "kind": "song",
        "key": SNOW,
        "title": "I Will Go to You Like the First Snow",
        "title_ko": "첫눈처럼 너에게 가겠다",
        "artist": "Ailee",
        "drama": "Goblin",
    }
    assert "도깨비" in first["drama_ko"]


def test_a_drama_and_an_artist_as_json_have_what_applies_and_null_else(run):
    (drama, *_) = rows(run("search", "--json", "goblin"))
    assert (drama["kind"], drama["key"], drama["title"], drama["artist"]) == ("drama", "goblin", "Goblin", None)
    (artist, *_) = rows(run("search", "--json", "ailee"))
    assert (artist["kind"], artist["key"], artist["title_ko"], artist["drama"]) == ("artist", "ailee", "에일리", None)


def test_the_words_of_a_query_need_no_quotes(run):
    assert rows(run("search", "--json", "my", "love", "from", "the", "star"))[0]["key"] == "my-love-from-the-star"


@pytest.mark.parametrize("limit", [1, 3])
def test_the_limit_is_kept(run, limit):
    assert len(rows(run("search", "love", "--json", "--limit", str(limit)))) == limit


@pytest.mark.parametrize("limit", ["0", "-1", "101", "many"])
def test_a_limit_that_makes_no_sense_is_refused(run, limit):
    assert run("search", "love", "--limit", limit).exit_code == 2


def test_a_reader_gets_a_line_for_each_hit(run):
    result = run("search", "goblin", "--limit", "3")
    assert result.exit_code == 0
    (first, *_) = result.stdout.splitlines()
    assert all(word in first for word in ("drama", "Goblin", "도깨비", "(goblin)"))


def test_a_reader_is_told_why(run):
    assert len(run("search", "goblin", "--limit", "1", "--explain").stdout.splitlines()) > 1


def test_nothing_found_is_said_and_is_an_exit_code(run):
    result = run("search", NOTHING)
    assert (result.exit_code, result.stdout.splitlines()[0]) == (1, "Nothing found.")


def test_nothing_found_is_an_empty_array_for_a_script(run):
    result = run("search", NOTHING, "--json")
    assert rows(result) == []


def test_one_query_a_line_from_standard_input_is_one_array_a_line(run):
    result = run("search", "-", "--limit", "2", typed=f"goblin\n\n{NOTHING}\r\n첫눈처럼\nno newline at the end")
    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert len(answers) == 5
    assert answers[0][0]["key"] == "goblin"
    assert answers[1:3] == [[], []]
    assert answers[3][0]["key"] == SNOW
    assert result.exit_code == 0


def test_bytes_that_are_no_text_end_nothing(run):
    result = run("search", "-", typed=b"\xff\xfe goblin\ngoblin\n")
    assert result.exit_code == 0, result.exception
    assert len(result.stdout.splitlines()) == 2


@pytest.mark.parametrize(
    "typed", ["쀍" * 6000, "goblin " * 850, "   ", "?!", "@everyone", "\u202e", "--", "e" + "\u0301" * 5999]
)
def test_any_text_is_answered(run, typed):
    assert run("search", "--json", "--", typed).exit_code == 0
    assert run("search", "-", typed=typed).exit_code == 0


def program(*arguments: str, folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), **env}
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_searching_needs_no_token_no_database_and_no_right_settings(tmp_path):
    done = program("search", "goblin", "--json", folder=tmp_path, OSTINATO_LOG_LEVEL="nonsense", DISCORD_TOKEN="")
    assert json.loads(done.stdout)[0]["key"] == "goblin"
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


def test_help_names_every_command(run):
    shown = run("--help").stdout
    assert all(name in shown for name in ("run", "preview", "search"))


def test_an_unknown_command_is_an_error(tmp_path):
    done = program("serch", "goblin", folder=tmp_path)
    assert done.returncode == 2
    assert "serch" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_catalog_that_is_wrong_is_told_line_by_line(monkeypatch, capsys):
    def wrong(*_arguments, **_options):
        raise CatalogTextError(["dramas/x.toml: title: missing", "awards.toml: key: twice"])

    monkeypatch.setattr(cli, "run", wrong)
    monkeypatch.setattr(sys, "argv", ["bot"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.EXIT_SETUP
    assert capsys.readouterr().err.splitlines() == ["dramas/x.toml: title: missing", "awards.toml: key: twice"]


def test_an_error_that_nobody_foresaw_is_not_hidden(monkeypatch):
    def broken():
        raise ZeroDivisionError

    monkeypatch.setattr(cli, "run", broken)
    monkeypatch.setattr(sys, "argv", ["bot"])
    with pytest.raises(ZeroDivisionError):
        cli.main()


def test_ctrl_c_before_anything_stands_prints_no_traceback(monkeypatch):
    def interrupted():
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "run", interrupted)
    monkeypatch.setattr(sys, "argv", ["bot", "run"])
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == cli.EXIT_INTERRUPTED
