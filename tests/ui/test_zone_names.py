from zoneinfo import available_timezones

import pytest

from bot.domain.daily.places import likely_zones
from bot.domain.daily.zones import ZoneIndex
from bot.ui.zone_names import zone_places


@pytest.fixture(scope="module")
def index():
    return ZoneIndex(zone_places())


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("서울", "Asia/Seoul"),
        ("대한민국", "Asia/Seoul"),
        ("한국", "Asia/Seoul"),
        ("kst", "Asia/Seoul"),
        ("뉴욕", "America/New_York"),
        ("new york", "America/New_York"),
        ("로스앤젤레스", "America/Los_Angeles"),
        ("일본", "Asia/Tokyo"),
        ("japan", "Asia/Tokyo"),
        ("usa", "America/New_York"),
        ("uk", "Europe/London"),
        ("manila", "Asia/Manila"),
        ("philippines", "Asia/Manila"),
        ("베트남", "Asia/Ho_Chi_Minh"),
        ("mumbai", "Asia/Kolkata"),
        ("calcutta", "Asia/Kolkata"),
        ("kiev", "Europe/Kyiv"),
        ("독일", "Europe/Berlin"),
        ("hawaii", "Pacific/Honolulu"),
        ("UTC", "Etc/UTC"),
        ("런던", "Europe/London"),
    ],
)
def test_the_names_of_the_world_are_known_in_english_and_korean(index, text, first):
    assert index.search(text)[0] == first


def test_every_place_is_a_zone_that_can_be_loaded_and_is_listed_once():
    keys = [place.key for place in zone_places()]
    assert set(keys) <= available_timezones()
    assert len(keys) == len(set(keys)) > 400


def test_every_country_has_a_name_in_both_languages():
    for place in zone_places():
        assert len(place.territory_names) == 2 or place.territory is None


@pytest.mark.parametrize("locale", ["ko", "ja", "en-US", "en-GB", "es-419", "xx"])
def test_what_is_likely_comes_first_where_nothing_is_typed(index, locale):
    likely = likely_zones(locale)
    assert tuple(index.search("", likely))[: len(likely)] == likely
