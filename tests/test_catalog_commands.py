"""``python -m bot catalog`` for whoever adds facts, and for whoever wants to use them."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from bot.commands import app
from bot.commands import catalog as commands
from bot.domain.catalog_check import Problem


@pytest.fixture
def run():
    return lambda *words: CliRunner().invoke(app, ["catalog", *words])


def test_the_shipped_catalog_is_in_order(run):
    result = run("check")
    assert (result.exit_code, result.stdout.rstrip().endswith("the catalog is in order.")) == (0, True), result.output


def test_a_problem_is_named_by_file_and_key_and_ends_with_another_exit_code(run, monkeypatch):
    problem = Problem("dramas/goblin.toml", "first-snow", "is wrong on purpose")
    monkeypatch.setattr(commands, "check_catalog", lambda _catalog, _today: [problem])
    monkeypatch.setattr(commands, "check_reachable", lambda _catalog, _index: [])
    result = run("check")
    assert result.exit_code == commands.EXIT_PROBLEMS
    assert "dramas/goblin.toml: first-snow: is wrong on purpose" in result.output


def test_stats_count_songs_and_name_the_gaps(run, catalog):
    result = run("stats")
    assert result.exit_code == 0
    assert f"{len(catalog.songs)}  songs" in result.stdout


def test_json_goes_to_the_terminal_or_into_a_file(run, catalog, tmp_path):
    printed = json.loads(run("export").stdout)
    assert set(printed) == {"version", "dramas", "songs", "artists", "awards", "outcomes"}
    assert len(printed["songs"]) == len(catalog.songs)
    assert run("export", "--to", str(tmp_path / "all.json")).exit_code == 0
    assert json.loads((tmp_path / "all.json").read_text("utf-8")) == printed


def test_csv_goes_into_a_folder_that_is_made(run, tmp_path):
    assert run("export", "--format", "csv", "--to", str(tmp_path / "new" / "folder")).exit_code == 0
    assert (tmp_path / "new" / "folder" / "songs.csv").read_text("utf-8").startswith("key,")


@pytest.mark.parametrize("words", [["--format", "csv"], ["--to", "/dev/null/nowhere.json"]])
def test_what_cannot_be_written_is_said_in_one_sentence(run, words):
    result = run("export", *words)
    assert result.exit_code == commands.EXIT_SETUP
    assert "Traceback" not in result.output


def test_a_reader_of_the_export_that_has_seen_enough_is_told_of_no_error():
    command = (sys.executable, "-m", "bot", "catalog", "export")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout.read(1) == b"{"
        process.stdout.close()
        assert process.stderr.read() == b""
