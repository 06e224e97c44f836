"""All facts, joined by their keys."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from ._facts import Artist, Award, AwardNature, Circle, Drama, Edition, Entity, Kind, Outcome, Song


class Catalog:
    """All facts, joined. Look-ups by key raise KeyError; ``find`` returns None instead.

    ``ambiguous`` are the names that are known to mean more than one drama, or more than one artist.
    """

    def __init__(
        self,
        *,
        dramas: Iterable[Drama],
        songs: Iterable[Song],
        artists: Iterable[Artist],
        awards: Iterable[Award],
        editions: Iterable[Edition],
        outcomes: Iterable[Outcome],
        version: str = "",
        ambiguous: Iterable[str] = (),
    ) -> None:
        self.version = version
        self.ambiguous = frozenset(ambiguous)
        self.dramas: Mapping[str, Drama] = MappingProxyType({d.key: d for d in dramas})
        self.songs: Mapping[str, Song] = MappingProxyType({s.key: s for s in songs})
        self.artists: Mapping[str, Artist] = MappingProxyType({a.key: a for a in artists})
        self.awards: Mapping[str, Award] = MappingProxyType({a.key: a for a in awards})
        self.editions: Mapping[str, Edition] = MappingProxyType({e.key: e for e in editions})
        self.outcomes: tuple[Outcome, ...] = tuple(outcomes)
        self._of_song = self._group_outcomes()
        self._wins = {key: sum(map(self.is_award, rows)) for key, rows in self._of_song.items()}
        self._of_edition: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            self._of_edition[outcome.edition_key].append(outcome)
        self._of_drama: dict[str, list[Song]] = defaultdict(list)
        self._by_artist: dict[str, list[Song]] = defaultdict(list)
        for song in sorted(self.songs.values(), key=self._rank):
            self._of_drama[song.drama_key].append(song)
            for artist_key in song.artist_keys:
                self._by_artist[artist_key].append(song)

    def _group_outcomes(self) -> dict[str, tuple[Outcome, ...]]:
        """Each song's outcomes: wins first, then by year and body."""
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in self.outcomes:
            groups[outcome.song_key].append(outcome)

        def order(outcome: Outcome) -> tuple[bool, int, str]:
            return not outcome.won, self.editions[outcome.edition_key].year, outcome.edition_key

        return {key: tuple(sorted(rows, key=order)) for key, rows in groups.items()}

    def _rank(self, song: Song) -> tuple[int, int, int, str, str]:
        """Most awarded first, then most nominated, longest charted, oldest."""
        months = song.chart.months if song.chart else 0
        return (-self.wins(song.key), -len(self.outcomes_of(song.key)), -months, str(song.released or "9999"), song.key)

    def find(self, kind: Kind, key: str) -> Entity | None:
        if kind is Kind.DRAMA:
            return self.dramas.get(key)
        if kind is Kind.SONG:
            return self.songs.get(key)
        return self.artists.get(key)

    def drama_of(self, song: Song) -> Drama:
        return self.dramas[song.drama_key]

    def artists_of(self, song: Song) -> tuple[Artist, ...]:
        return tuple(self.artists[key] for key in song.artist_keys)

    def songs_of_drama(self, drama_key: str) -> tuple[Song, ...]:
        """Most awarded first, then by chart and release."""
        return tuple(self._of_drama.get(drama_key, ()))

    def songs_by_artist(self, artist_key: str) -> tuple[Song, ...]:
        """Most awarded first, then by chart and release."""
        return tuple(self._by_artist.get(artist_key, ()))

    def outcomes_of(self, song_key: str) -> tuple[Outcome, ...]:
        """Wins first, then nominations, each by year."""
        return self._of_song.get(song_key, ())

    def outcomes_in(self, edition_key: str) -> tuple[Outcome, ...]:
        return tuple(self._of_edition.get(edition_key, ()))

    def is_award(self, outcome: Outcome) -> bool:
        """Whether something was won that people call an award: a music show's weekly first place is none."""
        return outcome.won and self.editions[outcome.edition_key].nature is not AwardNature.CHART

    def wins(self, song_key: str) -> int:
        """How many awards the song has won."""
        return self._wins.get(song_key, 0)

    def circle(self, song_key: str) -> Circle:
        """Awarded, else nominated, else charted: prizes that only mirror a chart leave a song in that circle."""
        if self.wins(song_key):
            return Circle.AWARDED
        nominated = any(not outcome.won for outcome in self.outcomes_of(song_key))
        return Circle.NOMINATED if nominated else Circle.CHARTED

    def award_of(self, edition: Edition) -> Award:
        return self.awards[edition.award_key]

    @property
    def newest_award(self) -> dt.date | None:
        """The latest award night that is known to have honoured a song."""
        honoured = (self.editions[key].date for key in self._of_edition)
        return max((date for date in honoured if date), default=None)
