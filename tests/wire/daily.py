"""What the wire tests of the daily pick share: schedules put straight into the database, and time that runs faster."""

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daily.clock import Timing
from bot.domain.daily.schedule import Entry, Plan, Setup
from bot.storage import daily, daily_posts
from bot.storage.catalog import sync_catalog
from bot.storage.database import Database

UTC_ZONE = ZoneInfo("UTC")
START = datetime(2026, 5, 1, 8, 59, 50, tzinfo=UTC)  # ten seconds before what is due at nine
NINE = Timing(time(9), UTC_ZONE)


def fake_time(wire: Any, start: datetime = START, speed: float = 20) -> Any:
    """A clock for bot and world; skips the test where the library for it is missing."""
    if not wire.FakeTime.library():
        pytest.skip("libfaketime is not installed")
    return wire.FakeTime(start.timestamp(), speed)


def set_up(folder: Path, guilds: Iterable[Any], timing: Timing = NINE, **options: Any) -> None:
    """Schedules as /dailypick setup would have made them an hour before START."""

    async def work() -> None:
        database = await Database.open(f"sqlite:///{folder}/ostinato.db")
        await sync_catalog(database)
        for guild in guilds:
            setup = Setup(**{"channel_id": guild.channel.id, "set_up_by": guild.owner.id} | options)
            plan = Plan.starting(guild.id, setup, timing, START - timedelta(hours=1))
            await daily.change_plan(database, guild.id, lambda _, plan=plan: plan)
        await database.close()

    asyncio.run(work())


async def set_up_here(folder: Path, guilds: Iterable[Any], timing: Timing = NINE, **options: Any) -> None:
    await asyncio.to_thread(set_up, folder, list(guilds), timing, **options)


async def settled(folder: Path, guild: Any) -> list[Entry]:
    """The server's settled posts, newest first."""
    database = await Database.open(f"sqlite:///{folder}/ostinato.db")
    plan = await daily.plan_of(database, guild.id)
    entries = await daily_posts.recent(database, plan.schedule.id, 30) if plan else []
    await database.close()
    return entries


async def plan_of(folder: Path, guild: Any) -> Plan | None:
    database = await Database.open(f"sqlite:///{folder}/ostinato.db")
    plan = await daily.plan_of(database, guild.id)
    await database.close()
    return plan


def posts(channel: Any) -> list[Any]:
    """The bot's own posts in a channel: not its answers to people."""
    return [message for message in channel.bot_messages if message.interaction is None]
