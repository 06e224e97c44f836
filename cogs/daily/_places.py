"""Channels that picks go to: which they are, and what the bot may do there, by the cache alone."""

import discord

from bot.domain.daily.schedule import Setup
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


def tag_for(forum: discord.ForumChannel) -> discord.ForumTag | None:
    """The tag of a post there, if it needs one: the first that the bot may use. None, too, if there is no such tag."""
    if not forum.flags.require_tag:
        return None
    may_use_all = forum.permissions_for(forum.guild.me).manage_threads
    return next((tag for tag in forum.available_tags if may_use_all or not tag.moderated), None)


def trouble_there(place: Place) -> Trouble | None:
    """What the cache says would go wrong; asking it first saves Discord a request that it would refuse."""
    if not takes_messages(place):
        return Trouble.WRONG_CHANNEL_TYPE
    if isinstance(place, discord.ForumChannel) and place.flags.require_tag and tag_for(place) is None:
        return Trouble.TAG_REQUIRED
    return Trouble.NO_PERMISSION if missing(place) else None
