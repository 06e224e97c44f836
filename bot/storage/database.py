"""The database: one writer at a time, many readers, and nothing half done.

SQLite and PostgreSQL differ in here and in the ``sqlite_*`` modules only. Every writing transaction sees a
world that nobody else changes until it ends: SQLite's ``BEGIN IMMEDIATE``, on PostgreSQL a lock of our own. (SQLite's
default transactions lost 197 of 200 concurrent increments without an error.)
"""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from . import engine, revisions, sqlite_driver, sqlite_file
from .errors import Unreachable
from .group_commit import GroupCommit

T = TypeVar("T")

_BUSY_TIMEOUT_S = 30.0
_POSTGRESQL_LOCK = 0x057171A70  # any number, the same for every process of this program


class Database:
    """Made by :meth:`open`. Its methods raise a child of DatabaseError when the database itself is in trouble."""

    def __init__(self, async_engine: AsyncEngine, place: str) -> None:
        self.place = place
        self._engine = async_engine
        self._writing = asyncio.Lock()
        self._writer: asyncio.Task[Any] | None = None
        self._group_commit = GroupCommit(self.transaction)

    @classmethod
    async def open(
        cls, address: str, *, busy_timeout_s: float = _BUSY_TIMEOUT_S, migrations: Path = revisions.MIGRATIONS
    ) -> Self:
        """Connect to ``address`` (an SQLAlchemy URL), and create the tables or bring them up to date.

        Waits up to ``busy_timeout_s`` for another process that writes, here and in every later transaction. Nothing
        is touched before all that can be told beforehand is in order. Raises the DatabaseError that says what is not.
        """
        url = engine.parse(address)
        place = url.render_as_string(hide_password=True)
        if url.get_backend_name() == "sqlite":
            place = url.database or ""
            await asyncio.to_thread(sqlite_file.check, place, revisions.newest(migrations))
        database = cls(engine.create(url, busy_timeout_s), place)
        try:
            await database._bring_up_to_date(migrations)
        except BaseException:
            await database.close()
            raise
        return database

    async def close(self) -> None:
        """Finish the writes that are waiting, then let go of the file."""
        await self._group_commit.finish()
        await self._engine.dispose()

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection whose SELECTs all see one moment. Write nothing through it."""
        with self._naming_errors():
            async with self._engine.connect() as connection:
                if driver := sqlite_driver.under(connection):
                    driver.before_next("BEGIN")
                yield connection

    @asynccontextmanager
    async def transaction(self) -> AsyncGenerator[AsyncConnection]:
        """A connection that alone may write until the block ends: committed then, or undone if the block raises.

        Waits its turn. The block must await nothing but its connection: everybody else's writes wait for it.
        """
        self._refuse_nesting()
        with self._naming_errors():
            async with self._writing, self._engine.connect() as connection:
                self._writer = asyncio.current_task()
                try:
                    await _begin(connection)
                    if connection.dialect.name == "sqlite":
                        sqlite_file.check_present(self.place)
                    yield connection
                    await connection.commit()
                finally:
                    self._writer = None

    async def write(self, change: Callable[[AsyncConnection], Awaitable[T]]) -> T:
        """Run ``change`` and return its result once it is committed.

        Changes that wait at the same time share one transaction, for it is the commit that costs. Each stands alone:
        one that raises is undone, raises here, and leaves the others be. Whoever is cancelled while waiting cannot
        know whether the change was made. A change must await nothing but its connection.
        """
        self._refuse_nesting()
        with self._naming_errors():
            return await self._group_commit.write(change)

    async def _bring_up_to_date(self, migrations: Path) -> None:
        try:
            async with self.reading() as connection:
                found = await connection.run_sync(revisions.current)
            if revisions.is_behind(found, revisions.newest(migrations), self.place):
                await self._migrate(migrations)
        except (DBAPIError, OSError) as error:
            raise Unreachable(self.place, str(error)) from error

    async def _migrate(self, migrations: Path) -> None:
        from .migrate import upgrade  # noqa: PLC0415 - Alembic costs 0.1 s that a start with nothing to do need not pay

        with self._naming_errors():
            async with self._writing, self._engine.connect() as connection:
                if driver := sqlite_driver.under(connection):
                    # Rebuilding a table with foreign keys on would empty its children; inside BEGIN this has no effect.
                    driver.before_next("PRAGMA foreign_keys = OFF")
                try:
                    await _begin(connection)
                    await connection.run_sync(upgrade, migrations, self.place)
                    await connection.commit()
                finally:
                    await connection.invalidate()  # its foreign keys are off: nobody may use it again

    def _refuse_nesting(self) -> None:
        if self._writer is not None and self._writer is asyncio.current_task():
            raise RuntimeError("a transaction inside a transaction would wait for itself")

    @contextmanager
    def _naming_errors(self) -> Generator[None]:
        try:
            yield
        except DBAPIError as error:
            if trouble := sqlite_file.trouble(error, self.place):
                raise trouble from error
            raise


def upsert(connection: AsyncConnection, table: Table, *, update: Sequence[str] = ()) -> Insert:
    """An INSERT into ``table`` that, where the row's primary key is taken, sets the ``update`` columns.

    Without ``update`` the old row stays as it is, and the result's ``rowcount`` is 0.
    """
    return _upsert(connection.dialect.name, table, tuple(update))


@cache
def _upsert(dialect: str, table: Table, update: tuple[str, ...]) -> Insert:
    if dialect == "postgresql":
        from sqlalchemy.dialects import postgresql  # noqa: PLC0415 - only for those who use it

        insert: Any = postgresql.insert(table)
    else:
        insert = sqlite.insert(table)
    key = list(table.primary_key.columns)
    statement: Insert = insert.on_conflict_do_nothing(index_elements=key)
    if update:
        new_values = {name: insert.excluded[name] for name in update}
        statement = insert.on_conflict_do_update(index_elements=key, set_=new_values)
    return statement


async def _begin(connection: AsyncConnection) -> None:
    if connection.dialect.name == "sqlite":
        await connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        await connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_POSTGRESQL_LOCK})")
