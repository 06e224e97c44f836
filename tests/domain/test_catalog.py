"""The catalog's joins and orders, and dates that may lack their day."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import (
    Artist,
    Award,
    AwardNature,
    Catalog,
    ChartRun,
    Confidence,
    Drama,
    Edition,
    Kind,
    Outcome,
    PartialDate,
    Result,
    Song,
)


def song(key: str, *, months: int = 0, released: str | None = None) -> Song:
    chart = ChartRun(PartialDate(2017, 1), PartialDate(2019, 1), months, "https://example.org") if months else None
    date = PartialDate.parse(released) if released else None
    return Song(key, None, key, ("ailee",), "goblin", released=date, chart=chart)


def edition(key: str, year: int) -> Edition:
    return Edition(key, "mama", year, "Best OST", "베스트 OST상", AwardNature.MIXED)


def outcome(song_key: str, edition_key: str, result: Result) -> Outcome:
    return Outcome(song_key, edition_key, result, Confidence.HIGH, ("https://example.org",))


@pytest.fixture
def small() -> Catalog:
    return Catalog(
        dramas=[Drama("goblin", "Goblin", "도깨비", 2016), Drama("empty-2016", "Empty", "빔", 2016)],
        songs=[
            song("old", released="2016-12"),
            song("new", released="2017-01-07"),
            song("charted", months=3),
            song("nominated"),
            song("winner"),
        ],
        artists=[Artist("ailee", "Ailee", "에일리")],
        awards=[Award("mama", "MAMA Awards", "마마 어워즈")],
        editions=[edition("mama/2016", 2016), edition("mama/2017", 2017), edition("mama/2018", 2018)],
        outcomes=[
            outcome("winner", "mama/2018", Result.NOMINATED),
            outcome("winner", "mama/2017", Result.WON),
            outcome("winner", "mama/2016", Result.WON),
            outcome("nominated", "mama/2017", Result.NOMINATED),
        ],
        version="v",
    )


def test_a_dramas_songs_come_most_awarded_first_then_by_chart_and_release(small: Catalog):
    order = ["winner", "nominated", "charted", "old", "new"]
    assert [song.key for song in small.songs_of_drama("goblin")] == order
    assert [song.key for song in small.songs_by_artist("ailee")] == order


def test_a_songs_wins_come_before_its_nominations_each_by_year(small: Catalog):
    assert [o.edition_key for o in small.outcomes_of("winner")] == ["mama/2016", "mama/2017", "mama/2018"]
    assert small.wins("winner") == 2
    assert small.wins("nominated") == 0


def test_an_edition_knows_all_its_outcomes(small: Catalog):
    assert {o.song_key for o in small.outcomes_in("mama/2017")} == {"winner", "nominated"}


def test_what_has_nothing_has_an_empty_answer_and_what_is_unknown_none(small: Catalog):
    assert small.songs_of_drama("empty-2016") == ()
    assert small.outcomes_of("old") == ()
    assert small.outcomes_in("mama/2031") == ()
    assert [small.find(kind, "nobody") for kind in Kind] == [None, None, None]


def test_find_looks_only_among_its_kind(small: Catalog):
    assert small.find(Kind.DRAMA, "goblin") is small.dramas["goblin"]
    assert small.find(Kind.SONG, "winner") is small.songs["winner"]
    assert small.find(Kind.ARTIST, "ailee") is small.artists["ailee"]
    assert small.find(Kind.SONG, "goblin") is None


def test_the_joins_follow_keys(small: Catalog):
    winner = small.songs["winner"]
    assert small.drama_of(winner).title_ko == "도깨비"
    assert [artist.name for artist in small.artists_of(winner)] == ["Ailee"]
    assert small.award_of(small.editions["mama/2017"]).name == "MAMA Awards"


def test_nobody_can_change_the_catalog(small: Catalog):
    with pytest.raises(TypeError):
        small.songs["new"] = small.songs["old"]  # type: ignore[index]  # that it cannot be done is the test


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_full_date_reads_back_as_itself(day: dt.date):
    date = PartialDate.parse(day.isoformat())
    assert date.exact == day
    assert str(date) == day.isoformat()


@given(st.dates(min_value=dt.date(1000, 1, 1)))
def test_a_month_has_no_exact_day_and_sorts_before_its_days(day: dt.date):
    month = PartialDate.parse(day.isoformat()[:7])
    assert month.exact is None
    assert str(month) == day.isoformat()[:7]
    assert month < PartialDate.parse(day.isoformat())


@pytest.mark.parametrize("text", ["", "2017", "2017-1-7", "2017-13", "2017-02-30", "2017-01-07 ", "07.01.2017"])
def test_anything_else_is_no_date(text: str):
    with pytest.raises(ValueError, match=r"not a date|month must|day is out|day \d+ must"):
        PartialDate.parse(text)
