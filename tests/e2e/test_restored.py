"""A database that was restored: games go on as they stood when the backup was made."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from bot.storage.backup import back_up, restore
from bot.storage.database import Database
from tests.e2e.reading import text
from tests.e2e.table import PAUSE_S, ROUND_S, bank, table

__all__ = ["bank", "table"]
FREE_AFTER_S = 5


@pytest.fixture
async def opened() -> AsyncIterator[list[Database]]:
    """Asked for before the stage, so that what a test puts in is closed after the bot has gone."""
    databases: list[Database] = []
    yield databases
    for database in databases:
        await database.close()


async def _nothing() -> None:
    """Stands for a farewell that a dead process does not make."""


async def test_a_restored_backup_plays_on_from_where_it_was_made(opened, table, tmp_path):
    file = tmp_path / "ostinato.db"
    await table.play(rounds=2)
    right = await table.right()
    await table.press(table.ann, right)
    await asyncio.to_thread(back_up, file, tmp_path / "copy.db")
    await table.press(table.bea, right)
    table.host.close = _nothing
    await table.stage.store.database.close()
    restore(tmp_path / "copy.db", file, table.env.now())
    opened.append(await Database.open(f"sqlite:///{file}"))
    table.stage.store = replace(table.stage.store, database=opened[0])
    await table.restart(after_s=FREE_AFTER_S)
    assert "I was restarted, so here it is again" in text(table.last)
    await table.wait(ROUND_S)
    standings = (await table.game()).standings
    assert standings[table.ann.id].right_count == 1
    assert table.bea.id not in standings, "she answered after the backup"
    await table.wait(PAUSE_S)
    assert "Question 2 of 2" in text(table.last)
