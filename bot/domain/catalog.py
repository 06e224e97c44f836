"""The catalog: dramas, their songs, who sings them, and every award outcome with its source.

Everything here is frozen; a :class:`Catalog` is built once at start-up and shared by all.
Keys are stable slugs (``[a-z0-9-]``, at most 40 characters) that Discord messages and members'
rows refer to for ever.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

KEY_MAX_LENGTH = 40
KEY_PATTERN = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"


class Kind(StrEnum):
    """What a search can find."""

    DRAMA = "drama"
    SONG = "song"
    ARTIST = "artist"


class ArtistKind(StrEnum):
    SOLO = "solo"
    DUO = "duo"
    GROUP = "group"
    BAND = "band"
    UNKNOWN = "unknown"


class AwardNature(StrEnum):
    """Who decides: people judge an award by it, so it is always told apart."""

    JURY = "jury"
    MIXED = "mixed"  # sales, streams and experts together, as the big music awards do
    VOTE = "vote"  # a public vote held by the awarding body
    POLL = "poll"  # a fan poll of an app or a magazine
    CHART = "chart"  # a music show's weekly first place, a sales prize


class Circle(StrEnum):
    """How a song got into the catalog; the inner circles are never mixed up with the outer one."""

    AWARDED = "awarded"
    NOMINATED = "nominated"
    CHARTED = "charted"


class Result(StrEnum):
    WON = "won"
    NOMINATED = "nominated"


class Confidence(StrEnum):
    """high: two independent pages, or an official table and one; medium: one reliable page."""

    HIGH = "high"
    MEDIUM = "medium"


class Gap(StrEnum):
    """Why the catalog names no winner of an edition."""

    NO_PRIZE = "no_prize"  # the ceremony was held and gave no OST prize
    OTHER_WORK = "other_work"  # it went to the song of a film, a game, a web toon or an animation
    NOT_ONE_SONG = "not_one_song"  # it went to an artist, a composer or a whole soundtrack
    UNKNOWN = "unknown"  # no page read names the winner, or the song it won with


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date of which sources may give only the month (``day`` is 0 then)."""

    year: int
    month: int
    day: int = 0

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read ``YYYY-MM`` or ``YYYY-MM-DD``; raises ValueError for anything else."""
        match = re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", text)
        if not match:
            raise ValueError(f"not a date like 2017-01-07 or 2017-01: {text!r}")
        year, month, day = (int(part or 0) for part in match.groups())
        dt.date(year, month, day or 1)
        return cls(year, month, day)

    @property
    def exact(self) -> dt.date | None:
        return dt.date(self.year, self.month, self.day) if self.day else None

    def __str__(self) -> str:
        return f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else "")


@dataclass(frozen=True, slots=True)
class Artist:
    key: str
    name: str
    name_ko: str
    aliases: tuple[str, ...] = ()
    kind: ArtistKind = ArtistKind.UNKNOWN


@dataclass(frozen=True, slots=True)
class Actor:
    name: str
    name_ko: str | None = None


@dataclass(frozen=True, slots=True)
class Drama:
    """``title`` is the English title, or the romanized Korean one where no English title is in use."""

    key: str
    title: str
    title_ko: str
    year: int
    aliases: tuple[str, ...] = ()
    premiere: dt.date | None = None
    networks: tuple[str, ...] = ()
    cast: tuple[Actor, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ChartRun:
    """A song's months in Melon's monthly top 100: first and last month, and how many it was there."""

    first: PartialDate
    last: PartialDate
    months: int
    source: str


@dataclass(frozen=True, slots=True)
class Video:
    """An official upload on YouTube, and the page that ties it to the song."""

    id: str
    source: str


@dataclass(frozen=True, slots=True)
class Original:
    """Who sang the song first, where the one of the drama is a remake."""

    artist: str
    artist_ko: str


@dataclass(frozen=True, slots=True)
class Song:
    """``title`` is None where no English title is in use (none is ever made up)."""

    key: str
    title: str | None
    title_ko: str
    artist_keys: tuple[str, ...]
    drama_key: str
    aliases: tuple[str, ...] = ()
    part: str | None = None
    released: PartialDate | None = None
    chart: ChartRun | None = None
    video: Video | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Award:
    """An awarding body."""

    key: str
    name: str
    name_ko: str
    aliases: tuple[str, ...] = ()
    nature: AwardNature = AwardNature.JURY


@dataclass(frozen=True, slots=True)
class Edition:
    """One category of one ceremony. ``key`` is ``<award key>/<slug>``.

    ``year`` is the year as the body counts it (the Golden Discs of January 2017 are 2017's, the Seoul
    Music Awards of January 2018 are 2017's); ``date`` is the night itself. ``nature`` is the award's
    own unless the category differs. ``shared`` says that more than one winner is no mistake.
    ``gap`` explains an edition without a winner in the catalog, and ``note`` names who or what got the
    prize then, as proper names that need no translation.
    """

    key: str
    award_key: str
    year: int
    category: str | None
    category_ko: str | None
    nature: AwardNature
    number: int | None = None
    date: dt.date | None = None
    nominees_complete: bool = False
    shared: bool = False
    gap: Gap | None = None
    sources: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """A song won, or was nominated for, an edition; always with at least one source."""

    song_key: str
    edition_key: str
    result: Result
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None

    @property
    def won(self) -> bool:
        return self.result is Result.WON


Entity = Drama | Song | Artist


def kind_of(entity: Entity) -> Kind:
    match entity:
        case Drama():
            return Kind.DRAMA
        case Song():
            return Kind.SONG
        case Artist():
            return Kind.ARTIST


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
        """The latest award night on record."""
        return max((edition.date for edition in self.editions.values() if edition.date), default=None)
