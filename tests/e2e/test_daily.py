"""The daily pick as a server's admins and members meet it."""

import asyncio
import importlib
from datetime import date, timedelta

import pytest

from bot.client import OstBot
from bot.domain.daily.delivery import State, Why
from bot.domain.daily.schedule import Mode
from bot.settings import Settings
from bot.ui.components import Choice, custom_id, menu
from tests.e2e.picks import NOON, noon, plan_of, poster, posts, recent, served, set_up

__all__ = ["noon"]


async def test_setup_answers_with_the_preview_and_the_next_post_in_the_readers_time(noon):
    answer = await set_up(noon)
    assert answer.ephemeral
    assert f"<t:{int((NOON + timedelta(hours=1)).timestamp())}:F>" in answer.response.content
    assert answer.response.embeds[0].title


async def test_the_pick_is_posted_when_its_time_has_come(noon):
    await set_up(noon, time="밤 10시")
    await served(noon, NOON + timedelta(minutes=59))
    assert posts(noon) == []
    await served(noon, NOON + timedelta(hours=1))
    [post] = posts(noon)
    assert post.embeds[0].title
    assert [entry.post.state for entry in await recent(noon)] == [State.SENT]


async def test_what_was_previewed_is_what_comes(noon):
    answer = await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    assert posts(noon)[0].embeds[0].title == answer.response.embeds[0].title


async def test_setting_up_again_changes_the_one_schedule(noon):
    await set_up(noon, time="22:00")
    await set_up(noon, time="23:00")
    await served(noon, NOON + timedelta(hours=1))
    assert posts(noon) == []
    await served(noon, NOON + timedelta(hours=2))
    assert len(posts(noon)) == 1


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"time": "25:99"}, "not a time of day"),
        ({"timezone": "Seoul-ish"}, "not a time zone"),
        ({"pool": "everything ever"}, "not a pool"),
    ],
)
async def test_what_cannot_be_read_is_said_kindly_and_changes_nothing(noon, options, sentence):
    answer = await set_up(noon, **options)
    assert answer.ephemeral
    assert sentence in answer.response.content
    assert await plan_of(noon) is None


async def test_a_time_zone_is_found_by_city_and_abbreviation_in_both_languages(noon):
    for typed in ("서울", "seoul", "KST"):
        offered = await noon.ann.autocomplete(noon.channel, "dailypick setup", "timezone", typed)
        assert offered[0]["value"] == "Asia/Seoul"


