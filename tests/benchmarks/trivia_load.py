"""Many games at once in one process of the bot, on the loopback Discord beside it.

    python -m tests.benchmarks.trivia_load [--games 500] [--players 8] [--seconds 20] [--for 120]

Needs the loopback Discord (OSTINATO_WIRE). It shares the machine with the bot, so what it costs makes the bot look
slower than it is; the load of the machine is printed with the figures. A round is late by what its reveal came after
its deadline or its early end and the grace for answers on their way (shown for rounds that ran to their deadline).
"""

import argparse
import asyncio
import importlib
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.domain.trivia.game import GRACE
from bot.domain.trivia.snowflake import stamped_at
from tests.wire.conftest import ROOT, WIRE, process
from tests.wire.trivia import options_of

_STARTS_PER_S = 20
_MEMORY_MOST_KB = 60  # a game
_WATCHED = ("python", "-m", "tests.benchmarks._watched_bot")


class Load:
    """Every player of every game answers once a round, some time within the first three quarters of it."""

    def __init__(self, world: Any, seconds: int) -> None:
        self.world, self.seconds = world, seconds
        self.rng = random.Random(1)
        self.latencies_ms: list[float] = []
        self.failed = 0
        self.seen: set[int] = set()
        self.tasks: set[asyncio.Task[None]] = set()

    async def start(self, guilds: Sequence[Any]) -> None:
        for guild in guilds:
            await self.world.slash(guild.user, guild.channel, "trivia play", seconds=self.seconds, rounds=50)
            await asyncio.sleep(1 / _STARTS_PER_S)

    async def answer(self, guilds: Sequence[Any], until: float) -> None:
        while time.monotonic() < until:
            for guild in guilds:
                messages = guild.channel.messages
                if messages and messages[-1].id not in self.seen and options_of(messages[-1]):
                    self.seen.add(messages[-1].id)
                    self._answer_all(guild, messages[-1])
            await asyncio.sleep(0.25)

    def _answer_all(self, guild: Any, question: Any) -> None:
        for member in guild.members.values():
            if not member.user.is_bot and member.user is not guild.owner:
                task = asyncio.create_task(self._press(question, member.user))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def _press(self, question: Any, user: Any) -> None:
        await asyncio.sleep(self.rng.random() * self.seconds * 0.75)
        choices = options_of(question)
        if choices:
            result = await self.world.click(question, custom_id=self.rng.choice(choices), user=user)
            self.failed += not result.acked
            if result.acked:
                self.latencies_ms.append(result.latency_ms)


def _late_s(world: Any, seconds: int) -> list[float]:
    """By how much reveals came late: the first edit of a question, after its time and the grace."""
    late, known = [], set()
    for request in world.calls("PATCH", "/messages/{message_id}"):
        message_id = int(request.path.rsplit("/", 1)[1])
        if message_id not in known:
            known.add(message_id)
            late.append(request.at - stamped_at(message_id).timestamp() - seconds - GRACE.total_seconds())
    return late


def _row(name: str, limit: tuple[str, float], values: Sequence[float], unit: str) -> bool:
    """Prints a line; whether the p99 or the max that ``limit`` names keeps to it."""
    if len(values) < 2:
        print(f"{name:<32}too few to tell: MISSED")
        return False
    cuts = statistics.quantiles(values, n=100)
    figures = "".join(f"{value:10.1f}" for value in (cuts[49], cuts[94], cuts[98], max(values)))
    measure, most = limit
    is_kept = (max(values) if measure == "max" else cuts[98]) <= most
    print(f"{name:<32}{f'{measure} <= {most:g} {unit}':>18}{figures} {unit}{'' if is_kept else ': MISSED'}")
    return is_kept


async def _run(games: int, players: int, seconds: int, for_s: float) -> bool:
    sys.path.append(str(WIRE))
    wire = importlib.import_module("wire")
    with tempfile.TemporaryDirectory() as folder:
        lags = Path(folder) / "lags.txt"
        async with wire.World() as world:
            guilds = [await world.add_guild(channels=("ost",), members=players) for _ in range(games + 1)]
            # Two requests a round of 500 games are all that Discord allows a second. Here the bot's own pace counts.
            environment = {"OSTINATO_REQUESTS_PER_SECOND": "0", "PYTHONPATH": str(ROOT)}
            with process(wire, Path(folder), world, (*_WATCHED, str(lags)), **environment) as bot:
                await bot.start()
                await bot.wait_ready(180, commands=6)
                load = Load(world, seconds)
                await load.start(guilds[:1])  # the first game makes the bot build its question bank
                await asyncio.sleep(20)
                idle_mb, idle_cpu_s = bot.rss_mb(), bot.cpu_seconds()
                starting = asyncio.create_task(load.start(guilds[1:]))
                ends = time.monotonic() + games / _STARTS_PER_S + for_s
                await asyncio.gather(starting, load.answer(guilds[1:], ends))
                began = time.time() - for_s
                busy_mb, cpu_s = bot.rss_mb(), bot.cpu_seconds() - idle_cpu_s
                await asyncio.gather(*load.tasks)
                errors = bot.output.count(" ERROR ")
                await bot.kill9()
            lag = [float(ms) for at, ms in map(str.split, lags.read_text().splitlines()) if float(at) >= began]
            late = _late_s(world, seconds)
    load_average = os.getloadavg()[0]
    print(f"{games} games of {players}, {seconds} s a round, for {for_s:.0f} s; load of the machine {load_average:.1f}")
    print(f"{'':<32}{'asked':>18}{'median':>10}{'p95':>10}{'p99':>10}{'max':>10}")
    memory_kb = (busy_mb - idle_mb) * 1024 / games
    kept = [
        _row("event loop late by", ("p99", 50), lag, "ms"),
        _row("answer acknowledged after", ("p99", 300), load.latencies_ms, "ms"),
        _row("reveal after its deadline", ("max", 1), [max(one, 0.0) for one in late], "s"),
        memory_kb <= _MEMORY_MOST_KB,
    ]
    print(f"{'memory a game':<32}{f'<= {_MEMORY_MOST_KB} KB':>18}{memory_kb:10.1f} KB{'' if kept[-1] else ': MISSED'}")
    answer_count, cpu_ms = len(load.latencies_ms), cpu_s * 1000 / max(1, len(load.latencies_ms))
    print(f"{answer_count} answers, {load.failed} not acknowledged, {len(late)} reveals, {errors} errors, ", end="")
    print(f"{cpu_s:.0f} s of processor, {cpu_ms:.1f} ms an answer with its share of all")
    return all(kept) and not load.failed and not errors


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--games", type=int, default=500)
    parser.add_argument("--players", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--for", type=float, default=120, dest="for_s")
    chosen = parser.parse_args()
    sys.exit(not asyncio.run(_run(chosen.games, chosen.players, chosen.seconds, chosen.for_s)))


if __name__ == "__main__":
    main()
