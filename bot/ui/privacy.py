"""What is kept about a member, why and for how long; and the way to have it sent or deleted."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import discord

from bot.domain.members import GUILD_KEPT

from .components import Components, button, custom_id
from .i18n import Language
from .replies import Reply
from .style import ROSE

FILE_NAME = "ostinato-my-data.json"


def kept(say: Language) -> dict[str, str]:
    """What is kept about a member and why, by the table that holds it; a test asks for every such table."""
    return {
        "member": say("Your language, if you chose one: to answer you in it."),
        "saved_song": say("The songs you saved with ♥: to show you your list."),
        "correction": say("The mistakes you reported: to set them right."),
        "daily_schedule": say("That you set up a server's daily pick: to tell you if it cannot be posted."),
        "trivia_game": say("That you started a game of trivia: to let you end it."),
        "trivia_answer": say(
            "Your answers in trivia; of typed ones, only whether they were right: to judge each only once."
        ),
        "trivia_score": say("Your points in trivia: for scoreboards and your profile."),
        "trivia_daily_answer": say("Your answers to the daily quiz: for its board and your streak."),
    }


def privacy_card(backup_days: int, say: Language) -> Reply:
    """What is kept, why, how long; ``backup_days`` later nothing is left in a backup either."""
    embed = discord.Embed(title=say("Privacy"), colour=ROSE)
    embed.description = "\n".join(
        [say("What I keep about you, and why:"), *(f"- {line}" for line in kept(say).values())]
    )
    embed.add_field(name=say("For how long"), value=" ".join(_how_long(backup_days, say)), inline=False)
    embed.add_field(name=say("What is not kept"), value=_not_kept(say), inline=False)
    buttons = [
        button(say("Export my data"), custom_id("exportme")),
        button(say("Delete my data"), custom_id("forgetme"), style=discord.ButtonStyle.danger),
    ]
    return Reply(embed=embed, components=Components(buttons))


def _how_long(backup_days: int, say: Language) -> Iterator[str]:
    yield say("Until you delete it here.")
    yield say("A server's settings and scores go {days} days after I left it.", days=GUILD_KEPT.days)
    if backup_days:
        yield _in_backups(backup_days, say)


def _in_backups(backup_days: int, say: Language) -> str:
    return say("Backups lose it at most {days} days later.", days=backup_days)


def _not_kept(say: Language) -> str:
    return say("What you look up, your name and your picture. The log holds Discord's ids, never what you write.")


def export_file(member_id: int, rows: Mapping[str, list[dict[str, Any]]], now: datetime, say: Language) -> Reply:
    """Everything about the member as a JSON file."""
    content = {"member_id": str(member_id), "exported_at": now.isoformat(), "tables": rows}
    document = json.dumps(content, ensure_ascii=False, indent=2).encode()
    text = say("Here is everything I keep about you.") if rows else say("I keep nothing about you.")
    return Reply(content=text, document=(FILE_NAME, document))


def confirm_deletion(say: Language) -> Reply:
    """Asks once more; nothing has happened yet."""
    text = say("Delete everything I keep about you? This cannot be undone.")
    text += " " + say("Your points stay on the boards of servers, but nobody can tell they were yours.")
    buttons = [
        button(say("Yes, delete it all"), custom_id("forgetmenow"), style=discord.ButtonStyle.danger),
        button(say("No, keep it"), custom_id("keepmine")),
    ]
    return Reply(content=text, components=Components(buttons))


def deleted(backup_days: int, say: Language) -> Reply:
    """Confirms that it is done."""
    text = say("Done: I no longer keep anything about you.")
    return Reply(content=f"{text} {_in_backups(backup_days, say)}" if backup_days else text)
