"""More than one process, and processes that are killed."""

import asyncio
import os
import random
import signal
import sqlite3
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

START = """
import asyncio, sys
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.database import Database
async def main():
    sys.stdin.readline()  # all at once
    database = await Database.open(sys.argv[1])
    imported = await sync_catalog(database)
    catalog = await load_catalog(database)
    print(imported, len(catalog.songs) > 0)
    await database.close()
asyncio.run(main())
"""

# Each change writes the same number into two rows of two tables; its number is printed once write() has returned.
WRITE = """
import asyncio, itertools, sys
from sqlalchemy import text
from bot.storage.database import Database
async def main():
    database = await Database.open(sys.argv[1])
    async with database.transaction() as connection:
        for name in ("a", "b"):
            await connection.execute(text(f"CREATE TABLE IF NOT EXISTS {name} (n INTEGER PRIMARY KEY)"))
    numbers = itertools.count(int(sys.argv[2]))
    async def work():
        for n in numbers:
            async def change(connection):
                await connection.execute(text("INSERT INTO a VALUES (:n)"), {"n": n})
                await connection.execute(text("INSERT INTO b VALUES (:n)"), {"n": n})
            await database.write(change)
            print(n, flush=True)
    await asyncio.gather(*(work() for _ in range(8)))
asyncio.run(main())
"""


async def run(program: str, *arguments: str) -> Process:
    return await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, *arguments, cwd=ROOT, stdin=PIPE, stdout=PIPE, stderr=PIPE
    )


async def test_of_three_processes_that_start_at_once_one_migrates_and_imports(address):
    processes = [await run(START, address) for _ in range(3)]
    outputs = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [errors.decode() for _, errors in outputs] == ["", "", ""]
    assert sorted(output.decode().strip() for output, _ in outputs) == ["False True", "False True", "True True"]


@pytest.mark.parametrize("seed", range(5))
async def test_a_process_killed_at_any_moment_loses_nothing_committed_and_halves_nothing(file, address, seed):
    rng = random.Random(seed)
    told: set[int] = set()
    for round_number in range(2):
        process = await run(WRITE, address, str(round_number * 1_000_000))
        assert process.stdout is not None
        told.add(int(await process.stdout.readline()))
        await asyncio.sleep(rng.random() / 5)
        os.kill(process.pid, signal.SIGKILL)
        rest, errors = await process.communicate()
        assert errors == b""
        told.update(int(line) for line in rest.split(b"\n")[:-1])
    with closing(sqlite3.connect(file)) as connection:
        kept = {n for (n,) in connection.execute("SELECT n FROM a")}
        assert kept == {n for (n,) in connection.execute("SELECT n FROM b")}
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert told <= kept
