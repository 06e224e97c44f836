"""The daily pick on the real process: kinds of channels, trouble and what heals it, reconnects, two processes."""

import asyncio
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.domain.daily.clock import Timing
from bot.domain.daily.delivery import State
from bot.domain.daily.trouble import Trouble
from tests.wire import daily

NO_PERMISSION = 50013
FOUR_PAST_NINE = Timing(time(9, 4), daily.UTC_ZONE)  # time enough to start


async def health(folder, guild):
    return (await daily.plan_of(folder, guild)).schedule.health


async def until(condition, timeout_s=30):
    async with asyncio.timeout(timeout_s):
        while not await condition():  # noqa: ASYNC110 - another process changes it
            await asyncio.sleep(0.2)


async def test_an_announcement_is_published_and_gets_its_thread(shop):
    world, guild, bot, folder = shop
    news = await world.add_channel(guild, "news", 5, emit=False)
    await daily.set_up_here(folder, [guild], channel_id=news.id, publishes=True, opens_thread=True)
    await bot.start()
    await world.until(lambda: world.calls("POST", "/crosspost") and world.calls("POST", "/threads"), 40)
    [post] = daily.posts(news)
    assert post.data["flags"] & 1
    assert world.findings() == []


async def test_a_forum_gets_a_thread_named_after_the_song(shop):
    world, guild, bot, folder = shop
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    await daily.set_up_here(folder, [guild], channel_id=forum.id, opens_thread=True)
    await bot.start()
    threads = await world.until(lambda: [c for c in guild.channels.values() if c.parent is forum], 40)
    await until(lambda: daily.settled(folder, guild))
    [entry] = await daily.settled(folder, guild)
    assert entry.channel_id == threads[0].id
    assert (
        entry.post.choice.song_key.split("-")[0]
        in threads[0].messages[0].data["components"][0]["components"][0]["custom_id"]
    )
    assert world.findings() == []


@pytest.mark.parametrize(
    ("may_use", "chosen", "given"),
    [(True, None, "2"), (True, 3, "3"), (True, 1, "2"), (False, None, None)],
    ids=["none chosen", "one chosen", "a moderators' one chosen", "only tags of moderators"],
)
async def test_a_forum_that_asks_for_a_tag_gets_the_chosen_or_the_first_that_the_bot_may_use(
    shop, may_use, chosen, given
):
    world, guild, bot, folder = shop
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    daily.ask_for_a_tag(forum, moderated=(1,) if may_use else (1, 2, 3))
    await daily.set_up_here(folder, [guild], channel_id=forum.id, tag_id=chosen)
    await bot.start()
    if given:
        [request] = await world.until(lambda: world.calls("POST", "/threads"), 40)
        assert request.body["applied_tags"] == [given]
        await until(lambda: daily.settled(folder, guild))
    else:

        async def ill():
            return (await health(folder, guild)).trouble is Trouble.TAG_REQUIRED

        await until(ill)
        assert world.calls("POST", "/threads") == []
    assert world.findings() == []


async def test_a_lost_permission_is_told_once_and_posting_resumes_when_it_returns(wire, shop):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    await world.set_overwrite(guild.channel, guild.bot_role, deny=wire.Perm.SEND)
    await bot.start()

    async def told():
        return (await health(folder, guild)).told

    await until(told)
    direct = await world.until(lambda: world.dms.get(guild.owner.id), 10)
    await world.until(lambda: direct.bot_messages, 10)
    await asyncio.sleep(2)  # two minutes on the bot's clock, and several tries
    assert len(direct.bot_messages) == 1
    assert daily.posts(guild.channel) == []
    assert world.calls("POST", f"/channels/{guild.channel.id}/messages") == []
    await world.set_overwrite(guild.channel, guild.bot_role)
    await world.wait_message(guild.channel, timeout=10)

    async def healed():
        return not (await health(folder, guild)).ill

    await until(healed)
    assert world.invalid_requests == 0


@pytest.mark.parametrize(
    ("path", "way"),
    [
        ("/users/@me/channels", "status"),
        ("/users/@me/channels", "reset"),
        ("/channels/*/messages", "reset"),
        ("/channels/*/messages", "lost"),
    ],
)
async def test_a_notice_of_trouble_that_did_not_arrive_is_sent_again_and_comes_once(wire, shop, path, way):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    await world.set_overwrite(guild.channel, guild.bot_role, deny=wire.Perm.SEND)
    fault = getattr(world.faults, way)("POST", path, *([502] if way == "status" else []))
    await bot.start()
    direct = await world.until(lambda: world.dms.get(guild.owner.id), 20)
    await world.until(lambda: direct.bot_messages, 20)
    await asyncio.sleep(3)  # a minute on the bot's clock
    assert fault.hits == 1
    assert len(direct.bot_messages) == 1


