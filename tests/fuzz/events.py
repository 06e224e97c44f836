"""One thing that somebody does: a command, a press, a letter typed, a form sent; and how Discord would tell the bot."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Any

from simcord import interactions

CUSTOM_ID_MAX = 100  # Discord refuses longer ones before the bot hears of them
STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE = 3, 4, 5, 6, 7, 8
_LABEL, _TEXT_INPUT, _ROW = 18, 4, 1


class Kind(IntEnum):
    """Discord's types of interactions."""

    COMMAND = 2
    PRESS = 3
    TYPING = 4
    FORM = 5


class Who(StrEnum):
    """Who does it, and where."""

    MEMBER = "a member"
    ADMIN = "an admin"
    DIRECT = "a member in direct messages"
    OTHER_MEMBER = "another server's member"
    OTHER_ADMIN = "another server's admin"


class Known(StrEnum):
    """What forged ids would name: it is only known once the world stands."""

    GAME = "the game in the member's channel"
    TYPED_GAME = "the typed game in another channel of the server"
    ENDED_GAME = "a game that is over"
    OTHER_GAME = "another server's game"
    ROUND = "the number of an open round"
    BEA = "another member"
    DEE = "another server's member"
    OTHER_CHANNEL = "another server's channel"
    OTHER_GUILD = "another server"
    TODAY = "today"


Value = str | int | bool | Known
Form = tuple[tuple[str, Value | None], ...]


@dataclass(frozen=True)
class Option:
    """A command's option as it is filled in; ``kind`` is Discord's number for its type.

    Of people, channels and roles the value is the number of one of the world's, round and round.
    """

    name: str
    kind: int
    value: Value
    focused: bool = False
    channel_types: tuple[int, ...] = ()


@dataclass(frozen=True)
class Event:
    """``path`` are the words of a command; ``custom_id`` the parts of a component's or a form's id."""

    kind: Kind
    who: Who
    path: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    custom_id: tuple[Value, ...] = ()
    values: tuple[Value, ...] | None = None
    fields: Form = ()
    is_old_form: bool = False
    own_message: bool = True
    locale: str = "en-US"

    def data(self, world: Any) -> dict[str, Any]:
        """The interaction's ``data``."""
        if self.kind in (Kind.COMMAND, Kind.TYPING):
            return self._command(world)
        custom_id = ":".join(_said(world, part) for part in self.custom_id)[:CUSTOM_ID_MAX]
        if self.kind is Kind.FORM:
            return {"custom_id": custom_id, "components": [self._field(world, *field) for field in self.fields]}
        if self.values is None:
            return {"custom_id": custom_id, "component_type": 2}
        return {"custom_id": custom_id, "component_type": 3, "values": [_said(world, one) for one in self.values]}

    def _field(self, world: Any, name: str, value: Value | None) -> dict[str, Any]:
        typed = {"type": _TEXT_INPUT, "custom_id": name}
        if value is not None:
            typed["value"] = _said(world, value)
        if self.is_old_form:
            return {"type": _ROW, "components": [typed]}
        return {"type": _LABEL, "component": typed}

    def _command(self, world: Any) -> dict[str, Any]:
        root = world.commands[self.path[0]]
        resolved: dict[str, Any] = {}
        filled = [self._filled(world, option, resolved) for option in self.options]
        data = {"id": root["id"], "name": root["name"], "type": 1}
        data["options"] = interactions.nest_options(root, list(self.path[1:]), filled)
        return data | ({"resolved": resolved} if resolved else {})

    def _filled(self, world: Any, option: Option, resolved: dict[str, Any]) -> dict[str, Any]:
        shown: dict[str, Any] = {"name": option.name, "type": option.kind, "value": option.value}
        if isinstance(option.value, Known):
            shown["value"] = world.known[option.value]
        elif option.kind in (USER, CHANNEL, ROLE) and not option.focused:
            entities = world.scene.entities(self.who, option.kind, option.channel_types)
            entity = entities[int(option.value) % len(entities)]
            seat = world.scene.seats[self.who]
            interactions.resolve_handle(seat.actor, entity, resolved, channel_id=seat.channel.id)
            shown["value"] = str(entity.id)
        return shown | ({"focused": True} if option.focused else {})


def _said(world: Any, value: Value) -> str:
    return str(world.known[value] if isinstance(value, Known) else value)
