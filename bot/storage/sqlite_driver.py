"""aiosqlite with one trip to its thread per statement.

SQLAlchemy opens a cursor, executes, fetches and closes it, and aiosqlite sends each of these to the connection's
thread: four waits of ~0.15 ms around a few µs of work. Here the statement brings its rows back at once.
``before_next`` saves whole trips: savepoints ride along with the statement that follows them.
"""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self, TypeVar

import aiosqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from . import sqlite_file

T = TypeVar("T")

_PRAGMAS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
    "cache_size = -512",  # KiB for each connection; the system keeps the pages of so small a file anyway
)
Row = tuple[Any, ...]


class OneTripConnection(aiosqlite.Connection):
    """Made by :func:`connect`; used by SQLAlchemy's dialect as if it were aiosqlite's own."""

    def __init__(self, connector: Callable[[], sqlite3.Connection]) -> None:
        super().__init__(self._open, iter_chunk_size=64)
        self._connect_to_file = connector
        self._opened: sqlite3.Connection | None = None
        self._stopped: asyncio.Future[Any] | None = None
        # As SQLAlchemy does: a connection that nobody closed must not keep the process alive.
        self._thread.daemon = True
        self._waiting_sql: list[str] = []

    def _open(self) -> sqlite3.Connection:
        self._opened = self._connect_to_file()
        return self._opened

    async def _connect(self) -> Self:
        try:
            await super()._connect()
        except BaseException:
            if self._stopped:
                await asyncio.wait([self._stopped])  # so that whoever then closes the loop finds the thread gone
            raise
        return self

    def stop(self) -> asyncio.Future[Any] | None:
        """End the thread and close the connection, also one that came only after whoever wanted it was cancelled."""
        # aiosqlite learns of a connection through the one who waits for it, and so leaves open what came too late.
        self._tx.put_nowait((None, self._close_opened))
        self._stopped = super().stop()
        return self._stopped

    def _close_opened(self) -> None:
        if self._opened is not None:
            self._opened.close()

    def cursor(self) -> "OneTripCursor":  # type: ignore[override] # aiosqlite's is awaited, SQLAlchemy enters it
        return OneTripCursor(self)

    def before_next(self, sql: str) -> None:
        """Execute ``sql`` in the same trip as, and just before, the next statement, commit or rollback."""
        self._waiting_sql.append(sql)

    async def trip(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """``work``'s result, done in the connection's thread."""
        return await self._execute(self._work, work, self._take_waiting())  # type: ignore[no-untyped-call, no-any-return] # aiosqlite's _execute is untyped

    async def commit(self) -> None:
        await self.trip(sqlite3.Connection.commit)

    async def rollback(self) -> None:
        self._waiting_sql.clear()
        await self.trip(sqlite3.Connection.rollback)

    def _take_waiting(self) -> list[str]:
        waiting, self._waiting_sql = self._waiting_sql, []
        return waiting

    def _work(self, work: Callable[[sqlite3.Connection], T], before: list[str]) -> T:
        for sql in before:
            self._conn.execute(sql).close()
        return work(self._conn)


class OneTripCursor:
    """The part of a cursor that SQLAlchemy's adapter uses."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: list[Row] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, sql: str, parameters: Sequence[Any] = ()) -> Self:
        def work(connection: sqlite3.Connection) -> None:
            self._keep(connection.execute(sql, parameters))

        await self._connection.trip(work)
        return self

    async def executemany(self, sql: str, parameters: Iterable[Sequence[Any]]) -> Self:
        def work(connection: sqlite3.Connection) -> None:
            self._keep(connection.executemany(sql, parameters))

        await self._connection.trip(work)
        return self

    def _keep(self, cursor: sqlite3.Cursor) -> None:
        self.description = cursor.description
        self._rows = cursor.fetchall() if cursor.description else []
        self.rowcount = cursor.rowcount
        self.lastrowid = cursor.lastrowid
        cursor.close()

    async def fetchall(self) -> list[Row]:
        return self._rows

    async def close(self) -> None:
        self._rows = []


def connect(database: str, **options: Any) -> OneTripConnection:  # noqa: ANN401 - what sqlite3.connect takes
    """What ``aiosqlite.connect`` does, with connections of this module's kind."""
    return OneTripConnection(partial(_prepared, database, options))


def connect_to_read(path: Path, *_arguments: object, **_options: object) -> OneTripConnection:
    """Likewise for a file that is only looked at; what SQLAlchemy asks besides is for those who write."""
    return OneTripConnection(partial(sqlite3.connect, sqlite_file.address_to_read(path), uri=True))


def _prepared(database: str, options: dict[str, Any]) -> sqlite3.Connection:
    """A connection with what SQLite forgets each time (only the journal's mode is kept in the file)."""
    connection: sqlite3.Connection = sqlite3.connect(database, isolation_level=None, **options)
    try:
        for pragma in _PRAGMAS:
            connection.execute(f"PRAGMA {pragma}").close()
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def under(connection: AsyncConnection) -> OneTripConnection | None:
    """The driver's connection under SQLAlchemy's; None on another database."""
    pooled = connection.sync_connection
    driver = pooled.connection.driver_connection if pooled else None
    return driver if isinstance(driver, OneTripConnection) else None
