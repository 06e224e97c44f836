"""Kill -9 and restart at random moments around the posting path, on the real process and the loopback Discord.

    python -m tests.longruns.daily_kills [--runs 300] [--seed 1]

Needs the loopback Discord (``OSTINATO_WIRE``) and libfaketime; some 5 s a run. Each run is one server whose pick comes
due, a fault drawn at random (none, answer lost after the effect, connection reset, a slow answer, a 503), and a kill
at a random moment from before it is due until after it is recorded, most of them while the request is under way; some
runs are killed again while they start or recover. Every fourth server has an announcement channel, with its picks to
be published and a thread under each. The next process starts on what is left. At the end each channel must hold exactly
one post, with all that it owes, and the database must name that very message.
"""

import argparse
import asyncio
import importlib
import random
import sys
import tempfile
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain.daily.clock import Timing
from bot.domain.daily.delivery import State
from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily, daily_posts
from bot.storage.catalog import sync_catalog
from bot.storage.database import Database
from tests.wire.conftest import WIRE, process

START = datetime(2026, 5, 1, 9, tzinfo=UTC)
SPEED = 20
LEAD = timedelta(seconds=80)  # what a process needs to start, on the bot's clock
MESSAGES = "/channels/*/messages"
RIGHT = "one post, recorded"
NEWS = 5  # Discord's type of announcement channels


class Runs:
    def __init__(self, world: Any, bot: Any, database: Database, rng: random.Random) -> None:
        self.world, self.bot, self.database, self.rng = world, bot, database, rng
        self.guilds: list[Any] = []
        self.points: Counter[str] = Counter()

    def now(self) -> datetime:
        return datetime.fromtimestamp(self.bot.fake_time.now(), UTC)

    async def one(self) -> None:
        """Set up a server while the bot is down, start it, and kill it around that server's post."""
        guild = await self.world.add_guild(channels=("ost",))
        self.guilds.append(guild)
        if len(self.guilds) % 4 == 0:
            guild.channel.type = NEWS
        due = (self.now() + LEAD + timedelta(minutes=1)).replace(second=0, microsecond=0)
        await self._set_up(guild, due)
        fault = self._arm(guild)
        await self.bot.start()
        if self.rng.random() < 0.15:  # while it starts, or recovers the post before
            await asyncio.sleep(self.rng.uniform(1.5, 3.5))
            await self._kill("during start or recovery")
            await self.bot.start()
        await self._moment(guild, due)
        await self._kill(f"{fault}, {self._seen(guild)}")

    async def _moment(self, guild: Any, due: datetime) -> None:
        """A random one: around the due time by the clock, after the request came, or after the post is there."""
        kind = self.rng.choice(["clock", "request", "request", "post", "post"])
        if kind == "clock":
            await asyncio.sleep(max(0, (due - self.now()).total_seconds() / SPEED) + self.rng.uniform(-0.05, 0.35))
        elif kind == "request":
            await self.world.until(lambda: self._requested(guild), 30)
            await asyncio.sleep(self.rng.uniform(0, 0.02))
        else:
            await self.world.until(lambda: guild.channel.bot_messages, 60)
            await asyncio.sleep(self.rng.uniform(0, 0.2))

    async def _set_up(self, guild: Any, due: datetime) -> None:
        timing = Timing(due.time().replace(tzinfo=None), ZoneInfo("UTC"))
        is_news = guild.channel.type == NEWS
        setup = Setup(guild.channel.id, guild.owner.id, publishes=is_news, opens_thread=is_news)
        plan = Plan.starting(guild.id, setup, timing, self.now())
        await daily.change_plan(self.database, guild.id, lambda _: plan)

    def _arm(self, guild: Any) -> str:
        faults, path = self.world.faults, MESSAGES.replace("*", str(guild.channel.id))
        kind = self.rng.choice(["no fault", "no fault", "answer lost", "reset", "slow", "503"])
        match kind:
            case "answer lost":
                faults.lost("POST", path)
            case "reset":
                faults.reset("POST", path)
            case "slow":
                faults.delay("POST", path, self.rng.uniform(0.05, 0.5))
            case "503":
                faults.status("POST", path, 503)
        return kind

    def _seen(self, guild: Any) -> str:
        if guild.channel.bot_messages:
            return "posted"
        return "requested" if self._requested(guild) else "not requested"

    def _requested(self, guild: Any) -> bool:
        return any(str(guild.channel.id) in request.path for request in self.world.calls("POST", "/messages"))

    async def _kill(self, point: str) -> None:
        await self.bot.kill9()
        self.points[point] += 1

    async def verdict(self) -> Counter[str]:
        """Let a last process finish what is open, then count."""
        await self.bot.start()
        async with asyncio.timeout(60):
            while not all([await self._settled(guild) for guild in self.guilds]):  # noqa: ASYNC110 - another process settles them
                await asyncio.sleep(1)
        result: Counter[str] = Counter()
        for guild in self.guilds:
            plan = await daily.plan_of(self.database, guild.id)
            entries = await daily_posts.recent(self.database, plan.schedule.id, 9) if plan else []
            ids = [message.id for message in guild.channel.bot_messages]
            recorded = [entry.post.message_id for entry in entries if entry.post.state is State.SENT]
            owing = "" if self._has_all(guild) else ", something owed"
            is_right = len(ids) == 1 and ids == recorded
            result[(RIGHT if is_right else f"{len(ids)} posts, {len(recorded)} recorded") + owing] += 1
        return result

    def _has_all(self, guild: Any) -> bool:
        threads = [channel for channel in guild.channels.values() if channel.parent is guild.channel]
        published = [message for message in guild.channel.bot_messages if message.data["flags"] & 1]
        return guild.channel.type != NEWS or (len(threads), len(published)) == (1, 1)

    async def _settled(self, guild: Any) -> bool:
        plan = await daily.plan_of(self.database, guild.id)
        if not plan or not plan.latest:
            return False
        entries = await daily_posts.recent(self.database, plan.schedule.id, 9)
        return not any(entry.post.unfinished for entry in entries)


async def run(runs: int, seed: int) -> bool:
    """Print what happened; True if every server has its one post."""
    sys.path.append(str(WIRE))
    wire = importlib.import_module("wire")
    clock = wire.FakeTime(START.timestamp(), SPEED)
    with tempfile.TemporaryDirectory() as folder:
        database = await Database.open(f"sqlite:///{folder}/ostinato.db")
        await sync_catalog(database)
        async with wire.World() as world:
            world.clock = clock.now
            with process(wire, Path(folder), world, OSTINATO_LOG_LEVEL="INFO") as bot:
                bot.fake_time = clock
                lane = Runs(world, bot, database, random.Random(seed))
                for number in range(runs):
                    await lane.one()
                    if number % 25 == 24:
                        print(f"  … {number + 1} kills", flush=True)
                verdict = await lane.verdict()
                await bot.kill9()
            findings = world.findings(ignore=[40033, 160004])  # published before, has a thread: asked for again
        await database.close()
    _print(lane.points, verdict, findings)
    return set(verdict) == {RIGHT}


def _print(points: Counter[str], verdict: Counter[str], findings: list[str]) -> None:
    print("killed when")
    for point, count in sorted(points.items()):
        print(f"  {point:<40}{count:>6}")
    print("servers with")
    for kind, count in sorted(verdict.items()):
        print(f"  {kind:<40}{count:>6}")
    print(f"findings of the loopback Discord: {len(findings)} {findings[:3]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.exit(0 if asyncio.run(run(chosen.runs, chosen.seed)) else 1)


if __name__ == "__main__":
    main()
