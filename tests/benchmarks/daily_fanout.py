"""Ten thousand servers whose daily pick is due in the same minute.

    python -m tests.benchmarks.daily_fanout [--servers 10000] [--limits]

Needs the loopback Discord (``OSTINATO_WIRE`` names its folder). With ``--limits`` Discord's limits are on, and the bot
keeps to them. Without, nothing holds the bot back, and beside it, in the same run, two bots do nothing but send one
ready card to as many channels, as many at once: one by ``channel.send`` as anybody would write it, one that also lets
go of the rate limits that discord.py keeps of every channel, as ours does. They take turns of a second, the others
stopped while one works, so that all meet the same machine. The lag is that of the event loop, sampled every 10 ms while
posts go out, with an ``/ost`` every 200 ms beside them; memory is what the process holds after the posts beyond what it
held before.
"""

import argparse
import asyncio
import contextlib
import json
import math
import os
import signal
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
WIRE = Path(os.environ.get("OSTINATO_WIRE") or ROOT.parent / "shared" / "wire")
SLICE_S = 1.0
SAMPLE_S = 0.01  # as in _fanout_bots
LATEST_S = 1800.0
BARE_LOOPS = {"plain": "bare loop", "forgetting": "bare loop without rate limits"}
ASKED = {  # least and most
    "served once": (0, math.inf),
    "twice": (-math.inf, 0),
    "429s": (-math.inf, 0),
    "findings": (-math.inf, 0),
    "of the bare loop %": (80, math.inf),
    "growth KB a server": (-math.inf, 5),
    "lag p99 ms": (-math.inf, 50),
}


async def _fill(path: Path, guilds: list[Any], due: datetime) -> None:
    from bot.domain.daily.clock import Timing
    from bot.domain.daily.schedule import Plan, Setup
    from bot.storage import daily
    from bot.storage.catalog import sync_catalog
    from bot.storage.database import Database

    database = await Database.open(f"sqlite:///{path}")
    await sync_catalog(database)
    timing, now = Timing(due.time().replace(tzinfo=None), ZoneInfo("UTC")), datetime.now(UTC)

    async def one(guild: Any) -> None:
        setup = Setup(guild.channel.id, guild.owner.id)
        await daily.change_plan(database, guild.id, lambda _: Plan.starting(guild.id, setup, timing, now))

    for start in range(0, len(guilds), 500):
        await asyncio.gather(*(one(guild) for guild in guilds[start : start + 500]))
    await database.close()


