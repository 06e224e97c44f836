"""A song's own story, whatever the day: what it won, and how that compares with others on record."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from bot.domain.catalog import Catalog, Edition, Song

from .facts import (
    PRIZE_NATURES,
    Charted,
    Feat,
    FirstWinner,
    MostAwarded,
    Nomination,
    OnlyPrize,
    Prize,
    Scope,
    SweptNight,
    WinsInYear,
)

FEW = 2  # fewer than this are no feat


class Feats:
    """Finds every feat of a song; built once from a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._prizes = {key: tuple(self._find_prizes(song)) for key, song in catalog.songs.items()}
        self._first_winners = self._find_first_winners()
        self._wins_by_year: dict[int, Counter[str]] = defaultdict(Counter)
        for key, prizes in self._prizes.items():
            for edition in prizes:
                self._wins_by_year[edition.year][key] += 1

    def of_song(self, song_key: str) -> Iterator[Feat]:
        """In no order."""
        song, prizes = self._catalog.songs[song_key], self._prizes[song_key]
        yield from self._most_of_year(song, prizes)
        yield from self._most_of_peers(song, prizes)
        yield from _wins_in_year(prizes)
        yield from _swept_nights(prizes)
        yield from (first for first in self._first_winners.get(song_key, ()))
        yield from self._only_prize(song, prizes)
        for outcome in self._catalog.outcomes_of(song_key):
            yield Prize(outcome.edition_key) if outcome.won else Nomination(outcome.edition_key)
        if song.chart:
            yield Charted(song.chart.months, song.chart.first, song.chart.last)

    def _find_prizes(self, song: Song) -> Iterator[Edition]:
        for edition_key in dict.fromkeys(o.edition_key for o in self._catalog.outcomes_of(song.key) if o.won):
            edition = self._catalog.editions[edition_key]
            if edition.nature in PRIZE_NATURES:
                yield edition

    def _find_first_winners(self) -> dict[str, list[FirstWinner]]:
        """A body's first winner is a story once others followed, or if it was the body's first ceremony."""
        wins: dict[str, list[tuple[int, str, str]]] = defaultdict(list)
        for song_key, prizes in self._prizes.items():
            for edition in prizes:
                wins[edition.award_key].append((edition.year, edition.key, song_key))
        firsts: dict[str, list[FirstWinner]] = defaultdict(list)
        for award_key, rows in wins.items():
            year, edition_key, song_key = min(rows)
            first_ceremony = self._catalog.editions[edition_key].number == 1
            alone = {winner for won_in, _, winner in rows if won_in == year} == {song_key}
            if alone and (first_ceremony or any(won_in > year for won_in, _, _ in rows)):
                firsts[song_key].append(FirstWinner(award_key, edition_key, first_ceremony))
        return firsts

    def _most_of_year(self, song: Song, prizes: Sequence[Edition]) -> Iterator[MostAwarded]:
        for year in sorted({edition.year for edition in prizes}):
            wins = self._wins_by_year[year]
            if _leads(wins[song.key], (count for key, count in wins.items() if key != song.key)):
                yield MostAwarded(Scope.YEAR, str(year), _keys(e for e in prizes if e.year == year))

    def _most_of_peers(self, song: Song, prizes: Sequence[Edition]) -> Iterator[MostAwarded]:
        circles = [(Scope.DRAMA, song.drama_key, self._catalog.songs_of_drama(song.drama_key))]
        circles += [(Scope.ARTIST, key, self._catalog.songs_by_artist(key)) for key in song.artist_keys]
        for scope, of, songs in circles:
            others = [len(self._prizes[other.key]) for other in songs if other.key != song.key]
            if others and _leads(len(prizes), others):
                yield MostAwarded(scope, of, _keys(prizes))

    def _only_prize(self, song: Song, prizes: Sequence[Edition]) -> Iterator[OnlyPrize]:
        siblings = self._catalog.songs_of_drama(song.drama_key)
        won_by_drama = list(chain.from_iterable(self._prizes[sibling.key] for sibling in siblings))
        if len(prizes) == len(won_by_drama) == 1 and len(siblings) >= FEW:
            yield OnlyPrize(song.drama_key, prizes[0].key)


def _wins_in_year(prizes: Sequence[Edition]) -> Iterator[WinsInYear]:
    for year in sorted({edition.year for edition in prizes}):
        won = [edition for edition in prizes if edition.year == year]
        if len({edition.award_key for edition in won}) >= FEW:
            yield WinsInYear(year, _keys(won))


def _swept_nights(prizes: Sequence[Edition]) -> Iterator[SweptNight]:
    for award_key, night in sorted({(e.award_key, e.date) for e in prizes if e.date}):
        won = [edition for edition in prizes if (edition.award_key, edition.date) == (award_key, night)]
        if len(won) >= FEW:
            yield SweptNight(award_key, night, _keys(won))


def _leads(count: int, others: Iterable[int]) -> bool:
    return count >= FEW and all(count > other for other in others)


def _keys(editions: Iterable[Edition]) -> tuple[str, ...]:
    return tuple(edition.key for edition in editions)
