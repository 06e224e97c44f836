"""The daily pick on several real processes: of different shards, at the same time, one after the other."""

import asyncio
import importlib
import shutil
from datetime import time

import pytest

from bot.domain.daily.clock import Timing
from bot.domain.daily.delivery import State
from tests.wire import daily
from tests.wire.conftest import process


@pytest.fixture
async def town(wire, tmp_path, filled_database):
    """A world under fake time with a dozen servers, and processes of the bot on one database, by their settings."""
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    clock = daily.fake_time(wire)
    async with wire.World() as world:
        world.clock = clock.now
        guilds = await world.add_guilds(12)
        running = []

        def another(**settings):
            context = process(wire, tmp_path, world, **settings)
            bot = context.__enter__()
            bot.fake_time = clock
            running.append((context, bot))
            return bot

        yield world, guilds, another, tmp_path
        for context, bot in running:
            await bot.kill9()
            context.__exit__(None, None, None)


def shard_of(guild, count=2):
    return (guild.id >> 22) % count


def counts(guilds):
    return [len(daily.posts(guild.channel)) for guild in guilds]


async def test_each_process_posts_for_the_servers_of_its_own_shards_only(town):
    world, guilds, another, folder = town
    await daily.set_up_here(folder, guilds)
    mine, others = ([guild for guild in guilds if shard_of(guild) == shard] for shard in (0, 1))
    assert mine
    assert others
    await another(OSTINATO_SHARD_COUNT="2", OSTINATO_SHARD_IDS="0").start()
    await world.until(lambda: all(counts(mine)), 40)
    await asyncio.sleep(2)  # forty seconds on the bot's clock
    assert sum(counts(others)) == 0
    await another(OSTINATO_SHARD_COUNT="2", OSTINATO_SHARD_IDS="1").start()
    await world.until(lambda: all(counts(others)), 40)
    await asyncio.sleep(2)
    assert counts(guilds) == [1] * len(guilds)
    assert world.findings() == []


async def test_one_process_with_several_shards_posts_for_all_of_them(town):
    world, guilds, another, folder = town
    await daily.set_up_here(folder, guilds)
    await another(OSTINATO_SHARD_COUNT="3", OSTINATO_SHARD_IDS="0,1,2").start()
    await world.until(lambda: all(counts(guilds)), 60)
    await asyncio.sleep(1)
    assert counts(guilds) == [1] * len(guilds)


async def test_two_processes_at_once_on_the_same_shard_post_once(town):
    world, guilds, another, folder = town
    await daily.set_up_here(folder, guilds)
    await asyncio.gather(another().start(), another().start())
    await world.until(lambda: all(counts(guilds)), 60)
    await asyncio.sleep(3)
    assert counts(guilds) == [1] * len(guilds)


async def test_a_deploy_in_the_middle_of_it_all_posts_once(town):
    world, guilds, another, folder = town
    for minute, guild in enumerate(guilds):  # one each three seconds of ours, or as soon as the process is up
        await daily.set_up_here(folder, [guild], Timing(time(9, minute), daily.UTC_ZONE))
    old, new = another(), another()
    await old.start()
    await world.until(lambda: sum(counts(guilds)), 40)
    await new.start()
    await new.wait_ready(40)
    await old.terminate(10)
    before = sum(counts(guilds))
    await world.until(lambda: all(counts(guilds)), 60)
    await asyncio.sleep(2)
    assert counts(guilds) == [1] * len(guilds)
    assert before < len(guilds), "the old process is to be gone before the last post"


async def test_a_server_that_is_not_available_when_the_bot_starts_loses_nothing(town, monkeypatch):
    world, guilds, another, folder = town
    await daily.set_up_here(folder, guilds)
    away, *others = guilds
    session = importlib.import_module("wire.gateway").Session
    tell = session.event

    async def all_but_one(self, name, data):
        if (name, data.get("id")) != ("GUILD_CREATE", str(away.id)):
            await tell(self, name, data)

    monkeypatch.setattr(session, "event", all_but_one)
    before = await daily.plan_of(folder, away)
    await another().start()
    await world.until(lambda: all(counts(others)), 60)
    waiting = await daily.plan_of(folder, away)
    assert (waiting.schedule, waiting.open.state) == (before.schedule, State.DUE)
    assert counts([away]) == [0]
    monkeypatch.undo()
    await world.outage(away, over=True)
    await world.wait_message(away.channel, timeout=20)
    assert counts(guilds) == [1] * len(guilds)
