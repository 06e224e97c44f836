"""Whoever is cancelled while a connection opens leaves none behind."""

import asyncio
import gc
import sqlite3
import threading
import time

import pytest

from bot.storage import sqlite_driver
from bot.storage.database import Database

_MOMENTS = 40


class Tracked(sqlite3.Connection):
    """Knows how many of its kind are open."""

    open_count = 0

    def __init__(self, *arguments, **options) -> None:
        super().__init__(*arguments, **options)
        type(self).open_count += 1
        self.is_open = True

    def close(self) -> None:
        super().close()
        type(self).open_count -= self.is_open
        self.is_open = False


@pytest.fixture
def tracked(monkeypatch) -> type[Tracked]:
    monkeypatch.setattr(Tracked, "open_count", 0)
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *names, **options: connect(*names, factory=Tracked, **options))
    return Tracked


async def all_closed(tracked: type[Tracked]) -> bool:
    """Threads close what they opened, and end, in their own time."""
    async with asyncio.timeout(5):
        while tracked.open_count or any("worker" in one.name for one in threading.enumerate()):  # noqa: ASYNC110 - they tell nobody
            await asyncio.sleep(0.002)
    return True


async def test_a_connection_that_comes_after_its_opener_was_cancelled_is_closed(tmp_path, tracked):
    may_open = threading.Event()

    def slow() -> sqlite3.Connection:
        may_open.wait(5)
        return sqlite3.connect(tmp_path / "x.db")

    async def open_it() -> None:
        await sqlite_driver.OneTripConnection(slow)

    opening = asyncio.create_task(open_it())
    await asyncio.sleep(0)
    opening.cancel()
    may_open.set()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert await all_closed(tracked)


@pytest.mark.filterwarnings("error::ResourceWarning", "error::pytest.PytestUnraisableExceptionWarning")
async def test_a_database_that_is_cancelled_at_any_moment_of_its_opening_is_closed(tmp_path, tracked):
    address = f"sqlite:///{tmp_path}/x.db"
    await (await Database.open(address)).close()
    began = time.perf_counter()
    await (await Database.open(address)).close()
    whole_s = time.perf_counter() - began
    for step in range(_MOMENTS):
        opening = asyncio.create_task(Database.open(address))
        await asyncio.sleep(whole_s * step / _MOMENTS)
        opening.cancel()
        outcome = (await asyncio.gather(opening, return_exceptions=True))[0]
        if isinstance(outcome, Database):
            await outcome.close()
        del opening, outcome
        gc.collect(1)  # what a cancelled task still held
        assert await all_closed(tracked), step
