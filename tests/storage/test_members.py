"""What members and servers leave with the bot."""

import asyncio
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from bot.domain.errors import Gone
from bot.domain.members import Correction, Languages, SavedSong
from bot.storage import schema
from bot.storage.members import (
    add_correction,
    all_languages,
    save_song,
    saved_songs,
    set_guild_language,
    set_member_language,
    store_value,
    stored_value,
    unsave_song,
)

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
BIG_ID = 2**63 - 1  # the largest that Discord's ids can grow to in a BIGINT


@pytest.fixture
async def songs(database) -> list[str]:
    """Three songs of one drama."""
    keys = ["one", "two", "three"]
    async with database.transaction() as connection:
        drama = {"key": "drama", "title": "D", "title_ko": "디", "year": 2016}
        lists = {"aliases": (), "sources": ()}
        await connection.execute(schema.drama.insert(), {**drama, **lists, "networks": (), "cast": ()})
        rows = [{"key": key, "title_ko": key, "drama_key": "drama", **lists} for key in keys]
        await connection.execute(schema.song.insert(), rows)
    return keys


@pytest.mark.usefixtures("songs")
async def test_a_saved_song_is_listed_until_it_is_unsaved(database):
    assert await save_song(database, 1, "one", NOON)
    assert await saved_songs(database, 1) == [SavedSong("one", NOON)]
    assert await unsave_song(database, 1, "one")
    assert await saved_songs(database, 1) == []
    assert not await unsave_song(database, 1, "one")


@pytest.mark.usefixtures("songs")
async def test_saving_twice_keeps_the_first_time(database):
    assert await save_song(database, 1, "one", NOON)
    assert not await save_song(database, 1, "one", NOON + timedelta(days=1))
    assert await saved_songs(database, 1) == [SavedSong("one", NOON)]


@pytest.mark.usefixtures("songs")
async def test_two_clicks_at_once_save_once(database):
    results = await asyncio.gather(*(save_song(database, 1, "one", NOON) for _ in range(10)))
    assert sorted(results) == [False] * 9 + [True]


async def test_saved_songs_are_the_members_own_newest_first(database, songs):
    for day, key in enumerate(songs):
        await save_song(database, 1, key, NOON + timedelta(days=day))
    await save_song(database, BIG_ID, "one", NOON)
    assert [saved.song_key for saved in await saved_songs(database, 1)] == ["three", "two", "one"]
    assert [saved.song_key for saved in await saved_songs(database, BIG_ID)] == ["one"]


@pytest.mark.usefixtures("songs")
async def test_times_come_back_in_utc_whatever_zone_they_came_from(database):
    seoul = timezone(timedelta(hours=9))
    await save_song(database, 1, "one", datetime(2026, 5, 1, 21, 0, 0, 123456, tzinfo=seoul))
    [saved] = await saved_songs(database, 1)
    assert saved.saved_at == NOON.replace(microsecond=123456)
    assert saved.saved_at.tzinfo is UTC


@pytest.mark.usefixtures("songs")
async def test_a_time_without_a_zone_is_refused(database):
    with pytest.raises(Exception, match="without a zone"):
        await save_song(database, 1, "one", datetime(2026, 5, 1, 12))  # noqa: DTZ001 - the very mistake
    assert await saved_songs(database, 1) == []


@pytest.mark.usefixtures("songs")
async def test_a_song_that_never_was_is_gone(database):
    with pytest.raises(Gone) as caught:
        await save_song(database, 1, "no-such-song", NOON)
    assert caught.value.key == "no-such-song"
    with pytest.raises(Gone):
        await add_correction(database, Correction("no-such-song", 1, "It never was.", NOON))


async def test_languages_are_kept_changed_and_taken_back(database):
    await set_member_language(database, BIG_ID, "ko")
    await set_member_language(database, 2, "en")
    await set_member_language(database, 2, "ko")
    await set_guild_language(database, 2, "en")
    assert await all_languages(database) == Languages(members={BIG_ID: "ko", 2: "ko"}, guilds={2: "en"})
    await set_member_language(database, 2, None)
    await set_guild_language(database, 2, None)
    assert await all_languages(database) == Languages(members={BIG_ID: "ko"}, guilds={})


@pytest.mark.usefixtures("songs")
async def test_corrections_are_numbered_and_kept_word_for_word(database):
    told = "틀렸어요 🎵 '); DROP TABLE correction; --\n```"
    first = await add_correction(database, Correction("one", BIG_ID, told, NOON, source="https://example.org"))
    second = await add_correction(database, Correction("one", 2, "Part 3, not 2.", NOON))
    async with database.reading() as connection:
        rows = (await connection.execute(select(schema.correction).order_by(schema.correction.c.id))).all()
    assert [row.id for row in rows] == [first, second]
    assert (rows[0].text, rows[0].member_id, rows[0].source, rows[0].sent_at) == (
        told,
        BIG_ID,
        "https://example.org",
        NOON,
    )
    assert (rows[1].source, rows[1].closed_at) == (None, None)


@pytest.mark.parametrize("told", ["", "secret" * 1000])
@pytest.mark.usefixtures("songs")
async def test_an_empty_or_endless_correction_breaks_a_rule_of_the_schema_and_is_not_quoted(database, told):
    with pytest.raises(IntegrityError) as caught:
        await add_correction(database, Correction("one", 1, told, NOON))
    assert "secret" not in str(caught.value)


async def test_a_value_is_kept_under_its_name(database):
    assert await stored_value(database, "commands") is None
    await store_value(database, "commands", "abc")
    await store_value(database, "commands", "def")
    assert (await stored_value(database, "commands"), await stored_value(database, "other")) == ("def", None)
