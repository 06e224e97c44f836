"""Which songs have something to celebrate on a date."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from bot.domain.catalog import Catalog, Song

from .facts import PRIZE_NATURES, Anniversary, AwardNight, Premiere, Release

MonthDay = tuple[int, int]


class Anniversaries:
    """Every anniversary in a catalog, built once."""

    def __init__(self, catalog: Catalog) -> None:
        days: dict[MonthDay, dict[str, list[tuple[date, Anniversary]]]] = defaultdict(dict)
        for song in catalog.songs.values():
            for day, fact in _days_of(song, catalog):
                days[day.month, day.day].setdefault(song.key, []).append((day, fact))
        self._days = days

    def songs_on(self, today: date) -> frozenset[str]:
        """Keys of the songs that have an anniversary on that date."""
        celebrated = self._days.get((today.month, today.day), {})
        return frozenset(key for key, days in celebrated.items() if any(day.year < today.year for day, _ in days))

    def of_song(self, song_key: str, today: date) -> list[Anniversary]:
        """The song's anniversaries on that date, in no order."""
        days = self._days.get((today.month, today.day), {}).get(song_key, [])
        return [replace(fact, years=today.year - day.year) for day, fact in days if day.year < today.year]


def _days_of(song: Song, catalog: Catalog) -> Iterator[tuple[date, Anniversary]]:
    for outcome in catalog.outcomes_of(song.key):
        edition = catalog.editions[outcome.edition_key]
        if edition.date and edition.nature in PRIZE_NATURES:
            yield edition.date, AwardNight(edition.key, outcome.result, years=0)
    drama = catalog.drama_of(song)
    if drama.premiere:
        yield drama.premiere, Premiere(drama.key, years=0)
    if song.released and song.released.exact:
        yield song.released.exact, Release(years=0)
