"""What is thrown: made by Hypothesis from the command tree and from the actions that the bot answers."""

import inspect
from collections.abc import Iterable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

from discord import app_commands
from hypothesis import strategies as st

from bot.ui.components import VERSION, handlers_of
from tests.fuzz.events import BOOLEAN, INTEGER, STRING, Event, Kind, Known, Option, Value, Who
from tests.fuzz.texts import KEYS, texts

OPTION_MAX = 6000
NUMBER_MAX = 2**53 - 1  # Discord takes no larger one
LOCALES = ("en-US", "ko", "de", "zh-TW", "ar")
GUESS_FIELDS = ("text", "source", "guess")

_numbers = st.one_of(
    st.sampled_from(
        ["0", "1", "2", "4", "-1", "00", "1e9", "0x1", "1_0", " 1", "+1", "١", "²", "१२", "", "NaN", "1.5"]
    ),
    st.sampled_from([str(2**63 - 1), str(2**63), str(10**19 - 1), str(-(2**63) - 1), "9" * 90]),
    st.integers(-3, 40).map(str),
)
_games = st.sampled_from([Known.GAME, Known.GAME, Known.TYPED_GAME, Known.ENDED_GAME, Known.OTHER_GAME])
_rounds = st.one_of(st.just(Known.ROUND), st.sampled_from(["0", "1", "2"]))
_ids = st.sampled_from([Known.BEA, Known.DEE, Known.OTHER_CHANNEL, Known.OTHER_GUILD])
_days = st.sampled_from(
    [Known.TODAY, "2026-01-01", "2025-12-31", "9999-12-31", "0001-01-01", "2026-02-30", "20260101", "2026-W01-1"]
)

# What an argument of that name holds when it is one of ours. A name that is missing here gets anything.
ARGUMENTS: Mapping[str, st.SearchStrategy[Value]] = MappingProxyType(
    {
        "game_id": _games,
        "number": _rounds,
        "option": st.sampled_from(["0", "1", "2", "3", "4", "9"]),
        "user_id": st.one_of(_ids, st.just("0")),
        "day": _days,
        "page": _numbers,
        "year": st.integers(1959, 2101).map(str),
        "kind": st.sampled_from(["song", "drama", "artist"]),
        "key": st.sampled_from(KEYS),
        "award_key": st.sampled_from(["mama", "aaa", "melon"]),
        "pool": st.sampled_from(["awarded", "nominated", "charted"]),
        "decade": st.sampled_from(["2000s", "2010s", "any"]),
        "what": st.sampled_from(["songs", "artists", "dramas"]),
        "period": st.sampled_from(["2017", "2010s", "all"]),
    }
)
MENU_VALUES = st.one_of(
    st.sampled_from(KEYS).map(lambda key: f"song:{key}"),
    st.sampled_from(KEYS).map(lambda key: f":{key}"),
    st.sampled_from(KEYS),
    st.sampled_from(["ko", "en", "auto", "today", "week", "all", "mama", "2026-01-03:stay-with-me"]),
    texts(100),
)
_anything = st.one_of(_games, _ids, _days, _rounds, _numbers, st.sampled_from(KEYS), texts(100))


def leaves(commands: Iterable[Any]) -> dict[tuple[str, ...], app_commands.Command[Any, ..., Any]]:
    """Every command that can be called, by its words."""
    found = {}
    for command in commands:
        if isinstance(command, app_commands.Group):
            found |= leaves(command.commands)
        else:
            found[tuple(command.qualified_name.split())] = command
    return found


def is_for_admins(command: app_commands.Command[Any, ..., Any]) -> bool:
    """Whether Discord hides it from those who may not manage the server."""
    return (command.root_parent or command).default_permissions is not None


def whoever(command: app_commands.Command[Any, ..., Any]) -> list[Who]:
    """Who can call it as Discord declares it."""
    if is_for_admins(command):
        return [Who.ADMIN]
    contexts = (command.root_parent or command).allowed_contexts
    in_direct = contexts is None or contexts.dm_channel
    return [Who.MEMBER, Who.OTHER_MEMBER, Who.ADMIN, *([Who.DIRECT] if in_direct else [])]


def commands(tree: Any) -> st.SearchStrategy[Event]:
    """Any command with any of its options."""
    return st.one_of([_called(path, command) for path, command in sorted(leaves(tree.get_commands()).items())])


@st.composite
def _called(draw: st.DrawFn, path: tuple[str, ...], command: app_commands.Command[Any, ..., Any]) -> Event:
    given = [one for one in command.parameters if one.required or draw(st.booleans())]
    options = tuple(draw(_filled(one)) for one in given)
    return Event(
        Kind.COMMAND, draw(st.sampled_from(whoever(command))), path, options, locale=draw(st.sampled_from(LOCALES))
    )


