"""A game's channel: messages sent and changed there, and what it means when Discord refuses them."""

import asyncio
from typing import Any

import discord

from bot.client import OstBot
from bot.domain.trivia.errors import CannotWriteHere
from bot.domain.trivia.game import EndReason, Game
from bot.ui.replies import Reply
from bot.ui.text import THREAD_NAME_MAX, clip

_UNKNOWN_CHANNEL = 10003
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_UNKNOWN_MESSAGE = 10008
_THREAD_ARCHIVED = 50083
_THREAD_LOCKED = 160005

_PATIENCE_S = 30.0  # the library's HTTP client would let a game wait for five minutes


class ChannelLost(Exception):
    """The game cannot go on there; ``reason`` says why."""

    def __init__(self, reason: EndReason) -> None:
        super().__init__(reason)
        self.reason = reason


class MessageGone(Exception):
    """Somebody has deleted the message."""


async def send(bot: OstBot, game: Game, reply: Reply, nonce: str) -> int:
    """The id of a new message in the game's channel. For some minutes a nonce makes one message, however often it is
    sent: the id may be that of a message sent before. Raises ChannelLost, or what else is wrong.
    """
    channel = bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)
    fields: dict[str, Any] = {"content": reply.content, "view": reply.components, "nonce": nonce}
    if reply.embed:
        fields["embed"] = reply.embed
    try:
        async with asyncio.timeout(_PATIENCE_S):
            return (await channel.send(**fields)).id
    except discord.HTTPException as error:
        if lost := _lost(error):
            raise lost from error
        raise


async def edit(bot: OstBot, game: Game, message_id: int, reply: Reply) -> None:
    """Change a message of the bot's there. Raises MessageGone, ChannelLost, or what else is wrong."""
    channel = bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)
    embeds = [reply.embed] if reply.embed else []
    message = channel.get_partial_message(message_id)
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await message.edit(content=reply.content, embeds=embeds, view=reply.components)
    except discord.HTTPException as error:
        if error.code == _UNKNOWN_MESSAGE:
            raise MessageGone from error
        if lost := _lost(error):
            raise lost from error
        raise


def takes_threads(channel: object) -> bool:
    """Whether a thread for a game can be opened there."""
    return isinstance(channel, discord.TextChannel) and not channel.is_news()


async def open_thread(bot: OstBot, channel_id: int, name: str) -> int:
    """The id of a new thread of the channel. Raises CannotWriteHere where Discord knows better than our cache."""
    channel = bot.get_channel(channel_id)
    if not isinstance(channel, discord.TextChannel):
        raise CannotWriteHere(("view_channel",))
    try:
        thread = await channel.create_thread(
            name=clip(name, THREAD_NAME_MAX),
            type=discord.ChannelType.public_thread,
            auto_archive_duration=60,  # minutes without a word
        )
    except discord.Forbidden as error:
        raise CannotWriteHere(("create_public_threads",)) from error
    return thread.id


def _lost(error: discord.HTTPException) -> ChannelLost | None:
    """None where it says nothing of the channel; a closed thread is as good as gone."""
    if error.code in (_UNKNOWN_CHANNEL, _THREAD_ARCHIVED, _THREAD_LOCKED):
        return ChannelLost(EndReason.CHANNEL_GONE)
    if isinstance(error, (discord.NotFound, discord.Forbidden)):
        return ChannelLost(EndReason.NOT_ALLOWED)
    return None
