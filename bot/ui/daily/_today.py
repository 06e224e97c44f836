"""``/osttoday``: today's pick for whoever asks, and the past ones."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

import discord

from bot.domain.catalog import Catalog, Kind
from bot.domain.daily.facts import Fact
from bot.ui import names
from bot.ui.components import Choice, Components, button, custom_id, menu
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import ROSE, SIGN
from bot.ui.text import escape

from ._pick import pick_buttons, pick_card


def today(catalog: Catalog, song_key: str, facts: Sequence[Fact], saves: int, say: Language) -> Reply:
    """The pick as its card, with a button to the past ones."""
    song = catalog.songs[song_key]
    past = button(say("Past picks"), custom_id("pastpicks"), emoji="🗓️", row=1)
    card = pick_card(catalog, song, facts, saves, say)
    return replace(card, components=Components([*pick_buttons(catalog, song, saves, say), past]))


def not_yet(next_at: datetime | None, say: Language) -> str:
    """What stands over a pick that is not today's."""
    if next_at is None:
        return say("Paused: this was the latest.")
    return say("Today's comes {when}; this was the latest.", when=discord.utils.format_dt(next_at, "R"))


def past_picks(catalog: Catalog, picks: Sequence[tuple[date, str]], say: Language) -> Reply:
    """The latest picks, newest first; a menu opens one."""
    known = [(day, song) for day, key in picks if (song := catalog.songs.get(key))]
    if not known:
        return Reply(say("There are no past picks yet."))
    embed = discord.Embed(title=say("Past picks"), colour=ROSE)
    embed.description = "\n".join(
        f"`{day}` **{escape(names.title(song, say))}** · {escape(names.title(catalog.drama_of(song), say))}"
        for day, song in known
    )
    songs = dict.fromkeys(song for _, song in known)
    options = [Choice(names.title(song, say), f"{Kind.SONG}:{song.key}", emoji=SIGN[Kind.SONG]) for song in songs]
    return Reply(embed=embed, components=Components([menu(say("Open a song"), custom_id("pick", "past"), options)]))
