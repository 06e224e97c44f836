"""Catalogs of any size whose titles are made of the words of the shipped one."""

import random

from bot.domain.catalog import Artist, Catalog, Drama, PartialDate, Song


def synthetic_catalog(shipped: Catalog, songs: int, rng: random.Random) -> Catalog:
    """``songs`` songs, a tenth as many dramas and an eighth as many artists, English and Korean titles each.

    Words are drawn as often as the shipped titles use them, so common words are as common as they really are.
    """
    english = [word for song in shipped.songs.values() for word in (song.title or "").split()]
    english += [word for drama in shipped.dramas.values() for word in drama.title.split()]
    korean = [word for song in shipped.songs.values() for word in song.title_ko.split()]
    korean += [word for drama in shipped.dramas.values() for word in drama.title_ko.split()]
    names = [(artist.name.split(), artist.name_ko) for artist in shipped.artists.values()]

    def title(words: list[str]) -> str:
        return " ".join(rng.choices(words, k=rng.choice((1, 2, 2, 3, 3, 4, 5))))

    def artist(number: int) -> Artist:
        (*first, _), (*_, last) = rng.choice(names)[0], rng.choice(names)[0]
        syllables = "".join(rng.choice(names)[1][:2] for _ in range(2))
        return Artist(f"artist-{number}", " ".join([*first, last]), syllables)

    dramas = [Drama(f"drama-{n}", title(english), title(korean), rng.randint(1995, 2026)) for n in range(songs // 10)]
    artists = [artist(n) for n in range(songs // 8)]
    return Catalog(
        dramas=dramas,
        artists=artists,
        songs=[
            Song(
                key=f"song-{n}",
                title=title(english),
                title_ko=title(korean),
                artist_keys=(rng.choice(artists).key,),
                drama_key=(drama := rng.choice(dramas)).key,
                released=PartialDate(drama.year, 1),
            )
            for n in range(songs)
        ],
        awards=[],
        editions=[],
        outcomes=[],
    )


def synthetic_queries(catalog: Catalog, count: int, rng: random.Random) -> list[str]:
    """What people type of such a catalog: titles, halves, slips, spaces left out, two fields, nonsense."""
    songs = list(catalog.songs.values())
    queries = []
    for number in range(count):
        song = rng.choice(songs)
        title = rng.choice((song.title or song.title_ko, song.title_ko))
        drama = catalog.drama_of(song)
        artist = catalog.artists_of(song)[0]
        place = rng.randrange(len(title))
        queries.append(
            (
                title,
                title[: place + 1],
                title[:place] + title[place + 1 :],
                title.replace(" ", ""),
                f"{artist.name} {drama.title}",
                f"{title} {artist.name_ko}",
                f"{drama.title_ko} ost",
                "".join(rng.choices("abcdefghijklmnopqrstuvwxyz", k=rng.randint(4, 12))),
            )[number % 8]
        )
    return queries