async def test_one_servers_failure_delays_no_other(shop):
    world, guild, bot, folder = shop
    others = await world.add_guilds(20)
    await daily.set_up_here(folder, [guild, *others])
    world.faults.delay("POST", f"/channels/{guild.channel.id}/messages", 30)
    world.faults.status(
        "POST", f"/channels/{others[3].channel.id}/messages", 403, body={"code": NO_PERMISSION, "message": ""}
    )
    await bot.start()
    well = [other for other in others if other is not others[3]]
    await world.until(lambda: all(daily.posts(other.channel) for other in well), 30)
    assert daily.posts(guild.channel) == []


async def test_a_deleted_channel_makes_ill_and_deletes_nothing(shop):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild], channel_id=guild.channel.id)
    await world.delete_channel(guild.channel)
    await bot.start()

    async def ill():
        return (await health(folder, guild)).trouble is Trouble.CHANNEL_GONE

    await until(ill)
    assert (await daily.plan_of(folder, guild)).open.state is State.DUE


async def test_a_deleted_role_is_left_out(shop):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild], role_id=12345)
    await bot.start()
    post = await world.wait_message(guild.channel, timeout=40)
    assert "<@&" not in post.content
    await until(lambda: daily.settled(folder, guild))
    [entry] = await daily.settled(folder, guild)
    assert entry.trouble is Trouble.ROLE_GONE
    assert not (await health(folder, guild)).ill


@pytest.mark.parametrize("status", [500, 502, 503])
async def test_a_server_error_is_tried_again_and_posts_once(shop, status):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    world.faults.status("POST", "/channels/*/messages", status, times=2)
    await bot.start()
    await until(lambda: daily.settled(folder, guild))
    assert len(daily.posts(guild.channel)) == 1


async def test_a_reconnect_and_a_second_ready_start_no_second_post(shop):
    world, guild, bot, folder = shop
    await daily.set_up_here(folder, [guild])
    await bot.start()
    await bot.wait_ready(30)
    await world.faults.invalidate()
    await world.until(lambda: len(world.identifies) > 1, 20)
    await until(lambda: daily.settled(folder, guild))
    await asyncio.sleep(2)
    assert len(daily.posts(guild.channel)) == 1


async def test_a_thread_that_was_archived_takes_the_next_pick(shop):
    world, guild, bot, folder = shop
    thread = await world.add_channel(guild, "talk", 11, emit=False)
    thread.parent, thread.archived, thread.owner_id = guild.channel, True, guild.owner.id
    await daily.set_up_here(folder, [guild], channel_id=thread.id)
    await bot.start()
    await world.wait_message(thread, timeout=40)
    assert not (await health(folder, guild)).ill


async def test_a_channel_that_cannot_be_asked_for_is_not_asked_for_without_a_pause(shop):
    world, guild, bot, folder = shop
    thread = await world.add_channel(guild, "talk", 11, emit=False)
    thread.parent, thread.archived, thread.owner_id = guild.channel, True, guild.owner.id
    await daily.set_up_here(folder, [guild], channel_id=thread.id)
    world.faults.status("GET", f"/channels/{thread.id}", 503, times=1000)
    await bot.start()
    asked = await world.until(lambda: [one for one in world.calls("GET") if one.path.endswith(str(thread.id))], 40)
    await asyncio.sleep(2)  # forty seconds on the bot's clock
    assert len([one for one in world.calls("GET") if one.path.endswith(str(thread.id))]) <= len(asked) + 8
    world.faults.clear()
    await world.wait_message(thread, timeout=40)


async def test_what_an_admin_sets_up_for_the_next_minute_comes_then_and_once(shop):
    world, guild, bot, folder = shop
    await bot.start()
    await bot.wait_ready(30)
    due = datetime.fromtimestamp(bot.fake_time.now(), UTC).replace(second=0, microsecond=0) + timedelta(minutes=2)
    answer = await world.slash(
        guild.owner, guild.channel, "dailypick setup", channel=guild.channel, time=f"{due:%H:%M}", timezone="UTC"
    )
    assert answer.ephemeral
    await world.until(lambda: daily.posts(guild.channel), 40)
    await until(lambda: daily.settled(folder, guild))
    [entry] = await daily.settled(folder, guild)
    assert entry.post.due_at == due
    await asyncio.sleep(2)
    assert len(daily.posts(guild.channel)) == 1
