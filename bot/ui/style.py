"""The few colours and signs that make our messages look like one hand wrote them."""

from bot.domain.catalog import Catalog, Circle, Kind, Song

GOLD = 0xF2B632
SILVER = 0x9AA7B8
ROSE = 0xE8608A
BLUE = 0x5B8DEF

SIGN = {Kind.DRAMA: "🎬", Kind.SONG: "🎵", Kind.ARTIST: "🎤"}
TROPHY = "🏆"
CHART = "📈"
STAR = "⭐"
HEART = "♥"


COLOUR = {Circle.AWARDED: GOLD, Circle.NOMINATED: SILVER, Circle.CHARTED: BLUE}


def song_colour(catalog: Catalog, song: Song) -> int:
    """Gold for winners, silver for nominees, blue for the charted circle."""
    return COLOUR[catalog.circle(song.key)]


def laurels(catalog: Catalog, song: Song) -> str:
    """A song's standing in a list: how many awards, else whether nominated, else the chart."""
    match catalog.circle(song.key):
        case Circle.AWARDED:
            return f"{TROPHY} {catalog.wins(song.key)}"
        case Circle.NOMINATED:
            return STAR
        case Circle.CHARTED:
            return CHART
