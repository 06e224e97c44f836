"""Cards that list songs: a drama's, an artist's, and what a member has saved. Ten a page, a menu opens one."""

from collections.abc import Sequence
from dataclasses import dataclass

import discord

from bot.domain.catalog import Artist, Catalog, Circle, Drama, Kind, Song
from bot.ui import names
from bot.ui.components import Components, button, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import BLUE, COLOUR, HEART, ROSE, laurels
from bot.ui.text import EMBED_AUTHOR_MAX, EMBED_DESCRIPTION_MAX, EMBED_TITLE_MAX, clip, escape, human_join

from ._choices import entity_choice

PAGE_SIZE = 10
_CAST_MAX = 4


@dataclass(frozen=True, slots=True)
class Listing:
    """Which songs are listed and which page of them is shown; ``target`` is what a page button's id begins with."""

    songs: Sequence[Song]
    target: tuple[str, ...]
    page: int = 0

    @property
    def pages(self) -> int:
        return max(1, -(-len(self.songs) // PAGE_SIZE))

    @property
    def current(self) -> int:
        """The page, from 0; a forged or outdated one becomes the nearest that exists."""
        return min(max(self.page, 0), self.pages - 1)

    @property
    def shown(self) -> Sequence[Song]:
        start = self.current * PAGE_SIZE
        return self.songs[start : start + PAGE_SIZE]


def drama_card(catalog: Catalog, drama: Drama, say: Language, page: int = 0) -> Reply:
    """A drama and its songs, awarded ones first. One without an award on record says so."""
    songs = catalog.songs_of_drama(drama.key)
    listing = Listing(songs, ("page", Kind.DRAMA, drama.key), page)
    first, second = names.titles(drama, say)
    embed = discord.Embed(title=clip(escape(first), EMBED_TITLE_MAX), colour=_colour(catalog, songs))
    embed.set_author(name=clip(" · ".join([say("Drama"), str(drama.year), *drama.networks]), EMBED_AUTHOR_MAX))
    cast = [actor.name_ko or actor.name if say.prefers_korean else actor.name for actor in drama.cast[:_CAST_MAX]]
    intro = [escape(second)] if second else []
    if cast:
        intro.append(say("With {cast}", cast=escape(human_join(cast, say(" and ")))))
    embed.description = _body(intro, _standing(catalog, songs, say), _drama_lines(catalog, listing, say))
    return _reply(embed, catalog, listing, say)


def artist_card(catalog: Catalog, artist: Artist, say: Language, page: int = 0) -> Reply:
    """An artist's drama songs, awarded ones first, with the total."""
    songs = catalog.songs_by_artist(artist.key)
    listing = Listing(songs, ("page", Kind.ARTIST, artist.key), page)
    first, second = names.titles(artist, say)
    embed = discord.Embed(title=clip(escape(first), EMBED_TITLE_MAX), colour=_colour(catalog, songs))
    embed.set_author(name=say("Artist"))
    intro = [escape(second)] if second else []
    embed.description = _body(intro, _standing(catalog, songs, say), _artist_lines(catalog, listing, say))
    return _reply(embed, catalog, listing, say)


def saved_list(catalog: Catalog, songs: Sequence[Song], say: Language, page: int = 0) -> Reply:
    """What a member has saved, newest first."""
    if not songs:
        text = say("Nothing saved yet. Press ♥ Save on any song's card and it waits for you here.")
        return Reply(embed=discord.Embed(description=text, colour=ROSE))
    listing = Listing(songs, ("saved",), page)
    embed = discord.Embed(title=f"{HEART} {say('Saved songs')}", colour=ROSE)
    standing = say.plural("{count} song", "{count} songs", len(songs))
    lines = [f"{_song_line(catalog, song, say)} · {_drama(catalog, song, say)}" for song in listing.shown]
    embed.description = _body([], standing, lines)
    return _reply(embed, catalog, listing, say)


def _body(intro: Sequence[str], standing: str, lines: Sequence[str]) -> str:
    head = "\n".join([*intro, f"**{standing}**"])
    return clip("\n\n".join(part for part in (head, "\n".join(lines)) if part), EMBED_DESCRIPTION_MAX)


def _colour(catalog: Catalog, songs: Sequence[Song]) -> int:
    """The best circle that any of the songs is in."""
    circles = {catalog.circle(song.key) for song in songs}
    return next((COLOUR[circle] for circle in Circle if circle in circles), BLUE)


def _standing(catalog: Catalog, songs: Sequence[Song], say: Language) -> str:
    """How many songs, and how many awards they won between them."""
    if not songs:
        return say("No award on record, and no charted song that we know of.")
    awards = sum(catalog.wins(song.key) for song in songs)
    count = say.plural("{count} song", "{count} songs", len(songs))
    won = say.plural("{count} award", "{count} awards", awards) if awards else say("no award on record")
    return f"{count} · {won}"


def _song_line(catalog: Catalog, song: Song, say: Language) -> str:
    return (
        f"{laurels(catalog, song)} **{escape(names.title(song, say))}** · {escape(names.artists(catalog, song, say))}"
    )


def _drama(catalog: Catalog, song: Song, say: Language) -> str:
    return escape(names.title(catalog.drama_of(song), say))


def _drama_lines(catalog: Catalog, listing: Listing, say: Language) -> list[str]:
    return [_song_line(catalog, song, say) for song in listing.shown]


def _artist_lines(catalog: Catalog, listing: Listing, say: Language) -> list[str]:
    return [
        f"{laurels(catalog, song)} **{escape(names.title(song, say))}** · {_drama(catalog, song, say)}"
        f" ({catalog.drama_of(song).year})"
        for song in listing.shown
    ]


def _reply(embed: discord.Embed, catalog: Catalog, listing: Listing, say: Language) -> Reply:
    items: list[discord.ui.Item[discord.ui.View]] = []
    if listing.songs:
        choices = [entity_choice(catalog, song, say) for song in listing.shown]
        items.append(menu(say("Open a song"), custom_id("pick", *listing.target[1:2]), choices, row=0))
    if listing.pages > 1:
        items.extend(_turning(listing))
        embed.set_footer(text=say("Page {page} of {pages}", page=listing.current + 1, pages=listing.pages))
    return Reply(embed=embed, components=Components(items))


def _turning(listing: Listing) -> list[discord.ui.Button[discord.ui.View]]:
    """Backward and forward; each carries the page it leads to, so they never share an id."""
    page = listing.current
    back = button("←", custom_id(*listing.target, page - 1), disabled=page == 0, row=1)
    onward = button("→", custom_id(*listing.target, page + 1), disabled=page + 1 == listing.pages, row=1)
    return [back, onward]
