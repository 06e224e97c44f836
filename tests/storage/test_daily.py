"""Schedules, their posts and wishes, as the database keeps them."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daily.clock import Days, Timing
from bot.domain.daily.delivery import State, Why
from bot.domain.daily.order import Choice, Heard, Reason
from bot.domain.daily.pools import Pool, PoolKind
from bot.domain.daily.recovery import CLAIM_LEASE
from bot.domain.daily.schedule import Entry, Mode, NoSchedule, Plan, Setup
from bot.domain.daily.trouble import Health, Trouble
from bot.storage import daily, daily_posts
from bot.storage.daily_posts import Due, Move, Shards
from bot.storage.database import Database

SEOUL = ZoneInfo("Asia/Seoul")
NINE = Timing(time(9), SEOUL)
NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)  # 21:00 in Seoul
DUE = datetime(2026, 5, 2, 0, tzinfo=UTC)
ALL_SHARDS = Shards(frozenset({0}), 1)
SETUP = Setup(channel_id=5, set_up_by=6)


@pytest.fixture
async def database(tmp_path, filled_database):
    import shutil

    database = await Database.open(f"sqlite:///{shutil.copy(filled_database, tmp_path)}")
    yield database
    await database.close()


@pytest.fixture
def songs(catalog):
    return sorted(catalog.songs)


async def set_up(database, guild_id=1, setup=SETUP, timing=NINE, now=NOW):
    def change(plan: Plan | None) -> Plan:
        return plan.set_up(setup, timing, now) if plan else Plan.starting(guild_id, setup, timing, now)

    return await daily.change_plan(database, guild_id, change)


async def due(database, now=DUE, shards=ALL_SHARDS, limit=100) -> list[Due]:
    return await daily_posts.due_posts(database, now, shards, limit)


def claim(one: Due, song_key: str, claimant="a", now=DUE) -> Move:
    return Move(one.schedule, one.post, Entry(one.post.claim(claimant, Choice(song_key, 1, Reason.ORDER), now), 5))


def sent(move: Move, message_id=77) -> Move:
    return Move(move.schedule, move.after.post, Entry(move.after.post.sent(message_id), 5))


async def test_a_schedule_comes_back_as_it_was_saved(database):
    pool = Pool(PoolKind.ARTIST, "ailee")
    setup = Setup(5, 6, pool, 7, opens_thread=True, publishes=True, grace=timedelta(hours=2))
    timing = Timing(time(21, 30), ZoneInfo("America/New_York"), Days.WEEKENDS)
    saved = await set_up(database, setup=setup, timing=timing)
    assert await daily.plan_of(database, 1) == saved
    assert (saved.schedule.setup, saved.schedule.agenda.timing) == (setup, timing)


async def test_a_server_without_a_schedule_has_no_plan(database):
    assert await daily.plan_of(database, 1) is None


async def test_setting_up_again_changes_the_one_schedule(database):
    first = await set_up(database)
    second = await set_up(database, setup=replace(SETUP, channel_id=9), timing=Timing(time(22), SEOUL))
    assert second.schedule.id == first.schedule.id
    assert second.schedule.setup.channel_id == 9
    assert second.open.local_date == date(2026, 5, 1)
    assert [one.post for one in await due(database, DUE + timedelta(days=9))] == [second.open]


async def test_a_change_that_is_refused_changes_nothing(database):
    before = await set_up(database)

    def refuse(_plan):
        raise NoSchedule

    with pytest.raises(NoSchedule):
        await daily.change_plan(database, 1, refuse)
    assert await daily.plan_of(database, 1) == before


async def test_nothing_is_due_before_its_time(database):
    await set_up(database)
    assert await due(database, DUE - timedelta(seconds=1)) == []
    assert await daily_posts.next_service(database, ALL_SHARDS) == DUE
    assert [one.post.local_date for one in await due(database)] == [date(2026, 5, 2)]


async def test_a_paused_schedule_is_not_served_until_it_is_resumed(database):
    await set_up(database)
    await daily.change_plan(database, 1, Plan.pause)
    assert await due(database, DUE + timedelta(days=1)) == []
    plan = await daily.change_plan(database, 1, lambda plan: plan.resume(DUE + timedelta(days=1, hours=1)))
    assert plan.closed.why is Why.PAUSED
    assert plan.open.local_date == date(2026, 5, 4)
    assert [entry.post.why for entry in await daily_posts.recent(database, plan.schedule.id, 7)] == [Why.PAUSED]


async def test_of_two_who_claim_a_post_one_wins(database, songs):
    await set_up(database)
    [one] = await due(database)
    assert await daily_posts.advance(database, [claim(one, songs[0], "a")]) == [True]
    assert await daily_posts.advance(database, [claim(one, songs[0], "b")]) == [False]


async def test_a_batch_tells_which_of_its_claims_were_won(database, songs):
    for guild_id in range(1, 6):
        await set_up(database, guild_id)
    posts = await due(database)
    await daily_posts.advance(database, [claim(posts[2], songs[0], "b")])
    won = await daily_posts.advance(database, [claim(one, songs[0], "a") for one in posts])
    assert won == [True, True, False, True, True]


async def test_a_claim_needs_the_schedule_as_it_was_read(database, songs):
    await set_up(database)
    [one] = await due(database)
    await set_up(database, setup=replace(SETUP, channel_id=9))
    assert await daily_posts.advance(database, [claim(one, songs[0])]) == [False]


async def test_a_claimed_post_is_looked_at_again_when_its_lease_is_over(database, songs):
    await set_up(database)
    [one] = await due(database)
    await daily_posts.advance(database, [claim(one, songs[0])])
    assert await due(database, DUE + CLAIM_LEASE - timedelta(seconds=1)) == []
    [again] = await due(database, DUE + CLAIM_LEASE)
    assert again.post.state is State.CLAIMED
    assert again.post.choice == Choice(songs[0], 1, Reason.ORDER)


async def test_a_sent_post_is_followed_by_the_next_date(database, songs):
    plan = await set_up(database)
    [one] = await due(database)
    move = claim(one, songs[0])
    assert await daily_posts.advance(database, [move]) == [True]
    assert await daily_posts.advance(database, [sent(move)]) == [True]
    after = await daily.plan_of(database, 1)
    assert (after.open.local_date, after.latest) == (date(2026, 5, 3), date(2026, 5, 2))
    [entry] = await daily_posts.recent(database, plan.schedule.id, 7, sent=True)
    assert (entry.post.message_id, entry.channel_id) == (77, 5)


async def test_a_sent_post_that_owes_something_is_looked_at_again_and_finishing_it_settles_nothing_twice(
    database, songs
):
    plan = await set_up(database)
    for _ in range(2):
        await daily.add_wish(database, plan.schedule.id, songs[0], None)
    [one] = await due(database)
    claimed = one.post.claim("a", Choice(songs[0], 1, Reason.QUEUED), DUE)
    unfinished = claimed.sent(77, DUE + CLAIM_LEASE)
    await daily_posts.advance(database, [Move(one.schedule, one.post, Entry(claimed, 5))])
    await daily_posts.advance(database, [Move(one.schedule, claimed, Entry(unfinished, 5))])
    assert await due(database) == []
    [again] = await due(database, DUE + CLAIM_LEASE)
    assert again.post == unfinished
    finished = Entry(again.post.finished(), 5)
    assert await daily_posts.advance(database, [Move(again.schedule, again.post, finished)]) == [True]
    assert await due(database, DUE + timedelta(hours=1)) == []
    assert (await daily_posts.recent(database, plan.schedule.id, 7)) == [finished]
    background = (await daily.backgrounds(database, [plan.schedule.id]))[plan.schedule.id]
    assert background.wishes.queued == (songs[0],)


async def test_what_follows_is_by_the_schedule_as_it_was_changed_meanwhile(database, songs):
    await set_up(database)
    [one] = await due(database)
    move = claim(one, songs[0])
    await daily_posts.advance(database, [move])
    await set_up(database, timing=Timing(time(20), SEOUL), now=DUE)
    await daily_posts.advance(database, [sent(move)])
    plan = await daily.plan_of(database, 1)
    assert plan.open.due_at == datetime(2026, 5, 3, 11, tzinfo=UTC)


async def test_posts_are_served_most_overdue_first_and_only_by_their_shard(database):
    for guild_id, hour in ((1 << 22, 11), (2 << 22, 10), (3 << 22, 9)):
        await set_up(database, guild_id, timing=Timing(time(hour), SEOUL))
    later = DUE + timedelta(hours=5)
    assert [one.schedule.guild_id >> 22 for one in await due(database, later)] == [3, 2, 1]
    assert [one.schedule.guild_id >> 22 for one in await due(database, later, Shards(frozenset({1}), 2))] == [3, 1]


async def test_what_was_heard_and_wished_comes_back_for_choosing(database, songs):
    plan = await set_up(database)
    [one] = await due(database)
    move = claim(one, songs[3])
    await daily_posts.advance(database, [move])
    await daily_posts.advance(database, [sent(move)])
    id_ = plan.schedule.id
    await daily.add_wish(database, id_, songs[0], None)
    await daily.add_wish(database, id_, songs[1], date(2026, 6, 1))
    await daily.add_wish(database, id_, songs[2], date(2026, 6, 1))
    await daily.exclude(database, id_, songs[4])
    background = (await daily.backgrounds(database, [id_]))[id_]
    assert background.history == (Heard(songs[3], 1),)
    assert background.wishes.queued == (songs[0],)
    assert background.wishes.dated == {date(2026, 6, 1): songs[2]}
    assert background.wishes.excluded == {songs[4]}


async def test_a_song_queued_twice_is_used_up_once_a_post(database, songs):
    plan = await set_up(database)
    for _ in range(2):
        await daily.add_wish(database, plan.schedule.id, songs[0], None)
    [one] = await due(database)
    choice = Choice(songs[0], 1, Reason.QUEUED)
    move = Move(one.schedule, one.post, Entry(one.post.claim("a", choice, DUE), 5))
    await daily_posts.advance(database, [move])
    await daily_posts.advance(database, [sent(move)])
    background = (await daily.backgrounds(database, [plan.schedule.id]))[plan.schedule.id]
    assert background.wishes.queued == (songs[0],)


async def test_a_song_chosen_beforehand_is_kept_until_something_is_wished(database, songs):
    plan = await set_up(database)
    [one] = await daily_posts.without_choice(database, ALL_SHARDS, (0, date.min), 10)
    await daily_posts.keep_choices(database, [(one, Choice(songs[0], 1, Reason.ORDER))])
    assert (await daily.plan_of(database, 1)).open.choice == Choice(songs[0], 1, Reason.ORDER)
    assert await daily_posts.without_choice(database, ALL_SHARDS, (0, date.min), 10) == []
    await daily.exclude(database, plan.schedule.id, songs[0])
    assert (await daily.plan_of(database, 1)).open.choice is None


async def test_an_illness_is_owed_a_notice_until_one_was_given(database):
    plan = await set_up(database)
    ill = Health().after_trouble(Trouble.NO_PERMISSION, NOW)
    await daily.save_health(database, plan.schedule.id, ill)
    assert (await daily.plan_of(database, 1)).schedule.health == ill
    assert await daily.owes_notice(database, plan.schedule.id, ill)
    assert await daily.owes_notice(database, plan.schedule.id, ill), "whoever asked may have died since"
    await daily.note_told(database, plan.schedule.id, ill)
    assert not await daily.owes_notice(database, plan.schedule.id, ill)


async def test_an_illness_that_is_over_is_owed_nothing_and_the_next_one_is_not_taken_for_it(database):
    plan = await set_up(database)
    ill = Health().after_trouble(Trouble.NO_PERMISSION, NOW)
    worse = ill.after_trouble(Trouble.CHANNEL_GONE, NOW)
    await daily.save_health(database, plan.schedule.id, worse)
    await daily.note_told(database, plan.schedule.id, ill)
    assert not await daily.owes_notice(database, plan.schedule.id, ill)
    assert await daily.owes_notice(database, plan.schedule.id, worse)


async def test_better_news_bring_a_waiting_post_forward(database):
    await set_up(database)
    [one] = await due(database)
    later = Move(one.schedule, one.post, Entry(one.post.retry_later(DUE + timedelta(hours=1))))
    await daily_posts.advance(database, [later])
    assert await due(database, DUE + timedelta(minutes=1)) == []
    await daily_posts.hasten(database, 1)
    assert len(await due(database, DUE + timedelta(minutes=1))) == 1


async def test_switching_off_keeps_what_was_heard(database, songs):
    await set_up(database)
    [one] = await due(database)
    move = claim(one, songs[0])
    await daily_posts.advance(database, [move])
    await daily_posts.advance(database, [sent(move)])
    off = await daily.change_plan(database, 1, Plan.switch_off)
    assert off.schedule.mode is Mode.OFF
    again = await set_up(database, timing=Timing(time(23), SEOUL), now=DUE + timedelta(hours=1))
    assert again.open.local_date == date(2026, 5, 3)  # the second of May has had its post
