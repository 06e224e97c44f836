"""Discord's limit on the real process: many picks at once, each with a thread, and members who want something, too."""

import asyncio
import shutil
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.daily.clock import Timing
from bot.domain.daily.schedule import Plan, Setup
from bot.storage import daily
from bot.storage.database import Database
from tests.wire.conftest import process
from tests.wire.daily import posts

SERVERS = 120
LIMIT = 50


async def overdue_by_half_an_hour(folder, guilds):
    database = await Database.open(f"sqlite:///{folder}/ostinato.db")
    due_at = datetime.now(UTC) - timedelta(minutes=30)
    timing = Timing(due_at.time(), ZoneInfo("UTC"))

    async def set_up(guild):
        setup = Setup(guild.channel.id, guild.owner.id, opens_thread=True)
        plan = Plan.starting(guild.id, setup, timing, due_at - timedelta(hours=1))
        await daily.change_plan(database, guild.id, lambda _: plan)

    await asyncio.gather(*(set_up(guild) for guild in guilds))
    await database.close()


def most_within_a_second(requests):
    arrived = sorted(request.at for request in requests if not request.path.startswith(("/interactions", "/webhooks")))
    return max(sum(start <= at < start + 1 for at in arrived) for start in arrived)


async def test_picks_and_their_threads_draw_no_refusal_and_members_are_answered_meanwhile(
    wire, tmp_path, world, filled_database
):
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    guilds = await world.add_guilds(SERVERS)
    await overdue_by_half_an_hour(tmp_path, guilds)
    with process(wire, tmp_path, world) as bot:
        await bot.start()
        await world.until(lambda: any(posts(guild.channel) for guild in guilds), 60)
        answer = await world.slash(guilds[0].user, guilds[0].channel, "ost", query="goblin")
        await world.until(lambda: len(world.calls("POST", "/threads")) >= SERVERS, 60)
        await bot.terminate(10)
    assert [len(posts(guild.channel)) for guild in guilds] == [1] * SERVERS
    assert answer.acked
    assert sum(world.rate_limited.values()) == 0
    assert most_within_a_second(world.requests) <= LIMIT
