"""Reports of mistakes: listed, closed, and counted until a song is in doubt."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.members import Correction
from bot.storage import corrections, members, schema
from bot.storage.database import Database

NOW = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)


@pytest.fixture
async def songs(database: Database) -> None:
    async with database.transaction() as connection:
        row = {"title_ko": "가", "aliases": (), "sources": ()}
        drama = {"key": "goblin", "title": "Goblin", "year": 2016, "networks": (), "cast": ()}
        await connection.execute(schema.drama.insert().values(row | drama))
        for key in ("beautiful", "round-and-round"):
            await connection.execute(schema.song.insert().values(row | {"key": key, "drama_key": "goblin"}))


async def report(database: Database, member_id: int, song_key: str = "beautiful") -> int:
    return await members.add_correction(database, Correction(song_key, member_id, "the year is wrong", NOW))


@pytest.mark.usefixtures("songs")
async def test_open_reports_come_oldest_first_and_closed_ones_only_if_asked_for(database):
    first, second = await report(database, 1), await report(database, 2)
    assert await corrections.close(database, [first], NOW + timedelta(days=1)) == [first]
    (left,) = await corrections.reports(database)
    assert (left.id, left.member_id, left.text, left.sent_at) == (second, 2, "the year is wrong", NOW)
    assert left.closed_at is None
    everything = await corrections.reports(database, closed=True)
    assert [one.id for one in everything] == [first, second]
    assert everything[0].closed_at == NOW + timedelta(days=1)


@pytest.mark.usefixtures("songs")
async def test_closing_again_or_what_does_not_exist_closes_nothing(database):
    number = await report(database, 1)
    assert await corrections.close(database, [number, 999], NOW) == [number]
    assert await corrections.close(database, [number], NOW + timedelta(days=5)) == []
    (closed,) = await corrections.reports(database, closed=True)
    assert closed.closed_at == NOW


@pytest.mark.usefixtures("songs")
async def test_three_members_put_a_song_in_doubt_and_one_member_thrice_does_not(database):
    for _ in range(3):
        await report(database, 1)
    await report(database, 2)
    assert await corrections.doubted_songs(database) == frozenset()
    await report(database, 3, "round-and-round")
    third = await report(database, 3)
    assert await corrections.doubted_songs(database) == {"beautiful"}
    await corrections.close(database, [third], NOW)
    assert await corrections.doubted_songs(database) == frozenset(), "until somebody looks"
