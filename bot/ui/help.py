"""What /osthelp shows, and the choice of a language."""

from dataclasses import dataclass
from datetime import date

import discord

from bot.domain.catalog import Catalog, PartialDate

from .components import Choice, Components, button, custom_id, menu
from .i18n import LANGUAGE_NAMES, Language
from .names import day
from .replies import Reply
from .style import ROSE

AUTOMATIC = "auto"


@dataclass(frozen=True, slots=True)
class Facts:
    """What the bot knows of itself.

    ``latency_ms`` is None before the first heartbeat.
    """

    version: str
    newest_award: date | None
    latency_ms: int | None


def help_card(catalog: Catalog, facts: Facts, chosen: str | None, say: Language) -> Reply:
    """How to use the bot, what its catalog holds, who is to thank; a menu sets the reader's own language."""
    embed = discord.Embed(title="Ostinato", colour=ROSE)
    embed.description = say(
        "The award-winning soundtracks of Korean dramas: look them up, save them, and see where every fact comes from."
    )
    embed.add_field(name=say("Commands"), value=_commands(say), inline=False)
    embed.add_field(name=say("Good to know"), value=_hints(say), inline=False)
    embed.add_field(name=say("Catalog"), value=_catalog_line(catalog, facts, say), inline=False)
    embed.add_field(name=say("Credits"), value=_credits(say), inline=False)
    embed.set_footer(text=_footer(facts, say))
    return Reply(embed=embed, components=Components(_controls(chosen, say)))


def _commands(say: Language) -> str:
    return "\n".join(
        [
            say("`/ost` a drama, a song or an artist, in any script"),
            say("`/ostawards` winners and nominees of an award night"),
            say("`/osttop` the most-awarded songs, singers and dramas"),
            say("`/ostrandom` a card drawn at random"),
            say("`/ostsaved` what you saved with ♥"),
            say("`/osttoday` the OST of the day; `/dailypick setup` posts one a day to a channel"),
            say("`/trivia play` a quiz in this channel; `/trivia daily` five questions a day"),
        ]
    )


def _hints(say: Language) -> str:
    return "\n".join(
        [
            say("🏆 and gold: won an award. ⭐ and silver: nominated. 📈 and blue: charted."),
            say("⋯ on a song's card shows the source of every award and takes your corrections."),
        ]
    )


def _catalog_line(catalog: Catalog, facts: Facts, say: Language) -> str:
    songs = len(catalog.songs)
    dramas = len({song.drama_key for song in catalog.songs.values()})
    line = say(
        "{songs} songs from {dramas} dramas, {outcomes} wins and nominations",
        songs=songs,
        dramas=dramas,
        outcomes=len(catalog.outcomes),
    )
    if facts.newest_award is None:
        return line
    newest = PartialDate(facts.newest_award.year, facts.newest_award.month, facts.newest_award.day)
    return f"{line}\n{say('Newest award night: {day}', day=day(newest, say))}"


def _credits(say: Language) -> str:
    return say("Award facts from the organisers' own pages and the press; chart facts from Melon's monthly charts.")


def _footer(facts: Facts, say: Language) -> str:
    parts = [say("Version {version}", version=facts.version)]
    if facts.latency_ms is not None:
        parts.append(say("{milliseconds} ms to Discord", milliseconds=facts.latency_ms))
    return " · ".join(parts)


def _controls(chosen: str | None, say: Language) -> list[discord.ui.Item[discord.ui.View]]:
    return [_language_menu(chosen, say), button(say("Privacy"), custom_id("privacy"), row=1)]


def _language_menu(chosen: str | None, say: Language) -> discord.ui.Select[discord.ui.View]:
    automatic = Choice(say("As in my Discord settings"), AUTOMATIC, chosen=chosen is None)
    named = [Choice(name, code, chosen=code == chosen) for code, name in LANGUAGE_NAMES.items()]
    return menu(say("Your language"), custom_id("mylanguage"), [automatic, *named])


def server_language_set(code: str | None, say: Language) -> Reply:
    """Confirms ``/ostadmin language``, in the language just chosen."""
    if code is None:
        return Reply(content=say("What I post in this server now follows the server's own language setting."))
    return Reply(content=say("What I post in this server is now in {language}.", language=LANGUAGE_NAMES[code]))
