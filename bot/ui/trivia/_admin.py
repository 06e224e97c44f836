"""What admins are shown: the server's rules for trivia, and the question before points are reset."""

import discord

from bot.domain.trivia.rules import Rules
from bot.ui.components import Components, button, custom_id
from bot.ui.i18n import Language
from bot.ui.replies import Reply
from bot.ui.style import ROSE

from ._end import settings_line, title_of


def rules_card(rules: Rules, say: Language) -> Reply:
    """Where games may be played, who may start them, and how they go if nobody says otherwise."""
    embed = discord.Embed(title=say("Trivia in this server"), colour=ROSE)
    channels = ", ".join(f"<#{channel_id}>" for channel_id in sorted(rules.channel_ids))
    embed.add_field(name=say("Played in"), value=channels or say("every channel"), inline=False)
    starters = f"<@&{rules.starter_role_id}>" if rules.starter_role_id else say("everybody")
    embed.add_field(name=say("Started by"), value=starters, inline=False)
    change = say("Answers may be changed.") if rules.settings.may_change else say("Answers stand.")
    thread = say("Each game has its own thread.") if rules.settings.own_thread else say("Games go on in the channel.")
    usual = f"{title_of(rules.settings.mode, say)} · {settings_line(rules.settings, say)}\n{change} {thread}"
    embed.add_field(name=say("By default"), value=usual, inline=False)
    return Reply(embed=embed)


def reset_question(user_id: int | None, say: Language) -> Reply:
    """Asks for a second press before points are gone from the board."""
    if user_id is None:
        text = say("Take everybody's points off this server's scoreboard? This cannot be undone.")
    else:
        text = say("Take the points of <@{user}> off this server's scoreboard? This cannot be undone.", user=user_id)
    target = custom_id("trivia-reset", user_id or 0)
    confirm = button(say("Yes, reset"), target, style=discord.ButtonStyle.danger)
    return Reply(content=text, components=Components([confirm]))


def reset_done(say: Language) -> Reply:
    """Confirms the reset."""
    return Reply(content=say("Done: those points no longer count here."))
