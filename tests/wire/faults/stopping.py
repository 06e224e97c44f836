"""SIGTERM in the middle of each kind of work, and what stands after the next start."""

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.domain.daily.clock import Timing
from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily
from bot.storage.database import Database
from tests.wire.conftest import process
from tests.wire.daily import UTC_ZONE, posts
from tests.wire.trivia import open_question, options_of, what_is_wrong

from .answers import SNOW
from .stage import Row, Stage, quiet, ready, stage, until

STOP_S = 5.0  # what a service manager is told
PATIENCE_S = 40.0


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Each case stops a process of its own."""
    await asyncio.to_thread(folder.mkdir)
    rows = []
    for name, work in WORKS.items():
        async with stage(wire, filled, folder / name.replace(" ", "-")) as on:
            guild = await on.world.add_guild(channels=("ost",), members=2)
            rows += await _case(on, guild, name, work)
    return [*rows, await _stopped_importing(wire, folder / "import")]


async def _case(on: Stage, guild: Any, name: str, work: Callable[[Stage, Any], Awaitable[Any]]) -> list[Row]:
    judge = await work(on, guild)
    code, took_s = await _stop(on)
    in_time = "in time" if took_s < STOP_S else f"after {took_s:.1f} s"
    stopped = Row("SIGTERM", name, "exit code 0, in time; nothing", f"exit code {code}, {in_time}; {on.unexplained()}")
    on.world.faults.clear()
    await on.bot.start()
    await on.bot.wait_ready(PATIENCE_S)
    return [stopped, Row("SIGTERM", f"{name}: after the next start", judge.expected, await judge(on, guild))]


async def _stop(on: Stage) -> tuple[int, float]:
    began = time.monotonic()
    os.kill(on.bot.pid, signal.SIGTERM)
    code = await on.bot.wait_exit(20)
    return code, time.monotonic() - began


class Judge:
    """What is expected after the next start, and how to see it."""

    def __init__(self, expected: str, look: Callable[[Stage, Any], Awaitable[str]]) -> None:
        self.expected, self._look = expected, look

    async def __call__(self, on: Stage, guild: Any) -> str:
        return await self._look(on, guild)


async def _look_up(on: Stage, guild: Any) -> Judge:
    await ready(on)
    on.world.faults.delay("POST", "/interactions/*", 0.5, times=5)
    asked = [asyncio.create_task(on.world.slash(guild.user, guild.channel, "ost", query=SNOW)) for _ in range(5)]
    await on.world.until(lambda: len(on.world.calls("POST", "/callback")) >= len(asked), 10)

    async def look(_on: Stage, _guild: Any) -> str:
        done = await asyncio.gather(*asked)
        return f"{sum(one.acked for one in done)} of {len(done)} answered"

    return Judge("5 of 5 answered", look)


async def _picture(on: Stage, guild: Any) -> Judge:
    await ready(on)
    asked = asyncio.create_task(on.world.slash(guild.user, guild.channel, "osttop"))
    await asyncio.sleep(0.15)  # the process that draws takes longer to start

    async def look(on: Stage, guild: Any) -> str:
        await asked
        again = await on.world.slash(guild.user, guild.channel, "osttop")
        return "drawn" if again.message and again.message.files else "not drawn"

    return Judge("drawn", look)


async def _daily_post(on: Stage, guild: Any) -> Judge:
    await _set_up(on, guild)
    held = on.world.faults.delay("POST", f"/channels/{guild.channel.id}/messages", 1)
    await ready(on)
    await on.world.until(lambda: held.hits, PATIENCE_S)

    async def look(on: Stage, guild: Any) -> str:
        query = "SELECT message_id FROM daily_post WHERE state = 'sent'"
        await until(lambda: on.rows(query), PATIENCE_S)
        await quiet(on)
        known = [one.id for one in posts(guild.channel)] == [message_id for (message_id,) in on.rows(query)]
        return f"{len(posts(guild.channel))} pick, " + ("known" if known else "not known")

    return Judge("1 pick, known", look)


async def _set_up(on: Stage, guild: Any) -> None:
    """A pick that is due a minute ago."""
    due = datetime.fromtimestamp(on.world.now(), UTC_ZONE) - timedelta(minutes=1)
    database = await Database.open(f"sqlite:///{on.folder}/ostinato.db")
    setup = Setup(channel_id=guild.channel.id, set_up_by=guild.owner.id)
    timing = Timing(due.time().replace(second=0, microsecond=0), UTC_ZONE)
    plan = Plan.starting(guild.id, setup, timing, due - timedelta(hours=1))
    await daily.change_plan(database, guild.id, lambda _: plan)
    await database.close()


async def _game(on: Stage, guild: Any) -> Judge:
    await ready(on)
    await on.world.slash(guild.user, guild.channel, "trivia play", rounds=1, seconds=10)
    question = await on.world.until(lambda: open_question(guild.channel), PATIENCE_S)
    pressed = await on.world.click(question, custom_id=options_of(question)[0], user=guild.user)
    assert pressed.acked

    async def look(on: Stage, _guild: Any) -> str:
        done = await until(lambda: on.rows("SELECT id FROM trivia_game WHERE told"), PATIENCE_S)
        [(answers,)] = on.rows("SELECT count(*) FROM trivia_answer")
        wrong = what_is_wrong(on.folder, [])
        return f"{'over' if done else 'not over'}, {answers} answer kept, {len(wrong)} wrong"

    return Judge("over, 1 answer kept, 0 wrong", look)


EARLY_BACKUP = "from bot import cli, housekeeping; housekeeping.FIRST_AFTER_S = 0; cli.main()"


async def _backup(on: Stage, _guild: Any) -> Judge:
    """Half a backup never stands under a backup's name."""
    on.bot.argv[1:] = ["-c", EARLY_BACKUP]
    backups = on.folder / "backups"
    await on.bot.start()
    await until(lambda: backups.exists() and any(backups.iterdir()), PATIENCE_S)

    async def look(_on: Stage, _guild: Any) -> str:
        await until(lambda: list(backups.glob("ostinato-*.db")), PATIENCE_S)
        sound = [_is_sound(path) for path in backups.glob("ostinato-*.db")]
        return f"{len(sound)} backup, " + ("sound" if all(sound) else "broken")

    return Judge("1 backup, sound", look)


