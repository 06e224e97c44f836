"""What time zones are called in English and Korean, from CLDR and tzdata, for bot.domain.daily.zones.ZoneIndex."""

from collections import defaultdict
from importlib.resources import files
from zoneinfo import available_timezones

from babel import Locale
from babel.core import get_global

from bot.domain.daily.zones import ZonePlace

_LANGUAGES = ("en", "ko")


def zone_places() -> list[ZonePlace]:
    """Every zone that a place on earth keeps, each country's most populous first, and UTC at the end.

    Reads CLDR and tzdata from their packages (some 50 ms): once, at start-up.
    """
    locales = [Locale(language) for language in _LANGUAGES]
    older_names = _older_names()
    places = []
    for key, territory in _zones_in_use():
        called = (key, *older_names[key])
        cities = (locale.time_zones.get(name, {}).get("city") for locale in locales for name in called)
        countries = tuple(locale.territories[territory] for locale in locales if territory in locale.territories)
        places.append(ZonePlace(key, (*filter(None, cities), *older_names[key]), territory, countries))
    return [*places, ZonePlace("Etc/UTC", ("UTC",))]


def _zones_in_use() -> list[tuple[str, str]]:
    """(IANA name, ISO 3166 code); tzdata lists each country's most populous zones first where geography allows."""
    table = files("tzdata").joinpath("zoneinfo/zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    known = available_timezones()
    return [(row[2], row[0]) for row in rows if row[2] in known]


def _older_names() -> dict[str, tuple[str, ...]]:
    names: dict[str, list[str]] = defaultdict(list)
    for older, key in get_global("zone_aliases").items():
        if "/" in older:
            names[key].append(older)
    return defaultdict(tuple, {key: tuple(older) for key, older in names.items()})
