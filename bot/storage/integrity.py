"""Whether a database file is whole, ours, and of which revision; told without changing anything."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from . import revisions, sqlite_file
from .errors import Damaged, ForeignDatabase, NotADatabase, Unreachable

_PROBLEMS_SHOWN = 3


def verify(path: Path, *, thorough: bool = True) -> str:
    """The revision of the database in ``path``, which is whole and of this program.

    Raises NotADatabase, ForeignDatabase, TooNew, Damaged or another DatabaseError. ``thorough`` reads every page
    (about a second for 500 MB), else only the references between rows are looked at.
    """
    if not path.is_file():
        raise NotADatabase(str(path), "there is no such file")
    revision = sqlite_file.read_revision(path)
    if revision is None:
        raise ForeignDatabase(str(path), "it is empty")
    revisions.is_behind(revision, revisions.newest(), str(path))
    with reading(path) as connection:
        _raise_first(path, "damaged pages", _corruption(connection) if thorough else [])
        _raise_first(path, "rows that refer to nothing", _loose_rows(connection))
    return revision


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection that cannot write, for use outside the event loop; SQLite's errors come out as DatabaseErrors."""
    try:
        with closing(sqlite3.connect(sqlite_file.address_to_read(path), uri=True)) as connection:
            yield connection
    except sqlite3.Error as error:
        raise sqlite_file.named(error, str(path)) or Unreachable(str(path), str(error)) from error


def _corruption(connection: sqlite3.Connection) -> list[str]:
    found = [str(row[0]) for row in connection.execute(f"PRAGMA integrity_check({_PROBLEMS_SHOWN})")]
    return [] if found == ["ok"] else found


def _loose_rows(connection: sqlite3.Connection) -> list[str]:
    return sorted({str(row[0]) for row in connection.execute("PRAGMA foreign_key_check")})


def _raise_first(path: Path, what: str, found: list[str]) -> None:
    if found:
        raise Damaged(str(path), f"{what}: {'; '.join(found[:_PROBLEMS_SHOWN])}")
