"""A catalog by hand, full of traps: namesakes, remakes, shared prizes, covers, stations with like names."""

from datetime import date

from bot.domain.catalog import (
    Actor,
    Artist,
    ArtistKind,
    Award,
    AwardNature,
    Catalog,
    Confidence,
    Drama,
    Edition,
    Outcome,
    PartialDate,
    Result,
    Song,
)

PAGE = ("https://example.org/page",)
NETWORKS = ("SBS", "MBC", "KBS2", "tvN", "JTBC")


def drama(key: str, title: str, title_ko: str, year: int, network: str = "tvN", cast: tuple[Actor, ...] = ()) -> Drama:
    return Drama(key, title, title_ko, year, networks=(network,), cast=cast, sources=PAGE)


def song(key: str, title: str | None, title_ko: str, artists: str, drama_key: str, year: int) -> Song:
    released = PartialDate(year, 3, 1)
    return Song(key, title, title_ko, tuple(artists.split()), drama_key, released=released, sources=PAGE)


def edition(key: str, year: int, night: date | None = None, **facts: bool) -> Edition:
    return Edition(key, key.partition("/")[0], year, "Best OST", "베스트 OST", AwardNature.JURY, date=night, **facts)


def outcome(song_key: str, edition_key: str, result: Result = Result.WON) -> Outcome:
    return Outcome(song_key, edition_key, result, Confidence.HIGH, PAGE)


def crowd() -> tuple[list[Drama], list[Song], list[Artist]]:
    """Sixty dramas of five stations, each with one song of its own singer: company for what a test adds."""
    dramas = [
        drama(f"drama-{n}", f"Show {'abcdefgh'[n % 8]}{n}", f"쇼{n}", 2000 + n % 20, NETWORKS[n % 5]) for n in range(60)
    ]
    songs = [song(f"song-{n}", f"Tune {n}", f"곡{n}", f"singer-{n}", f"drama-{n}", 2000 + n % 20) for n in range(60)]
    singers = [Artist(f"singer-{n}", f"Singer {n}", f"가수{n}", kind=ArtistKind.SOLO) for n in range(60)]
    return dramas, songs, singers


def catalog_of(
    dramas: list[Drama] = (),
    songs: list[Song] = (),
    artists: list[Artist] = (),
    editions: list[Edition] = (),
    outcomes: list[Outcome] = (),
) -> Catalog:
    """What is given, among the crowd."""
    other_dramas, other_songs, other_artists = crowd()
    return Catalog(
        dramas=[*dramas, *other_dramas],
        songs=[*songs, *other_songs],
        artists=[*artists, *other_artists],
        awards=[Award("mama", "MAMA", "마마")],
        editions=editions,
        outcomes=outcomes,
    )
