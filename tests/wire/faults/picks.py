"""Daily picks: every request that one costs, failing in every way, on a clock that runs twenty times as fast."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import time, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.domain.daily.clock import Timing
from bot.domain.daily.delivery import nonce_for
from bot.domain.daily.order import Choice, Reason
from bot.domain.daily.schedule import Entry, Plan, Setup
from bot.storage import daily, daily_posts
from bot.storage.daily_posts import Move, Shards
from bot.storage.database import Database
from tests.wire.daily import NINE, START, UTC_ZONE, model_closed_threads, posts

from .kinds import Kind, Target, arm
from .stage import Row, Stage, quiet, ready, stage, until

SPEED = 20.0
HANGS_S = 120.0  # by the bot's clock
PATIENCE_S = 900.0
HALF_PAST_EIGHT = Timing(time(8, 30), UTC_ZONE)
CHANNEL = "/channels/{channel_id}"
NEWS, THREAD, FORUM = 5, 11, 15
SONG = "i-will-go-to-you-like-the-first-snow"
SETTLED = """SELECT state, why, post.trouble, message_id FROM daily_post AS post JOIN daily_schedule ON id = schedule_id
             WHERE guild_id = ? AND state NOT IN ('due', 'claimed') AND serve_at IS NULL"""


@dataclass(frozen=True)
class Case:
    """One server with a schedule; its picks are to come out in ``place``."""

    guild: Any
    place: Any
    fault: Any


@dataclass(frozen=True)
class Scene:
    """A route, who has it used, and what else than the pick must be seen in the end."""

    route: str
    what: str
    kind_of_channel: int = 0
    target: Callable[[Any], Target] = lambda place: Target("POST", f"/channels/{place.id}/messages")
    options: tuple[str, ...] = ()
    was_cut_short: bool = False
    expected: Mapping[Kind, str] = field(default_factory=dict)


def _of(method: str, tail: str) -> Callable[[Any], Target]:
    return lambda place: Target(method, f"/channels/{place.id}{tail}")


# What the server sees; how loudly the log speaks; what the database says.
SOON = dict.fromkeys(Kind, "1 pick; info; sent")
_TOLD = "1 pick, its admin told; info; sent"  # where the bot may not post; and once it may, it does
_WITHOUT_A_WORD = dict.fromkeys((Kind.SERVER_ERROR, Kind.BAD_GATEWAY), "1 pick; nothing; sent")  # the library's own try
A_PICK = SOON | {
    Kind.BAD_REQUEST: "0 picks; warning; failed refused refused",  # trying again would be refused again
    Kind.FORBIDDEN: _TOLD,
    Kind.NOT_FOUND: _TOLD,
    Kind.LIMITED: "1 pick; warning; sent",
}


def beside(extra: str) -> dict[Kind, str]:
    """What comes after a pick: done in the end, or told in /dailypick status what it went without."""
    done = dict.fromkeys(Kind, f"1 pick, {extra}; nothing; sent")
    return done | {
        Kind.BAD_REQUEST: "1 pick; info; sent refused",
        Kind.FORBIDDEN: "1 pick; info; sent no_permission",
        Kind.NOT_FOUND: "1 pick; info; sent channel_gone",
        Kind.LIMITED: f"1 pick, {extra}; warning; sent",
    }


SCENES = (
    Scene(f"POST {CHANNEL}/messages", "a pick", expected=A_PICK | _WITHOUT_A_WORD),
    Scene(
        f"POST {CHANNEL}/threads",
        "a pick in a forum",
        FORUM,
        _of("POST", "/threads"),
        expected=A_PICK | {Kind.LIMITED: "1 pick; info + warning; sent"},  # not left to the library, which tries twice
    ),
    Scene(
        f"POST {CHANNEL}/messages/{{message_id}}/crosspost",
        "a pick published",
        NEWS,
        _of("POST", "/messages/*/crosspost"),
        ("publishes",),
        expected=beside("published"),
    ),
    Scene(
        f"POST {CHANNEL}/messages/{{message_id}}/threads",
        "a pick's own thread",
        0,
        _of("POST", "/messages/*/threads"),
        ("opens_thread",),
        expected=beside("with its thread"),
    ),
    Scene(
        f"GET {CHANNEL}",
        "a pick in a thread long silent",
        THREAD,
        _of("GET", ""),
        expected=dict.fromkeys(Kind, "1 pick; nothing; sent")  # the library asks again itself
        | dict.fromkeys((Kind.BAD_REQUEST, Kind.UNAUTHORIZED, Kind.BLOCKED), "1 pick; info; sent")
        | dict.fromkeys((Kind.FORBIDDEN, Kind.NOT_FOUND), "1 pick, its admin told; nothing; sent")
        | {Kind.LIMITED: "1 pick; warning; sent"},
    ),
    Scene(
        f"GET {CHANNEL}/messages",
        "a pick looked for after a kill",
        0,
        _of("GET", "/messages"),
        was_cut_short=True,
        expected=SOON
        | {
            # Nothing can tell: a missing pick is the smaller evil.
            **dict.fromkeys((Kind.FORBIDDEN, Kind.NOT_FOUND), "0 picks; info; failed unknown"),
            Kind.LIMITED: "1 pick; info + warning; sent",
        },
    ),
    Scene(
        f"GET {CHANNEL}/threads/archived/public",
        "a forum's pick looked for after a kill",
        FORUM,
        _of("GET", "/threads/archived/public"),
        was_cut_short=True,
        expected=SOON
        | {
            **dict.fromkeys((Kind.FORBIDDEN, Kind.NOT_FOUND), "0 picks; info; failed unknown"),
            Kind.LIMITED: "1 pick; info + warning; sent",
        },
    ),
)


async def run(
    wire: ModuleType, filled: Path, folder: Path, kinds: Collection[Kind] = tuple(Kind), speed: float = SPEED
) -> list[Row]:
    """The rows of every scene and kind, each in a server of its own.

    All are due at once. On a machine that is busy with other things, take fewer and a slower clock: what is late by a
    second would else be late by twenty.
    """
    model_closed_threads(wire)
    async with stage(wire, filled, folder, wire.FakeTime(START.timestamp(), speed)) as on:
        cases = [(scene, kind, await _case(on, scene, kind, speed)) for scene in SCENES for kind in kinds]
        database = await Database.open(f"sqlite:///{folder}/ostinato.db")
        for scene in SCENES:
            await _set_up(database, scene, [case for other, _, case in cases if other is scene])
        await _cut_short(database)
        await database.close()
        await ready(on)
        await until(lambda: all(on.rows(SETTLED, case.guild.id) for _, _, case in cases), PATIENCE_S / speed)
        await quiet(on, 60 / speed)
        rows = [_judged(on, scene, kind, case) for scene, kind, case in cases]
        return [*rows, Row("picks", "anything else in the log", "nothing", on.unexplained())]


async def _case(on: Stage, scene: Scene, kind: Kind, speed: float) -> Case:
    guild = await on.world.add_guild(channels=("ost",))
    place = guild.channel
    if scene.kind_of_channel:
        place = await on.world.add_channel(guild, "picks", scene.kind_of_channel, emit=False)
    if scene.kind_of_channel == THREAD:
        place.parent, place.archived, place.owner_id = guild.channel, True, guild.owner.id
    return Case(guild, place, arm(on.world, kind, replace(scene.target(place), hangs_s=HANGS_S / speed)))


async def _set_up(database: Database, scene: Scene, cases: list[Case]) -> None:
    """Schedules as their admins made them an hour ago."""
    timing = HALF_PAST_EIGHT if scene.was_cut_short else NINE
    for case in cases:
        options = dict.fromkeys(scene.options, True)
        setup = Setup(channel_id=case.place.id, set_up_by=case.guild.owner.id, **options)
        plan = Plan.starting(case.guild.id, setup, timing, START - timedelta(hours=1))
        await daily.change_plan(database, case.guild.id, lambda _, plan=plan: plan)


async def _cut_short(database: Database) -> None:
    """What is due by now: as a process left it that was killed half an hour ago while it sent it."""
    moves = [
        Move(
            one.schedule,
            one.post,
            Entry(
                one.post.claim("a process long gone", Choice(SONG, 0, Reason.ORDER), one.post.due_at),
                one.schedule.setup.channel_id,
            ),
        )
        for one in await daily_posts.due_posts(database, START, Shards(frozenset({0}), 1), 1000)
    ]
    assert all(await daily_posts.advance(database, moves))


def _judged(on: Stage, scene: Scene, kind: Kind, case: Case) -> Row:
    [(schedule_id,)] = on.rows("SELECT id FROM daily_schedule WHERE guild_id = ?", case.guild.id)
    ids = (case.guild.id, case.place.id, rf"\b{nonce_for(schedule_id, START.date())}\b")
    seen = [_shown(on, scene, case), on.logged(*ids), _kept(on, case)]
    if case.fault.hits != 1:
        seen.append(f"the fault was hit {case.fault.hits} times")
    return Row(f"{scene.route}: {scene.what}", kind, scene.expected[kind], "; ".join(seen))


def _shown(on: Stage, scene: Scene, case: Case) -> str:
    places = [case.place, *(one for one in case.guild.channels.values() if one.parent is case.place)]
    found = [message for place in places for message in posts(place)]
    words = [f"{len(found)} pick" + "s" * (len(found) != 1)]
    words += ["published"] * any(message.flags & 1 for message in found)
    words += ["with its thread"] * ("opens_thread" in scene.options and len(places) > 1)
    told = on.world.dms.get(case.guild.owner.id)
    return ", ".join([*words, *["its admin told"] * bool(told and told.bot_messages)])


def _kept(on: Stage, case: Case) -> str:
    found = on.rows(SETTLED, case.guild.id)
    return " ".join(str(value) for row in found for value in row[:3] if value) or "open"
