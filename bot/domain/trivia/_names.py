"""Every name in the catalog, in the forms in which guesses are compared."""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from bot.domain import hangul
from bot.domain.catalog import Artist, Catalog, Drama, Song
from bot.domain.forms import fold, fold_all, loosen

from .questions.question import Ref, RefKind

_ARTICLE = re.compile(r"^(?:the|an?) (?=.)")
_BRACKETS = re.compile(r"\s*[(\[][^)\]]*[)\]]\s*")


@dataclass(frozen=True, slots=True)
class Name:
    """One name. ``words`` are folded and without a leading article, ``compact`` is the same without spaces.

    Of a Korean name ``romanized`` is the loose form of its romanization, and ``keys`` are the Latin keys that write it.
    """

    words: tuple[str, ...]
    compact: str
    is_hangul: bool
    romanized: str
    keys: str
    of_artist: bool = False

    @classmethod
    def of(cls, text: str, *, of_artist: bool = False) -> "Name":
        """A name as it is written."""
        folded = without_article(fold(text))
        is_hangul = hangul.has_hangul(folded)
        compact = folded.replace(" ", "")
        return cls(
            words=tuple(folded.split()),
            compact=compact,
            is_hangul=is_hangul,
            romanized=loosen(fold(hangul.romanize(folded)).replace(" ", "")) if is_hangul else "",
            keys=hangul.to_latin_keyboard(compact).casefold() if is_hangul else "",
            of_artist=of_artist,
        )

    def is_same(self, folded: str) -> bool:
        """Whether a folded guess is this name: spacing aside, with its article or not, on the other keyboard too."""
        text = without_article(folded)
        compact = text.replace(" ", "")
        if compact in {self.compact, self.keys}:
            return True
        if hangul.has_hangul(text) and not self.is_hangul:
            return hangul.to_latin_keyboard(compact).casefold() == self.compact
        return self.of_artist and sorted(text.split()) == sorted(self.words)  # surname first or last


def without_article(folded: str) -> str:
    return _ARTICLE.sub("", folded)


class NameTable:
    """Who bears which name."""

    def __init__(self, catalog: Catalog) -> None:
        self._written: dict[Ref, tuple[str, ...]] = {}
        for drama in catalog.dramas.values():
            self._written[Ref(RefKind.DRAMA, drama.key)] = _written(drama)
        for song in catalog.songs.values():
            self._written[Ref(RefKind.SONG, song.key)] = _written(song)
        for artist in catalog.artists.values():
            self._written[Ref(RefKind.ARTIST, artist.key)] = _written(artist)
        self._bearers: dict[str, set[Ref]] = defaultdict(set)
        borne = [(ref, text) for ref, texts in self._written.items() for text in texts]
        for (ref, _), folded in zip(borne, fold_all([text for _, text in borne]), strict=True):
            self._bearers[_compact(folded)].add(ref)
        self._bearers.pop("", None)
        self._names: dict[Ref, tuple[Name, ...]] = {}

    def bearers(self, text: str) -> set[Ref]:
        """All that has exactly that name."""
        return self._bearers.get(_compact(fold(text)), set())

    def names(self, ref: Ref) -> tuple[Name, ...]:
        """All names of a drama, song or artist; none of anything else."""
        if ref not in self._names:
            texts = dict.fromkeys(self._written.get(ref, ()))
            self._names[ref] = tuple(Name.of(text, of_artist=ref.kind is RefKind.ARTIST) for text in texts)
        return self._names[ref]


@lru_cache(maxsize=2)
def table_of(catalog: Catalog) -> NameTable:
    """The table of a catalog, built at first need: call it once at start-up, off the event loop."""
    return NameTable(catalog)


def _written(entity: Drama | Song | Artist) -> tuple[str, ...]:
    """Titles or names and aliases, each with and without what stands in brackets."""
    texts = (entity.name, entity.name_ko) if isinstance(entity, Artist) else (entity.title, entity.title_ko)
    names = [text for text in (*texts, *entity.aliases) if text]
    return (*names, *(shorter for name in names if (shorter := _BRACKETS.sub(" ", name).strip()) and shorter != name))


def _compact(folded: str) -> str:
    return without_article(folded).replace(" ", "")
