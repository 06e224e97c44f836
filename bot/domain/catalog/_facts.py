"""What is recorded of dramas, songs, artists and awards: frozen, and without a thought of their own."""

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

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
