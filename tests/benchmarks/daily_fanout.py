"""Ten thousand servers whose daily pick is due in the same minute, beside a bare loop of ``channel.send``.

    python -m tests.benchmarks.daily_fanout [--servers 10000] [--limits]

Needs the loopback Discord (``OSTINATO_WIRE`` names its folder). Without ``--limits`` the pacer is off, and a bot that
does nothing but send a plain "hello" to as many channels, as many at once, comes first. With ``--limits`` Discord's
limits are on, and so is the pacer. The lag is that of the event loop, sampled every 10 ms while posts go out, with an
``/ost`` every 200 ms beside them; memory is what the process holds after the posts beyond what it held before.
"""

import argparse
import asyncio
import contextlib
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

ROOT = Path(__file__).resolve().parents[2]
WIRE = Path(os.environ.get("OSTINATO_WIRE") or ROOT.parent / "shared" / "wire")
AT_ONCE = 50  # as in cogs.daily
SAMPLE_S = 0.01


async def _sample_lag(lags: list[tuple[float, float]]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(SAMPLE_S)
        lags.append((time.time(), time.perf_counter() - began - SAMPLE_S))


async def _watched_bot() -> None:
    """The real bot, with a sampler on its loop that leaves its figures in a file."""
    from bot import logs
    from bot.settings import load_settings
    from bot.start import run

    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format, None)
    lags: list[tuple[float, float]] = []
    sampler = asyncio.create_task(_sample_lag(lags))
    await run(settings)
    sampler.cancel()
    Path(os.environ["LAGS"]).write_text(json.dumps(lags))  # noqa: ASYNC240 - nothing else runs by now


def _bare_bot() -> None:
    """Sends one message to the first channel of every server when it sees the file GO."""
    import discord

    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), max_messages=None)
    slots = asyncio.Semaphore(AT_ONCE)

    async def send(channel: discord.TextChannel) -> None:
        async with slots:
            await channel.send("hello")

    @client.event
    async def on_ready() -> None:
        await asyncio.gather(*(send(guild.text_channels[0]) for guild in client.guilds))

    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


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


def _sent(guilds: list[Any]) -> list[int]:
    return [len([m for m in guild.channel.bot_messages if m.interaction is None]) for guild in guilds]


async def _all_sent(guilds: list[Any]) -> None:
    """Looks seldom: the harness shares its core with the answers it gives."""
    async with asyncio.timeout(900):
        while not all(_sent(guilds)):  # noqa: ASYNC110 - nothing tells when the last of many is there
            await asyncio.sleep(0.5)


def _span(world: Any) -> tuple[float, float, int]:
    times = [request.at for request in world.calls("POST", "/channels/{channel_id}/messages")]
    return min(times), max(times), len(times)


async def _baseline(wire: Any, servers: int) -> tuple[float, float]:
    """Posts a second, and milliseconds of processor time a post."""
    async with wire.World(shards=_shards(servers)) as world:
        guilds = await world.add_guilds(servers)
        argv = ["python", "-m", "tests.benchmarks.daily_fanout", "--as", "bare"]
        async with wire.BotProcess(ROOT, argv, {"PYTHONPATH": str(ROOT)}, world=world) as bot:
            await bot.wait_ready(300)
            cpu_s = bot.cpu_seconds()
            await _all_sent(guilds)
            cpu_s = bot.cpu_seconds() - cpu_s
        first, last, count = _span(world)
        return count / (last - first), cpu_s / count * 1000


