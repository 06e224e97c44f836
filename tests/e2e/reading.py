"""What a member reads and can press in a message."""

from collections.abc import Iterator
from typing import Any

from simcord.results import InteractionResult, ResponseMessage


def controls(message: ResponseMessage) -> Iterator[dict[str, Any]]:
    """Every button and menu."""
    for row in message.components:
        yield from row["components"]


def labels(message: ResponseMessage) -> list[str]:
    return [str(one["label"]) for one in controls(message) if one.get("label")]


def options(message: ResponseMessage) -> list[dict[str, Any]]:
    """The lines of the message's menu."""
    return next((one["options"] for one in controls(message) if "options" in one), [])


def text(message: ResponseMessage) -> str:
    """Content and embeds as one text."""
    parts = [message.content]
    for embed in message.embeds:
        parts += [embed.author.name, embed.title, embed.description, embed.footer.text]
        for field in embed.fields:
            parts += [field.name, field.value]
    return "\n".join(part for part in parts if part)


def answer(result: InteractionResult) -> ResponseMessage:
    """The one message that answered, which must exist."""
    assert result.response is not None, f"no answer: {result}"
    return result.response
