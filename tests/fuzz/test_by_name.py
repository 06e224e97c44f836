"""Injections that have names, into all that takes a text: a sane answer, and nothing is run, opened or repeated raw."""

from itertools import chain

import pytest

from tests.fuzz.borders import guarded
from tests.fuzz.events import STRING, Event, Kind, Option, Who
from tests.fuzz.inputs import leaves, whoever
from tests.fuzz.oracle import problems
from tests.fuzz.texts import INJECTIONS
from tests.fuzz.world import SNOW, world

NAMES = ("SQL", "markdown", "mention", "template", "path")
TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"


@pytest.fixture(scope="module")
def stage(filled_database, catalog, index):
    with world(filled_database, catalog, index) as made:
        yield made


def commands(stage, text: str):
    """Every command that takes a free text, with it in each such option."""
    for path, command in leaves(stage.bot.tree.get_commands()).items():
        parameters = command.parameters
        free = [one for one in parameters if one.type.value == STRING and not one.choices]
        others = [one for one in parameters if one.required and one not in free]
        if free:
            options = [Option(one.display_name, STRING, text) for one in free]
            yield Event(Kind.COMMAND, whoever(command)[0], path, (*options, *(_any(one) for one in others)))
            yield from (
                Event(Kind.TYPING, whoever(command)[0], path, (Option(one.display_name, STRING, text, focused=True),))
                for one in free
                if one.autocomplete
            )


def _any(parameter) -> Option:
    kinds = tuple(kind.value for kind in parameter.channel_types)
    return Option(parameter.display_name, parameter.type.value, 0, channel_types=kinds)


def components(text: str):
    """A form, a menu and a button that hold the text."""
    fields = (("text", text or "x"), ("source", text), ("guess", text))
    yield Event(Kind.FORM, Who.MEMBER, custom_id=("o1", "reported", SNOW), fields=fields)
    yield Event(Kind.PRESS, Who.MEMBER, custom_id=("o1", "pick"), values=(text,))
    yield Event(Kind.PRESS, Who.ADMIN, custom_id=("o1", "unqueue"), values=(f"{text}:{SNOW}",))
    yield Event(Kind.PRESS, Who.MEMBER, custom_id=("o1", "open", "song", text))
    yield Event(Kind.PRESS, Who.MEMBER, custom_id=("o1", text))


@pytest.mark.parametrize("name", NAMES)
def test_an_injection_stays_a_text(stage, name):
    tables = stage.watch.rows(TABLES)
    with guarded(stage.folder) as crossed:
        for text in INJECTIONS[name]:
            for event in chain(commands(stage, text), components(text)):
                done = stage.throw(event)
                assert not list(problems(stage, done)), done
    assert not crossed
    assert stage.watch.rows(TABLES) == tables


def test_a_report_is_kept_as_it_was_typed(stage):
    text = INJECTIONS["SQL"][0]
    stage.throw(Event(Kind.FORM, Who.MEMBER, custom_id=("o1", "reported", SNOW), fields=(("text", text),)))
    assert {"text": text} in stage.watch.rows("SELECT text FROM correction")
