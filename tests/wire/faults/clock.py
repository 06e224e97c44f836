"""The machine's clock jumps: forward by hours, and back again."""

import asyncio
from datetime import timedelta
from pathlib import Path
from types import ModuleType

from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily
from bot.storage.database import Database
from tests.wire.daily import NINE, START, posts

from .stage import Row, Stage, quiet, ready, stage, until

PATIENCE_S = 30.0
SENT = "SELECT local_date FROM daily_post WHERE state = 'sent' ORDER BY local_date"
JUMPS = {"three hours forward": timedelta(hours=3), "three hours back": -timedelta(hours=3)}


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """Between two starts, for the library that fakes the time cannot move a running process."""
    await asyncio.to_thread(folder.mkdir)
    rows = []
    for name, jump in JUMPS.items():
        clock = wire.FakeTime(START.timestamp(), 20)
        async with stage(wire, filled, folder / name.replace(" ", "-"), clock) as on:
            rows += await _case(on, name, jump)
    return rows


async def _case(on: Stage, name: str, jump: timedelta) -> list[Row]:
    guild = await on.world.add_guild(channels=("ost",))
    database = await Database.open(f"sqlite:///{on.folder}/ostinato.db")
    plan = Plan.starting(guild.id, Setup(guild.channel.id, guild.owner.id), NINE, START - timedelta(hours=1))
    await daily.change_plan(database, guild.id, lambda _: plan)
    await database.close()
    await ready(on)
    await until(lambda: on.rows(SENT), PATIENCE_S)
    await on.bot.terminate(8)
    on.bot.fake_time.start += jump.total_seconds()
    await on.bot.start()
    await on.bot.wait_ready(PATIENCE_S)
    await quiet(on, 2)
    seen = f"{len(posts(guild.channel))} pick, {len(on.rows(SENT))} recorded"
    return [
        Row("clock jumps", name, "1 pick, 1 recorded", seen),
        Row("clock jumps", f"{name}: the log", "nothing", on.unexplained()),
    ]
