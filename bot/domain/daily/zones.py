"""Time zones by the names people have for them: IANA name, city, country, abbreviation; in English and Korean.

The names come in as an argument. CLDR has them in both languages and Babel, which ``bot.ui`` uses anyway, brings CLDR,
so ``bot.ui.zone_names`` builds the list: a table of our own would be four hundred lines of copied facts that go stale
with every tzdata. What CLDR does not know (cities that are no zone of their own, short names of countries,
abbreviations) stands in :mod:`.places`.

A zone is always chosen, never assumed: :meth:`ZoneIndex.search` only sorts, and :meth:`ZoneIndex.named` takes nothing
but an IANA name.
"""

import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain.errors import UserError

from .places import ABBREVIATIONS, CITIES, TERRITORIES

_NEAREST = 3
_UTC = "Etc/UTC"
_FUZZY_MIN_LENGTH = 4  # of the folded text, where a Hangul syllable counts two or three
_FUZZY_MIN_SIMILARITY = 0.75


@dataclass
class UnknownZone(UserError):
    """``text`` is no IANA name; ``nearest`` are keys of at most three zones that may be meant."""

    text: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ZonePlace:
    """A zone and what it is called.

    ``names``: its city in each language, older IANA names. ``territory``: ISO 3166 code; ``territory_names``: the
    country in each language.
    """

    key: str
    names: tuple[str, ...] = ()
    territory: str | None = None
    territory_names: tuple[str, ...] = ()


class _Entry(NamedTuple):
    """A folded name of a zone from one of its words on: of "South Korea", also "korea"."""

    text: str
    from_later_word: bool
    rank: int  # names of countries behind names of cities; zones of an abbreviation by how likely they are meant
    position: int


class _Match(NamedTuple):
    """Lower is better."""

    badness: float
    rank: int
    position: int


class ZoneIndex:
    """``places`` in the order in which equally good matches are shown."""

    def __init__(self, places: Sequence[ZonePlace]) -> None:
        self._keys = [place.key for place in places]
        self._by_iana_name = {name.casefold(): place.key for place in places for name in place.names if "/" in name}
        self._by_iana_name |= {place.key.casefold(): place.key for place in places}
        if _UTC in self._keys:
            self._by_iana_name["utc"] = _UTC  # an IANA name, too, and nobody can mean another zone by it
        self._entries = sorted(entry for position, place in enumerate(places) for entry in _entries(position, place))
        self._texts = [entry.text for entry in self._entries]

    def named(self, text: str) -> str:
        """The key of the zone of that IANA name, in whatever case; raises UnknownZone."""
        key = self._by_iana_name.get(text.strip().casefold())
        if key is None:
            raise UnknownZone(text, tuple(self.search(text, limit=_NEAREST)) if _fold(text) else ())
        return key

    def search(self, text: str, likely: Sequence[str] = (), limit: int = 25) -> list[str]:
        """Keys of the zones that ``text`` may mean, best first; for an empty text those ``likely``, then the others.

        Whole names go before beginnings; what only comes close is shown where nothing begins like it.
        ``likely`` (see :func:`.places.likely_zones`) goes first among equals.
        """
        best: dict[int, tuple[float, int, int, int]] = {}
        for badness, rank, position in self._matches(_fold(text)):
            key = self._keys[position]
            preference = likely.index(key) if key in likely else len(likely)
            score = (badness, rank, preference, position)
            best[position] = min(score, best.get(position, score))
        return [self._keys[position] for position in sorted(best, key=best.__getitem__)[:limit]]

    def _matches(self, wanted: str) -> list[_Match]:
        if not wanted:
            return [_Match(0, 0, position) for position in range(len(self._keys))]
        return list(self._beginning_with(wanted)) or list(self._close_to(wanted))

    def _beginning_with(self, wanted: str) -> Iterator[_Match]:
        for entry in islice(self._entries, bisect_left(self._texts, wanted), None):
            if not entry.text.startswith(wanted):
                return
            yield _Match(2 * (entry.text != wanted) + entry.from_later_word, entry.rank, entry.position)

    def _close_to(self, wanted: str) -> Iterator[_Match]:
        if len(wanted) < _FUZZY_MIN_LENGTH:
            return
        close = process.extract_iter(
            wanted, self._texts, scorer=OSA.normalized_similarity, score_cutoff=_FUZZY_MIN_SIMILARITY
        )
        for _, similarity, index in close:
            yield _Match(1 - similarity, self._entries[index].rank, self._entries[index].position)


def _entries(position: int, place: ZonePlace) -> Iterator[_Entry]:
    city = place.key.rpartition("/")[2]
    ranks = [
        (0, (place.key, city, *place.names, *CITIES.get(place.key, ()))),
        (1, (*place.territory_names, *TERRITORIES.get(place.territory or "", ()))),
    ]
    ranks += [(keys.index(place.key), (text,)) for text, keys in ABBREVIATIONS.items() if place.key in keys]
    for rank, names in ranks:
        for name in names:
            for number, text in enumerate(_words(name)):
                yield _Entry(text, number > 0, rank, position)


def _words(name: str) -> tuple[str, ...]:
    parts = [folded for part in name.replace("_", " ").replace("/", " ").split() if (folded := _fold(part))]
    return tuple("".join(parts[n:]) for n in range(len(parts)))


def _fold(text: str) -> str:
    """Letters and digits only, without case and accents, Hangul as jamo: so that 서우 already begins 서울."""
    return "".join(_letters(unicodedata.normalize("NFKD", text.casefold())))


def _letters(decomposed: str) -> Iterable[str]:
    return (character for character in decomposed if character.isalnum())
