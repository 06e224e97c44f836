"""The whole bot against a simulated Discord: real discord.py, real SQLite, no network."""

import logging
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import discord
import pytest
import simcord

from bot.client import OstBot
from bot.domain.catalog import Catalog
from bot.settings import Settings
from bot.storage.database import Database
from bot.storage.members import all_languages
from bot.store import BackgroundIndex, Store
from bot.ui.components import Components


@dataclass
class Clock:
    """The bot's clock, which stands still until a test moves it."""

    time: datetime = field(default_factory=lambda: datetime.now(UTC))

    def __call__(self) -> datetime:
        return self.time


@dataclass
class Stage:
    """A server with a channel and two members; ``expected_errors`` counts what the test makes the bot log."""

    env: simcord.Env
    bot: OstBot
    store: Store
    clock: Clock
    guild: simcord.GuildHandle
    channel: simcord.ChannelHandle
    ann: simcord.MemberActor
    bea: simcord.MemberActor
    caplog: pytest.LogCaptureFixture
    expected_errors: int = 0

    @property
    def logged_errors(self) -> list[logging.LogRecord]:
        # In the teardown `caplog.records` would be the teardown's own.
        return [record for record in self.caplog.get_records("call") if record.levelno >= logging.ERROR]

    async def restart(self) -> None:
        """A new process on the same store: nothing but the database and Discord's messages survives."""
        fresh = replace(self.store, languages=await all_languages(self.store.database))
        self.bot = OstBot(self.bot.settings, fresh, self.clock)
        await self.env.restart_bot(self.bot)

    async def post(self, *items: discord.ui.Item[Any]) -> discord.Message:
        """A message with components of any sort in the channel, such as an old version may have left behind."""
        channel = self.bot.get_channel(self.channel.id)
        assert isinstance(channel, discord.TextChannel)
        return await channel.send("old", view=Components(items))


@pytest.fixture
async def store(tmp_path, filled_database, catalog: Catalog, index) -> AsyncIterator[Store]:
    path = shutil.copy(filled_database, tmp_path)
    database = await Database.open(f"sqlite+aiosqlite:///{path}")
    yield Store(database, catalog, BackgroundIndex(catalog, index), await all_languages(database))
    await database.close()


@pytest.fixture
async def stage(store, caplog) -> AsyncIterator[Stage]:
    clock = Clock()
    bot = OstBot(Settings(), store, clock)
    env = simcord.Env(bot, shard_count=1)
    await env.start()
    guild = env.create_guild("K-drama club")
    channel = guild.create_text_channel("ost")
    ann, bea = (guild.add_member(env.create_user(name)) for name in ("ann", "bea"))
    stage = Stage(env, bot, store, clock, guild, channel, ann, bea, caplog)
    yield stage
    await env.shutdown()
    messages = [record.getMessage() for record in stage.logged_errors]
    assert len(messages) == stage.expected_errors, f"the bot logged unexpected errors: {messages}"
