"""What the makers ask of the catalog: who shares a name, what a name can mean, how near two things are.

A question shows titles, not keys, and a title can mean several things: eleven songs are called "My Love". A
*reading* of a subject is anything that fits all that the question shows. Every reading's answer is right; and
nothing that as much as shares a name with a right answer is ever a wrong option.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from typing import TypeVar

from bot.domain.catalog import Actor, Artist, Catalog, Drama, Edition, Song
from bot.domain.forms import fold

from .question import Ref, RefKind

ItemT = TypeVar("ItemT")
NamedT = TypeVar("NamedT", Drama, Song, Artist)

_STREAMING = frozenset(
    {"netflix", "disney", "tving", "wavve", "watcha", "viki", "coupang", "youtube", "naver", "genie", "kakao", "vlive"}
)
_BROADCASTER_DRAMAS = 10  # a network with fewer dramas in the catalog is too little known to be offered
_BROADCASTER_YEARS = 3  # a network is offered for dramas this near to one of its own


@lru_cache(maxsize=1 << 12)  # the same names come again and again within a short time
def plain(text: str) -> str:
    """Folded and without spaces: whether two names look the same."""
    return fold(text).replace(" ", "")


def is_streaming(network: str) -> bool:
    """Whether it is a service on the net. These show broadcasters' dramas as well, so they tell little apart."""
    name = plain(network)
    return any(service in name for service in _STREAMING)


class Circle(IntEnum):
    """How near to an award: the smaller, the nearer."""

    AWARDED = 0
    NOMINATED = 1
    CHARTED = 2


