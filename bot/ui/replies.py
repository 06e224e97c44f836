"""A reply as a value, and the three ways to give it: anew, in place, or privately."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import discord

from .components import Components

PICTURE_NAME = "picture.png"
NO_MENTIONS = discord.AllowedMentions.none()


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


async def give(interaction: discord.Interaction[Any], reply: Reply, *, private: bool = False) -> None:
    """Answer with a new message, seen by all or only by the one who asked; as a follow-up if already answered."""
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