def _shards(servers: int) -> int:
    """Discord takes at most 2,500 servers a shard."""
    return -(-servers // 2000)


@dataclass
class Leg:
    """One process with a world of its own, and how much it did in the time that it had."""

    world: Any
    bot: Any
    guilds: list[Any]
    active_s: float = 0.0
    stops: list[tuple[float, float]] = field(default_factory=list)

    @property
    def posts(self) -> int:
        return len(self.world.calls("POST", "/channels/{channel_id}/messages"))

    def sent(self) -> list[int]:
        return [len([m for m in guild.channel.bot_messages if m.interaction is None]) for guild in self.guilds]

    def stop(self) -> None:
        os.kill(self.bot.pid, signal.SIGSTOP)
        self.stops.append((time.time(), float("inf")))

    def go_on(self) -> None:
        self.stops[-1] = self.stops[-1][0], time.time()
        os.kill(self.bot.pid, signal.SIGCONT)

    async def turn(self, work: Any) -> None:
        """Let it work for a slice, or until it is done."""
        before, began = self.posts, time.time()
        self.go_on()
        await work
        calls = self.world.calls("POST", "/channels/{channel_id}/messages")
        if len(calls) >= len(self.guilds) > before:
            self.active_s += calls[-1].at - began
        else:
            self.active_s += time.time() - began
        self.stop()


async def _all_sent(leg: Leg) -> None:
    """Looks seldom: the harness shares its core with the answers it gives."""
    async with asyncio.timeout(LATEST_S):
        while leg.posts < len(leg.guilds) or not all(leg.sent()):  # noqa: ASYNC110 - nothing tells of the last of many
            await asyncio.sleep(0.5)


async def _ask(leg: Leg, latencies: list[float], seconds: float) -> None:
    """An /ost every 200 ms."""
    ends_at = time.monotonic() + seconds
    guild = leg.guilds[0]
    while time.monotonic() < ends_at:
        answer = await leg.world.slash(guild.user, guild.channel, "ost", query="goblin")
        latencies.append(answer.latency_ms or 3000.0)
        await asyncio.sleep(0.2)


async def _alternate(ours: Leg, bare: Sequence[Leg], latencies: list[float]) -> None:
    """From when posts are due until all have sent all: a slice each in turn."""
    for leg in (ours, *bare):
        leg.stop()
    for leg in bare:
        os.kill(leg.bot.pid, signal.SIGUSR1)
    async with asyncio.timeout(LATEST_S):
        while unfinished := [leg for leg in (ours, *bare) if leg.posts < len(leg.guilds)]:
            for leg in unfinished:
                await leg.turn(_ask(leg, latencies, SLICE_S) if leg is ours else asyncio.sleep(SLICE_S))
    for leg in (ours, *bare):
        leg.go_on()


async def _bare_leg(wire: Any, stack: contextlib.AsyncExitStack, servers: int, kind: str) -> Leg:
    world = await stack.enter_async_context(wire.World(shards=_shards(servers)))
    guilds = await world.add_guilds(servers)
    argv = ["python", "-m", "tests.benchmarks._fanout_bots", kind]
    bot = await stack.enter_async_context(wire.BotProcess(ROOT, argv, {"PYTHONPATH": str(ROOT)}, world=world))
    await bot.wait_ready(300)
    await bot.wait_log("Ready", 120)
    return Leg(world, bot, guilds)


async def _our_leg(
    wire: Any, stack: contextlib.AsyncExitStack, servers: int, folder: Path, *, limits: bool
) -> tuple[Leg, datetime]:
    world = await stack.enter_async_context(wire.World(rate_limits=limits, shards=_shards(servers)))
    guilds = await world.add_guilds(servers)
    lead = timedelta(seconds=servers / 70)
    due = (datetime.now(UTC) + lead + timedelta(minutes=1)).replace(second=0, microsecond=0)
    await _fill(folder / "x.db", guilds, due)
    env = {
        "OSTINATO_DATABASE_URL": f"sqlite:///{folder}/x.db",
        "OSTINATO_BACKUP_FOLDER": str(folder),
        "PYTHONPATH": str(ROOT),
    }
    if not limits:
        env["OSTINATO_REQUESTS_PER_SECOND"] = "0"
    argv = ["python", "-m", "tests.benchmarks._fanout_bots", "bot", str(folder / "lags.json")]
    bot = await stack.enter_async_context(wire.BotProcess(ROOT, argv, env, world=world))
    await bot.wait_ready(300)
    await bot.wait_log("Ready", 120)
    return Leg(world, bot, guilds), due


async def _measure(servers: int, *, limits: bool) -> dict[str, Any]:
    sys.path.append(str(WIRE))
    import wire

    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        bare = {} if limits else {kind: await _bare_leg(wire, stack, servers, kind) for kind in BARE_LOOPS}
        ours, due = await _our_leg(wire, stack, servers, folder, limits=limits)
        spare_s = (due - datetime.now(UTC)).total_seconds()
        await asyncio.sleep(max(0, spare_s - 0.2))
        before_mb = ours.bot.rss_mb()
        cpu_s = [leg.bot.cpu_seconds() for leg in (ours, *bare.values())]
        latencies: list[float] = []
        if bare:
            await _alternate(ours, tuple(bare.values()), latencies)
        else:
            asking = asyncio.create_task(_ask(ours, latencies, LATEST_S))
            await _all_sent(ours)
            asking.cancel()
            calls = ours.world.calls("POST", "/channels/{channel_id}/messages")
            ours.active_s = calls[-1].at - calls[0].at
        await asyncio.sleep(3)
        cpu_s = [leg.bot.cpu_seconds() - s for leg, s in zip((ours, *bare.values()), cpu_s, strict=True)]
        figures = _figures(ours, latencies) | {
            "CPU ms a post": round(cpu_s[0] / servers * 1000, 2),
            "growth KB a server": round((ours.bot.rss_mb() - before_mb) * 1024 / servers, 2),
            "before MB": round(before_mb, 1),
            "ready s before due": round(spare_s, 1),
        }
        for (kind, leg), its_cpu_s in zip(bare.items(), cpu_s[1:], strict=True):
            name, rate = BARE_LOOPS[kind], leg.posts / leg.active_s
            figures |= {f"{name}/s": round(rate, 1), f"{name}, CPU ms a post": round(its_cpu_s / servers * 1000, 2)}
            figures |= {f"of the {name} %": round(100 * ours.posts / ours.active_s / rate)}
        await ours.bot.terminate(10)
        return figures | _lag(ours, json.loads((folder / "lags.json").read_text()), due.timestamp())


def _figures(ours: Leg, latencies: list[float]) -> dict[str, Any]:
    sent = ours.sent()
    return {
        "servers": len(sent),
        "served once": sum(count == 1 for count in sent),
        "twice": sum(count > 1 for count in sent),
        "posts/s": round(ours.posts / ours.active_s, 1),
        "429s": sum(ours.world.rate_limited.values()),
        "/ost median ms": round(statistics.median(latencies), 1),
        "/ost p99 ms": round(_p99(latencies), 1),
        "findings": len(ours.world.findings()),
    }


def _lag(ours: Leg, lags: list[tuple[float, float]], due_at: float) -> dict[str, float]:
    """While posts went out, leaving out samples that fall into a stop."""
    first, last = due_at, ours.world.calls("POST", "/channels/{channel_id}/messages")[-1].at
    busy = [
        lag * 1000
        for at, lag in lags
        if first <= at <= last and not any(at - lag - 2 * SAMPLE_S < on and at > off for off, on in ours.stops)
    ]
    quiet = [lag * 1000 for at, lag in lags if due_at - 10 <= at < due_at - 1]
    return {
        "lag p99 ms": round(_p99(busy), 1),
        "lag max ms": round(max(busy), 1),
        "lag p99 ms, idle": round(_p99(quiet), 1) if quiet else 0.0,
    }


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--limits", action="store_true")
    chosen = parser.parse_args()
    figures = asyncio.run(_measure(chosen.servers, limits=chosen.limits))
    print("Discord's limits on" if chosen.limits else "nothing holding back")
    missed = False
    for name, value in figures.items():
        least, most = ASKED.get(name, (-math.inf, math.inf))
        least = chosen.servers if name == "served once" else least
        is_met = least <= value <= most
        missed = missed or not is_met
        asked = f"at least {least}" if least > -math.inf else f"at most {most}" if most < math.inf else ""
        print(f"  {name:<48}{value:>12}  {asked}{'' if is_met else ': MISSED'}")
    sys.exit(missed)


if __name__ == "__main__":
    main()
