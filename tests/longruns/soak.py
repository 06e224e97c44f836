"""Half an hour of a busy day: members at 50 interactions a second, games and daily posts beside them, and a look at
what it does to the process: memory, event loop, tasks, log.

    python -m tests.longruns.soak [--minutes 30] [--per-second 50] [--servers 60] [--seed 1]

Needs the loopback Discord (OSTINATO_WIRE). Games go on in every sixth server, daily picks come due in some servers
every minute, the gateway asks for a reconnect every four minutes, and takes the session away once. Members' presses
come to a pause only while there is no session: Discord would not deliver them. Ends with 1 where memory, tasks, log,
answers or posts are not as asked; the lag is a figure of the machine too, so it is printed and left to the reader.
"""

import argparse
import asyncio
import contextlib
import importlib
import random
import re
import socket
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp

from bot.domain.daily.clock import Timing
from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily
from bot.storage.catalog import sync_catalog
from bot.storage.database import Database
from tests.longruns._soak_figures import Row, Watched, none_of, rows_from_within
from tests.longruns._soak_members import Members, Metronome
from tests.wire.conftest import ROOT, WIRE, process
from tests.wire.daily import posts
from tests.wire.trivia import Crowd

_WATCHED = ("python", "-m", "tests.benchmarks._watched_bot")
_IDLE_S = 15.0
_RECONNECT_EVERY_S = 240.0
_LOOK_EVERY_S = 15.0
_PLAYERS = 4
_QUIET_S = 40.0  # by then a game that was stopped and a post on its way have come to their end
# But for one: discord.py notes when it sent a heartbeat only after its answer may be there, over a loopback, and then
# takes the one before, an interval of 41.25 s ago, for it.
_TROUBLE = re.compile(
    r"^\S+ \S+ (?:WARNING|ERROR|CRITICAL) (?!.*websocket is 41\.\ds behind).*|^Traceback.*", re.MULTILINE
)


@dataclass
class Soak:
    """One run: the world, the process in it, and those who use it."""

    world: Any
    bot: Any
    guilds: Sequence[Any]
    minutes: float
    members: Members
    crowd: Crowd
    metronome: Metronome
    port: int
    folder: Path
    due: dict[int, datetime]
    games: list[asyncio.Task[None]] = field(default_factory=list)
    scrapes: Counter[int] = field(default_factory=Counter)
    began: float = 0.0
    ended: float = 0.0
    quiet_since: float = 0.0
    disturbed_s: list[int] = field(default_factory=list)
    cpu_s: float = 0.0

    async def run(self) -> None:
        """Idle, work, and quiet again; in a run of seconds there is less of each."""
        idle_s, quiet_s = min(_IDLE_S, self.minutes * 12), min(_QUIET_S, self.minutes * 24)
        await asyncio.sleep(idle_s)
        self.began, cpu_s = time.time(), self.bot.cpu_seconds()
        self._start_games()
        beside = [asyncio.create_task(work) for work in (self._disturb(), self._scrape(), self._forget())]
        await self.metronome.run(self.members.act, self.minutes * 60)
        self.ended, self.cpu_s = time.time(), self.bot.cpu_seconds() - cpu_s
        for task in beside:
            task.cancel()
        ended = await asyncio.gather(*beside, return_exceptions=True)
        self.metronome.failures += [one for one in ended if isinstance(one, Exception)]
        await self._pause_games()
        await self._stop_games()
        await asyncio.sleep(quiet_s / 2)
        self.quiet_since = time.time()
        await asyncio.sleep(quiet_s / 2)
        self.members.findings += self.world.findings()

    def _start_games(self) -> None:
        self.crowd.is_over = False
        self.games = [
            asyncio.create_task(self.crowd.play(_channels(guild)[1], _players(guild), seconds=10, rounds=10))
            for guild in self.guilds[::6]
        ]

    async def _pause_games(self) -> None:
        self.crowd.is_over = True
        ended = await asyncio.gather(*self.games, return_exceptions=True)
        self.metronome.failures += [one for one in ended if isinstance(one, Exception)]

    async def _stop_games(self) -> None:
        for guild in self.guilds[::6]:
            await self.world.slash(guild.owner, _channels(guild)[1], "trivia stop")

    async def _disturb(self) -> None:
        """A reconnect now and then; in the middle of the run the session is lost altogether."""
        every_s = min(_RECONNECT_EVERY_S, max(30.0, self.minutes * 60 / 5))
        for number in range(1, 10_000):
            await asyncio.sleep(every_s)
            self.disturbed_s.append(round(time.time() - self.began))
            if number == 3:
                await self._lose_session()
            else:
                await self.world.faults.reconnect()

    async def _lose_session(self) -> None:
        self.metronome.open.clear()
        await asyncio.gather(self.metronome.idle(), self._pause_games())
        await self.world.faults.invalidate()
        try:
            await self.bot.wait_log(r"(?s)(?:Ready: .*){2}", 60)
        finally:  # whatever came of it, the run goes on and tells
            self._start_games()
            self.metronome.open.set()

    async def _scrape(self) -> None:
        """As whoever watches over it would."""
        async with aiohttp.ClientSession() as session:
            while True:
                for page in ("healthz", "metrics"):
                    async with session.get(f"http://127.0.0.1:{self.port}/{page}") as response:
                        self.scrapes[response.status] += 1
                await asyncio.sleep(_LOOK_EVERY_S)

    async def _forget(self) -> None:
        while True:
            await asyncio.sleep(_LOOK_EVERY_S)
            self.members.forget()

    def posts_wrong(self) -> list[str]:
        """Servers whose pick came due in good time and that do not hold one post, or that hold more than one."""
        wrong = []
        for guild in self.guilds:
            count, due = len(posts(_channels(guild)[2])), self.due[guild.id]
            is_due = due.timestamp() < self.ended
            if count > 1 or (is_due and count == 0):
                wrong.append(f"{count} posts in {guild.name}, due {due:%H:%M}")
        return wrong


