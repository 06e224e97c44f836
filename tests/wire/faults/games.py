"""Games of trivia: every request that one costs, failing in every way, on a clock that runs ten times as fast."""

import asyncio
import contextlib
import json
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.domain import catalog
from bot.domain.catalog import Artist
from bot.storage.catalog_text import read_catalog
from tests.wire.daily import posts
from tests.wire.trivia import open_question, options_of, what_is_wrong

from .kinds import Kind, Target, arm
from .stage import Row, Stage, quiet, ready, stage, until

SPEED = 10
HANGS_S = 3.0  # thirty seconds of the bot's clock
PATIENCE_S = 60.0
ROUND_S = 60  # six seconds to us
CHANNEL = "/channels/{channel_id}"
MESSAGE = CHANNEL + "/messages/{message_id}"


@dataclass(frozen=True)
class Attempt:
    """The fault, once it is armed, and what people saw of its effect if that is not in the channel's messages."""

    fault: Any
    seen: Callable[[], str] | None = None


@dataclass(frozen=True)
class Scene:
    """A route, what it shows, and what plays up to it; ``act`` arms the fault at its moment and returns it."""

    route: str
    what: str
    act: Callable[[Stage, Any, Kind], Awaitable[Attempt]]
    expected: Mapping[Kind, str]


async def _play(on: Stage, guild: Any, mode: str = "quiz") -> None:
    started = await on.world.slash(guild.user, guild.channel, "trivia play", mode=mode, rounds=1, seconds=ROUND_S)
    assert started.acked, on.bot.tail()


async def _asked(on: Stage, guild: Any) -> Any:
    return await on.world.until(lambda: open_question(guild.channel) or _typed(guild.channel), PATIENCE_S, "a question")


def _typed(channel: Any) -> Any | None:
    """A question whose answer is to be typed."""
    found = (one for one in posts(channel) if any("trivia-type" in str(c.get("custom_id")) for c in one.controls))
    return next(found, None)


async def _everybody_answers(on: Stage, guild: Any) -> None:
    """Each member another button: one of them is right."""
    question = await _asked(on, guild)
    players = [one.user for one in guild.members.values() if not one.user.is_bot]
    presses = zip(options_of(question), players, strict=False)
    done = await asyncio.gather(*(on.world.click(question, custom_id=option, user=user) for option, user in presses))
    assert all(one.message and "Your answer" in one.message.text for one in done), [one.message.text for one in done]


def _target(guild: Any, method: str, tail: str) -> Target:
    return Target(method, f"/channels/{guild.channel.id}{tail}", hangs_s=HANGS_S)


async def _question(on: Stage, guild: Any, kind: Kind) -> Attempt:
    fault = arm(on.world, kind, _target(guild, "POST", "/messages"))
    await _play(on, guild)
    return Attempt(fault)


async def _reveal(on: Stage, guild: Any, kind: Kind) -> Attempt:
    fault = arm(on.world, kind, _target(guild, "PATCH", "/messages/*"))
    await _play(on, guild)
    return Attempt(fault)


async def _scoreboard(on: Stage, guild: Any, kind: Kind) -> Attempt:
    await _play(on, guild)
    await _asked(on, guild)
    return Attempt(arm(on.world, kind, _target(guild, "POST", "/messages")))


async def _sign(on: Stage, guild: Any, kind: Kind) -> Attempt:
    """A right answer in plain chat, which gets a ✅."""
    fault = arm(on.world, kind, _target(guild, "PUT", "/messages/*/reactions/*"))
    await _play(on, guild, "type")
    await _asked(on, guild)
    query = "SELECT snapshot FROM trivia_round JOIN trivia_game ON id = game_id WHERE channel_id = ?"
    [(snapshot,)] = on.rows(query, guild.channel.id)
    said = await on.world.message(guild.user, guild.channel, _right_answer(json.loads(snapshot)))
    await until(lambda: fault.hits, PATIENCE_S)
    return Attempt(fault, lambda: ", ".join(["✅"] * bool(said.data.get("reactions")) or ["no sign"]))


@cache
def _catalog() -> catalog.Catalog:
    return read_catalog()


def _right_answer(snapshot: dict[str, Any]) -> str:
    kind, _colon, key = snapshot["question"]["right"][0].partition(":")
    found = _catalog().find(catalog.Kind(kind), key)
    return found.name if isinstance(found, Artist) else found.title or found.title_ko


async def _names(on: Stage, guild: Any, kind: Kind) -> Attempt:
    """Whose points they are is asked of Discord when the board is shown."""
    user_id = await _played(on, guild)
    fault = arm(on.world, kind, Target("GET", f"/users/{user_id}", hangs_s=HANGS_S))
    return Attempt(fault, await _board(on, guild))


async def _late_answer(on: Stage, guild: Any, kind: Kind) -> Attempt:
    """The board had to take its time, so it comes as a follow-up."""
    await _played(on, guild)
    fault = arm(on.world, kind, Target("POST", f"/webhooks/{guild.channel.id}", hangs_s=HANGS_S))
    return Attempt(fault, await _board(on, guild))


async def _played(on: Stage, guild: Any) -> int:
    """Who got the points of a game of one round."""
    await _play(on, guild)
    await _everybody_answers(on, guild)
    query = "SELECT user_id FROM trivia_score JOIN trivia_game ON id = game_id WHERE channel_id = ? AND points AND told"
    await until(lambda: on.rows(query, guild.channel.id), PATIENCE_S)
    return int(on.rows(query, guild.channel.id)[0][0])


