"""Look at an SQLite file before anything touches it, and put a name to what SQLite complains about."""

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy.exc import DBAPIError

from . import revisions
from .errors import (
    BadAddress,
    Busy,
    Damaged,
    DatabaseError,
    DiskFull,
    FolderMissing,
    ForeignDatabase,
    NotADatabase,
    ReadOnly,
    Unreachable,
)

_LITTLE_ROOM_BYTES = 256 * 1024

_KINDS: dict[int, type[DatabaseError]] = {
    sqlite3.SQLITE_FULL: DiskFull,
    sqlite3.SQLITE_READONLY: ReadOnly,
    sqlite3.SQLITE_BUSY: Busy,
    sqlite3.SQLITE_LOCKED: Busy,
    sqlite3.SQLITE_CORRUPT: Damaged,
    sqlite3.SQLITE_NOTADB: NotADatabase,
    sqlite3.SQLITE_IOERR: Unreachable,
    sqlite3.SQLITE_CANTOPEN: Unreachable,
    sqlite3.SQLITE_PERM: Unreachable,
}


def check(name: str, known: str) -> None:
    """Raise the DatabaseError that says why the file called ``name`` cannot be used by a program of revision ``known``.

    Changes nothing, not even the files beside it.
    """
    if not name or name.startswith((":memory:", "file:")):
        raise BadAddress(name, "is not the path of a file")
    path = Path(name)
    if not path.parent.is_dir():
        raise FolderMissing(str(path.parent))
    if path.is_dir():
        raise NotADatabase(name, "is a folder")
    if path.exists():
        revisions.is_behind(read_revision(path), known, name)
    _check_writable(path)


def check_present(name: str) -> None:
    """Raise Unreachable if somebody has removed the file that is in use.

    SQLite itself goes on without a word on what has no name any more, and everything is lost with the process.
    """
    if not os.path.exists(name):  # noqa: PTH110 - this is asked at every write, and a Path costs more than the question
        raise Unreachable(name, "the file was removed while the program runs on it")


def _check_writable(path: Path) -> None:
    # SQLite keeps its journal beside the file: without a writable folder it cannot write either.
    for place in (path, path.parent):
        effective = os.access in os.supports_effective_ids
        if place.exists() and not os.access(place, os.W_OK, effective_ids=effective):
            raise ReadOnly(str(place))


def address_to_read(path: Path) -> str:
    """The address under which ``sqlite3`` reads the file and changes nothing, not even the files beside it."""
    # Without a write-ahead log the file is complete and at rest; read as immutable, SQLite leaves no -shm file behind.
    at_rest = not path.with_name(path.name + "-wal").exists()
    return f"{path.absolute().as_uri()}?mode=ro{'&immutable=1' if at_rest else ''}"


def read_revision(path: Path) -> str | None:
    """The revision of the database in ``path``; None if it has no tables yet. Raises the DatabaseError that fits."""
    try:
        with closing(sqlite3.connect(address_to_read(path), uri=True)) as connection:
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "alembic_version" in tables:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
                return str(row[0]) if row else None
    except sqlite3.Error as error:
        # What is a database, but has other tables than these statements ask for, is somebody else's.
        raise named(error, str(path)) or ForeignDatabase(str(path), str(error)) from error
    if tables:
        raise ForeignDatabase(str(path), "its tables are " + ", ".join(sorted(tables)[:5]))
    return None


def named(error: sqlite3.Error, place: str) -> DatabaseError | None:
    """What SQLite's complaint means for whoever runs the bot; None if it is about a statement, not the database."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the upper bits tell apart kinds of one error
    kind = _KINDS.get(code)
    if kind is Unreachable and _little_room(place):
        kind = DiskFull  # SQLite reports some failed writes as I/O errors
    return kind(place, str(error)) if kind else None


def trouble(error: BaseException, place: str) -> DatabaseError | None:
    """Likewise for what SQLAlchemy raises."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return named(cause, place) if isinstance(cause, sqlite3.Error) else None


def _little_room(place: str) -> bool:
    try:
        return shutil.disk_usage(Path(place).parent).free < _LITTLE_ROOM_BYTES
    except OSError:
        return False
