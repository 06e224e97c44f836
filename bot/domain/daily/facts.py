"""What can be said about a song today, as facts; ``bot.ui`` writes the sentences.

Every fact is true *of the catalog*, and the catalog is not complete: a sentence about a first, a most or an only
speaks of what is on record. Facts about a date compare month and day, and years must have passed: a song of 29 February
waits for a leap year.

Awards are counted as people judge them: by juries, by the big mixed counts, by votes an awarding body holds. Charts'
first places and polls of apps are told as what they are (:class:`Prize`), never added to the others.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.catalog import AwardNature, PartialDate, Result

PRIZE_NATURES = frozenset({AwardNature.JURY, AwardNature.MIXED, AwardNature.VOTE})


@dataclass(frozen=True, slots=True)
class AwardNight:
    """``years`` ago today the song won, or was nominated for, this edition."""

    edition_key: str
    result: Result
    years: int


@dataclass(frozen=True, slots=True)
class Premiere:
    """``years`` ago today its drama was first broadcast."""

    drama_key: str
    years: int


@dataclass(frozen=True, slots=True)
class Release:
    """``years`` ago today the song came out."""

    years: int


class Scope(StrEnum):
    YEAR = "year"
    DRAMA = "drama"
    ARTIST = "artist"


@dataclass(frozen=True, slots=True)
class MostAwarded:
    """More prizes than any other song of that year, drama or artist: at least two, none level with it.

    ``of`` is the year as text, or a key; ``edition_keys`` are the prizes counted.
    """

    scope: Scope
    of: str
    edition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WinsInYear:
    """At least two prizes in one year (as the bodies count it), by at least two awarding bodies."""

    year: int
    edition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FirstWinner:
    """The first song on record to win there, alone that year. ``first_ceremony``: and it was the body's first."""

    award_key: str
    edition_key: str
    first_ceremony: bool


@dataclass(frozen=True, slots=True)
class SweptNight:
    """At least two prizes at one ceremony."""

    award_key: str
    night: date
    edition_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OnlyPrize:
    """The only prize on record for any song of its drama, which has more songs than this one."""

    drama_key: str
    edition_key: str


@dataclass(frozen=True, slots=True)
class Prize:
    """A win, of whatever nature the edition is."""

    edition_key: str


@dataclass(frozen=True, slots=True)
class Nomination:
    edition_key: str


@dataclass(frozen=True, slots=True)
class Charted:
    """Its months in Melon's monthly top 100."""

    months: int
    first: PartialDate
    last: PartialDate


Anniversary = AwardNight | Premiere | Release
Feat = MostAwarded | WinsInYear | FirstWinner | SweptNight | OnlyPrize | Prize | Nomination | Charted
Fact = Anniversary | Feat
