"""The search index that is built while the bot connects."""

import asyncio
import threading

import pytest

from bot import store
from bot.store import BackgroundIndex


@pytest.fixture
def gate(monkeypatch, catalog, index):
    """Building takes until the event is set, and counts."""
    opened, built = threading.Event(), []

    def build(given):
        assert given is catalog
        built.append(threading.current_thread())
        assert opened.wait(10)
        return index

    monkeypatch.setattr(store, "SearchIndex", build)
    opened.built = built
    yield opened
    opened.set()


async def test_it_is_built_once_and_beside_the_loop_however_many_wait(gate, catalog, index):
    background = BackgroundIndex(catalog)
    background.begin()
    waiting = [asyncio.create_task(background.get()) for _ in range(3)]
    await asyncio.sleep(0)
    gate.set()
    assert await asyncio.gather(*waiting) == [index] * 3
    background.begin()
    assert await background.get() is index
    assert len(gate.built) == 1
    assert gate.built[0] is not threading.main_thread()


async def test_who_gives_up_waiting_does_not_take_it_from_the_others(gate, catalog, index):
    background = BackgroundIndex(catalog)
    gone, stays = (asyncio.create_task(background.get()) for _ in range(2))
    await asyncio.sleep(0)
    gone.cancel()
    await asyncio.wait([gone])
    assert gone.cancelled()
    gate.set()
    assert await stays is index


async def test_once_it_is_there_asking_for_it_lets_nobody_else_run_first(catalog, index):
    asked = BackgroundIndex(catalog, index).get()
    with pytest.raises(StopIteration) as at_once:
        asked.send(None)
    assert at_once.value.value is index


async def test_a_failure_is_logged_told_and_raised_to_all_who_wait(monkeypatch, catalog, caplog):
    def broken(_catalog):
        raise RuntimeError("half an update")

    monkeypatch.setattr(store, "SearchIndex", broken)
    background = BackgroundIndex(catalog)
    told = asyncio.Event()
    background.on_failure(told.set)
    background.begin()
    async with asyncio.timeout(10):
        await told.wait()
    assert background.failed
    assert "half an update" in caplog.text
    with pytest.raises(RuntimeError, match="half an update"):
        await background.get()