def _is_sound(path: Path) -> bool:
    import sqlite3
    from contextlib import closing

    with closing(sqlite3.connect(path)) as connection:
        [(found,)] = connection.execute("PRAGMA integrity_check")
        [(songs,)] = connection.execute("SELECT count(*) FROM song")
        return found == "ok" and songs > 0


WORKS = {
    "look-ups": _look_up,
    "a picture being drawn": _picture,
    "a daily pick being posted": _daily_post,
    "a game": _game,
    "a backup": _backup,
}


async def _stopped_importing(wire: ModuleType, folder: Path) -> Row:
    """The first start of all: the catalog is in the database wholly or not at all."""
    await asyncio.to_thread(folder.mkdir)
    async with wire.World() as world:
        with process(wire, folder, world, OSTINATO_LOG_LEVEL="INFO") as bot:
            on = Stage(world, bot, folder)
            await bot.start()
            await until((folder / "ostinato.db").exists, PATIENCE_S)
            code, took_s = await _stop(on)
            await bot.start()
            await bot.wait_ready(PATIENCE_S, commands=1)
            [(songs,)] = on.rows("SELECT count(*) FROM song")
            seen = f"exit code {code}, {'in time' if took_s < STOP_S else f'after {took_s:.1f} s'}; "
            seen += f"{'all' if songs > 700 else songs} songs; {on.unexplained()}"
            await bot.terminate(8)
    return Row("SIGTERM", "the import", "exit code 0, in time; all songs; nothing", seen)
