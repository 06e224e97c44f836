"""The rule of bot.domain.daily.recovery, on the real process: kill point by what Discord did, and what came of it."""

import asyncio
import math
from datetime import timedelta

import pytest

from bot.domain.daily.delivery import State, Why
from tests.wire import daily

MESSAGES, THREADS = "/channels/*/messages", "/channels/*/threads"


async def outcome(guild, folder):
    """The day's post, once it is settled."""
    async with asyncio.timeout(30):
        while not (entries := await daily.settled(folder, guild)):  # noqa: ASYNC110 - another process settles it
            await asyncio.sleep(0.25)
    return entries[-1]


KILLS = {
    "before the request arrived": lambda world: world.faults.reset("POST", MESSAGES),
    "while Discord was at it": lambda world: world.faults.delay("POST", MESSAGES, 3600),
    "after it was done, the answer lost": lambda world: world.faults.lost("POST", MESSAGES),
}


@pytest.mark.parametrize("point", KILLS)
async def test_a_kill_leaves_one_post(shop, point):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    fault = KILLS[point](world)
    await bot.start()
    await world.until(lambda: fault.hits, 30)
    await bot.kill9()
    world.faults.clear()
    await bot.restart()
    entry = await outcome(guild, folder)
    assert entry.post.state is State.SENT
    assert [message.id for message in daily.posts(guild.channel)] == [entry.post.message_id]


async def test_a_kill_after_the_answer_came_leaves_one_post(shop):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    await bot.start()
    await world.until(lambda: daily.posts(guild.channel), 30)
    await bot.kill9()
    await bot.restart()
    entry = await outcome(guild, folder)
    assert [message.id for message in daily.posts(guild.channel)] == [entry.post.message_id]


async def test_beyond_the_nonces_window_the_post_is_found_in_the_channel(shop):
    world, guild, bot, folder = shop
    world.nonce_s = 0  # Discord has forgotten it
    await daily.set_up_here(folder, [guild])
    world.faults.lost("POST", MESSAGES)
    await bot.start()
    await world.until(lambda: daily.posts(guild.channel), 30)
    await bot.kill9()
    bot.fake_time.start += timedelta(minutes=5).total_seconds()
    await bot.restart()
    entry = await outcome(guild, folder)
    assert [message.id for message in daily.posts(guild.channel)] == [entry.post.message_id]
    assert len(world.calls("POST", "/messages")) == 1


async def test_where_nothing_can_tell_it_keeps_silent_and_says_so(wire, shop):
    world, guild, bot, folder = shop
    await world.set_overwrite(guild.channel, guild.bot_role, deny=wire.Perm.HISTORY)
    await daily.set_up_here(folder, [guild])
    world.faults.reset("POST", MESSAGES)
    await bot.start()
    await world.until(lambda: world.calls("POST", "/messages"), 30)
    await bot.kill9()
    bot.fake_time.start += timedelta(minutes=5).total_seconds()
    await bot.restart()
    entry = await outcome(guild, folder)
    assert (entry.post.state, entry.post.why) == (State.FAILED, Why.UNKNOWN)
    assert daily.posts(guild.channel) == []


@pytest.mark.parametrize("lost", [True, False], ids=["thread made", "no thread made"])
async def test_a_forum_post_is_looked_for_before_it_is_made_again(shop, lost):
    world, guild, bot, folder = shop
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    await daily.set_up_here(folder, [guild], channel_id=forum.id)
    fault = world.faults.lost("POST", THREADS) if lost else world.faults.reset("POST", THREADS)
    await bot.start()
    await world.until(lambda: fault.hits, 30)
    await bot.kill9()
    await bot.restart()
    entry = await outcome(guild, folder)
    threads = [channel for channel in guild.channels.values() if channel.parent is forum]
    assert [thread.id for thread in threads] == [entry.channel_id]
    assert entry.post.state is State.SENT


