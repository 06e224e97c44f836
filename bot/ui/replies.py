"""A reply as a value, and the three ways to give it: anew, in place, or privately."""

import re
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from io import BytesIO
from typing import Any

import discord

from .components import Components
from .text import CONTENT_MAX, EMBED_DESCRIPTION_MAX, EMBED_FIELD_VALUE_MAX, EMBED_TOTAL_MAX

PICTURE_NAME = "picture.png"
NO_MENTIONS = discord.AllowedMentions.none()

_COMMAND = re.compile(r"`/([a-z ]+)`")


@dataclass(frozen=True, slots=True)
class Reply:
    """What a message says. Treat the embed as frozen: replies are shared.

    ``picture`` is a PNG that the embed shows as ``attachment://picture.png``, ``document`` a file's name and content.
    """

    content: str | None = None
    embed: discord.Embed | None = None
    components: Components = field(default_factory=Components)
    picture: bytes | None = None
    document: tuple[str, bytes] | None = None

    def files(self) -> list[discord.File]:
        """Made anew for every sending, for the library uses each up."""
        named = [(PICTURE_NAME, self.picture)] if self.picture else []
        named += [self.document] if self.document else []
        return [discord.File(BytesIO(content), name) for name, content in named]


def clickable(reply: Reply, mentions: Mapping[str, str]) -> Reply:
    """The same reply, in which pressing a command begins to write it, under the name it has in the reader's language.

    ``mentions`` has the clickable form of each command whose id is known, by its name: ``</trivia play:123>`` by
    ``trivia play``. Where the longer text would break a limit of Discord's, the command stays as it is written.
    """
    content = _clickable(reply.content, mentions, CONTENT_MAX) if reply.content else reply.content
    embed = _clickable_embed(reply.embed, mentions) if reply.embed else reply.embed
    return replace(reply, content=content, embed=embed)


def _clickable_embed(embed: discord.Embed, mentions: Mapping[str, str]) -> discord.Embed:
    if not any("`/" in (text or "") for text in (embed.description, *(one.value for one in embed.fields))):
        return embed
    # Embed.copy shares the fields: https://github.com/Rapptz/discord.py/blob/v2.7.1/discord/embeds.py
    changed = deepcopy(embed)
    if embed.description:
        changed.description = _clickable(embed.description, mentions, EMBED_DESCRIPTION_MAX)
    for number, one in enumerate(embed.fields):
        value = _clickable(one.value or "", mentions, EMBED_FIELD_VALUE_MAX)
        changed.set_field_at(number, name=one.name, value=value, inline=one.inline)
    return changed if len(changed) <= EMBED_TOTAL_MAX else embed


def _clickable(text: str, mentions: Mapping[str, str], limit: int) -> str:
    linked = _COMMAND.sub(lambda found: mentions.get(found[1], found[0]), text)
    return linked if len(linked) <= limit else text


async def give(interaction: discord.Interaction[Any], reply: Reply, *, private: bool = False) -> None:
    """Answer with a new message, seen by all or only by the one who asked; as a follow-up if already answered."""
    reply = clickable(reply, interaction.client.command_mentions)
    message: dict[str, Any] = {
        "ephemeral": private,
        "allowed_mentions": NO_MENTIONS,
        "content": reply.content or discord.utils.MISSING,
        "embed": reply.embed or discord.utils.MISSING,
        "view": reply.components if reply.components.children else discord.utils.MISSING,
        "files": reply.files() or discord.utils.MISSING,
    }
    if interaction.response.is_done():
        await interaction.followup.send(**message)
    else:
        await interaction.response.send_message(**message)


async def turn(interaction: discord.Interaction[Any], reply: Reply) -> None:
    """Change the message that was pressed, if it is the presser's own; anybody else gets a private message."""
    if not owns_message(interaction):
        await give(interaction, reply, private=True)
        return
    reply = clickable(reply, interaction.client.command_mentions)
    edit = interaction.edit_original_response if interaction.response.is_done() else interaction.response.edit_message
    await edit(
        content=reply.content,
        embeds=[reply.embed] if reply.embed else [],
        attachments=reply.files(),
        view=reply.components,
        allowed_mentions=NO_MENTIONS,
    )


async def take_time(interaction: discord.Interaction[Any]) -> None:
    """Have Discord wait longer than three seconds for what ``give`` (to a command) or ``turn`` (to a press) shows."""
    is_private = interaction.type is discord.InteractionType.component and not owns_message(interaction)
    await interaction.response.defer(ephemeral=is_private, thinking=is_private)


def owns_message(interaction: discord.Interaction[Any]) -> bool:
    """Whether the message that was pressed answered the presser's own command or press."""
    message = interaction.message
    origin = message.interaction_metadata if message else None
    return origin is not None and origin.user.id == interaction.user.id