def _channels(guild: Any) -> list[Any]:
    """Where its members ask, where they play, and where its daily picks go."""
    return list(guild.channels.values())


def _players(guild: Any) -> list[Any]:
    people = [one.user for one in guild.members.values() if not one.user.is_bot and one.user is not guild.owner]
    return people[:_PLAYERS]


async def _set_up_picks(folder: Path, guilds: Sequence[Any], minutes: float) -> dict[int, datetime]:
    """Daily picks that come due minute by minute, from the second minute on; when each does, by server."""
    now, due = datetime.now(UTC), {}
    database = await Database.open(f"sqlite:///{folder}/ostinato.db")
    await sync_catalog(database)
    for number, guild in enumerate(guilds):
        at = (now + timedelta(minutes=2 + number * minutes / len(guilds))).replace(second=0, microsecond=0)
        setup = Setup(_channels(guild)[2].id, guild.owner.id)
        plan = Plan.starting(guild.id, setup, Timing(at.time(), ZoneInfo("UTC")), now)
        await daily.change_plan(database, guild.id, lambda _, plan=plan: plan)
        due[guild.id] = at
    await database.close()
    return due


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextlib.asynccontextmanager
async def _soak(minutes: float, per_second: float, servers: int, seed: int) -> AsyncIterator[tuple[Soak, Path]]:
    if str(WIRE) not in sys.path:
        sys.path.append(str(WIRE))
    wire, rng, port = importlib.import_module("wire"), random.Random(seed), _free_port()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        async with wire.World() as world:
            guilds = await world.add_guilds(servers, channels=("ost", "games", "picks"), members=20)
            due = await _set_up_picks(folder, guilds, minutes)
            env = {"OSTINATO_LOG_LEVEL": "INFO", "OSTINATO_HTTP_PORT": str(port), "PYTHONPATH": str(ROOT)}
            env["MALLOC_ARENA_MAX"] = "2"  # as deploy/ostinato.service has it
            lags = folder / "lags.txt"
            with process(wire, folder, world, (*_WATCHED, str(lags)), **env) as bot:
                members, crowd = Members(world, guilds, rng), Crowd(world, rng)
                yield Soak(world, bot, guilds, minutes, members, crowd, Metronome(per_second), port, folder, due), lags


async def run(minutes: float = 30, per_second: float = 50, servers: int = 60, seed: int = 1) -> list[Row]:
    """The figures of one run; what went on in it is printed."""
    async with _soak(minutes, per_second, servers, seed) as (soak, lags):
        await soak.bot.start()
        await soak.bot.wait_log("Ready: ", 60)
        await soak.run()
        exit_code = await soak.bot.terminate(10)
        watched = Watched.read(lags)
        _tell(soak, watched)
        return [
            *_rows(soak),
            *rows_from_within(watched, soak.began, soak.ended, soak.quiet_since),
            none_of("exit code", [exit_code] if exit_code else []),
        ]


def _rows(soak: Soak) -> list[Row]:
    """What shows from outside."""
    members, crowd = soak.members, soak.crowd
    cuts = statistics.quantiles(members.latencies_ms + crowd.latencies_ms, n=100)
    return [
        none_of("not acknowledged", [*(name for name, _ in members.unanswered), *["in a game"] * crowd.unanswered]),
        none_of("warnings in the log", _TROUBLE.findall(soak.bot.output)),
        none_of("servers not served once", soak.posts_wrong()),
        none_of("findings of the loopback Discord", members.findings),
        none_of("failures of the soak itself", [f"{type(one).__name__}: {one}" for one in soak.metronome.failures]),
        Row("acknowledged after", "", f"p50 {cuts[49]:.1f}, p99 {cuts[98]:.1f} ms"),
        Row("processor", "", f"{soak.cpu_s / (soak.ended - soak.began):.0%} of a core"),
    ]


def _tell(soak: Soak, watched: Watched) -> None:
    members, seconds = soak.members, soak.ended - soak.began
    count, posted = sum(members.done.values()), sum(bool(posts(_channels(guild)[2])) for guild in soak.guilds)
    print(
        f"{count} interactions in {seconds / 60:.1f} min ({count / seconds:.1f}/s), {len(soak.crowd.told)} answers in"
    )
    print(f"{len(soak.games)} games, {posted} daily posts, {len(soak.world.resumes)} resumes,", end=" ")
    print(f"{len(soak.world.identifies)} sessions, pages of health by status {dict(soak.scrapes)}")
    print(", ".join(f"{name} {number}" for name, number in members.done.most_common()))
    tenth_s = seconds / 10
    marks = [soak.began + number * tenth_s for number in range(10)]
    print("MB by tenths of the time:", *(f"{watched.memory_mb(mark, mark + tenth_s):.0f}" for mark in marks))
    seconds_of = Counter(round(at - soak.began) for _, at in members.unanswered)
    print("given up unanswered, by second:", *(f"{at}: {number}" for at, number in sorted(seconds_of.items())[:60]))
    print("gateway disturbed at second:", *soak.disturbed_s)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--minutes", type=float, default=30)
    parser.add_argument("--per-second", type=float, default=50)
    parser.add_argument("--servers", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    rows = asyncio.run(run(chosen.minutes, chosen.per_second, chosen.servers, chosen.seed))
    print(*rows, sep="\n")
    sys.exit(0 if all(row.is_met for row in rows) else 1)


if __name__ == "__main__":
    main()
