"""What stands behind ⋯: the source of every fact, and a way to say that one is wrong."""

from typing import Any

import discord

from bot.domain.catalog import Catalog, Outcome, Song
from bot.ui import names
from bot.ui.components import Components, StatelessModal, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import STAR, TROPHY, song_colour
from bot.ui.text import EMBED_DESCRIPTION_MAX, EMBED_TITLE_MAX, MODAL_TITLE_MAX, clip, escape, fit_lines

from ._song import outcome_line

REPORT_MAX = 1000
REPORT_SOURCE_MAX = 300


def sources(catalog: Catalog, song: Song, say: Language) -> Reply:
    """Every award of a song with the pages that state it, then where the song's other facts come from."""
    lines = [_sourced(catalog, outcome, say) for outcome in catalog.outcomes_of(song.key)]
    if song.chart:
        lines.append(say("Chart: {pages}", pages=_pages((song.chart.source,))))
    if song.sources:
        lines.append(say("Song: {pages}", pages=_pages(song.sources)))
    lines.append(say("Drama: {pages}", pages=_pages(catalog.drama_of(song).sources)))
    title = say("Sources for {title}", title=escape(names.title(song, say)))
    embed = discord.Embed(title=clip(title, EMBED_TITLE_MAX), colour=song_colour(catalog, song))
    embed.description = fit_lines(lines, EMBED_DESCRIPTION_MAX, say("… and {count} more"))
    report = button(say("Report a mistake"), custom_id("report", song.key), emoji="🚩")
    return Reply(embed=embed, components=Components([report]))


def _sourced(catalog: Catalog, outcome: Outcome, say: Language) -> str:
    line = outcome_line(catalog, outcome, say)
    return f"{TROPHY if outcome.won else STAR} {line}\n↳ {_pages(outcome.sources)}"


def _pages(addresses: tuple[str, ...]) -> str:
    """Links named after their sites."""
    return " · ".join(f"[{_site(address)}]({_safe(address)})" for address in addresses)


def _site(address: str) -> str:
    return address.split("/")[2].removeprefix("www.").removeprefix("m.").replace("_", "\\_")


def _safe(address: str) -> str:
    return address.replace("(", "%28").replace(")", "%29")


def report_modal(song: Song, say: Language) -> discord.ui.Modal:
    """Asks what is wrong about a song; submits as ``reported`` with ``text`` and ``source``."""
    modal = StatelessModal(
        title=clip(say("Report a mistake"), MODAL_TITLE_MAX), custom_id=custom_id("reported", song.key)
    )
    what: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="text", style=discord.TextStyle.paragraph, min_length=3, max_length=REPORT_MAX
    )
    where: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id="source", required=False, max_length=REPORT_SOURCE_MAX, placeholder="https://…"
    )
    modal.add_item(discord.ui.Label(text=say("What is wrong, and what is right?"), component=what))
    modal.add_item(discord.ui.Label(text=say("A page that says so (optional)"), component=where))
    return modal


def reported(say: Language) -> Reply:
    return Reply(content=say("Thank you! Your report is stored, and somebody will look at the sources."))
