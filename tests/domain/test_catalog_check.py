"""The catalog's own rules: each is broken once, on purpose, and the shipped catalog breaks none."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from bot.domain.catalog import (
    Artist,
    Award,
    AwardNature,
    Catalog,
    ChartRun,
    Confidence,
    Drama,
    Edition,
    Gap,
    Outcome,
    PartialDate,
    Result,
    Song,
)
from bot.domain.catalog_check import Problem, check_catalog, check_reachable, folded
from bot.domain.search import SearchIndex

TODAY = dt.date(2026, 11, 22)
PAGE = ("https://example.org/page",)
CHART = ChartRun(PartialDate(2017, 1), PartialDate(2017, 3), 3, PAGE[0])


class Shelf:
    """A catalog without a fault, to be spoiled entry by entry before it is built."""

    def __init__(self) -> None:
        self.ambiguous: list[str] = []
        self.drama = Drama("goblin", "Goblin", "도깨비", 2016, ("Dokkaebi",), dt.date(2016, 12, 2), sources=PAGE)
        self.dramas = [Drama("hotel-2019", "Hotel", "호텔", 2019, sources=PAGE)]
        self.song = Song(
            "first-snow",
            "First Snow",
            "첫눈처럼",
            ("ailee",),
            "goblin",
            released=PartialDate(2017, 1, 7),
            chart=CHART,
            sources=PAGE,
        )
        self.songs: list[Song] = []
        self.artist = Artist("ailee", "Ailee", "에일리", ("Amy Lee",))
        self.artists: list[Artist] = []
        self.award = Award("mama", "MAMA Awards", "마마 어워즈")
        self.edition = Edition(
            "mama/2017", "mama", 2017, "Best OST", "베스트 OST상", AwardNature.MIXED, 19, dt.date(2017, 12, 1)
        )
        self.editions: list[Edition] = []
        self.outcome = Outcome("first-snow", "mama/2017", Result.WON, Confidence.HIGH, PAGE)
        self.outcomes: list[Outcome] = []

    def catalog(self) -> Catalog:
        return Catalog(
            dramas=[self.drama, *self.dramas],
            songs=[self.song, *self.songs],
            artists=[self.artist, *self.artists],
            awards=[self.award],
            editions=[self.edition, *self.editions],
            outcomes=[self.outcome, *self.outcomes],
            ambiguous=self.ambiguous,
        )

    def problems(self) -> list[str]:
        return [str(problem) for problem in check_catalog(self.catalog(), TODAY)]


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


def test_a_catalog_without_a_fault_has_no_problems(shelf: Shelf):
    assert shelf.problems() == []


def test_an_alias_of_two_dramas_must_be_declared(shelf: Shelf):
    shelf.dramas.append(Drama("goblin-2031", "Goblins", "도깨비들", 2025, ("DOKKAEBI!",), sources=PAGE))
    assert shelf.problems() == [
        "dramas/goblin.toml: goblin: the alias 'dokkaebi' also means goblin-2031; declare it in ambiguous.toml",
        "known_dramas.csv: goblin-2031: the alias 'dokkaebi' also means goblin; declare it in ambiguous.toml",
    ]
    shelf.ambiguous.append("Dokkaebi")
    assert shelf.problems() == []


def test_an_alias_that_is_another_dramas_title_must_be_declared(shelf: Shelf):
    shelf.drama = replace(shelf.drama, aliases=("Hotel",))
    assert len(shelf.problems()) == 2


def test_two_dramas_of_one_title_are_told_apart_by_their_year(shelf: Shelf):
    shelf.dramas.append(Drama("goblin-2025", "Goblin", "도깨비", 2025, sources=PAGE))
    assert shelf.problems() == []


def test_a_name_of_two_artists_must_be_declared(shelf: Shelf):
    shelf.artists.append(Artist("amy-lee", "Amy Lee", "에이미 리"))
    shelf.song = replace(shelf.song, artist_keys=("ailee", "amy-lee"))
    assert shelf.problems() == [
        "artists.toml: ailee: the name 'amylee' also means amy-lee; declare it in ambiguous.toml"
    ]
    shelf.ambiguous.append("Amy Lee")
    assert shelf.problems() == []


def test_a_declared_name_that_only_one_has_is_out_of_date(shelf: Shelf):
    shelf.ambiguous.append("Goblin")
    assert shelf.problems() == ["ambiguous.toml: Goblin: only one drama or artist has this name now; remove it"]


def test_an_artist_without_a_song_is_out_of_place(shelf: Shelf):
    shelf.artists.append(Artist("nobody", "Nobody", "아무도"))
    assert shelf.problems() == ["artists.toml: nobody: no song is by this artist"]


def test_a_song_without_award_and_chart_belongs_to_no_circle(shelf: Shelf):
    shelf.songs.append(Song("second", None, "둘째", ("ailee",), "goblin", sources=PAGE))
    assert shelf.problems() == [
        "dramas/goblin.toml: second: has no award and was in no chart, so it belongs to no circle"
    ]


def test_the_same_song_twice_in_a_drama_is_one_too_many(shelf: Shelf):
    shelf.songs.append(replace(shelf.song, key="snow", title_ko="첫눈 처럼"))
    assert shelf.problems() == ["dramas/goblin.toml: snow: is the same song as first-snow"]


def test_a_remake_by_another_singer_is_another_song(shelf: Shelf):
    shelf.artists.append(Artist("iu", "IU", "아이유"))
    shelf.songs.append(replace(shelf.song, key="snow", artist_keys=("iu",)))
    assert shelf.problems() == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"title": "첫눈"}, "the English title '첫눈' has Korean letters; leave it out where there is none"),
        ({"title": "“First Snow”"}, "'“First Snow”' stands in quotation marks"),
        ({"aliases": ("'Snow'",)}, "\"'Snow'\" stands in quotation marks"),
        ({"title_ko": "첫\u200b눈"}, "'첫\\u200b눈' has invisible characters"),
        ({"aliases": ("!?",)}, "'!?' has neither letters nor digits"),
        ({"aliases": ("Snow", "Snow")}, "'Snow' is written twice"),
        ({"released": PartialDate(2012, 1)}, "was released 2012-01 but the drama is of 2016"),
        ({"released": PartialDate(2020, 1, 1), "chart": None}, "was released 2020-01-01 but the drama is of 2016"),
        ({"chart": replace(CHART, months=4)}, "charted 4 months between 2017-01 and 2017-03"),
        ({"chart": replace(CHART, last=PartialDate(2016, 12))}, "charted 3 months between 2017-01 and 2016-12"),
        ({"chart": replace(CHART, last=PartialDate(2027, 1))}, "charted until 2027-01, which is yet to come"),
        ({"released": PartialDate(2017, 2)}, "charted from 2017-01, before it was released (2017-02)"),
        ({"sources": ("https://example.org:port/",)}, "'https://example.org:port/' is not the address of a page"),
        ({"sources": ("ftp://example.org/",)}, "'ftp://example.org/' is not the address of a page"),
        ({"sources": PAGE + PAGE}, "names the page https://example.org/page twice"),
    ],
)
def test_a_songs_fault_is_named(shelf: Shelf, change: dict[str, Any], reason: str):
    shelf.song = replace(shelf.song, **change)
    assert shelf.problems() == [f"dramas/goblin.toml: first-snow: {reason}"]


def test_a_song_released_after_today_is_yet_to_come(shelf: Shelf):
    shelf.drama = replace(shelf.drama, year=2026, premiere=dt.date(2026, 12, 24))
    shelf.song = replace(shelf.song, released=PartialDate(2026, 11, 23), chart=None)
    assert shelf.problems() == ["dramas/goblin.toml: first-snow: was released 2026-11-23, which is yet to come"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"premiere": dt.date(2019, 1, 1)}, "premiered 2019-01-01 but its year is 2016"),
        ({"title": "도깨비"}, "the English title '도깨비' has Korean letters; leave it out where there is none"),
        ({"sources": ("https://nowhere",)}, "'https://nowhere' is not the address of a page"),
    ],
)
def test_a_dramas_fault_is_named(shelf: Shelf, change: dict[str, Any], reason: str):
    shelf.drama = replace(shelf.drama, **change)
    assert shelf.problems() == [f"dramas/goblin.toml: goblin: {reason}"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"date": dt.date(2019, 1, 1)}, "is of 2017 but was held on 2019-01-01"),
        ({"date": dt.date(2016, 12, 31)}, "is of 2017 but was held on 2016-12-31"),
        ({"gap": Gap.NO_PRIZE}, "has a winner (first-snow) and a gap (no_prize)"),
        ({"shared": True}, "is marked shared and has no second winner"),
        ({"nominees_complete": True}, "claims to have all nominees and has none"),
    ],
)
def test_an_editions_fault_is_named(shelf: Shelf, change: dict[str, Any], reason: str):
    shelf.edition = replace(shelf.edition, **change)
    assert shelf.problems() == [f"awards.toml: mama.editions.2017: {reason}"]


def test_the_ceremony_of_the_following_january_is_in_time(shelf: Shelf):
    shelf.edition = replace(shelf.edition, date=dt.date(2018, 1, 25))
    assert shelf.problems() == []


def test_one_edition_has_one_winner_unless_it_is_shared(shelf: Shelf):
    shelf.songs.append(Song("second", None, "둘째", ("ailee",), "goblin", sources=PAGE))
    shelf.outcomes.append(replace(shelf.outcome, song_key="second"))
    assert shelf.problems() == [
        "awards.toml: mama.editions.2017: has 2 winners (first-snow, second) and is not marked shared"
    ]
    shelf.edition = replace(shelf.edition, shared=True)
    assert shelf.problems() == []


def test_a_song_has_one_outcome_in_an_edition(shelf: Shelf):
    shelf.outcomes.append(replace(shelf.outcome, result=Result.NOMINATED))
    assert shelf.problems() == ["awards.toml: mama.editions.2017: names first-snow 2 times"]


def test_an_edition_without_a_winner_says_why_and_where_that_is_written(shelf: Shelf):
    shelf.editions.append(replace(shelf.edition, key="mama/2015", year=2015, number=17, date=None))
    assert shelf.problems() == [
        "awards.toml: mama.editions.2015: has neither an outcome nor a source",
        "awards.toml: mama.editions.2015: has no winner; say why with gap",
    ]
    shelf.editions[0] = replace(shelf.editions[0], gap=Gap.NO_PRIZE, sources=PAGE)
    assert shelf.problems() == []


def test_ceremonies_are_counted_upwards(shelf: Shelf):
    later = replace(shelf.edition, key="mama/2018", year=2018, date=None, number=19, gap=Gap.UNKNOWN, sources=PAGE)
    shelf.editions.append(later)
    assert shelf.problems() == ["awards.toml: mama: is number 19 in 2017 but number 19 in 2018"]


def test_every_outcome_has_a_page_that_states_it(shelf: Shelf):
    shelf.outcome = replace(shelf.outcome, sources=())
    assert shelf.problems() == ["dramas/goblin.toml: first-snow.awards.mama/2017: has no source"]


def test_a_song_that_its_own_title_does_not_find_is_named(shelf: Shelf):
    catalog = shelf.catalog()
    without = Catalog(
        dramas=catalog.dramas.values(),
        songs=[replace(catalog.songs["first-snow"], title="Another", title_ko="다른")],
        artists=catalog.artists.values(),
        awards=catalog.awards.values(),
        editions=catalog.editions.values(),
        outcomes=catalog.outcomes,
    )
    assert check_reachable(catalog, SearchIndex(catalog)) == []
    assert check_reachable(catalog, SearchIndex(without)) == [
        Problem("dramas/goblin.toml", "first-snow", f"searching for its title {title!r} finds others first")
        for title in ("First Snow", "첫눈처럼")
    ]


@pytest.mark.parametrize(("name", "same"), [("D.O.", "do"), ("쌈, 마이웨이", "쌈마이웨이"), ("ＤＯＴＳ", "dots")])
def test_names_are_compared_without_case_spaces_and_punctuation(name: str, same: str):
    assert folded(name) == same


def test_the_shipped_catalog_keeps_every_rule(catalog: Catalog):
    assert check_catalog(catalog, dt.datetime.now(dt.UTC).date()) == []
    assert check_reachable(catalog, SearchIndex(catalog)) == []