async def test_status_shows_the_next_post_the_last_and_how_it_does(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    embed = (await noon.ann.slash(noon.channel, "dailypick status")).response.embeds[0]
    fields = {field.name: field.value for field in embed.fields}
    assert "All is well" in fields["Health"]
    assert f"<t:{int((NOON + timedelta(days=1, hours=1)).timestamp())}:F>" in fields["Next"]
    assert f"/{posts(noon)[0].id})" in fields["Lately"]


async def test_without_a_schedule_status_says_how_to_start(noon):
    answer = await noon.ann.slash(noon.channel, "dailypick status")
    assert "/dailypick setup" in answer.response.content


async def test_a_pause_posts_nothing_and_resume_goes_on(noon):
    await set_up(noon, time="22:00")
    await noon.ann.slash(noon.channel, "dailypick pause")
    await served(noon, NOON + timedelta(hours=3))
    assert posts(noon) == []
    await noon.ann.slash(noon.channel, "dailypick resume")
    assert [entry.post.why for entry in await recent(noon)] == [Why.PAUSED]
    await served(noon, NOON + timedelta(days=1, hours=1))
    assert len(posts(noon)) == 1


async def test_skip_leaves_out_the_next_post_only(noon):
    await set_up(noon, time="22:00")
    await noon.ann.slash(noon.channel, "dailypick skip")
    await served(noon, NOON + timedelta(hours=1))
    assert posts(noon) == []
    await served(noon, NOON + timedelta(days=1, hours=1))
    assert len(posts(noon)) == 1


async def test_off_ends_it(noon):
    await set_up(noon, time="22:00")
    await noon.ann.slash(noon.channel, "dailypick off")
    assert (await plan_of(noon)).schedule.mode is Mode.OFF
    await served(noon, NOON + timedelta(hours=1))
    assert posts(noon) == []
    assert "/dailypick setup" in (await noon.ann.slash(noon.channel, "dailypick status")).response.content


async def test_a_queued_song_comes_next(noon):
    await set_up(noon, time="22:00")
    key = "song:i-will-go-to-you-like-the-first-snow"
    answer = await noon.ann.slash(noon.channel, "dailypick queue", song=key)
    assert "First Snow" in answer.response.embeds[0].description
    await served(noon, NOON + timedelta(hours=1))
    assert posts(noon)[0].embeds[0].title == "I Will Go to You Like the First Snow"
    assert "Nothing is queued" in (await noon.ann.slash(noon.channel, "dailypick queue")).response.content


async def test_a_song_queued_for_a_date_waits_for_it(noon):
    await set_up(noon, time="22:00")
    key = "song:i-will-go-to-you-like-the-first-snow"
    await noon.ann.slash(noon.channel, "dailypick queue", song=key, date="2026-05-02")
    await served(noon, NOON + timedelta(hours=1))
    await served(noon, NOON + timedelta(days=1, hours=1))
    first, second = [post.embeds[0].title for post in posts(noon)]
    assert first != second == "I Will Go to You Like the First Snow"


async def test_a_date_that_is_over_is_refused(noon):
    await set_up(noon)
    answer = await noon.ann.slash(noon.channel, "dailypick queue", song="goblin", date="2020-01-01")
    assert "not a date in the future" in answer.response.content


async def test_an_excluded_song_is_never_chosen(noon):
    await set_up(noon, time="22:00")
    chosen = (await plan_of(noon)).open.choice.song_key
    await noon.ann.slash(noon.channel, "dailypick exclude", song=f"song:{chosen}")
    await served(noon, NOON + timedelta(hours=1))
    [entry] = await recent(noon)
    assert entry.post.choice.song_key != chosen


async def test_late_within_the_grace_it_says_so_and_beyond_it_is_skipped(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=4))
    assert "Late" in posts(noon)[0].content
    await served(noon, NOON + timedelta(days=1, hours=9))
    assert len(posts(noon)) == 1
    assert (await recent(noon))[0].post.why is Why.TOO_LATE


