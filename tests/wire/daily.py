"""What the wire tests of the daily pick share: schedules put straight into the database, and time that runs faster."""

import asyncio
import importlib
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import discord
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


def ask_for_a_tag(forum: Any, moderated: Collection[int]) -> None:
    """Let a forum have tags 1 to 3 and take no post without one; the moderated are the moderators' own."""
    as_it_is, require_tag = forum.json, 1 << 4
    no_emoji = {"emoji_id": None, "emoji_name": None}
    tags = [{"id": str(n), "name": f"tag {n}", "moderated": n in moderated, **no_emoji} for n in (1, 2, 3)]
    forum.json = lambda: {**as_it_is(), "flags": require_tag, "available_tags": tags}


def model_closed_threads(wire: Any) -> None:
    """Teach the loopback Discord the list of a channel's closed threads, last closed first, in pages of one."""
    server = importlib.import_module("wire.server")

    @server.route("GET", "/channels/{channel_id}/threads/archived/public")
    async def closed_threads(at: Any, request: Any) -> Any:
        forum = at.channel(request, wire.Perm.HISTORY)
        closed = [one for one in forum.guild.channels.values() if one.parent is forum and one.archived]
        listed = [_closed_at(one) for one in sorted(closed, key=lambda one: -one.id)]
        before = request.query.get("before", "9")
        left = [one for one in listed if one["thread_metadata"]["archive_timestamp"] < before]
        return {"threads": left[:1], "members": [], "has_more": len(left) > 1}


def _closed_at(thread: Any) -> Any:
    """As it is listed, closed in the very moment it was made."""
    listed = thread.json()
    listed["thread_metadata"]["archive_timestamp"] = discord.utils.snowflake_time(thread.id).isoformat()
    return listed


async def closed_thread(world: Any, forum: Any, owner_id: int, made_at: datetime) -> Any:
    """A thread in a forum that somebody made then and closed."""
    thread = await world.add_channel(forum.guild, "talk", 11, emit=False)
    del forum.guild.channels[thread.id], world.channels[thread.id]
    thread.id = discord.utils.time_snowflake(made_at)
    thread.parent, thread.archived, thread.owner_id = forum, True, owner_id
    forum.guild.channels[thread.id] = world.channels[thread.id] = thread
    return thread
