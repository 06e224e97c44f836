"""A real database in a folder of the test's own."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "ostinato.db"


@pytest.fixture
def address(file: Path) -> str:
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def database(address: str) -> AsyncIterator[Database]:
    database = await Database.open(address)
    yield database
    await database.close()


class Counter:
    """A table of one's own to count in: row ``name`` holds ``n``."""

    table = Table("counter", MetaData(), Column("name", Integer, primary_key=True), Column("n", Integer))

    def __init__(self, database: Database) -> None:
        self.database = database

    async def create(self) -> None:
        async with self.database.transaction() as connection:
            await connection.run_sync(self.table.metadata.create_all)
            await connection.execute(self.table.insert().values(name=0, n=0))

    async def add_one(self, connection: AsyncConnection) -> int:
        """Read, think, write back: what loses increments when two do it at once."""
        n = await connection.scalar(select(self.table.c.n).where(self.table.c.name == 0)) or 0
        await connection.execute(self.table.update().values(n=n + 1))
        return n + 1

    async def insert(self, connection: AsyncConnection, name: int) -> int:
        await connection.execute(self.table.insert().values(name=name, n=0))
        return name

    async def value(self) -> int:
        async with self.database.reading() as connection:
            return await connection.scalar(select(self.table.c.n).where(self.table.c.name == 0)) or 0

    async def names(self) -> set[int]:
        async with self.database.reading() as connection:
            return set(await connection.scalars(select(self.table.c.name)))


@pytest.fixture
async def counter(database: Database) -> Counter:
    counter = Counter(database)
    await counter.create()
    return counter
