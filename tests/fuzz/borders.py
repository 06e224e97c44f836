"""What the process may touch while it deals with an input: its own files, and the folder it was given.

Python tells its audit hooks whenever a file is opened, moved or removed, a program started, somebody called up:
https://docs.python.org/3/library/audit_events.html. What SQLite opens by itself lies beside what it was told to open.
"""

import mimetypes
import os
import sys
import sysconfig
import zoneinfo
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

_ROOT = Path(__file__).resolve().parents[2]
_CODE = {*(str(_ROOT / name) for name in ("bot", "cogs", "data", "tests")), *sysconfig.get_paths().values()}
_OF_THE_SYSTEM = (*zoneinfo.TZPATH, *mimetypes.knownfiles, os.devnull)  # files' types: read before the first is sent
_READABLE = tuple({os.path.realpath(one) for one in (*_CODE, *_OF_THE_SYSTEM)})
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_PICTURES = [sys.executable, "-m", "bot.ui.pictures"]  # the only program that the bot starts

_LOOKING = ("os.listdir", "os.scandir")
_CHANGING = ("os.mkdir", "os.chmod", "os.chown", "os.utime", "os.remove", "os.rmdir")
_MOVING = ("os.rename", "os.link", "os.symlink", "os.truncate")  # two paths, or one and a number
_STARTING = ("subprocess.Popen", "os.posix_spawn")  # from Python 3.13 on the first does the second
_RUNNING = ("os.system", "os.exec", "os.spawn", "os.fork", "pty.spawn")
_CALLING = ("socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.gethostbyname", "urllib.Request")

_guards: list["_Guard"] = []  # an audit hook stays for ever, so there is one for all of them


@contextmanager
def guarded(folder: Path) -> Iterator[list[str]]:
    """Afterwards the list says what was touched beyond the program's own files and ``folder``."""
    _install()
    guard = _Guard(folder)
    _guards.append(guard)
    try:
        yield guard.crossed
    finally:
        _guards.remove(guard)


@cache
def _install() -> None:
    sys.addaudithook(_hear)


def _hear(event: str, told: tuple[Any, ...]) -> None:
    for guard in _guards:
        with suppress(ValueError):  # a path that is none, which will be refused
            guard.hear(event, told)


class _Guard:
    def __init__(self, folder: Path) -> None:
        self.crossed: list[str] = []
        self._folder = os.path.realpath(folder)

    def hear(self, event: str, told: tuple[Any, ...]) -> None:
        if event in (*_RUNNING, *_CALLING) or (event in _STARTING and list(told[1]) != _PICTURES):
            self.crossed.append(f"{event} {told}")
        for path in _read(event, told):
            self._look_at(event, path, (self._folder, *_READABLE))
        for path in _written(event, told):
            self._look_at(event, path, (self._folder,))

    def _look_at(self, event: str, path: object, allowed: tuple[str, ...]) -> None:
        if not isinstance(path, (str, bytes, os.PathLike)):
            return  # a file or a folder that was opened before
        full = os.path.realpath(os.fsdecode(path))
        if not any(Path(full).is_relative_to(one) for one in allowed) and not _is_importing(event, full):
            self.crossed.append(f"{event} {full}")


def _is_importing(event: str, full: str) -> bool:
    """Python looks for modules in some folders, and puts what it has compiled beside them."""
    if event in (*_LOOKING, "open") and full in {os.path.realpath(one) for one in sys.path}:
        return True  # one of them is an archive: it is opened, if it is there at all
    return event in {"open", "os.rename"} and f"{os.sep}__pycache__{os.sep}" in full


def _read(event: str, told: tuple[Any, ...]) -> tuple[object, ...]:
    if event == "open" and not told[2] & _WRITING:
        # A bare name that is not opened as a file is one in a folder: so shutil.rmtree goes down.
        return told[:1] if told[1] or os.sep in os.fsdecode(told[0]) else ()
    return told[:1] if event in _LOOKING else ()


def _written(event: str, told: tuple[Any, ...]) -> tuple[object, ...]:
    if event == "open" and told[2] & _WRITING:
        return told[:1]
    if event == "sqlite3.connect":
        return _database(str(told[0]))
    if event in _CHANGING:  # with a folder's number at the end, the path is a name within that
        return told[:1] if told[-1] == -1 or Path(os.fsdecode(told[0])).is_absolute() else ()
    return told[:2] if event in _MOVING else ()


def _database(address: str) -> tuple[object, ...]:
    path = unquote(urlsplit(address).path) if address.startswith("file:") else address
    return () if path in {"", ":memory:"} else (path,)
