"""The stage of the daily pick: noon, and an admin who sets it up.

A test file imports ``noon`` and has it as a fixture.
"""

import asyncio
from datetime import UTC, datetime

import discord
import pytest

from bot.storage import daily, daily_posts

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def noon(stage):
    """Noon in London, nine in the evening in Seoul; ann manages the server."""
    stage.clock.time = NOON
    managers = stage.guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    stage.ann = stage.guild.add_member(stage.env.create_user("Ann the manager"), roles=[managers])
    return stage


def poster(stage):
    return stage.bot.get_cog("DailyPosts").poster


async def served(stage, moment):
    """Move the clock and let the loop do what is due."""
    stage.clock.time = moment
    poster(stage).wake()
    for _ in range(60):
        await asyncio.sleep(0.02)
        plan = await plan_of(stage)
        if plan is None or plan.open.serve_at > moment:
            return


async def plan_of(stage):
    return await daily.plan_of(stage.store.database, stage.guild.id)


async def recent(stage):
    plan = await plan_of(stage)
    return await daily_posts.recent(stage.store.database, plan.schedule.id, 7)


async def set_up(stage, **options):
    given = {"channel": stage.channel, "time": "10pm", "timezone": "Asia/Seoul"} | options
    return await stage.ann.slash(stage.channel, "dailypick setup", **given)


def posts(stage):
    return [message for message in stage.channel.history() if message.interaction_metadata is None]
