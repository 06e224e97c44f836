"""Each fact told is found again by counting the catalog's outcomes by hand, knowing nothing of how it was found."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import AwardNature, PartialDate
from bot.domain.daily.facts import (
    AwardNight,
    Charted,
    FirstWinner,
    MostAwarded,
    Nomination,
    OnlyPrize,
    Premiere,
    Prize,
    Release,
    Scope,
    SweptNight,
    WinsInYear,
)
from bot.domain.daily.pools import Pool, songs_in
from bot.domain.daily.story import Stories
from bot.storage.catalog_text import read_catalog
from tests.domain.daily.small_catalog import CHARTED, catalog, drama, edition, nominated, song, won

DAYS = st.dates(date(2010, 11, 28), date(2013, 1, 31))
JUDGED = {AwardNature.JURY, AwardNature.MIXED, AwardNature.VOTE}


@st.composite
def catalogs(draw):
    songs = [
        song(
            f"song-{n}",
            drama=draw(st.sampled_from(["drama-a", "drama-b"])),
            artists=draw(st.sampled_from([("a",), ("b",), ("a", "b")])),
            released=draw(st.none() | DAYS.map(lambda d: PartialDate(d.year, d.month, d.day))),
            chart=draw(st.sampled_from([None, CHARTED])),
        )
        for n in range(draw(st.integers(1, 5)))
    ]
    editions = [
        edition(
            f"{draw(st.sampled_from(['mama', 'melon', 'apan']))}/{n}",
            draw(st.integers(2010, 2012)),
            draw(st.none() | DAYS),
            draw(st.sampled_from(AwardNature)),
            draw(st.none() | st.integers(1, 3)),
        )
        for n in range(draw(st.integers(1, 7)))
    ]
    pairs = draw(st.sets(st.tuples(st.sampled_from(songs), st.sampled_from(editions), st.booleans()), max_size=14))
    outcomes = [(won if is_win else nominated)(s.key, e.key) for s, e, is_win in sorted(pairs, key=repr)]
    return catalog(
        songs, outcomes, editions, [drama(key, 2011, draw(st.none() | DAYS)) for key in ("drama-a", "drama-b")]
    )


def prizes(known):
    """(song, edition) of every win that counts."""
    return {
        (known.songs[o.song_key], known.editions[o.edition_key])
        for o in known.outcomes
        if o.result == "won" and known.editions[o.edition_key].nature in JUDGED
    }


def matches(day, today, years):
    return day and (day.month, day.day) == (today.month, today.day) and day.year + years == today.year and years > 0


def most_awarded(fact, song_key, known):
    counts = {}
    for s, e in prizes(known):
        circles = {Scope.YEAR: [str(e.year)], Scope.DRAMA: [s.drama_key], Scope.ARTIST: s.artist_keys}
        if fact.of in circles[fact.scope]:
            counts.setdefault(s.key, set()).add(e.key)
    mine = counts.pop(song_key)
    return mine == set(fact.edition_keys) and len(mine) > max([1, *map(len, counts.values())])


def is_true(fact, song_key, known, today):  # noqa: C901, PLR0911 - one case for each kind of fact reads best as one table
    the_song = known.songs[song_key]
    mine = {e for s, e in prizes(known) if s.key == song_key}
    match fact:
        case AwardNight(edition_key, result, years):
            said = {(o.song_key, o.edition_key, o.result) for o in known.outcomes}
            return (song_key, edition_key, result) in said and matches(known.editions[edition_key].date, today, years)
        case Premiere(drama_key, years):
            return drama_key == the_song.drama_key and matches(known.dramas[drama_key].premiere, today, years)
        case Release(years):
            return matches(date.fromisoformat(str(the_song.released)), today, years)
        case MostAwarded():
            return most_awarded(fact, song_key, known)
        case WinsInYear(year, edition_keys):
            won_then = {e for e in mine if e.year == year}
            return {e.key for e in won_then} == set(edition_keys) and len({e.award_key for e in won_then}) >= 2
        case FirstWinner(award_key, edition_key, first_ceremony):
            there = {(e.year, s.key) for s, e in prizes(known) if e.award_key == award_key}
            first_year = min(there)[0]
            found = known.editions[edition_key]
            return (
                {key for year, key in there if year == first_year} == {song_key}
                and (found.award_key, found.year) == (award_key, first_year)
                and first_ceremony == (found.number == 1)
                and (first_ceremony or len({year for year, _ in there}) > 1)
            )
        case SweptNight(award_key, night, edition_keys):
            then = {e.key for e in mine if e.award_key == award_key and e.date == night}
            return then == set(edition_keys) and len(then) >= 2
        case OnlyPrize(drama_key, edition_key):
            by_drama = [(s.key, e.key) for s, e in prizes(known) if s.drama_key == drama_key]
            songs = [s for s in known.songs.values() if s.drama_key == drama_key]
            return by_drama == [(song_key, edition_key)] and len(songs) > 1
        case Prize(edition_key) | Nomination(edition_key):
            result = "won" if isinstance(fact, Prize) else "nominated"
            return (song_key, edition_key, result) in {(o.song_key, o.edition_key, o.result) for o in known.outcomes}
        case Charted(months, first, last):
            return (the_song.chart.months, the_song.chart.first, the_song.chart.last) == (months, first, last)


@given(catalogs(), st.dates(date(2010, 11, 28), date(2020, 1, 31)))
def test_every_fact_told_is_true_of_the_catalog(known, today):
    stories = Stories(known)
    for song_key in known.songs:
        for fact in stories.why(song_key, today):
            assert is_true(fact, song_key, known, today), fact


@given(catalogs(), st.dates(date(2010, 11, 28), date(2020, 1, 31)))
def test_no_anniversary_is_overlooked(known, today):
    stories = Stories(known)
    for the_song in known.songs.values():
        days = [known.dramas[the_song.drama_key].premiere, the_song.released and the_song.released.exact]
        for outcome in known.outcomes_of(the_song.key):
            won_in = known.editions[outcome.edition_key]
            days.append(won_in.date if won_in.nature in JUDGED else None)
        told = [f for f in stories.why(the_song.key, today) if isinstance(f, AwardNight | Premiere | Release)]
        expected = sum(bool(matches(day, today, today.year - day.year)) for day in days if day)
        assert len(told) == expected
        assert (the_song.key in stories.anniversaries.songs_on(today)) == bool(expected)


@pytest.fixture(scope="module")
def shipped():
    return read_catalog()


def test_every_fact_told_of_the_shipped_catalog_is_true(shipped):
    stories = Stories(shipped)
    for song_key in shipped.songs:
        for today in (date(2026, 5, 1), date(2026, 12, 2), date(2027, 1, 15)):
            for fact in stories.why(song_key, today):
                assert is_true(fact, song_key, shipped, today), (song_key, fact)


def test_every_song_of_the_shipped_pools_has_something_to_tell(shipped):
    stories = Stories(shipped)
    assert all(stories.why(song_key, date(2026, 5, 1)) for song_key in songs_in(Pool.parse("charted"), shipped))
