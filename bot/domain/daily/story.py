"""Why this song today: the facts about it, most interesting first.

An anniversary today goes before everything: round years (5, 10, …) first, then a prize's night, the drama's premiere,
the song's release, a nomination's night. Then the song's own story, from the rarest feat to the plainest: most prizes
of a year, several in one year, a body's first winner, several in one night, most prizes of its drama or artist, its
drama's only one, a win, a nomination, months in the charts. Among equals the one with more prizes in it.
"""

from datetime import date

from bot.domain.catalog import Catalog, Result

from .anniversaries import Anniversaries
from .facts import (
    PRIZE_NATURES,
    AwardNight,
    Charted,
    Fact,
    FirstWinner,
    MostAwarded,
    Nomination,
    OnlyPrize,
    Premiere,
    Prize,
    Release,
    Scope,
    SweptNight,
    WinsInYear,
)
from .feats import Feats

_ROUND_YEARS = 5
_ANNIVERSARIES = (AwardNight, Premiere, Release)
_FEATS = (WinsInYear, FirstWinner, SweptNight, MostAwarded, OnlyPrize, Prize, Nomination, Charted)


class Stories:
    """Tells what can be said about a song on a date; built once from a catalog."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._feats = Feats(catalog)
        self.anniversaries = Anniversaries(catalog)

    def why(self, song_key: str, today: date) -> tuple[Fact, ...]:
        """Every fact about the song on that local date, best first; the post says the first.

        Empty for a song with neither an outcome nor a chart run, and with no anniversary. Raises KeyError for a song
        the catalog does not have.
        """
        facts: list[Fact] = [*self._feats.of_song(song_key), *self.anniversaries.of_song(song_key, today)]
        return tuple(sorted(facts, key=self._rank))

    def _rank(self, fact: Fact) -> tuple[int, bool, int, int, str]:
        """Lowest first: anniversary or feat, round years or not, kind, size; the text keeps equals in one order."""
        if isinstance(fact, _ANNIVERSARIES):
            nominated = isinstance(fact, AwardNight) and fact.result is Result.NOMINATED
            kind = len(_ANNIVERSARIES) if nominated else _ANNIVERSARIES.index(type(fact))
            return 0, fact.years % _ROUND_YEARS != 0, kind, -fact.years, repr(fact)
        most_of_year = isinstance(fact, MostAwarded) and fact.scope is Scope.YEAR
        return 1, False, -1 if most_of_year else _FEATS.index(type(fact)), -self._size(fact), repr(fact)

    def _size(self, fact: Fact) -> int:
        match fact:
            case MostAwarded() | WinsInYear() | SweptNight():
                return len(fact.edition_keys)
            case Prize():  # one that people judge by goes before a poll or a chart
                return self._catalog.editions[fact.edition_key].nature in PRIZE_NATURES
            case _:
                return 0
