"""An input that makes the process touch what is not its own is found out, whatever else comes of it."""

import os
import socket
import sqlite3
import subprocess
import sys
import zoneinfo
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import strategies as st

from bot.storage import catalog_text
from tests.fuzz.run import Target, fuzz


def _connect(_path):
    with socket.socket() as caller, suppress(OSError):
        caller.connect(("127.0.0.1", 9))


def _open_what_is_no_path(_path):
    with suppress(ValueError):
        Path("\0").read_bytes()


def _touched(folder: Path, act, path: Path) -> list[str]:
    def problems(given: Path):
        with suppress(OSError):
            act(given)
        return []

    return fuzz(Target("one", st.just(path), problems, folder), 1, 1).failures


TOUCHES = {
    "reading": lambda path: path.read_text(),
    "writing": lambda path: path.write_text("evil"),
    "removing": lambda path: path.unlink(),
    "moving": lambda path: path.rename(path.with_name("moved")),
    "making a folder": lambda path: path.with_name("folder").mkdir(),
    "listing": lambda path: list(path.parent.iterdir()),
    "a database": lambda path: sqlite3.connect(path).close(),
    "a database by its address": lambda path: sqlite3.connect(f"file:{path}?mode=ro", uri=True).close(),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_file_elsewhere_is_found_out_and_one_in_the_folder_is_not(tmp_path, touch):
    inside, outside = tmp_path / "inside", tmp_path / "outside"
    for folder in (inside, outside):
        folder.mkdir()
        (folder / "file").write_text("")
    assert _touched(inside, TOUCHES[touch], inside / "file") == []
    [failure] = _touched(inside, TOUCHES[touch], inside / ".." / "outside" / "file")
    assert str(outside) in failure


@pytest.mark.parametrize(
    ("act", "event"),
    [
        (lambda _: subprocess.run([sys.executable, "-c", ""], check=False), "subprocess.Popen"),
        (lambda _: os.system("true"), "os.system"),  # noqa: S605, S607 - that it is noticed is the question
        (_connect, "socket.connect"),
    ],
)
def test_a_program_and_a_call_are_found_out(tmp_path, act, event):
    [failure] = _touched(tmp_path, act, tmp_path)
    assert event in failure


@pytest.mark.parametrize(
    "act",
    [
        lambda _: Path(catalog_text.__file__).read_bytes(),
        lambda _: zoneinfo.ZoneInfo.no_cache("Asia/Seoul"),
        lambda _: sqlite3.connect(":memory:").close(),
        lambda _: Path(os.devnull).read_bytes(),
        lambda _: Path(next(one for one in sys.path if one.endswith(".zip"))).read_bytes(),
        _open_what_is_no_path,
    ],
)
def test_the_programs_own_files_and_no_files_are_nobodys_business(tmp_path, act):
    assert _touched(tmp_path, act, tmp_path) == []