async def _fan_out(wire: Any, servers: int, *, limits: bool) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        async with wire.World(rate_limits=limits, shards=_shards(servers)) as world:
            guilds = await world.add_guilds(servers)
            lead = timedelta(seconds=servers / 70)
            due = (datetime.now(UTC) + lead + timedelta(minutes=1)).replace(second=0, microsecond=0)
            await _fill(Path(folder, "x.db"), guilds, due)
            lags = Path(folder, "lags.json")
            env = {
                "OSTINATO_DATABASE_URL": f"sqlite:///{folder}/x.db",
                "OSTINATO_POSTS_PER_SECOND": "45" if limits else "0",
                "PYTHONPATH": str(ROOT),
                "LAGS": str(lags),
            }
            argv = ["python", "-m", "tests.benchmarks.daily_fanout", "--as", "bot"]
            bot = wire.BotProcess(ROOT, argv, env, world=world)
            await bot.start()
            await bot.wait_ready(300)
            await bot.wait_log("Ready", 120)
            figures = await _watch(world, bot, guilds, due)
            await bot.terminate(10)
            first, last, _ = _span(world)
            taken = _lags(lags)
            quiet = [lag * 1000 for at, lag in taken if due.timestamp() - 10 <= at < due.timestamp() - 1]
            busy = [lag * 1000 for at, lag in taken if first <= at <= last]
            return figures | {
                "lag p99 ms": round(_p99(busy), 1),
                "lag max ms": round(max(busy), 1),
                "lag p99 ms, idle": round(_p99(quiet), 1) if quiet else "-",
                "findings": len(world.findings()),
            }


async def _watch(world: Any, bot: Any, guilds: list[Any], due: datetime) -> dict[str, Any]:
    """What happens from before the posts are due until all are out."""
    before_mb, spare_s = bot.rss_mb(), (due - datetime.now(UTC)).total_seconds()
    await asyncio.sleep(max(0, spare_s - 1))
    latencies: list[float] = []
    cpu_s = bot.cpu_seconds()
    asking = asyncio.create_task(_ask(world, guilds[0], latencies))
    await _all_sent(guilds)
    cpu_s = bot.cpu_seconds() - cpu_s
    await asyncio.sleep(3)
    asking.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await asking
    first, last, requests = _span(world)
    sent = _sent(guilds)
    return {
        "servers": len(guilds),
        "served once": sum(count == 1 for count in sent),
        "twice": sum(count > 1 for count in sent),
        "posts/s": round(requests / (last - first), 1),
        "CPU ms a post": round(cpu_s / len(guilds) * 1000, 2),
        "429s": sum(world.rate_limited.values()),
        "/ost median ms": round(statistics.median(latencies), 1),
        "/ost p99 ms": round(_p99(latencies), 1),
        "before MB": round(before_mb, 1),
        "growth KB a server": round((bot.rss_mb() - before_mb) * 1024 / len(guilds), 2),
        "ready s before due": round(spare_s, 1),
    }


def _p99(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.99)]


def _lags(path: Path) -> list[tuple[float, float]]:
    return [(at, lag) for at, lag in json.loads(path.read_text())]


async def _ask(world: Any, guild: Any, latencies: list[float]) -> None:
    while True:
        answer = await world.slash(guild.user, guild.channel, "ost", query="goblin")
        latencies.append(answer.latency_ms or 3000.0)
        await asyncio.sleep(0.2)


async def _measure(servers: int, *, limits: bool) -> None:
    sys.path.append(str(WIRE))
    import wire

    bare = None if limits else await _baseline(wire, servers)
    figures = await _fan_out(wire, servers, limits=limits)
    if bare:
        figures |= {"bare loop/s": round(bare[0], 1), "bare CPU ms a post": round(bare[1], 2)}
        figures |= {"of the bare loop": f"{figures['posts/s'] / bare[0]:.0%}"}
    print(f"{'limits and pacer on' if limits else 'pacer off'}")
    for name, value in figures.items():
        print(f"  {name:<22}{value:>12}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--servers", type=int, default=10_000)
    parser.add_argument("--limits", action="store_true")
    parser.add_argument("--as", dest="role", choices=["bot", "bare"], help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.role == "bare":
        _bare_bot()
    elif chosen.role == "bot":
        asyncio.run(_watched_bot())
    else:
        asyncio.run(_measure(chosen.servers, limits=chosen.limits))


if __name__ == "__main__":
    main()
