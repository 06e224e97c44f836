"""Transactions: alone, whole, and safe from whoever gives up in the middle."""

import asyncio
import random

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.storage.database import Database
from bot.storage.errors import Busy, Unreachable

from .conftest import Counter


class Boom(Exception):
    pass


async def test_two_hundred_increments_at_once_all_count(database, counter):
    async def increment() -> None:
        async with database.transaction() as connection:
            await counter.add_one(connection)

    await asyncio.gather(*(increment() for _ in range(200)))
    assert await counter.value() == 200


async def test_two_hundred_increments_from_two_databases_on_one_file_all_count(database, counter, address):
    other = await Database.open(address)

    async def increment(through: Database) -> None:
        async with through.transaction() as connection:
            await counter.add_one(connection)

    await asyncio.gather(*(increment(through) for through in (database, other) for _ in range(100)))
    await other.close()
    assert await counter.value() == 200


async def test_a_block_that_raises_leaves_nothing_behind(database, counter):
    async def insert_and_raise() -> None:
        async with database.transaction() as connection:
            await counter.insert(connection, 7)
            raise Boom

    with pytest.raises(Boom):
        await insert_and_raise()
    assert await counter.names() == {0}


async def test_a_reader_sees_one_moment_while_others_write(database, counter):
    async with database.reading() as connection:
        before = await connection.scalar(text("SELECT n FROM counter"))
        async with database.transaction() as writer:
            await counter.add_one(writer)
        after = await connection.scalar(text("SELECT n FROM counter"))
    assert (before, after) == (0, 0)
    assert await counter.value() == 1


async def test_foreign_keys_are_enforced(database):
    with pytest.raises(IntegrityError):
        async with database.transaction() as connection:
            await connection.execute(text("INSERT INTO saved_song VALUES (1, 'no-such-song', '2026-01-01')"))


async def test_every_connection_keeps_what_it_commits_through_a_power_cut(database):
    async def settings() -> tuple[object, ...]:
        async with database.reading() as connection:
            names = ("journal_mode", "synchronous", "foreign_keys")
            return tuple([await connection.scalar(text(f"PRAGMA {name}")) for name in names])

    full = 2
    assert set(await asyncio.gather(*(settings() for _ in range(8)))) == {("wal", full, 1)}


@pytest.mark.parametrize("seed", range(12))
async def test_whoever_is_cancelled_anywhere_leaves_a_usable_database(database, counter, seed):
    rng = random.Random(seed)
    finished = 0

    async def increment() -> None:
        nonlocal finished
        async with database.transaction() as connection:
            await counter.add_one(connection)
        finished += 1

    tasks = [asyncio.create_task(increment()) for _ in range(20)]
    while not all(task.done() for task in tasks):
        for _ in range(rng.randrange(12)):
            await asyncio.sleep(0)
        rng.choice(tasks).cancel()
        await asyncio.sleep(0.001)
    value = await counter.value()
    # One that is cancelled while its COMMIT runs may have been committed all the same.
    assert finished <= value <= 20
    async with asyncio.timeout(5), database.transaction() as connection:
        assert await counter.add_one(connection) == value + 1


async def test_a_transaction_inside_a_transaction_is_refused_instead_of_waiting_for_ever(database):
    async with database.transaction():
        with pytest.raises(RuntimeError):
            async with database.transaction():
                pass
        with pytest.raises(RuntimeError):
            await database.write(lambda _: asyncio.sleep(0))


async def test_a_database_that_another_program_keeps_locked_is_busy(database, counter, address):
    impatient = await Database.open(address, busy_timeout_s=0.05)
    async with database.transaction() as connection:
        await counter.add_one(connection)
        with pytest.raises(Busy) as caught:
            async with impatient.transaction():
                pass
    assert caught.value.place.endswith("ostinato.db")
    async with impatient.transaction() as connection:
        await counter.add_one(connection)
    await impatient.close()
    assert await counter.value() == 2


async def test_a_mistake_in_a_statement_is_not_taken_for_trouble_with_the_database(database):
    with pytest.raises(OperationalError, match="no such table"):
        async with database.reading() as connection:
            await connection.execute(text("SELECT * FROM nowhere"))


async def test_closing_leaves_the_one_file(database, counter: Counter, file):
    async with database.transaction() as connection:
        await counter.add_one(connection)
    await database.close()
    assert [path.name for path in file.parent.iterdir()] == [file.name]


async def test_a_file_that_was_removed_takes_no_more_writes_which_nobody_would_find(database, counter, file):
    await database.write(counter.add_one)
    file.unlink()
    with pytest.raises(Unreachable, match="removed"):
        await database.write(counter.add_one)
