"""Channels that picks go to: which they are, and what the bot may do there, by the cache alone."""

import discord

from bot.domain.daily.schedule import Setup
from bot.domain.daily.tags import Tagging, tagging, usable_tags
from bot.domain.daily.trouble import Trouble
from bot.domain.permissions import needed_to_post

Place = discord.abc.GuildChannel | discord.Thread


def is_forum(place: Place | None) -> bool:
    return isinstance(place, discord.ForumChannel)


def takes_messages(place: Place) -> bool:
    return isinstance(place, (discord.TextChannel, discord.Thread, discord.ForumChannel))


def missing(place: Place) -> tuple[str, ...]:
    """Discord's names of the permissions that a post there needs and the bot lacks."""
    may = place.permissions_for(place.guild.me)
    needed = needed_to_post(in_thread=isinstance(place, discord.Thread))
    return tuple(name for name in needed if not getattr(may, name))


def missing_for(setup: Setup, place: Place) -> tuple[str, ...]:
    """Likewise for all that was asked for: the thread under each pick and the ping, too."""
    may, lacking = place.permissions_for(place.guild.me), missing(place)
    role = place.guild.get_role(setup.role_id) if setup.role_id else None
    if setup.opens_thread and isinstance(place, discord.TextChannel) and not may.create_public_threads:
        lacking += ("create_public_threads",)
    if role and not role.mentionable and not may.mention_everyone:
        lacking += ("mention_everyone",)
    return lacking


def may_look(place: Place | None) -> bool:
    """Whether its history may be read."""
    if place is None or place.guild.me is None:
        return False
    may = place.permissions_for(place.guild.me)
    return may.view_channel and may.read_message_history


def tags_of(place: object) -> list[discord.ForumTag]:
    """The tags that a post there may get from the bot: none outside of forums."""
    if not isinstance(place, discord.ForumChannel):
        return []
    return usable_tags(place.available_tags, moderator=_moderates(place))


def tagging_in(place: Place | None, chosen_id: int | None) -> Tagging:
    """How posts there are tagged, for which admins chose that tag, or none."""
    if not isinstance(place, discord.ForumChannel):
        return Tagging()
    asked_for = place.flags.require_tag
    return tagging(place.available_tags, chosen_id, asked_for=asked_for, moderator=_moderates(place))


def _moderates(forum: discord.ForumChannel) -> bool:
    return forum.permissions_for(forum.guild.me).manage_threads


def trouble_there(place: Place) -> Trouble | None:
    """What the cache says would go wrong; asking it first saves Discord a request that it would refuse."""
    if not takes_messages(place):
        return Trouble.WRONG_CHANNEL_TYPE
    if tagging_in(place, None).impossible:
        return Trouble.TAG_REQUIRED
    return Trouble.NO_PERMISSION if missing(place) else None
