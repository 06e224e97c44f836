"""Kills the bot's process at random moments of running games, over and over, and looks for what got lost or doubled.

    python -m tests.longruns.trivia_kills [--kills 200] [--games 8] [--players 3] [--seed 1]

Needs the loopback Discord (OSTINATO_WIRE). After every kill the process is started again on the same database and the
games go on. At the end every answer that a player was told about must be stored, and every round's points must be what
its answers give.
"""

import argparse
import asyncio
import importlib
import random
import sys
import tempfile
import time
from pathlib import Path

from tests.wire.conftest import WIRE, process
from tests.wire.trivia import Crowd, shown_twice, what_is_wrong

# Until the next kill: while it starts and takes games over, while they go on, and after some rounds.
_WAITS_S = ((0.0, 3.0), (0.0, 12.0), (6.0, 22.0))


async def _run(kills: int, games: int, players: int, seed: int) -> bool:
    sys.path.append(str(WIRE))
    wire = importlib.import_module("wire")
    rng = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        async with wire.World() as world:
            guilds = [await world.add_guild(channels=("ost",), members=players) for _ in range(games)]
            crowd = Crowd(world, rng)
            with process(wire, Path(folder), world, OSTINATO_LOG_LEVEL="INFO") as bot:
                await bot.start()
                await bot.wait_ready(120, commands=6)
                playing = [asyncio.create_task(crowd.play(guild.channel, _players(guild))) for guild in guilds]
                await _kill(bot, kills, rng, crowd)
                await asyncio.sleep(20)
                crowd.is_over = True
                await asyncio.gather(*playing)
                await bot.terminate(8)
                errors = bot.output.count(" ERROR ")
        wrong = [*what_is_wrong(Path(folder), crowd.told), *shown_twice([guild.channel for guild in guilds])]
    print(f"{kills} kills, {len(crowd.told)} answers told, {crowd.refused} refused as too late,", end=" ")
    print(f"{crowd.unanswered} pressed while the bot was dead, {errors} errors logged")
    print("\n".join(wrong) or "nothing lost, nothing counted twice, nothing shown twice")
    return not wrong


def _players(guild) -> list:
    people = (member.user for member in guild.members.values())
    return [user for user in people if not user.is_bot and user is not guild.owner]


async def _kill(bot, kills: int, rng: random.Random, crowd: Crowd) -> None:
    for number in range(kills):
        await asyncio.sleep(rng.uniform(*rng.choice(_WAITS_S)))
        await bot.kill9()
        began = time.monotonic()
        await bot.restart(timeout=120)
        if number % 10 == 9:
            took_s = time.monotonic() - began
            print(f"{number + 1} kills, {len(crowd.told)} answers told, ready again after {took_s:.1f} s", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--games", type=int, default=8)
    parser.add_argument("--players", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    sys.exit(0 if asyncio.run(_run(chosen.kills, chosen.games, chosen.players, chosen.seed)) else 1)


if __name__ == "__main__":
    main()
