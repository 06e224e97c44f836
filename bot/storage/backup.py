"""Copies of the whole database, made while it is in use, and the way back.

A copy is made by SQLite's ``VACUUM INTO``: one moment of the database in one file, without what was deleted. It is
made under another name, verified, and given its own name last, so that a file of that name is always a good one.
These functions block: call them outside the event loop. PostgreSQL has its own tools for all of this.
"""

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from bot.domain.backups import Keep, kept

from . import engine, integrity, sqlite_file
from .errors import BadAddress, Busy, FolderMissing, InUse, Unreachable

_PREFIX, _SUFFIX = "ostinato-", ".db"
_BUSY_TIMEOUT_S = 30.0


def file_of(database_url: str) -> Path:
    """The SQLite file that OSTINATO_DATABASE_URL names. Raises BadAddress if it names no file."""
    url = engine.parse(database_url)
    place = url.database or ""
    if url.get_backend_name() != "sqlite" or not place or place.startswith((":memory:", "file:")):
        raise BadAddress(url.render_as_string(hide_password=True), "only SQLite files are backed up and restored here")
    return Path(place)


def back_up(source: Path, target: Path) -> None:
    """Write a verified copy of the database to ``target``, replacing what was there. Raises a DatabaseError."""
    integrity.verify(source, thorough=False)
    if not target.parent.is_dir():
        raise FolderMissing(str(target.parent))
    with _naming_errors(target):
        copy = target.with_name(f".{target.name}.part")
        copy.unlink(missing_ok=True)
        try:
            _copy(source, copy)
            integrity.verify(copy)
            copy.replace(target)
            _flush(target.parent)
        finally:
            copy.unlink(missing_ok=True)


def restore(source: Path, file: Path, now: datetime) -> Path | None:
    """Make the backup ``source`` the database ``file``; returns where the replaced database is kept, if there was one.

    Raises InUse while a bot runs on ``file``, and a DatabaseError for what is no whole database of this program, or
    of a newer one. ``file`` is then as it was; there is no moment at which it is missing or half written.
    """
    integrity.verify(source)
    if file.exists() and source.samefile(file):
        raise BadAddress(str(source), "is the database itself")
    if not file.parent.is_dir():
        raise FolderMissing(str(file.parent))
    copy = file.with_name(f".{file.name}.restored")
    with _naming_errors(file):
        copy.unlink(missing_ok=True)
        try:
            _copy(source, copy)
            integrity.verify(copy)
            _give_to_owner(copy, file if file.exists() else file.parent)
            return _exchange(copy, file, now)
        finally:
            copy.unlink(missing_ok=True)


def _exchange(copy: Path, file: Path, now: datetime) -> Path | None:
    replaced = None
    if file.exists():
        _settle(file)
        replaced = file.with_name(f"{file.stem}-replaced-{now:%Y-%m-%dT%H%M%S}{file.suffix}")
        _keep(file, replaced)
    copy.replace(file)
    _flush(file.parent)
    return replaced


def _settle(file: Path) -> None:
    """Have everything in the one file. Raises InUse if any other process has it open."""
    with closing(sqlite3.connect(file, timeout=0.5)) as connection:
        try:
            # SQLite leaves the write-ahead log only when nobody else is connected.
            connection.execute("PRAGMA journal_mode = DELETE").close()
        except sqlite3.Error as error:
            trouble = sqlite_file.named(error, str(file))
            if isinstance(trouble, Busy):
                raise InUse(str(file), str(error)) from error
            # What is damaged beyond opening is replaced all the same: that is what backups are for.
    for beside in ("-wal", "-shm"):
        file.with_name(file.name + beside).unlink(missing_ok=True)


def _keep(file: Path, replaced: Path) -> None:
    try:
        os.link(file, replaced)
    except OSError:  # some file systems have no hard links
        shutil.copy2(file, replaced)


def _give_to_owner(copy: Path, of: Path) -> None:
    """Root may restore for a bot that is not root."""
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        owner = of.stat()
        os.chown(copy, owner.st_uid, owner.st_gid)


def _copy(source: Path, copy: Path) -> None:
    # Not read-only: SQLite needs the files beside a database that is in use.
    in_use = source.with_name(source.name + "-wal").exists()
    address = source.absolute().as_uri() + "?mode=rw" if in_use else sqlite_file.address_to_read(source)
    with closing(sqlite3.connect(address, uri=True, timeout=_BUSY_TIMEOUT_S)) as connection:
        connection.execute("VACUUM INTO ?", (str(copy),)).close()
    copy.chmod(0o600)  # it holds what members saved, whatever the process's umask
    _flush(copy)


def _flush(path: Path) -> None:
    """Until the disk has it. A folder cannot be opened on Windows, and need not be."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextlib.contextmanager
def _naming_errors(place: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise sqlite_file.named(error, str(place)) or Unreachable(str(place), str(error)) from error
    except OSError as error:
        raise Unreachable(str(place), error.strerror or str(error)) from error


def made_on(folder: Path) -> dict[date, Path]:
    """The automatic backups in ``folder``, by day."""
    found = {}
    for path in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
        with contextlib.suppress(ValueError):  # somebody else's file
            found[date.fromisoformat(path.name.removeprefix(_PREFIX).removesuffix(_SUFFIX))] = path
    return found


def rotate(source: Path, folder: Path, today: date, keep: Keep) -> Path | None:
    """Make today's backup in ``folder`` if there is none yet, then remove those that need not be kept.

    Returns the new backup. Raises a DatabaseError; nothing is removed then.
    """
    made = None
    if today not in made_on(folder):
        with _naming_errors(folder):
            folder.mkdir(mode=0o700, exist_ok=True)
            for unfinished in folder.glob(f".{_PREFIX}*.part"):  # by a process that was killed
                unfinished.unlink(missing_ok=True)
        made = folder / f"{_PREFIX}{today.isoformat()}{_SUFFIX}"
        back_up(source, made)
    backups = made_on(folder)
    with _naming_errors(folder):
        for day in backups.keys() - kept(backups, keep):
            backups[day].unlink(missing_ok=True)
    return made