class Knowledge:
    """A catalog with the look-ups that makers share. Built once; answers do not change."""

    def __init__(self, catalog: Catalog, rest: Callable[[], None] = lambda: None) -> None:
        self.catalog = catalog
        self._rest = rest
        self.dramas = tuple(d for d in catalog.dramas.values() if catalog.songs_of_drama(d.key))
        """Dramas with songs: only these are asked about or offered; the others still count as readings."""
        self.songs = tuple(catalog.songs.values())
        self.artists = tuple(a for a in catalog.artists.values() if catalog.songs_by_artist(a.key))
        self.drama_refs, self.song_refs, self.artist_refs = (
            tuple(map(ref_of, entities)) for entities in (self.dramas, self.songs, self.artists)
        )
        self.newest_year = max((drama.year for drama in self.dramas), default=0)
        self._dramas_of: dict[str, list[str]] = defaultdict(list)
        for drama in self.dramas:
            for actor in drama.cast:
                self._dramas_of[actor.name].append(drama.key)
        self._years: dict[Ref, int | None] = {}
        self._circles: dict[Ref, Circle] = {}
        self._names: dict[Ref, frozenset[str]] = {}
        self._broadcaster_years = _broadcaster_years(catalog.dramas.values())
        self._dramas_called = self._by_name(tuple(catalog.dramas.values()))
        self._songs_called = self._by_name(self.songs)
        self._artists_called = self._by_name(self.artists)

    def at_ease(self, items: Iterable[ItemT]) -> Iterator[ItemT]:
        """The same items, with a chance to rest after each."""
        for item in items:
            yield item
            self._rest()

    @property
    def broadcasters(self) -> list[str]:
        """Names of well-known broadcasters, each in its most frequent spelling."""
        return list(self._broadcaster_years)

    def songs_called_like(self, song: Song) -> list[Song]:
        """Songs with the same title in either language, this one included."""
        return self._called_like(song, self._songs_called)

    def songs_credited_like(self, song: Song) -> list[Song]:
        """Those of them that one of its artists sings."""
        return [one for one in self.songs_called_like(song) if not set(one.artist_keys).isdisjoint(song.artist_keys)]

    def dramas_called_like(self, drama: Drama) -> list[Drama]:
        """Dramas with the same title in either language, this one included, with or without songs."""
        return self._called_like(drama, self._dramas_called)

    def artists_called_like(self, artist: Artist) -> list[Artist]:
        """Artists with the same name in either language, this one included."""
        return self._called_like(artist, self._artists_called)

    def names(self, ref: Ref) -> frozenset[str]:
        """How a reference looks when shown in either language, plainly written."""
        if ref not in self._names:
            self._names[ref] = frozenset(filter(None, map(plain, self._shown(ref))))
        return self._names[ref]

    def look_alike(self, one: Ref, other: Ref) -> bool:
        """Whether a reader could take one for the other."""
        return not self.names(one).isdisjoint(self.names(other))

    def circle(self, ref: Ref) -> Circle:
        """The nearest circle of the songs that belong to it."""
        if ref not in self._circles:
            self._circles[ref] = self._circle(ref)
        return self._circles[ref]

    def _circle(self, ref: Ref) -> Circle:
        songs = self.songs_of(ref)
        if any(self.catalog.wins(song.key) for song in songs):
            return Circle.AWARDED
        return Circle.NOMINATED if any(self.catalog.outcomes_of(song.key) for song in songs) else Circle.CHARTED

    def circle_around(self, ref: Ref) -> Circle:
        """The nearest circle of all that ``ref`` belongs to: a song's drama and artists are the song's as well."""
        if ref.kind is RefKind.NETWORK:
            return Circle.AWARDED
        around = {ref}
        for song in self.songs_of(ref) if ref.kind is RefKind.SONG else ():
            around |= {Ref(RefKind.DRAMA, song.drama_key), *(Ref(RefKind.ARTIST, key) for key in song.artist_keys)}
        return min(map(self.circle, around))

    def songs_of(self, ref: Ref) -> tuple[Song, ...]:
        """The song itself, a drama's, an artist's, an edition's or an actor's dramas' songs; none for anything else."""
        if ref.kind is RefKind.SONG:
            return (self.catalog.songs[ref.key],)
        if ref.kind is RefKind.DRAMA:
            return self.catalog.songs_of_drama(ref.key)
        if ref.kind is RefKind.ARTIST:
            return self.catalog.songs_by_artist(ref.key)
        if ref.kind is RefKind.EDITION:
            return tuple(self.catalog.songs[o.song_key] for o in self.catalog.outcomes_in(ref.key))
        if ref.kind is RefKind.ACTOR:
            return tuple(song for key in self._dramas_of.get(ref.key, ()) for song in self.catalog.songs_of_drama(key))
        return ()

    def year(self, ref: Ref) -> int | None:
        """The year a song's drama, a drama or an edition belongs to, or an artist's or actor's first drama."""
        if ref not in self._years:
            self._years[ref] = self._year(ref)
        return self._years[ref]

    def _year(self, ref: Ref) -> int | None:
        if ref.kind is RefKind.YEAR:
            return int(ref.key)
        if ref.kind is RefKind.EDITION:
            return self.catalog.editions[ref.key].year
        return min((self.catalog.drama_of(song).year for song in self.songs_of(ref)), default=None)

    def broadcasters_about(self, year: int) -> list[str]:
        """Names of well-known broadcasters that aired dramas about that year."""
        near = set(range(year - _BROADCASTER_YEARS, year + _BROADCASTER_YEARS + 1))
        return [name for name, years in self._broadcaster_years.items() if not near.isdisjoint(years)]

    def titled(self, ref: Ref) -> Drama | Song:
        """The drama or song itself."""
        return self.catalog.dramas[ref.key] if ref.kind is RefKind.DRAMA else self.catalog.songs[ref.key]

    def unlike(self, refs: Iterable[Ref], taken: Iterable[Ref]) -> Iterable[Ref]:
        """Those of ``refs`` that no reader could take for one of ``taken``."""
        names = frozenset().union(*map(self.names, taken))
        return (ref for ref in refs if names.isdisjoint(self.names(ref)))

    def _by_name(self, entities: Sequence[NamedT]) -> Mapping[str, list[NamedT]]:
        table: dict[str, list[NamedT]] = defaultdict(list)
        for entity in self.at_ease(entities):
            for name in self.names(ref_of(entity)):
                table[name].append(entity)
        return table

    def _called_like(self, entity: NamedT, table: Mapping[str, list[NamedT]]) -> list[NamedT]:
        alike = {other.key: other for name in self.names(ref_of(entity)) for other in table[name]}
        return list(alike.values())

    def _shown(self, ref: Ref) -> Iterable[str]:
        if ref.kind is RefKind.SONG:
            song = self.catalog.songs[ref.key]
            return (song.title or "", song.title_ko)
        if ref.kind is RefKind.DRAMA:
            drama = self.catalog.dramas[ref.key]
            return (drama.title, drama.title_ko)
        if ref.kind is RefKind.ARTIST:
            artist = self.catalog.artists[ref.key]
            return (artist.name, artist.name_ko)
        return (ref.key,)


def ref_of(entity: Drama | Song | Artist | Edition | Actor) -> Ref:
    """The reference that names ``entity``."""
    match entity:
        case Drama():
            return Ref(RefKind.DRAMA, entity.key)
        case Song():
            return Ref(RefKind.SONG, entity.key)
        case Artist():
            return Ref(RefKind.ARTIST, entity.key)
        case Edition():
            return Ref(RefKind.EDITION, entity.key)
        case Actor():
            return Ref(RefKind.ACTOR, entity.name)


def year_ref(year: int) -> Ref:
    """How questions name a calendar year."""
    return Ref(RefKind.YEAR, str(year))


def _broadcaster_years(dramas: Iterable[Drama]) -> dict[str, set[int]]:
    """For each well-known broadcaster the years it aired dramas in; of several spellings the most frequent."""
    years: dict[str, list[int]] = defaultdict(list)
    for drama in dramas:
        for network in drama.networks:
            if not is_streaming(network):
                years[network].append(drama.year)
    spellings = {plain(name): name for name in sorted(years, key=lambda name: len(years[name]))}
    return {name: set(years[name]) for name in spellings.values() if len(years[name]) >= _BROADCASTER_DRAMAS}
