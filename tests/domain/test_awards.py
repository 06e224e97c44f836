"""Ceremonies and the most awarded."""

from collections import Counter

import pytest

from bot.domain.awards import ALL_TIME, Ceremonies, Contest, most_awarded, periods, years_of
from bot.domain.catalog import AwardNature
from bot.domain.errors import Gone, NotAPeriod


@pytest.fixture(scope="module")
def ceremonies(catalog):
    return Ceremonies(catalog)


def test_every_edition_is_on_exactly_one_page(catalog, ceremonies):
    shown = Counter(
        edition.key
        for award_key in catalog.awards
        for year in ceremonies.years(award_key)
        for edition in ceremonies.at(award_key, year).editions
    )
    assert shown == Counter(list(catalog.editions))


def test_flipping_forward_from_the_first_year_passes_every_year(ceremonies):
    years = ceremonies.years("melon")
    page, passed = ceremonies.at("melon", years[-1]), [years[-1]]
    while (following := ceremonies.around(page)[1]) is not None:
        assert ceremonies.around(ceremonies.at("melon", following))[0] == page.year
        page = ceremonies.at("melon", following)
        passed.append(following)
    assert passed == sorted(years)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("멜뮤", "melon"),
        ("mma", "melon"),
        ("서가대", "seoul-music"),
        ("골디", "golden-disc"),
        ("마마", "mama"),
        ("Golden D", "golden-disc"),
    ],
)
def test_nicknames_and_beginnings_find_their_award(ceremonies, typed, key):
    assert ceremonies.suggest(typed)[0].key == key
    assert ceremonies.award(typed).key == key


def test_an_empty_box_suggests_the_awards_with_most_to_show(ceremonies):
    assert {"melon", "mama", "golden-disc"} <= {award.key for award in ceremonies.suggest("")[:8]}


@pytest.mark.parametrize("text", ["no such award", "🏆"])
def test_an_unknown_award_is_gone(ceremonies, text):
    with pytest.raises(Gone):
        ceremonies.award(text)


def test_years_without_a_ceremony_are_gone(ceremonies):
    for award_key, year in (("melon", 1899), ("no-such-award", 2017)):
        with pytest.raises(Gone):
            ceremonies.at(award_key, year)
    with pytest.raises(Gone):
        ceremonies.greatest(1899)
    with pytest.raises(Gone):
        ceremonies.newest("no-such-award")


@pytest.mark.parametrize("contest", list(Contest))
@pytest.mark.parametrize("period", [ALL_TIME, "2010s", "2017"])
def test_places_agree_with_a_count_by_hand(catalog, contest, period):
    counted = Counter()
    for outcome in catalog.outcomes:
        edition = catalog.editions[outcome.edition_key]
        if outcome.result == "won" and edition.nature is not AwardNature.CHART and edition.year in years_of(period):
            song = catalog.songs[outcome.song_key]
            keys = {"songs": [song.key], "artists": song.artist_keys, "dramas": [song.drama_key]}[contest]
            counted.update(keys)
    places = most_awarded(catalog, contest, years_of(period), 10)
    assert {place.entity.key: place.wins for place in places}.items() <= counted.items()
    assert [place.rank for place in places] == [
        1 + sum(count > place.wins for count in counted.values()) for place in places
    ]
    left_out = set(counted) - {place.entity.key for place in places}
    assert all(counted[key] < places[-1].wins for key in left_out), "equals of the last place stay in"


@pytest.mark.parametrize(("period", "years"), [("2017", [2017]), ("2010s", list(range(2010, 2020)))])
def test_a_period_means_its_years(period, years):
    assert list(years_of(period)) == years


@pytest.mark.parametrize("text", ["", "17", "2017s", "20100", "all time", "２０１７", "٢٠١٧", "last year"])
def test_anything_else_is_no_period(text):
    with pytest.raises(NotAPeriod):
        years_of(text)


def test_every_period_offered_is_one(ceremonies):
    for period in periods(ceremonies.years()):
        assert len(years_of(period)) >= 1


def test_the_newest_award_night_is_one_that_can_be_opened_and_shows_a_song(catalog, ceremonies):
    newest = catalog.newest_award
    edition = next(one for one in catalog.editions.values() if one.date == newest and catalog.outcomes_in(one.key))
    assert ceremonies.newest(edition.award_key).year == edition.year
    dates = [one.date for one in catalog.editions.values() if one.date and catalog.outcomes_in(one.key)]
    assert newest == max(dates)
