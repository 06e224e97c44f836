"""A game's channel: messages sent and changed there, and what it means when Discord refuses them."""

from typing import Any

import discord

from bot.client import OstBot
from bot.domain.trivia.game import EndReason, Game
from bot.ui.replies import Reply

_UNKNOWN_CHANNEL = 10003
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_UNKNOWN_MESSAGE = 10008


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
        return (await channel.send(**fields)).id
    except (discord.NotFound, discord.Forbidden) as error:
        raise _lost(error) from error


async def edit(bot: OstBot, game: Game, message_id: int, reply: Reply) -> None:
    """Change a message of the bot's there. Raises MessageGone, ChannelLost, or what else is wrong."""
    channel = bot.get_partial_messageable(game.channel_id, guild_id=game.guild_id)
    embeds = [reply.embed] if reply.embed else []
    try:
        await channel.get_partial_message(message_id).edit(content=reply.content, embeds=embeds, view=reply.components)
    except (discord.NotFound, discord.Forbidden) as error:
        if error.code == _UNKNOWN_MESSAGE:
            raise MessageGone from error
        raise _lost(error) from error


def _lost(error: discord.HTTPException) -> ChannelLost:
    return ChannelLost(EndReason.CHANNEL_GONE if error.code == _UNKNOWN_CHANNEL else EndReason.NOT_ALLOWED)
