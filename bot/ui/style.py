"""The few colours and signs that make our messages look like one hand wrote them."""

from bot.domain.catalog import Catalog, Kind, Song

GOLD = 0xF2B632
SILVER = 0x9AA7B8
ROSE = 0xE8608A
BLUE = 0x5B8DEF

SIGN = {Kind.DRAMA: "🎬", Kind.SONG: "🎵", Kind.ARTIST: "🎤"}
TROPHY = "🏆"
CHART = "📈"
STAR = "⭐"
HEART = "♥"


def song_colour(catalog: Catalog, song: Song) -> int:
    """Gold for winners, silver for nominees, blue for the charted circle."""
    if catalog.wins(song.key):
        return GOLD
    return SILVER if catalog.outcomes_of(song.key) else BLUE


def laurels(catalog: Catalog, song: Song) -> str:
    """A song's standing in a list: how many awards, else whether nominated, else the chart."""
    if wins := catalog.wins(song.key):
        return f"{TROPHY} {wins}"
    return STAR if catalog.outcomes_of(song.key) else CHART
