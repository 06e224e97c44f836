"""Whether the bot may do what it was set up to do in each server's channel."""

from collections import Counter

import discord

from bot.domain.daily.tags import tagging
from bot.domain.daily.trouble import UNKNOWN_CHANNEL
from bot.domain.members import GUILD_KEPT
from bot.domain.permissions import needed_to_post
from bot.explain import explain
from bot.settings import Settings
from bot.storage.errors import DatabaseError
from bot.storage.inspection import Place, Use, places

from ._findings import Finding, ok, warning

_USES = {Use.DAILY: "daily picks", Use.TRIVIA: "trivia"}
_COMMANDS = {Use.DAILY: "/dailypick setup", Use.TRIVIA: "/ostadmin trivia"}


async def look_at_permissions(settings: Settings, client: discord.Client) -> list[Finding]:
    """One finding for each channel where something is missing, or one that says that nothing is."""
    try:
        chosen = await places(settings.database_url)
    except DatabaseError as problem:
        remedy = "Mend what is said of the database, or look whether its server runs."
        return [warning("permissions", f"No channel was looked at: {explain(problem)}", remedy)]
    found = [finding for place in chosen if (finding := await _look(place, client))]
    counts = Counter(place.use for place in chosen)
    message = f"Nothing is missing in {counts[Use.DAILY]} channels for daily picks and {counts[Use.TRIVIA]} for trivia."
    return found or [ok("permissions", message)]


async def _look(place: Place, client: discord.Client) -> Finding | None:
    where = f"Server {place.guild_id}, channel {place.channel_id} ({_USES[place.use]})"
    try:
        lacking = await _lacking(place, client)
    except discord.NotFound as unknown:
        if unknown.code != UNKNOWN_CHANNEL:
            remedy = f"Nothing to do: what is kept of it goes {GUILD_KEPT.days} days after the bot left."
            return warning("permissions", f"{where}: the bot is no longer in that server.", remedy)
        remedy = f"Its admins choose another by {_COMMANDS[place.use]}."
        return warning("permissions", f"{where}: it no longer exists.", remedy)
    except discord.Forbidden:
        return warning("permissions", f"{where}: the bot may not see it.", "Its admins let the bot see the channel.")
    return warning("permissions", f"{where}: {lacking[0]}", lacking[1]) if lacking else None


async def _lacking(place: Place, client: discord.Client) -> tuple[str, str] | None:
    """What the bot cannot do there, and how to mend it."""
    if client.user is None:
        return None
    guild = await client.fetch_guild(place.guild_id, with_counts=False)
    me = await guild.fetch_member(client.user.id)
    channel = await guild.fetch_channel(place.channel_id)
    needed = needed_to_post(in_thread=isinstance(channel, discord.Thread))
    if isinstance(channel, discord.Thread):
        channel = await guild.fetch_channel(channel.parent_id)
    elif place.opens_thread:
        needed += ("create_public_threads",)
    may = channel.permissions_for(me)
    if missing := [name.replace("_", " ") for name in needed if not getattr(may, name)]:
        return f"missing {', '.join(missing)}.", "Its admins allow that to the bot's role there."
    if isinstance(channel, discord.ForumChannel) and place.use is Use.DAILY:
        asked_for, moderator = channel.flags.require_tag, may.manage_threads
        if tagging(channel.available_tags, None, asked_for=asked_for, moderator=moderator).impossible:
            remedy = f"Its admins add one, or choose another channel by {_COMMANDS[place.use]}."
            return "the forum asks for a tag, and has none that the bot may give.", remedy
    return None
