"""What the doctor may look at: it sees what was decided, whatever the database, and changes nothing."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daily.clock import Timing
from bot.domain.daily.schedule import Plan, Setup
from bot.domain.trivia.rules import Rules
from bot.storage import daily
from bot.storage.database import Database
from bot.storage.errors import DatabaseError
from bot.storage.inspection import Place, Use, places, stored_text
from bot.storage.members import store_value
from bot.storage.trivia.rules import save_rules

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
NINE = Timing(time(9), ZoneInfo("UTC"))


async def decide(database: Database) -> None:
    """One server has a daily pick with threads, one has switched it off, one lets trivia be played in two channels."""
    for guild_id, mode in ((1, "on"), (2, "off")):
        plan = Plan.starting(guild_id, Setup(guild_id * 10, 5, opens_thread=True), NINE, NOW)
        await daily.change_plan(database, guild_id, lambda _, plan=plan: plan)
        if mode == "off":
            await daily.change_plan(database, guild_id, Plan.switch_off)
    await save_rules(database, 3, Rules(frozenset({31, 30})))
    await store_value(database, "colour", "violet")


DECIDED = [
    Place(Use.DAILY, 1, 10, opens_thread=True),
    Place(Use.TRIVIA, 3, 30, opens_thread=False),
    Place(Use.TRIVIA, 3, 31, opens_thread=False),
]


async def test_channels_for_daily_picks_and_for_trivia_are_found_while_the_bot_runs_and_after(database, address):
    await decide(database)
    assert await places(address) == DECIDED
    assert await stored_text(address, "colour") == "violet"
    assert await stored_text(address, "size") is None
    await database.close()
    assert await places(address) == DECIDED


async def test_looking_leaves_nothing_beside_a_database_at_rest(database, file, address):
    await decide(database)
    await database.close()
    before = {path.name: path.read_bytes() for path in file.parent.iterdir()}
    await places(address)
    assert {path.name: path.read_bytes() for path in file.parent.iterdir()} == before


async def test_a_database_of_before_these_tables_has_no_channels(database, file, address):
    await decide(database)
    await database.close()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TABLE trivia_rules")
    assert await places(address) == DECIDED[:1]


async def test_a_missing_file_is_named_and_not_made(file, address):
    with pytest.raises(DatabaseError):
        await places(address)
    assert not file.exists()
