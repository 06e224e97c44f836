"""Facts for the reveal, each from its place in the catalog."""

from bot.domain.catalog import Catalog, Drama, Outcome, Song

from .knowledge import ref_of, year_ref
from .question import Fact, Ref, RefKind, Relation


def song_of_drama(song: Song) -> Fact:
    return Fact(ref_of(song), Relation.SONG_OF_DRAMA, Ref(RefKind.DRAMA, song.drama_key), _sources(song))


def sung_by(song: Song, artist_key: str) -> Fact:
    return Fact(ref_of(song), Relation.SUNG_BY, Ref(RefKind.ARTIST, artist_key), _sources(song))


def released_in(song: Song, year: int) -> Fact:
    return Fact(ref_of(song), Relation.RELEASED_IN, year_ref(year), _sources(song))


def aired_in(drama: Drama) -> Fact:
    return Fact(ref_of(drama), Relation.AIRED_IN, year_ref(drama.year), drama.sources)


def aired_on(drama: Drama, network: str) -> Fact:
    return Fact(ref_of(drama), Relation.AIRED_ON, Ref(RefKind.NETWORK, network), drama.sources)


def stars(drama: Drama, actor_name: str) -> Fact:
    return Fact(ref_of(drama), Relation.STARS, Ref(RefKind.ACTOR, actor_name), drama.sources)


def titled(entity: Drama | Song) -> Fact:
    return Fact(
        ref_of(entity),
        Relation.TITLED,
        ref_of(entity),
        _sources(entity) if isinstance(entity, Song) else entity.sources,
    )


def outcome(catalog: Catalog, row: Outcome) -> Fact:
    relation = Relation.WON if row.won else Relation.NOMINATED
    song, edition = catalog.songs[row.song_key], catalog.editions[row.edition_key]
    return Fact(ref_of(song), relation, ref_of(edition), row.sources)


def _sources(song: Song) -> tuple[str, ...]:
    """The song's own pages, or the chart's where there are none."""
    return song.sources or ((song.chart.source,) if song.chart else ())
