"""``Database.write``: many changes, one commit, none in another's way."""

import asyncio
import random
from functools import partial

import pytest
from sqlalchemy import event, text
from sqlalchemy.exc import IntegrityError

from bot.storage.errors import DiskFull


class Boom(Exception):
    pass


@pytest.fixture
def commits(database) -> list[str]:
    """Every COMMIT that reaches the database."""
    seen: list[str] = []
    event.listen(database._engine.sync_engine, "commit", lambda _: seen.append("commit"))
    return seen


async def test_two_hundred_changes_at_once_all_count_and_each_sees_the_one_before(database, counter):
    results = await asyncio.gather(*(database.write(counter.add_one) for _ in range(200)))
    assert results == list(range(1, 201))
    assert await counter.value() == 200


async def test_changes_that_wait_together_share_a_commit(database, counter, commits):
    await asyncio.gather(*(database.write(counter.add_one) for _ in range(100)))
    assert len(commits) <= 2


async def test_one_change_alone_is_committed_when_write_returns(database, counter, commits):
    assert await database.write(counter.add_one) == 1
    assert len(commits) == 1
    assert await counter.value() == 1


@pytest.mark.parametrize("failing", [{0}, {1}, {4}, {0, 1}, {1, 3}, {0, 2, 4}, {0, 1, 2, 3, 4}])
async def test_a_change_that_fails_is_undone_alone(database, counter, failing):
    async def change(connection, number: int) -> int:
        await counter.insert(connection, number + 1)
        if number in failing:
            raise Boom
        return number

    calls = (database.write(partial(change, number=number)) for number in range(5))
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert {number for number, result in enumerate(results) if isinstance(result, Boom)} == failing
    assert await counter.names() == {0} | {number + 1 for number in range(5) if number not in failing}


async def test_a_change_that_fails_before_it_touched_anything_is_no_trouble(database, counter):
    async def fail(_connection: object) -> None:
        raise Boom

    results = await asyncio.gather(
        database.write(fail), database.write(counter.add_one), database.write(fail), return_exceptions=True
    )
    assert [type(result) for result in results] == [Boom, int, Boom]
    assert await counter.value() == 1


async def test_what_the_schema_forbids_fails_for_its_caller_only(database, counter):
    calls = [database.write(partial(counter.insert, name=name)) for name in (1, 0, 2)]
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(result) for result in results] == [int, IntegrityError, int]
    assert await counter.names() == {0, 1, 2}


async def test_a_caller_who_gives_up_stops_neither_the_group_nor_the_next_one(database, counter):
    tasks = [asyncio.create_task(database.write(counter.add_one)) for _ in range(30)]
    await asyncio.sleep(0)
    for task in tasks[::3]:
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert sum(isinstance(result, asyncio.CancelledError) for result in results) == 10
    assert await counter.value() >= 20
    value = await counter.value()
    assert await database.write(counter.add_one) == value + 1


@pytest.mark.parametrize("seed", range(10))
async def test_callers_who_give_up_at_any_moment_leave_a_usable_database(database, counter, seed):
    rng = random.Random(seed)
    tasks = [asyncio.create_task(database.write(counter.add_one)) for _ in range(40)]
    for task in rng.sample(tasks, 20):
        for _ in range(rng.randrange(4)):
            await asyncio.sleep(0)
        await asyncio.sleep(rng.random() / 1000)
        task.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    told = [result for result in results if isinstance(result, int)]
    assert len(told) >= 20
    assert len(set(told)) == len(told)
    assert len(told) <= await counter.value() <= 40
    async with asyncio.timeout(5), database.transaction() as connection:
        await counter.add_one(connection)


async def test_when_the_whole_transaction_is_lost_everybody_in_it_is_told(database, counter):
    async def fill(connection) -> None:
        await connection.execute(text("CREATE TABLE filler (x)"))
        await connection.execute(text("INSERT INTO filler VALUES (zeroblob(4000000))"))

    await _limit_size(database)
    results = await asyncio.gather(
        database.write(counter.add_one), database.write(fill), database.write(counter.add_one), return_exceptions=True
    )
    told = [result for result in results if isinstance(result, int)]
    assert type(results[1]) is DiskFull
    assert all(isinstance(result, int | DiskFull) for result in results)
    assert await counter.value() == len(told)
    assert await database.write(counter.add_one) == len(told) + 1


async def test_a_change_that_takes_the_transaction_down_takes_everybody_along(database, counter):
    """As SQLite itself does in deep trouble: it rolls back all, savepoints included."""

    async def roll_back(connection) -> None:
        await connection.exec_driver_sql("ROLLBACK")
        raise Boom

    changes = (counter.add_one, roll_back, counter.add_one)
    results = await asyncio.gather(*map(database.write, changes), return_exceptions=True)
    assert [type(result) for result in results] == [Boom, Boom, Boom]
    assert await counter.value() == 0
    assert await database.write(counter.add_one) == 1


async def test_a_change_that_would_wait_for_itself_is_refused(database, counter):
    results = await asyncio.gather(
        database.write(lambda _: database.write(counter.add_one)),
        database.write(counter.add_one),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [RuntimeError, int]


async def test_nobody_is_told_of_success_when_the_program_ends_in_the_middle(database, counter):
    tasks = [asyncio.create_task(database.write(counter.add_one)) for _ in range(5)]
    for _ in range(3):
        await asyncio.sleep(0)
    worker = database._group_commit._worker
    assert worker is not None
    worker.cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(result) for result in results} == {asyncio.CancelledError}
    assert await counter.value() == 0


async def test_changes_and_transactions_take_turns(database, counter):
    async def increment() -> None:
        async with database.transaction() as connection:
            await counter.add_one(connection)

    await asyncio.gather(*(work for _ in range(50) for work in (increment(), database.write(counter.add_one))))
    assert await counter.value() == 100


async def test_closing_waits_for_what_was_asked(database, counter, address):
    from bot.storage.database import Database

    tasks = [asyncio.create_task(database.write(counter.add_one)) for _ in range(20)]
    await asyncio.sleep(0)
    await database.close()
    assert await asyncio.gather(*tasks) == list(range(1, 21))
    again = await Database.open(address)
    async with again.reading() as connection:
        assert await connection.scalar(text("SELECT n FROM counter")) == 20
    await again.close()


async def _limit_size(database) -> None:
    """The database may not grow any more: SQLite then answers as on a full disk."""

    def limit(connection: object, _record: object) -> None:
        cursor = connection.cursor()
        cursor.execute("PRAGMA max_page_count = 100")
        cursor.close()

    await database._engine.dispose()
    event.listen(database._engine.sync_engine, "connect", limit)
