"""PostgreSQL takes SQLite's place by its address alone.

The statements are checked everywhere. To run against a server, name an empty database of it:
``OSTINATO_TEST_POSTGRESQL=postgresql+asyncpg://user@localhost/empty python -m pytest tests/storage/test_postgresql.py``
"""

import asyncio
import os
import re
from datetime import UTC, datetime

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex, CreateTable

from bot.domain.members import Correction, SavedSong
from bot.domain.trivia.rules import Rules
from bot.storage import schema
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.database import Database, _upsert
from bot.storage.inspection import Place, Use, places
from bot.storage.members import add_correction, save_song, saved_songs, store_value, stored_value
from bot.storage.trivia.rules import save_rules

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DIALECT = postgresql.dialect()


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_every_table_can_be_created_and_written_to(table):
    created = str(CreateTable(table).compile(dialect=DIALECT))
    assert "TIMESTAMP WITH TIME ZONE" in created or "_at" not in created
    for index in table.indexes:
        assert str(CreateIndex(index).compile(dialect=DIALECT))
    assert "ON CONFLICT" in str(_upsert("postgresql", table, ()).compile(dialect=DIALECT))


@pytest.mark.parametrize("table", schema.metadata.sorted_tables, ids=str)
def test_no_two_constraints_of_a_table_have_one_name(table):
    # SQLite does not mind; PostgreSQL refuses the table.
    created = str(CreateTable(table).compile(dialect=DIALECT))
    names = re.findall(r"CONSTRAINT (\S+)", created)
    assert len(set(names)) == len(names)


@pytest.fixture
async def server():
    address = os.environ.get("OSTINATO_TEST_POSTGRESQL")
    if address is None:
        pytest.skip("needs a PostgreSQL server, named in OSTINATO_TEST_POSTGRESQL")
    database = await Database.open(address)
    yield database
    await database.close()


async def test_the_catalog_comes_back_from_a_server_exactly(server, catalog):
    await sync_catalog(server)
    loaded = await load_catalog(server)
    assert (dict(loaded.songs), dict(loaded.dramas)) == (dict(catalog.songs), dict(catalog.dramas))
    assert set(loaded.outcomes) == set(catalog.outcomes)


async def test_a_server_keeps_what_members_leave(server, catalog):
    await sync_catalog(server)
    key = next(iter(catalog.songs))
    await save_song(server, 2**63 - 1, key, NOW)
    assert not await save_song(server, 2**63 - 1, key, NOW)
    assert await saved_songs(server, 2**63 - 1) == [SavedSong(key, NOW)]
    assert await add_correction(server, Correction(key, 1, "틀렸어요", NOW)) > 0


async def test_a_server_undoes_a_change_that_fails_alone(server):
    async def fail(connection) -> None:
        await connection.execute(schema.state.insert(), {"name": "half", "value": "done"})
        raise KeyError

    changes = (store_value(server, "a", "1"), server.write(fail), store_value(server, "b", "2"))
    results = await asyncio.gather(*changes, return_exceptions=True)
    assert [type(result) for result in results] == [type(None), KeyError, type(None)]
    assert [await stored_value(server, name) for name in ("a", "half", "b")] == ["1", None, "2"]


async def test_increments_from_two_connections_to_a_server_all_count(server):
    await store_value(server, "n", "0")
    other = await Database.open(os.environ["OSTINATO_TEST_POSTGRESQL"])

    async def increment(database: Database) -> None:
        async with database.transaction() as connection:
            row = schema.state.c.name == "n"
            n = await connection.scalar(schema.state.select().with_only_columns(schema.state.c.value).where(row))
            await connection.execute(schema.state.update().where(row).values(value=str(int(n or 0) + 1)))

    await asyncio.gather(*(increment(database) for database in (server, other) for _ in range(50)))
    await other.close()
    assert await stored_value(server, "n") == "100"


async def test_the_doctor_reads_the_channels_of_a_server(server):
    await save_rules(server, 3, Rules(frozenset({30})))
    assert await places(os.environ["OSTINATO_TEST_POSTGRESQL"]) == [Place(Use.TRIVIA, 3, 30, opens_thread=False)]
