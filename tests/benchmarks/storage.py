"""What writing costs: the group commit beside one transaction each, and the start.

    python -m tests.benchmarks.storage [--answers 3000] [--rate 1000]

An *answer* is what a game writes when a player answers: a row of its own, and a version that is compared and counted
up. Answers arrive at the given rate; the waiting time is from arrival to being told that it is committed. The table's
last lines are the start: import, open, sync and load of the shipped catalog, in processes of their own.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from sqlalchemy import BigInteger, Column, Integer, MetaData, Table, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage.database import Database, upsert

Write = Callable[[Callable[[AsyncConnection], Awaitable[bool]]], Awaitable[bool]]

_tables = MetaData()
_game = Table("bench_game", _tables, Column("id", Integer, primary_key=True), Column("version", Integer))
_answer = Table(
    "bench_answer",
    _tables,
    Column("game_id", Integer, primary_key=True),
    Column("player_id", BigInteger, primary_key=True),
    Column("choice", Integer),
)
_count_up = update(_game).where(_game.c.id == bindparam("game")).values(version=_game.c.version + 1)

_START = """
import time; began = time.perf_counter()
import asyncio, resource, sys
from bot.storage.database import Database
from bot.storage.catalog import load_catalog, sync_catalog
def lap(name):
    global began
    now = time.perf_counter(); print(f"  {name:<44}{(now - began) * 1000:9.0f} ms"); began = time.perf_counter()
async def main():
    lap("import of the storage layer")
    database = await Database.open(sys.argv[1]); lap("Database.open")
    done = await sync_catalog(database); lap("sync_catalog" + (" (all of it imported)" if done else " (nothing to do)"))
    catalog = await load_catalog(database); lap(f"load_catalog ({len(catalog.songs)} songs)")
    await database.close(); lap("close")
asyncio.run(main())
print(f"  {'resident memory at its largest':<44}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:9.1f} MB")
"""


def _change(number: int) -> Callable[[AsyncConnection], Awaitable[bool]]:
    """One player's answer in one of fifty games."""

    async def change(connection: AsyncConnection) -> bool:
        row = {"game_id": number % 50, "player_id": number, "choice": number % 4}
        taken = await connection.execute(upsert(connection, _answer), row)
        await connection.execute(_count_up, {"game": number % 50})
        return bool(taken.rowcount)

    return change


async def _each_alone(database: Database, change: Callable[[AsyncConnection], Awaitable[bool]]) -> bool:
    async with database.transaction() as connection:
        return await change(connection)


async def _at_rate(write: Write, answers: int, rate: float) -> tuple[list[float], float]:
    """(seconds that each waited, seconds until all were done)."""
    began = time.perf_counter()

    async def one(number: int) -> float:
        due = began + number / rate
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        await write(_change(number))
        return time.perf_counter() - due

    waits = await asyncio.gather(*(one(number) for number in range(answers)))
    return waits, time.perf_counter() - began


async def _measure(name: str, answers: int, rate: float, *, grouped: bool) -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{folder}/bench.db")
        async with database.transaction() as connection:
            await connection.run_sync(_tables.create_all)
            await connection.execute(_game.insert(), [{"id": number, "version": 0} for number in range(50)])
        write: Write = database.write if grouped else lambda change: _each_alone(database, change)
        cpu_s = time.process_time()
        waits, took_s = await _at_rate(write, answers, rate)
        cpu_s = time.process_time() - cpu_s
        async with database.reading() as connection:
            kept = await connection.scalar(select(func.sum(_game.c.version)))
        await database.close()
    cuts = [cut * 1000 for cut in statistics.quantiles(waits, n=100)]
    print(
        f"  {name:<44}{answers / took_s:8.0f}/s {cuts[49]:10.1f} {cuts[98]:10.1f} {max(waits) * 1000:10.1f}"
        f" {answers - (kept or 0):6} {cpu_s / answers * 1000:10.2f}"
    )


def _start(address: str) -> None:
    subprocess.run([sys.executable, "-c", _START, address], check=True, cwd=Path(__file__).parents[2])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--answers", type=int, default=3000)
    parser.add_argument("--rate", type=float, default=1000)
    chosen = parser.parse_args()
    print(f"{chosen.answers} answers arriving at {chosen.rate:.0f}/s")
    print(f"  {'':<44}{'committed':>10} {'median ms':>10} {'p99 ms':>10} {'max ms':>10} {'lost':>6} {'CPU ms':>10}")
    asyncio.run(_measure("one transaction each", chosen.answers, chosen.rate, grouped=False))
    asyncio.run(_measure("group commit (Database.write)", chosen.answers, chosen.rate, grouped=True))
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first start: an empty database", "every later start"):
            print(name)
            _start(f"sqlite:///{folder}/start.db")


if __name__ == "__main__":
    main()
