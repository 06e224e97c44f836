"""Buttons and menus that work for ever: each says in its ``custom_id`` what it does, and the bot keeps no state for it.

A ``custom_id`` is ``o1:<action>[:<argument>…]``. ``o1`` is the version: when the meaning of an action changes,
the version does, and the old buttons get a friendly answer instead of a wrong one.
"""

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import discord

from bot.domain.errors import Gone

from .text import BUTTON_LABEL_MAX, CUSTOM_ID_MAX, SELECT_DESCRIPTION_MAX, SELECT_LABEL_MAX, clip

VERSION = "o1"
_SEPARATOR = ":"
_NUMBER_MAX = 2**63 - 1  # what a database keeps; Discord's ids are no larger


def custom_id(action: str, *arguments: object) -> str:
    """The id of a component; raises ValueError where Discord would refuse it."""
    text = _SEPARATOR.join([VERSION, action, *map(str, arguments)])
    if len(text) > CUSTOM_ID_MAX:
        raise ValueError(f"custom_id of {len(text)} characters, Discord takes {CUSTOM_ID_MAX}: {text}")
    return text


def number_of(text: str) -> int:
    """A number out of a custom_id, 0 or more; raises Gone for what none of our buttons holds."""
    if not (text.isascii() and text.isdecimal()) or int(text) > _NUMBER_MAX:
        raise Gone(text)
    return int(text)


def read_custom_id(text: str) -> tuple[str, list[str]] | None:
    """(action, arguments) of an id of ours; None for one of another version or another bot."""
    version, *rest = text.split(_SEPARATOR)
    return (rest[0], rest[1:]) if version == VERSION and rest else None


Handler = Callable[..., Coroutine[Any, Any, None]]
HandlerT = TypeVar("HandlerT", bound=Handler)


def on_press(action: str) -> Callable[[HandlerT], HandlerT]:
    """Marks a cog's method as the answer to components and modals of that action.

    It is called with the interaction and the id's arguments (text; anybody may forge them); the values
    chosen in a menu are in ``interaction.data``.
    """

    def mark(handler: HandlerT) -> HandlerT:
        handler.__ostinato_action__ = action  # type: ignore[attr-defined] # a mark that only `handlers_of` reads
        return handler

    return mark


def handlers_of(cog: object) -> dict[str, Handler]:
    """The methods of ``cog`` marked with :func:`on_press`, by action."""
    marked = (getattr(cog, name) for name in dir(cog) if hasattr(getattr(type(cog), name, None), "__ostinato_action__"))
    return {handler.__ostinato_action__: handler for handler in marked}


class Components(discord.ui.View):
    """A message's rows of components, as a value: it can be built once and sent many times.

    discord.py keeps a view in memory to answer its presses; this one says it is finished, so it is only sent.
    """

    def __init__(self, items: Sequence[discord.ui.Item[Any]] = ()) -> None:
        super().__init__(timeout=None)
        for item in items:
            self.add_item(item)
        self._payload = super().to_components()

    def to_components(self) -> list[dict[str, Any]]:
        return self._payload

    def is_finished(self) -> bool:
        return True


class StatelessModal(discord.ui.Modal):
    """A modal that discord.py only sends: its answer is recognised by ``custom_id``, also after a restart."""

    def is_finished(self) -> bool:
        return True


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu."""

    label: str
    value: str
    description: str | None = None
    emoji: str | None = None
    chosen: bool = False


def button(
    label: str | None,
    target: str,
    *,
    emoji: str | None = None,
    style: discord.ButtonStyle = discord.ButtonStyle.secondary,
    disabled: bool = False,
    row: int | None = None,
) -> discord.ui.Button[Any]:
    shown = clip(label, BUTTON_LABEL_MAX) if label else None
    return discord.ui.Button(label=shown, custom_id=target, emoji=emoji, style=style, disabled=disabled, row=row)


def menu(
    placeholder: str, target: str, choices: Sequence[Choice], *, row: int | None = None, any_number: bool = False
) -> discord.ui.Select[Any]:
    """One choice of several, or ``any_number`` of them, none included."""
    options = [
        discord.SelectOption(
            label=clip(choice.label, SELECT_LABEL_MAX),
            value=choice.value,
            description=clip(choice.description, SELECT_DESCRIPTION_MAX) if choice.description else None,
            emoji=choice.emoji,
            default=choice.chosen,
        )
        for choice in choices
    ]
    least, most = (0, len(options)) if any_number else (1, 1)
    return discord.ui.Select(
        custom_id=target, placeholder=placeholder, options=options, row=row, min_values=least, max_values=most
    )


def chosen_value(interaction: discord.Interaction[Any]) -> str:
    """The first value chosen in a menu; empty where there is none (anybody may send what no client would)."""
    return (chosen_values(interaction) or [""])[0]


def chosen_values(interaction: discord.Interaction[Any]) -> list[str]:
    """All values chosen in a menu."""
    data: dict[str, Any] = dict(interaction.data or {})
    return [str(value) for value in data.get("values") or ()]


def submitted_texts(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What was typed into a modal, by the custom_id of its inputs."""
    data: dict[str, Any] = dict(interaction.data or {})
    rows = data.get("components", [])
    inputs = [row["component"] for row in rows if "component" in row]
    return {str(one["custom_id"]): str(one.get("value") or "") for one in inputs if "custom_id" in one}
