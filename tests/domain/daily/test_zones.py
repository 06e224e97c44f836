from datetime import UTC, datetime
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.daily.places import ABBREVIATIONS, CITIES, likely_zones
from bot.domain.daily.zones import UnknownZone, ZoneIndex, ZonePlace

INDEX = ZoneIndex(
    [
        ZonePlace("Europe/Berlin", ("베를린",), "DE", ("Germany", "독일")),
        ZonePlace("Europe/Busingen", (), "DE", ("Germany", "독일")),
        ZonePlace("Asia/Seoul", ("서울",), "KR", ("South Korea", "대한민국")),
        ZonePlace("America/New_York", ("뉴욕", "US/Eastern"), "US", ("United States", "미국")),
        ZonePlace("America/Los_Angeles", ("로스앤젤레스",), "US", ("United States", "미국")),
        ZonePlace("America/Sao_Paulo", ("상파울루",), "BR", ("Brazil", "브라질")),
        ZonePlace("Europe/Dublin", ("더블린",), "IE", ("Ireland", "아일랜드")),
        ZonePlace("Asia/Kolkata", ("콜카타", "Asia/Calcutta"), "IN", ("India", "인도")),
        ZonePlace("Etc/UTC"),
    ]
)


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        ("asia/seoul", "Asia/Seoul"),
        ("서울", "Asia/Seoul"),
        ("서우", "Asia/Seoul"),  # half-way through typing 서울
        ("seo", "Asia/Seoul"),
        ("seuol", "Asia/Seoul"),
        ("KST", "Asia/Seoul"),
        ("korea", "Asia/Seoul"),
        ("한국", "Asia/Seoul"),
        ("대한민국", "Asia/Seoul"),
        ("부산", "Asia/Seoul"),
        ("new york", "America/New_York"),
        ("New_York", "America/New_York"),
        ("york", "America/New_York"),
        ("미국 동부", "America/New_York"),
        ("usa", "America/New_York"),
        ("LA", "America/Los_Angeles"),
        ("sao paulo", "America/Sao_Paulo"),
        ("São", "America/Sao_Paulo"),
        ("IST", "Asia/Kolkata"),
        ("germany", "Europe/Berlin"),
        ("CET", "Europe/Berlin"),
    ],
)
def test_a_zone_is_found_by_any_of_its_names(text, first):
    assert INDEX.search(text)[0] == first


def test_an_ambiguous_abbreviation_offers_each_meaning_likeliest_first():
    assert INDEX.search("IST")[:2] == ["Asia/Kolkata", "Europe/Dublin"]


def test_nothing_like_it_finds_nothing():
    assert INDEX.search("xyzzy") == []


def test_an_empty_text_offers_the_likely_ones_first_and_no_more_than_asked():
    assert INDEX.search("", likely_zones("ko"), limit=3) == ["Asia/Seoul", "America/New_York", "America/Los_Angeles"]


def test_the_likely_one_goes_first_among_equals_only():
    assert INDEX.search("미국", ("America/Los_Angeles",))[0] == "America/Los_Angeles"
    assert INDEX.search("new york", ("America/Los_Angeles",))[0] == "America/New_York"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Asia/Seoul", "Asia/Seoul"),
        (" asia/SEOUL ", "Asia/Seoul"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("utc", "Etc/UTC"),
    ],
)
def test_only_an_iana_name_names_a_zone(text, key):
    assert INDEX.named(text) == key


@pytest.mark.parametrize(
    ("text", "nearest"), [("서울", ("Asia/Seoul",)), ("KST", ("Asia/Seoul",)), ("", ()), ("?!", ())]
)
def test_anything_else_is_asked_back_with_what_may_be_meant(text, nearest):
    with pytest.raises(UnknownZone) as caught:
        INDEX.named(text)
    assert (caught.value.text, caught.value.nearest) == (text, nearest)


COMMON_BUT_NOT_IN_TZDATA = {"PHT", "SGT", "MYT", "ICT", "BRT", "PT", "MT", "CT", "ET", "AT"}


def names_in_use(key):
    return {datetime(2026, month, 1, tzinfo=UTC).astimezone(ZoneInfo(key)).tzname() for month in (1, 7)}


@pytest.mark.parametrize("abbreviation", sorted(set(ABBREVIATIONS) - COMMON_BUT_NOT_IN_TZDATA))
def test_every_zone_of_an_abbreviation_uses_it(abbreviation):
    for key in ABBREVIATIONS[abbreviation]:
        assert abbreviation in names_in_use(key) or (abbreviation, key) == ("GMT", "Etc/UTC"), key


def test_every_abbreviation_of_tzdata_is_known():
    in_use = {name for key in available_timezones() - {"localtime", "Factory"} for name in names_in_use(key)}
    alphabetic = {name for name in in_use if name.isalpha()}
    assert alphabetic - set(ABBREVIATIONS) <= {"UTC", "HDT", "MET", "MEST"}


def test_every_zone_named_exists():
    named = {*CITIES, *(key for keys in ABBREVIATIONS.values() for key in keys)}
    named |= {key for locale in ("ko", "en-US", "de", "es-419", "unheard-of") for key in likely_zones(locale)}
    assert named <= available_timezones()
