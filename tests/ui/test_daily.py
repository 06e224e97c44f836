"""What the daily pick says: why today, the post, status and problems, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daily.clock import Days, Timing
from bot.domain.daily.delivery import Post, State, Why
from bot.domain.daily.order import Choice, NothingToPost, Reason
from bot.domain.daily.pools import offered_pools
from bot.domain.daily.schedule import (
    BeingPosted,
    Entry,
    MissingPermissions,
    NoSchedule,
    NotADate,
    NoTagToUse,
    NotAPool,
    NotATag,
    NotPostable,
    Plan,
    Setup,
)
from bot.domain.daily.story import Stories
from bot.domain.daily.tags import Tagging
from bot.domain.daily.times import UnreadableTime
from bot.domain.daily.trouble import Health, Trouble
from bot.domain.daily.zones import UnknownZone
from bot.ui import daily as ui
from bot.ui.i18n import all_languages, language
from bot.ui.replies import Reply, clickable
from bot.ui.text import CONTENT_MAX, CUSTOM_ID_MAX, EMBED_FIELD_VALUE_MAX, EMBED_TOTAL_MAX

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
TIMING = Timing(time(21), ZoneInfo("Asia/Seoul"))
SETUP = Setup(channel_id=5, set_up_by=6, role_id=7, opens_thread=True, publishes=True)
LANGUAGES = list(all_languages())
EN = language("en")


@pytest.fixture(scope="module")
def stories(catalog):
    return Stories(catalog)


@pytest.fixture
def plan():
    return Plan.starting(1, SETUP, TIMING, NOON - timedelta(hours=1))


def entry(local_date, state, **more):
    choice = Choice(more.pop("song_key"), 1, Reason.ORDER) if "song_key" in more else None
    trouble = more.pop("trouble", None)
    return Entry(Post(1, local_date, NOON, state, choice, **more), 5, trouble)


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_every_fact_about_every_song_has_a_sentence(catalog, stories, say):
    kinds = set()
    for song in catalog.songs.values():
        premiere = catalog.drama_of(song).premiere
        day = (
            premiere.replace(year=2027) if premiere and (premiere.month, premiere.day) != (2, 29) else date(2027, 3, 1)
        )
        for fact in stories.why(song.key, day):
            kinds.add(type(fact).__name__)
            sentence = ui.why(catalog, song, fact, say)
            assert sentence.endswith(".")
            assert "{" not in sentence
            assert "None" not in sentence
    assert {"Premiere", "Prize", "MostAwarded", "Charted"} <= kinds


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_every_songs_post_fits_discord_and_carries_its_mark(catalog, stories, say):
    for song in catalog.songs.values():
        message = ui.pick_message(catalog, song, stories.why(song.key, date(2026, 5, 1)), 1234, say)
        payload = message.payload("zzzzzzzz-20260501", 7, NOON)
        assert len(payload["content"]) <= CONTENT_MAX
        assert sum(map(len, _texts(payload["embeds"][0]))) <= EMBED_TOTAL_MAX
        assert ui.bears_mark(payload, "zzzzzzzz-20260501")
        assert not ui.bears_mark(payload, "zzzzzzzz-20260502")
        ids = [one["custom_id"] for row in payload["components"] for one in row["components"]]
        assert len(set(ids)) == len(ids)
        assert max(map(len, ids)) <= CUSTOM_ID_MAX
        assert 1 <= len(message.title) <= 100


def _texts(embed):
    yield embed["title"]
    yield embed.get("description", "")
    for field in embed["fields"]:
        yield from (field["name"], field["value"])


def test_the_role_is_all_that_a_post_mentions(catalog, stories):
    song = catalog.songs["i-will-go-to-you-like-the-first-snow"]
    message = ui.pick_message(catalog, song, stories.why(song.key, date(2026, 5, 1)), 0, EN)
    assert message.payload("1-20260501", 7, None)["allowed_mentions"] == {"parse": [], "roles": ["7"]}
    assert message.payload("1-20260501", None, None)["allowed_mentions"] == {"parse": [], "roles": []}


def test_the_role_of_all_members_is_mentioned_as_discord_mentions_it(catalog):
    song = catalog.songs["i-will-go-to-you-like-the-first-snow"]
    payload = ui.pick_message(catalog, song, (), 0, EN).payload("1-20260501", 7, None, everyone=True)
    assert payload["content"].startswith("@everyone\n")
    assert payload["allowed_mentions"] == {"parse": ["everyone"]}


def test_a_mark_given_to_one_server_stays_out_of_the_next(catalog):
    song = catalog.songs["i-will-go-to-you-like-the-first-snow"]
    message = ui.pick_message(catalog, song, (), 0, EN)
    message.payload("1-20260501", None, None)
    assert not ui.bears_mark(message.payload("2-20260501", None, None), "1-20260501")


def test_a_song_with_an_official_video_brings_its_link(catalog, stories):
    song = next(song for song in catalog.songs.values() if song.video)
    message = ui.pick_message(catalog, song, stories.why(song.key, date(2026, 5, 1)), 0, EN)
    assert message.lines[-1] == f"https://www.youtube.com/watch?v={song.video.id}"


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_status_explains_every_kind_of_end_and_links_what_was_posted(catalog, plan, say):
    key = "i-will-go-to-you-like-the-first-snow"
    past = [entry(date(2026, 4, 30), State.SENT, message_id=77, song_key=key, trouble=Trouble.ROLE_GONE)]
    past += [entry(date(2026, 4, n + 1), State.SKIPPED, why=why) for n, why in enumerate(Why)]
    embed = ui.status(catalog, ui.Standing(plan, past), say).embed
    lately = embed.fields[-1].value
    assert "/channels/1/5/77)" in lately
    assert len(lately) <= EMBED_FIELD_VALUE_MAX
    assert f"<t:{int(NOON.timestamp())}:F>" in embed.fields[0].value


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_the_answer_to_setup_says_what_an_admin_should_know_of_the_channel(plan, say):
    notes = ui.Notes(advice=("read_message_history",), tagging=Tagging(5, "*Music*", asked_for=True), not_news=True)
    bare, noted = (ui.set_up(plan, Reply("card"), one, say).content.split("\n") for one in (ui.Notes(), notes))
    assert (len(bare), len(noted)) == (2, 5)
    assert r"**\*Music\***" in noted[2]


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_status_names_the_tag_of_posts_and_says_when_the_chosen_one_is_lost(catalog, plan, say):
    def shown(tagging):
        embed = ui.status(catalog, ui.Standing(plan, (), tagging=tagging), say).embed
        return embed.description, embed.fields[1].value

    (untagged, well), (tagged, still_well) = shown(Tagging()), shown(Tagging(5, "*Music*"))
    assert r"**\*Music\***" in tagged
    assert r"**\*Music\***" not in untagged
    assert well == still_well
    assert well.startswith("✅")
    instead, none = (shown(Tagging(*tag, lost=True))[1] for tag in ((5, "*Music*"), (None, None)))
    assert instead.startswith("⚠️")
    assert r"**\*Music\***" in instead
    assert none.startswith("⚠️")
    asked = shown(Tagging(asked_for=True, lost=True))[1]
    assert "<#5>" in asked, "nothing can be posted until there is a tag"


def test_status_says_of_a_post_what_it_had_to_go_without(catalog, plan):
    key = "i-will-go-to-you-like-the-first-snow"
    troubles = (Trouble.ROLE_GONE, Trouble.NO_PERMISSION, None)
    past = [entry(date(2026, 4, 30), State.SENT, message_id=77, song_key=key, trouble=one) for one in troubles]
    without_role, without_extras, well = (
        ui.status(catalog, ui.Standing(plan, past), EN).embed.fields[-1].value.split("\n")
    )
    assert "role" in without_role
    assert without_extras.endswith("I could not publish it or open its thread.")
    assert well.endswith(")")


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
@pytest.mark.parametrize("trouble", Trouble)
def test_every_trouble_has_a_remedy(catalog, plan, say, trouble):
    ill = replace(plan, schedule=replace(plan.schedule, health=Health(trouble, NOON)))
    missing = ("send_messages", "embed_links")
    health = ui.status(catalog, ui.Standing(ill, (), missing), say).embed.fields[1].value
    assert health.startswith("⚠️ ")
    shown = ui.trouble_notice(ill.schedule, ill.schedule.health, missing, say)
    notice = {"content": shown.content}
    assert ui.is_trouble_notice(notice, ill.schedule), "it is known again"
    sent = clickable(shown, {"dailypick status": "</dailypick status:1>", "dailypick setup": "</dailypick setup:1>"})
    assert sent.content != shown.content
    assert ui.is_trouble_notice({"content": sent.content}, ill.schedule)
    assert not ui.is_trouble_notice(notice, replace(ill.schedule, guild_id=ill.schedule.guild_id + 1))
    if trouble is Trouble.NO_PERMISSION and say is EN:
        assert "**Send Messages** and **Embed Links**" in health


PROBLEMS = [
    NoSchedule(),
    BeingPosted(),
    NothingToPost(),
    MissingPermissions(5, ("view_channel",)),
    NotPostable(5),
    NoTagToUse(5),
    NotATag(5, "@everyone"),
    NotAPool("@everyone"),
    NotADate("@everyone"),
    UnreadableTime("@everyone"),
    UnknownZone("@everyone"),
    UnknownZone("@everyone", ("Asia/Seoul", "Asia/Tokyo")),
]


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
@pytest.mark.parametrize("error", PROBLEMS, ids=lambda error: type(error).__name__)
def test_every_problem_has_a_sentence_that_mentions_nobody(error, say):
    sentence = ui.problem(error, say)
    assert sentence
    assert "@everyone" not in sentence


@pytest.mark.parametrize("say", LANGUAGES, ids=repr)
def test_every_pool_and_every_choice_of_days_has_a_name(catalog, say):
    assert len({ui.days_name(days, say) for days in Days}) == len(Days)
    assert all(ui.pool_name(catalog, pool, say) for pool, _ in offered_pools(catalog))


def test_a_queue_offers_each_entry_once(catalog):
    key = "i-will-go-to-you-like-the-first-snow"
    reply = ui.queue(catalog, [(None, key), (None, key), (date(2026, 6, 1), key)], EN)
    options = reply.components.to_components()[0]["components"][0]["options"]
    assert [option["value"] for option in options] == [f":{key}", f"2026-06-01:{key}"]