async def _board(on: Stage, guild: Any) -> Callable[[], str]:
    shown = await on.world.slash(guild.user, guild.channel, "trivia scores")
    with contextlib.suppress(TimeoutError):
        await shown.settled(PATIENCE_S)

    def told() -> str:
        told = [message.text for message in (shown.message, *shown.followups) if message]
        board = sum("🥇" in text or "1." in text for text in told)
        return ", ".join([f"{board} board" + "s" * (board != 1)] + ["an apology"] * any("`" in text for text in told))

    return told


def _goes_on(where_lost: str) -> dict[Kind, str]:
    """Question and scoreboard in the end; ``where_lost`` is what stands where the bot may not write any more."""
    again = dict.fromkeys(Kind, "2 messages; nothing; completed")
    return again | {
        Kind.BAD_REQUEST: "2 messages; error with reference and traceback; completed",
        Kind.UNAUTHORIZED: "2 messages; warning with reference; completed",
        Kind.BLOCKED: "2 messages; warning with reference; completed",
        Kind.FORBIDDEN: where_lost.replace("gone", "not_allowed"),
        Kind.NOT_FOUND: where_lost.replace("gone", "channel_gone"),
        **dict.fromkeys(
            (Kind.LIMITED, Kind.TIMEOUT, Kind.CUT_BEFORE, Kind.CUT_AFTER), "2 messages; warning; completed"
        ),
    }


_NO_SIGN = "no sign; warning with reference; completed"
SIGN = dict.fromkeys(Kind, "✅; nothing; completed") | {
    Kind.BAD_REQUEST: "no sign; error with reference and traceback; completed",
    **dict.fromkeys((Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.BLOCKED), _NO_SIGN),
    Kind.LIMITED: "✅; warning; completed",
}
_APOLOGY = "0 boards, an apology; warning with reference; completed"
FOLLOW_UP = dict.fromkeys(Kind, "1 board; nothing; completed") | {
    Kind.BAD_REQUEST: "0 boards, an apology; error with reference and traceback; completed",
    **dict.fromkeys((Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.BLOCKED, Kind.CUT_BEFORE), _APOLOGY),
    Kind.CUT_AFTER: "1 board, an apology; warning with reference; completed",  # nobody can know that it arrived
}
NAMES = dict.fromkeys(Kind, "1 board; nothing; completed")  # a name that is not to be had is left out
SCENES = (
    Scene(f"POST {CHANNEL}/messages", "a question", _question, _goes_on("0 messages; info; gone")),
    Scene(f"PATCH {MESSAGE}", "a question's answer", _reveal, _goes_on("1 messages; info; completed")),
    Scene(f"POST {CHANNEL}/messages", "a scoreboard", _scoreboard, _goes_on("1 messages; info; completed")),
    Scene(f"PUT {MESSAGE}/reactions/{{emoji_name}}/@me", "a right answer in chat", _sign, SIGN),
    Scene("GET /users/{user_id}", "names on a board", _names, NAMES),
    Scene("POST /webhooks/{webhook_id}/{webhook_token}", "a board that took its time", _late_answer, FOLLOW_UP),
)


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """The rows of every scene and kind, each in a server of its own."""
    clock = wire.FakeTime(time.time(), SPEED)  # a game's clock is that of Discord's ids, and those never go back
    async with stage(wire, filled, folder, clock, OSTINATO_MESSAGE_CONTENT="true") as on:
        await ready(on)
        cases = [
            (scene, kind, await on.world.add_guild(channels=("ost",), members=3)) for scene in SCENES for kind in Kind
        ]
        await _warm_up(on)
        attempts = [
            attempt
            for scene in SCENES
            for attempt in await asyncio.gather(
                *(one.act(on, guild, kind) for one, kind, guild in cases if one is scene)
            )
        ]
        await until(lambda: not on.rows("SELECT id FROM trivia_game WHERE NOT told"), PATIENCE_S)
        await quiet(on, 2)
        rows = [_judged(on, *case, attempt) for case, attempt in zip(cases, attempts, strict=True)]
        wrong = "; ".join(what_is_wrong(folder, [])) or "nothing"
        return [
            *rows,
            Row("games", "points that do not add up", "nothing", wrong),
            Row("games", "anything else in the log", "nothing", on.unexplained([r"reference [0-9a-f]{6}"])),
        ]


async def _warm_up(on: Stage) -> None:
    """The first game of a process waits for its questions to be made: let that be nobody's time."""
    guild = await on.world.add_guild(channels=("ost",))
    await on.world.gateway.barrier()
    await _play(on, guild)
    await _asked(on, guild)
    _catalog()


def _judged(on: Stage, scene: Scene, kind: Kind, guild: Any, attempt: Attempt) -> Row:
    channel, fault = guild.channel, attempt.fault
    [(game_id, ended, is_told)] = on.rows("SELECT id, ended, told FROM trivia_game WHERE channel_id = ?", channel.id)
    shown = [attempt.seen() if attempt.seen else f"{len(posts(channel))} messages"]
    shown += ["still open"] * bool(open_question(channel))
    log = on.logged(channel.id, rf"Game {game_id}\b", rf"ids \({game_id},")
    seen = [", ".join(shown), log, f"{ended}" if is_told else "not over"]
    if fault.hits != 1:
        seen.append(f"the fault was hit {fault.hits} times")
    return Row(f"{scene.route}: {scene.what}", kind, scene.expected[kind], "; ".join(seen))