async def test_a_forum_post_whose_thread_was_closed_before_the_bot_came_back_is_found(shop):
    world, guild, bot, folder = shop
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    await daily.closed_thread(world, forum, guild.owner.id, daily.START + timedelta(hours=1))  # somebody else's
    await daily.closed_thread(world, forum, world.bot.id, daily.START - timedelta(days=1))  # yesterday's
    await daily.set_up_here(folder, [guild], channel_id=forum.id)
    fault = world.faults.lost("POST", THREADS)
    await bot.start()
    await world.until(lambda: fault.hits, 40)
    await bot.kill9()
    [thread] = [channel for channel in guild.channels.values() if channel.parent is forum and not channel.archived]
    thread.archived = thread.locked = True
    await bot.restart()
    entry = await outcome(guild, folder)
    assert (entry.post.state, entry.channel_id) == (State.SENT, thread.id)
    assert len(world.calls("POST", "/threads")) == 1
    assert world.findings() == []


async def test_a_forum_post_is_not_made_twice_by_the_librarys_own_second_try(shop):
    world, guild, bot, folder = shop
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    await daily.set_up_here(folder, [guild], channel_id=forum.id)
    world.faults.status("POST", THREADS, 502)
    await bot.start()
    await world.until(lambda: world.calls("POST", "/threads"), 30)
    await bot.wait_log("answer_lost", 20)
    assert len(world.calls("POST", "/threads")) == 1
    entry = await outcome(guild, folder)
    assert entry.post.state is State.SENT
    assert len([channel for channel in guild.channels.values() if channel.parent is forum]) == 1


PUBLISH, OPEN_THREAD = "/channels/*/messages/*/crosspost", "/channels/*/messages/*/threads"
CUT_SHORT = {
    "never arrived": lambda faults, path: faults.reset("POST", path),
    "while Discord was at it": lambda faults, path: faults.delay("POST", path, 3600),
    "done, the answer lost": lambda faults, path: faults.lost("POST", path),
}


@pytest.mark.parametrize("owed", [PUBLISH, OPEN_THREAD], ids=["publishing", "the thread"])
@pytest.mark.parametrize("point", CUT_SHORT)
async def test_a_kill_after_the_post_was_recorded_loses_nothing_that_it_owes(shop, point, owed):
    world, guild, bot, folder = shop
    news = await world.add_channel(guild, "news", 5, emit=False)
    await daily.set_up_here(folder, [guild], channel_id=news.id, publishes=True, opens_thread=True)
    fault = CUT_SHORT[point](world.faults, owed)
    await bot.start()
    await world.until(lambda: fault.hits, 40)
    await bot.kill9()
    world.faults.clear()
    await bot.restart()
    entry = await outcome(guild, folder)
    async with asyncio.timeout(30):
        while entry.post.unfinished:
            await asyncio.sleep(0.25)
            entry = await outcome(guild, folder)
    [post] = daily.posts(news)
    assert post.data["flags"] & 1
    assert len([channel for channel in guild.channels.values() if channel.parent is news]) == 1
    assert entry.trouble is None


NOTICES = {
    "before there was a direct message": lambda faults, _at: faults.delay("POST", "/users/@me/channels", 3600),
    "before the notice arrived": lambda faults, at: faults.reset("POST", at, times=math.inf),
    "while Discord was at it": lambda faults, at: faults.delay("POST", at, 3600, times=math.inf),
    "after it was done, the answer lost": lambda faults, at: faults.lost("POST", at, times=math.inf),
}


@pytest.mark.parametrize(
    ("point", "later"),
    [*((point, False) for point in NOTICES), ("after it was done, the answer lost", True)],
    ids=[*NOTICES, "and Discord has forgotten the nonce"],
)
async def test_a_kill_leaves_one_notice_of_trouble(wire, shop, point, later):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    await world.set_overwrite(guild.channel, guild.bot_role, deny=wire.Perm.SEND)
    direct = world.dm_channel(guild.owner)
    fault = NOTICES[point](world.faults, f"/channels/{direct.id}/messages")
    await bot.start()
    await world.until(lambda: fault.hits, 40)
    await bot.kill9()
    world.faults.clear()
    if later:
        world.nonce_s = 0
        bot.fake_time.start += timedelta(minutes=5).total_seconds()
    await bot.restart()
    async with asyncio.timeout(30):
        while not (await daily.plan_of(folder, guild)).schedule.health.told:  # noqa: ASYNC110 - another process tells
            await asyncio.sleep(0.25)
    assert len(direct.bot_messages) == 1