async def test_the_heart_under_a_pick_saves_and_counts_even_after_a_restart(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    await noon.restart()
    [post] = posts(noon)
    await noon.bea.click(post, label="♥ Save")
    assert posts(noon)[0].components[0].children[0].label == "♥ Save · 1"
    await noon.ann.click(posts(noon)[0], label="♥ Save · 1")
    assert posts(noon)[0].components[0].children[0].label == "♥ Save · 2"


async def test_a_restart_posts_nothing_again(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    await noon.restart()
    await served(noon, NOON + timedelta(hours=2))
    assert len(posts(noon)) == 1


async def test_a_clock_that_jumps_back_repeats_no_day(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    for moment in (NOON, NOON + timedelta(hours=1), NOON - timedelta(days=2), NOON + timedelta(hours=2)):
        noon.clock.time = moment
        poster(noon).wake()
        await asyncio.sleep(0.1)
    assert len(posts(noon)) == 1
    assert (await plan_of(noon)).open.local_date == date(2026, 5, 2)


async def test_a_clock_that_jumps_ahead_while_a_pick_is_under_way_sends_no_second(noon, monkeypatch):
    await set_up(noon)
    deliveries = importlib.import_module("cogs.daily._deliveries")
    real, asked, arrives = deliveries.send, [], asyncio.Event()

    async def held(*what):
        asked.append(what)
        await arrives.wait()
        return await real(*what)

    monkeypatch.setattr(deliveries, "send", held)
    due = NOON + timedelta(hours=1)
    for moment in (due, due + timedelta(minutes=10), due + timedelta(minutes=20)):
        await served(noon, moment)
    assert len(asked) == 1
    arrives.set()
    async with asyncio.timeout(5):
        while (await plan_of(noon)).open.local_date == due.date():  # noqa: ASYNC110 - its record is not ours to await
            await asyncio.sleep(0.02)
    assert [entry.post.state for entry in await recent(noon)] == [State.SENT]
    assert len(posts(noon)) == len(asked) == 1


async def test_osttoday_shows_the_servers_own_pick_and_the_past_ones(noon):
    await set_up(noon, time="22:00")
    await served(noon, NOON + timedelta(hours=1))
    card = await noon.bea.slash(noon.channel, "osttoday")
    assert card.response.embeds[0].title == posts(noon)[0].embeds[0].title
    past = await noon.bea.click(card.response, label="Past picks")
    assert "2026-05-01" in past.response.embeds[0].description


async def test_osttoday_without_a_schedule_shows_the_days_own_pick(noon):
    first = await noon.bea.slash(noon.channel, "osttoday")
    again = await noon.ann.slash(noon.channel, "osttoday")
    assert first.response.embeds[0].title == again.response.embeds[0].title
    noon.clock.time = NOON + timedelta(days=1)
    other = await noon.ann.slash(noon.channel, "osttoday")
    assert other.response.embeds[0].title != first.response.embeds[0].title


async def test_nobody_is_mentioned_but_the_role_asked_for(noon):
    role = noon.guild.create_role("listeners", mentionable=True)
    await set_up(noon, time="22:00", role=role)
    await served(noon, NOON + timedelta(hours=1))
    [post] = posts(noon)
    assert post.content.startswith(f"<@&{role.id}>")


async def test_a_second_ready_starts_no_second_loop(noon):
    poster(noon).wake()
    async with asyncio.timeout(10):
        await poster(noon)._task
    timer = poster(noon)._timer
    for _ in range(3):
        noon.bot.dispatch("ready")
    await asyncio.sleep(0.05)
    assert poster(noon)._timer is timer
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "daily picks"]


async def test_loaded_into_a_bot_that_never_logs_in_it_waits_without_a_word(store, caplog):
    bot = OstBot(Settings(), store)
    await bot.load_extension("cogs.daily")
    bot.get_cog("DailyPosts").poster.wake()
    await asyncio.sleep(0.05)
    assert not [task for task in asyncio.all_tasks() if task.get_name() == "daily picks"]
    await bot.unload_extension("cogs.daily")
    assert [record for record in caplog.records if record.levelname in {"ERROR", "WARNING"}] == []


@pytest.mark.parametrize(
    ("command", "option", "broken"),
    [("setup", "timezone", "zone_choices"), ("setup", "pool", "pool_choices"), ("queue", "song", "song_choices")],
)
async def test_an_error_while_somebody_types_is_logged_with_a_reference_and_offers_nothing(
    noon, monkeypatch, command, option, broken
):
    noon.expected_errors = 1
    monkeypatch.setattr(noon.bot.get_cog("DailyPick").options, broken, None)
    assert await noon.ann.autocomplete(noon.channel, f"dailypick {command}", option, "goblin") == []
    assert "reference" in noon.logged_errors[0].getMessage()


async def test_who_may_not_change_the_server_may_not_take_songs_out_and_is_told_in_their_own_language(noon):
    await set_up(noon, time="22:00")
    message = await noon.post(menu("Take one out", custom_id("unqueue"), [Choice("First Snow", ":first-snow")]))
    noon.bot.languages.members[noon.bea.id] = "ko"
    refused = await noon.bea.select(message, [":first-snow"])
    assert "**서버 관리**" in refused.response.content