def _filled(parameter: app_commands.Parameter) -> st.SearchStrategy[Option]:
    kinds = tuple(kind.value for kind in parameter.channel_types)
    make = partial(Option, parameter.display_name, parameter.type.value, channel_types=kinds)
    return value_of(parameter).map(lambda value: make(value=value))


def value_of(parameter: app_commands.Parameter) -> st.SearchStrategy[Value]:
    """What Discord would let through for an option."""
    if parameter.choices:
        return st.sampled_from([choice.value for choice in parameter.choices])
    low, high = parameter.min_value, parameter.max_value
    match parameter.type.value:
        case kind if kind == STRING:
            longest = int(high or OPTION_MAX)
            return texts(longest).filter(bool) if low else texts(longest)
        case kind if kind == INTEGER:
            low, high = (-NUMBER_MAX if low is None else low), (NUMBER_MAX if high is None else high)
            return st.sampled_from([low, high]) | st.integers(int(low), int(high)) | st.just(min(max(2017, low), high))
        case kind if kind == BOOLEAN:
            return st.booleans()
    return st.integers(0, 20)


def typing(tree: Any) -> st.SearchStrategy[Event]:
    """Any option with suggestions, half typed, the others filled or not."""
    found = [
        _typed(path, command, parameter)
        for path, command in sorted(leaves(tree.get_commands()).items())
        for parameter in command.parameters
        if parameter.autocomplete
    ]
    return st.one_of(found)


@st.composite
def _typed(draw: st.DrawFn, path: tuple[str, ...], command: Any, parameter: app_commands.Parameter) -> Event:
    others = [one for one in command.parameters if one.name != parameter.name and draw(st.booleans())]
    options = [draw(_filled(one)) for one in others]
    options.append(Option(parameter.display_name, parameter.type.value, draw(texts(OPTION_MAX)), focused=True))
    who, locale = draw(st.sampled_from(whoever(command))), draw(st.sampled_from(LOCALES))
    return Event(Kind.TYPING, who, path, tuple(options), locale=locale)


def actions(bot: Any) -> dict[str, list[str]]:
    """Every action that components and forms can name, with the names of its arguments."""
    handlers = {name: handler for cog in bot.cogs.values() for name, handler in handlers_of(cog).items()}
    return {name: list(inspect.signature(handler).parameters)[1:] for name, handler in sorted(handlers.items())}


def presses(bot: Any) -> st.SearchStrategy[Event]:
    """Any button or menu, as it was made or forged."""
    return _acted(bot, Kind.PRESS)


def forms(bot: Any) -> st.SearchStrategy[Event]:
    """Any form sent, also for an action that has none."""
    return _acted(bot, Kind.FORM)


@st.composite
def _acted(draw: st.DrawFn, bot: Any, kind: Kind) -> Event:
    known = actions(bot)
    names = [name for name in known if name in _FORMS] * 4 if kind is Kind.FORM else []
    action = draw(st.sampled_from([*names, *known]))
    parts: tuple[Value, ...] = (VERSION, action, *(draw(_argument(name)) for name in known[action]))
    if draw(st.integers(0, 4)) == 0:
        parts = draw(_malformed(parts))
    values = tuple(draw(st.lists(MENU_VALUES, max_size=3))) if draw(st.booleans()) else None
    fields = draw(st.lists(st.tuples(st.sampled_from(GUESS_FIELDS), st.none() | texts(4000)), max_size=3))
    return Event(
        kind,
        draw(st.sampled_from(Who)),
        custom_id=parts,
        values=values,
        fields=tuple(fields),
        is_old_form=draw(st.integers(0, 9)) == 0,
        own_message=draw(st.booleans()),
        locale=draw(st.sampled_from(LOCALES)),
    )


_FORMS = ("reported", "trivia-guess")


@st.composite
def _argument(draw: st.DrawFn, name: str) -> Value:
    fitting = ARGUMENTS.get(name, _anything)
    value: Value = draw(fitting if draw(st.integers(0, 3)) else _anything)
    return value


def _malformed(parts: tuple[Value, ...]) -> st.SearchStrategy[tuple[Value, ...]]:
    """Of another version, with too few or too many arguments, of another bot, without any sense."""
    return st.one_of(
        st.sampled_from(
            [
                ("o0", *parts[1:]),
                ("o2", *parts[1:]),
                parts[1:],
                parts[:1],
                (*parts, "more"),
                parts[:-1],
                (*parts, *parts),
            ]
        ),
        st.lists(_anything, max_size=5).map(lambda more: (*parts[:2], *more)),
        st.lists(_anything, max_size=6).map(tuple),
    )
