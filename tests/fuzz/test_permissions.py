"""Who may not manage a server decides nothing in it: not by commands, and not by components old or forged."""

import itertools
import json
from typing import Any

import pytest
from simcord.backend.errors import SetupError

from tests.fuzz.events import Event, Kind, Known, Option, Who
from tests.fuzz.inputs import actions, is_for_admins, leaves
from tests.fuzz.oracle import problems
from tests.fuzz.world import SNOW, world

DECIDING = {"unqueue", "unexclude", "trivia-reset"}
LOOKING = (Who.MEMBER, Who.DIRECT, Who.OTHER_MEMBER, Who.OTHER_ADMIN)
VALUES = (f":{SNOW}", f"2026-01-02:{SNOW}", SNOW, "stay-with-me", "song:stay-with-me", "everything")
OF_ANOTHER_GAME = ("answer", "type", "guess", "hint", "skip", "stop", "missed", "again", "custom")


@pytest.fixture(scope="module")
def stage(filled_database, catalog, index):
    with world(filled_database, catalog, index) as made:
        made.refreshes = False  # nothing but the test changes anything
        yield made


def arguments(names: list[str]) -> list[tuple[object, ...]]:
    """Ways to fill in an action's arguments: one's own server's, another's, anything."""
    pools = [
        (Known.BEA, Known.DEE, "0", Known.OTHER_GUILD) if name == "user_id" else (Known.GAME, "0", "x")
        for name in names
    ]
    return list(itertools.product(*pools))


def decided(stage) -> dict[str, Any]:
    """What admins of the first server have decided, and the points that they took off its board."""
    return stage.watch.decided_in(stage.scene.guild.id)


def test_admin_commands_are_declared_so_that_discord_hides_them(stage):
    groups = {path[0] for path, command in leaves(stage.bot.tree.get_commands()).items() if is_for_admins(command)}
    assert groups == {"dailypick", "ostadmin"}
    for name in groups:
        sent = stage.commands[name]
        assert sent["default_member_permissions"] == 1 << 5, "Manage Server"
        assert sent["contexts"] == [0]
        assert sent["integration_types"] == [0]


def test_discord_lets_no_plain_member_call_them(stage):
    scene = stage.scene
    for path, command in leaves(stage.bot.tree.get_commands()).items():
        if is_for_admins(command):
            for call in (
                lambda words: scene.ann.slash(scene.here, words),
                scene.ann.user.slash,
            ):
                with pytest.raises(SetupError, match="not visible"):
                    stage.run(call(" ".join(path)))


@pytest.mark.parametrize("who", LOOKING)
def test_no_component_of_any_sort_decides_anything_for_those_who_may_not(stage, who):
    before = decided(stage)
    for action, names in actions(stage.bot).items():
        for given in arguments(names)[:27]:
            for values in (None, *((value,) for value in VALUES)) if action in DECIDING else (None, VALUES[:1]):
                done = stage.throw(Event(Kind.PRESS, who, custom_id=("o1", action, *given), values=values))
                assert not list(problems(stage, done)), done
    assert decided(stage) == before


@pytest.mark.parametrize("who", [Who.MEMBER, Who.OTHER_MEMBER])
@pytest.mark.parametrize("action", sorted(DECIDING))
def test_whoever_may_not_is_told_which_permission_it_takes(stage, who, action):
    given = ("0",) if action == "trivia-reset" else ()
    done = stage.throw(Event(Kind.PRESS, who, custom_id=("o1", action, *given), values=(f":{SNOW}",)))
    (answer,) = done.requests
    assert "Manage Server" in answer.json["data"]["content"]
    assert answer.json["data"]["flags"] == 64, "and nobody else sees it"


def test_what_decides_is_known_to_this_test(stage):
    """An admin presses everything once: whatever changes what admins decide must stand in the table above."""
    changing = set()
    for action, names in actions(stage.bot).items():
        before = decided(stage)
        given = tuple({"user_id": "0"}.get(name, Known.GAME) for name in names)
        for value in VALUES:
            stage.throw(Event(Kind.PRESS, Who.ADMIN, custom_id=("o1", action, *given), values=(value,)))
        if decided(stage) != before:
            changing.add(action)
            stage.run(stage.refresh())
    assert changing == DECIDING


@pytest.mark.parametrize("action", OF_ANOTHER_GAME)
@pytest.mark.parametrize("who", [Who.OTHER_MEMBER, Who.OTHER_ADMIN, Who.DIRECT])
def test_another_servers_game_is_neither_played_nor_stopped_nor_shown(stage, who, action):
    stage.run(stage.refresh())
    before = stage.game(Known.GAME)
    kind = Kind.FORM if action == "guess" else Kind.PRESS
    forged = ("o1", f"trivia-{action}", Known.GAME)
    forged += {"answer": (Known.ROUND, "0")}.get(
        action, (Known.ROUND,) if action in ("type", "guess", "hint", "skip") else ()
    )
    done = stage.throw(Event(kind, who, custom_id=forged, fields=(("guess", "goblin"),)))
    assert not list(problems(stage, done))
    assert stage.game(Known.GAME) == before
    if action != "type":  # a form is only a form: what it sends is refused
        assert "That round is over." in json.dumps(done.requests[0].json, ensure_ascii=False)


def test_a_profile_in_direct_messages_is_ones_own(stage):
    tree = leaves(stage.bot.tree.get_commands())
    (member,) = tree["trivia", "profile"].parameters
    for number in range(3):
        asked = Option(member.display_name, member.type.value, number)
        done = stage.throw(Event(Kind.COMMAND, Who.DIRECT, ("trivia", "profile"), (asked,)))
        entity = stage.scene.entities(Who.DIRECT, member.type.value, ())[number]
        shown = json.dumps(done.requests[0].json, ensure_ascii=False)
        assert ("works in servers only" in shown) == (entity.id != stage.scene.ann.id)
