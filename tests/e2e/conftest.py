"""The whole bot against a simulated Discord: real discord.py, real SQLite, no network."""

import logging
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
import simcord

from bot.client import OstBot, Store
from bot.settings import Settings


@dataclass
class Stage:
    """A server with a channel and two members."""

    env: simcord.Env
    bot: OstBot
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor
    bea: simcord.MemberActor


@pytest.fixture
async def store(tmp_path) -> AsyncIterator[Store]:
    store = await Store.open(f"sqlite+aiosqlite:///{tmp_path / 'ostinato.db'}")
    yield store
    await store.database.close()


@pytest.fixture
async def stage(store, caplog) -> AsyncIterator[Stage]:
    bot = OstBot(Settings(_env_file=None), store)
    env = simcord.Env(bot, shard_count=1)
    await env.start()
    guild = env.create_guild("K-drama club")
    channel = guild.create_text_channel("ost")
    ann, bea = (guild.add_member(env.create_user(name)) for name in ("ann", "bea"))
    yield Stage(env, bot, guild, channel, ann, bea)
    await env.shutdown()
    env.raise_errors()
    unexpected = [record.getMessage() for record in caplog.records if record.levelno >= logging.ERROR]
    assert unexpected == [], "the bot logged an unexpected error"
