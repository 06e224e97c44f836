"""From what a member typed or picked to the one thing that is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from types import MappingProxyType

from .catalog import Catalog, Circle, Entity, Kind, Song
from .errors import Gone, NotFound
from .search import SearchIndex

QUERY_USED_MAX = 200  # the longest title has 80 characters; of 6,000 typed ones the rest says nothing
NEAREST_MAX = 3
OTHERS_MAX = 5
AS_NEAR = 8.0  # points of the search's score: namesakes and seasons, but not a drama's songs beside their drama

POOLS = tuple(circle.value for circle in Circle)  # each with the circles within it
ANY_DECADE = "any"
_KINDS: Mapping[str, Kind] = MappingProxyType({kind.value: kind for kind in Kind})
DECADES: Mapping[str, int] = MappingProxyType({"2000s": 2000, "2010s": 2010, "2020s": 2020})


def choice_value(kind: Kind, key: str) -> str:
    """What an autocomplete choice sends, so that picking is exact."""
    return f"{kind}:{key}"


def entity_of(catalog: Catalog, kind: str, key: str) -> Entity:
    """The entity that a button or a choice names; raises Gone if there is none (it may be old, or forged)."""
    entity = catalog.find(_KINDS[kind], key) if kind in _KINDS else None
    if entity is None:
        raise Gone(key)
    return entity


def song_of(catalog: Catalog, key: str) -> Song:
    """The song that a button names; raises Gone if there is none."""
    if (song := catalog.songs.get(key)) is None:
        raise Gone(key)
    return song


@dataclass(frozen=True, slots=True)
class Found:
    """What a text means, and what else it may well have meant."""

    entity: Entity
    others: tuple[Entity, ...] = ()


def look_up(catalog: Catalog, index: SearchIndex, text: str) -> Found:
    """The entity that ``text`` means: a picked choice's value, or anything typed.

    Namesakes and whatever else comes as near are its ``others``; what was picked has none. Raises NotFound, with the
    nearest, where nothing matches.
    """
    kind, _, key = text.partition(":")
    if kind in _KINDS and (picked := catalog.find(_KINDS[kind], key)):
        return Found(picked)
    used = text[:QUERY_USED_MAX]
    hits = index.find(used, limit=1 + OTHERS_MAX)
    if not hits:
        raise NotFound(text, tuple((hit.kind, hit.key) for hit in index.nearest(used, limit=NEAREST_MAX)))
    as_near = [hit for hit in hits if hit.score >= hits[0].score - AS_NEAR]
    first, *others = (entity for hit in as_near if (entity := catalog.find(hit.kind, hit.key)))
    return Found(first, tuple(others))


def draw(catalog: Catalog, pool: str, decade: str, rng: Random) -> Song:
    """A song drawn at random: an award winner, also a nominee, or also one that charted; of one decade or any.

    Raises Gone where pool or decade is not one of ours, or holds no song.
    """
    if pool not in POOLS or decade not in (ANY_DECADE, *DECADES):
        raise Gone(pool)
    years = range(DECADES[decade], DECADES[decade] + 10) if decade in DECADES else range(9999)
    circles = list(Circle)[: POOLS.index(pool) + 1]
    songs = [
        song
        for song in catalog.songs.values()
        if catalog.circle(song.key) in circles and catalog.drama_of(song).year in years
    ]
    if not songs:
        raise Gone(pool)
    return rng.choice(songs)
