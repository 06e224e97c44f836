"""Ceremonies, year by year, and who has won most."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from .catalog import Artist, Award, Catalog, Drama, Edition, Song
from .errors import Gone, NotAPeriod
from .forms import fold

_SUGGESTED_MAX = 25


@dataclass(frozen=True, slots=True)
class Ceremony:
    """All that an awarding body gave in a year, as the body counts years."""

    award: Award
    year: int
    editions: tuple[Edition, ...]


class Ceremonies:
    """Every ceremony of a catalog, in order; also those without an OST prize, so that gaps are explained."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        editions: dict[str, dict[int, list[Edition]]] = defaultdict(lambda: defaultdict(list))
        for edition in sorted(catalog.editions.values(), key=lambda edition: (edition.year, edition.key)):
            editions[edition.award_key][edition.year].append(edition)
        self._editions: Mapping[str, Mapping[int, list[Edition]]] = MappingProxyType(editions)
        self._names = {award.key: self._names_of(award) for award in catalog.awards.values() if award.key in editions}
        self._weight = {key: sum(map(self._outcomes, years.values())) for key, years in editions.items()}

    @staticmethod
    def _names_of(award: Award) -> list[str]:
        return [fold(name).replace(" ", "") for name in (award.name, award.name_ko, award.key, *award.aliases)]

    def _outcomes(self, editions: Iterable[Edition]) -> int:
        return sum(len(self._catalog.outcomes_in(edition.key)) for edition in editions)

    def suggest(self, typed: str) -> list[Award]:
        """Awarding bodies whose name or nickname holds what is typed, those with most outcomes first; at most 25."""
        wanted = fold(typed).replace(" ", "")
        keys = [key for key, names in self._names.items() if any(wanted in name for name in names)]
        keys.sort(key=lambda key: (not any(name.startswith(wanted) for name in self._names[key]), -self._weight[key]))
        return [self._catalog.awards[key] for key in keys[:_SUGGESTED_MAX]]

    def award(self, text: str) -> Award:
        """The body with that key, or else the first that ``suggest`` gives; raises Gone if there is none."""
        if text in self._editions:
            return self._catalog.awards[text]
        found = self.suggest(text) if fold(text) else []
        if not found:
            raise Gone(text)
        return found[0]

    def years(self, award_key: str | None = None) -> Sequence[int]:
        """The years of one body's ceremonies, or of all, newest first."""
        keys = self._editions if award_key is None else [award_key]
        return sorted({year for key in keys for year in self._editions.get(key, ())}, reverse=True)

    @property
    def newest_year(self) -> int:
        """The newest year in which a song was honoured."""
        return next(year for year in self.years() if self.in_year(year))

    def at(self, award_key: str, year: int) -> Ceremony:
        """Raises Gone where no such ceremony is on record."""
        editions = self._editions.get(award_key, {}).get(year)
        if not editions:
            raise Gone(f"{award_key} {year}")
        return Ceremony(self._catalog.awards[award_key], year, tuple(editions))

    def newest(self, award_key: str) -> Ceremony:
        """The newest ceremony that honoured a song, else the newest at all; raises Gone for an unknown body."""
        years = self.years(award_key)
        held = [year for year in years if self._outcomes(self._editions[award_key][year])]
        for year in held or years:
            return self.at(award_key, year)
        raise Gone(award_key)

    def greatest(self, year: int) -> Ceremony:
        """The ceremony of a year with most outcomes; raises Gone where the year has none."""
        for award in self.in_year(year):
            return self.at(award.key, year)
        raise Gone(str(year))

    def in_year(self, year: int) -> list[Award]:
        """Bodies that honoured a song in a year, those with most outcomes first."""
        found = {key: self._outcomes(years[year]) for key, years in self._editions.items() if year in years}
        keys = sorted((key for key, count in found.items() if count), key=lambda key: (-found[key], key))
        return [self._catalog.awards[key] for key in keys]

    def around(self, ceremony: Ceremony) -> tuple[int | None, int | None]:
        """The years of the ceremonies before and after."""
        years = sorted(self._editions[ceremony.award.key])
        place = years.index(ceremony.year)
        before = years[place - 1] if place else None
        after = years[place + 1] if place + 1 < len(years) else None
        return before, after


class Contest(StrEnum):
    """Between whom the most awards are counted."""

    SONGS = "songs"
    ARTISTS = "artists"
    DRAMAS = "dramas"


@dataclass(frozen=True, slots=True)
class Place:
    """``rank`` is shared by equals: 1, 2, 2, 4."""

    rank: int
    entity: Song | Artist | Drama
    wins: int


def most_awarded(catalog: Catalog, contest: Contest, years: range, limit: int) -> list[Place]:
    """The ``limit`` with the most awards won in ``years`` (as the bodies count them); the last place's equals stay in.

    Equals are in order of nominations, then by key. Prizes that only mirror a chart do not count.
    """
    wins: dict[str, int] = defaultdict(int)
    nominations: dict[str, int] = defaultdict(int)
    for outcome in catalog.outcomes:
        if catalog.editions[outcome.edition_key].year in years:
            for key in _contenders(catalog, contest, catalog.songs[outcome.song_key]):
                wins[key] += catalog.is_award(outcome)
                nominations[key] += not outcome.won
    order = sorted((key for key in wins if wins[key]), key=lambda key: (-wins[key], -nominations[key], key))
    ranks = {count: 1 + sum(other > count for other in wins.values()) for count in set(wins.values())}
    return [
        Place(ranks[wins[key]], _entity(catalog, contest, key), wins[key]) for key in order if ranks[wins[key]] <= limit
    ]


def _contenders(catalog: Catalog, contest: Contest, song: Song) -> Sequence[str]:
    if contest is Contest.SONGS:
        return [song.key]
    return song.artist_keys if contest is Contest.ARTISTS else [catalog.drama_of(song).key]


def _entity(catalog: Catalog, contest: Contest, key: str) -> Song | Artist | Drama:
    if contest is Contest.SONGS:
        return catalog.songs[key]
    return catalog.artists[key] if contest is Contest.ARTISTS else catalog.dramas[key]


ALL_TIME = "all"


def years_of(period: str) -> range:
    """The years that ``all``, ``2010s`` or ``2017`` mean; raises NotAPeriod for anything else."""
    match = re.fullmatch(r"((?:19|20)\d\d)(s?)", period)
    if period == ALL_TIME:
        return range(10_000)
    if match is None or (match[2] and not match[1].endswith("0")):
        raise NotAPeriod(period)
    first = int(match[1])
    return range(first, first + (10 if match[2] else 1))


def periods(years: Sequence[int]) -> list[str]:
    """What may be asked for, given the years on record: all time, decades, then single years, newest first."""
    decades = sorted({year - year % 10 for year in years}, reverse=True)
    return [ALL_TIME, *(f"{decade}s" for decade in decades), *map(str, years)]
