"""Find dramas, songs and artists by what people type, in any script."""

import re
import unicodedata
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from . import hangul
from .catalog import Catalog, Kind

_SHOWN = 80.0
_NEAR = 62.0


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is 0 to 100; ``why`` says in a few words what matched."""

    kind: Kind
    key: str
    score: float
    why: tuple[str, ...] = ()


def _fold(text: str) -> str:
    plain = "".join(c for c in unicodedata.normalize("NFKD", text[:200]) if not unicodedata.combining(c))
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFC", plain).casefold()))


class SearchIndex:
    """Everything a catalog can be asked for; built once, then read by all."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        names: list[tuple[Kind, str, str]] = []
        for drama in catalog.dramas.values():
            names += [(Kind.DRAMA, drama.key, n) for n in (drama.title, drama.title_ko, *drama.aliases)]
        for song in catalog.songs.values():
            names += [(Kind.SONG, song.key, n) for n in (song.title, song.title_ko, *song.aliases) if n]
        for artist in catalog.artists.values():
            names += [(Kind.ARTIST, artist.key, n) for n in (artist.name, artist.name_ko, *artist.aliases)]
        self._names = [(kind, key, hangul.jamo(_fold(name))) for kind, key, name in names]
        self._texts = [text for _, _, text in self._names]

    def find(self, text: str, limit: int = 10) -> list[Hit]:
        """Hits good enough to be shown, best first; empty when nothing is."""
        return self._ranked(text, limit, _SHOWN)

    def nearest(self, text: str, limit: int = 3) -> list[Hit]:
        """What may have been meant when ``find`` finds nothing; empty when nothing is near."""
        return self._ranked(text, limit, _NEAR)

    def complete(self, text: str, limit: int = 25) -> list[Hit]:
        """Suggestions while ``text`` is being typed; well-chosen ones when it is empty."""
        if not _fold(text):
            songs = sorted(self._catalog.songs.values(), key=lambda s: -self._catalog.wins(s.key))
            return [Hit(Kind.DRAMA, song.drama_key, 100.0) for song in songs[:limit]]
        return self._ranked(text, limit, _NEAR)

    def explain(self, text: str, hit: Hit) -> list[str]:
        """Lines that say how ``hit`` came to its score for ``text``."""
        return [f"{text}: {hit.score:.0f}", *hit.why]

    def _ranked(self, text: str, limit: int, least: float) -> list[Hit]:
        query = hangul.jamo(_fold(text))
        if not query:
            return []
        best: dict[tuple[Kind, str], float] = {}
        for _, score, index in process.extract(query, self._texts, scorer=fuzz.WRatio, score_cutoff=least, limit=100):
            kind, key, _ = self._names[index]
            best[kind, key] = max(best.get((kind, key), 0.0), score)
        order = sorted(best.items(), key=lambda item: -item[1])[:limit]
        return [Hit(kind, key, score) for (kind, key), score in order]
