"""Catalogs built by hand, for tests: say who won what, the rest is filled in."""

from datetime import date

from bot.domain.catalog import (
    Artist,
    Award,
    AwardNature,
    Catalog,
    ChartRun,
    Confidence,
    Drama,
    Edition,
    Outcome,
    PartialDate,
    Result,
    Song,
)

CHARTED = ChartRun(PartialDate(2017, 1), PartialDate(2017, 4), 4, "https://example.org")


def song(key, drama="goblin", artists=("ailee",), released=None, chart=None):
    return Song(key, key.title(), key, tuple(artists), drama, released=released, chart=chart)


def drama(key, year=2016, premiere=None, networks=("tvN",)):
    return Drama(key, key.title(), key, year, premiere=premiere, networks=networks)


def edition(key, year, night=None, nature=AwardNature.JURY, number=None, gap=None):
    return Edition(key, key.partition("/")[0], year, "Best OST", "베스트 OST", nature, number, night, gap=gap)


def won(song_key, edition_key):
    return Outcome(song_key, edition_key, Result.WON, Confidence.HIGH, ("https://example.org",))


def nominated(song_key, edition_key):
    return Outcome(song_key, edition_key, Result.NOMINATED, Confidence.HIGH, ("https://example.org",))


def catalog(songs=(), outcomes=(), editions=(), dramas=()):
    """Dramas, artists and awards that are named but not given are made up."""
    given = {d.key: d for d in dramas}
    return Catalog(
        dramas=[given.get(key, drama(key)) for key in sorted({s.drama_key for s in songs} | set(given))],
        songs=songs,
        artists=[Artist(key, key.title(), key) for key in sorted({key for s in songs for key in s.artist_keys})],
        awards=[Award(key, key.upper(), key) for key in sorted({e.award_key for e in editions})],
        editions=editions,
        outcomes=outcomes,
    )


def day(text):
    return date.fromisoformat(text)
