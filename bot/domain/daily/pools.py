"""What a server may hear: award-winning songs, with nominees, everything charted, or one decade, network or artist.

A pool is stored as its text (``str(pool)``): ``awarded``, ``nominated``, ``charted``, ``decade:2010``,
``network:tvN``, ``artist:ailee``.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.catalog import Catalog, Song


class PoolKind(StrEnum):
    AWARDED = "awarded"
    NOMINATED = "nominated"
    CHARTED = "charted"
    DECADE = "decade"
    NETWORK = "network"
    ARTIST = "artist"


WHOLE_KINDS = (PoolKind.AWARDED, PoolKind.NOMINATED, PoolKind.CHARTED)
YEARS_IN_DECADE = 10


@dataclass(frozen=True, slots=True)
class Pool:
    """``of`` is a decade's first year, a network's name or an artist's key; empty for the three whole kinds."""

    kind: PoolKind = PoolKind.AWARDED
    of: str = ""

    @classmethod
    def parse(cls, text: str) -> "Pool":
        """Read what ``str`` wrote; raises ValueError for anything else."""
        name, _, of = text.partition(":")
        kind = PoolKind(name)
        if (kind in WHOLE_KINDS) == bool(of) or (kind is PoolKind.DECADE and not of.isdecimal()):
            raise ValueError(f"not a pool: {text!r}")
        return cls(kind, of)

    def __str__(self) -> str:
        return f"{self.kind}:{self.of}" if self.of else str(self.kind)


def songs_in(pool: Pool, catalog: Catalog) -> frozenset[str]:
    """Keys of the pool's songs. A decade, network or artist takes in nominees and charted songs.

    Empty where the catalog has none (any more), as for an artist whose songs were retired.
    """
    return frozenset(song.key for song in catalog.songs.values() if pool in _pools_of(song, catalog))


def offered_pools(catalog: Catalog) -> list[tuple[Pool, int]]:
    """Every pool that holds songs, and how many: whole kinds, newest decades first, networks and artists by size."""
    sizes = Counter(pool for song in catalog.songs.values() for pool in _pools_of(song, catalog))
    kinds = list(PoolKind)

    def order(item: tuple[Pool, int]) -> tuple[int, int, str]:
        pool, size = item
        return kinds.index(pool.kind), -int(pool.of) if pool.kind is PoolKind.DECADE else -size, pool.of

    return sorted(sizes.items(), key=order)


def decade_of(song: Song, catalog: Catalog) -> int:
    """The first year of the decade of the song's release, or of its drama where no release is on record."""
    year = song.released.year if song.released else catalog.drama_of(song).year
    return year - year % YEARS_IN_DECADE


def _pools_of(song: Song, catalog: Catalog) -> Iterator[Pool]:
    if catalog.wins(song.key):
        yield Pool(PoolKind.AWARDED)
    if catalog.outcomes_of(song.key):
        yield Pool(PoolKind.NOMINATED)
    elif not song.chart:
        return  # neither an award nor a chart speaks for it: in no pool
    yield Pool(PoolKind.CHARTED)
    yield Pool(PoolKind.DECADE, str(decade_of(song, catalog)))
    yield from (Pool(PoolKind.NETWORK, network) for network in catalog.drama_of(song).networks)
    yield from (Pool(PoolKind.ARTIST, artist_key) for artist_key in song.artist_keys)
