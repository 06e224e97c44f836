"""The daily pick: ``/dailypick`` for admins, ``/osttoday`` for everybody, and the loop that posts.

``_commands`` and ``_today`` answer people. ``_poster`` decides what is due, ``_deliveries`` sends and records it,
``_extras`` publishes it and opens its thread, ``_recoveries`` looks after what was cut short, ``_troubles`` after what
went wrong; ``_sending`` and ``_looking`` hold the requests, ``_places`` and ``_threads`` what is known of channels,
``_picks`` songs and messages.
"""

import discord
from discord.ext import commands

from bot.client import OstBot

from ._commands import DailyPick
from ._picks import Picks
from ._poster import Poster
from ._today import Today


class DailyPosts(commands.Cog):
    """Starts and ends the loop, and hears of whatever may let a waiting post through."""

    def __init__(self, bot: OstBot, poster: Poster) -> None:
        self.bot, self.poster = bot, poster

    async def cog_load(self) -> None:
        if self.bot.is_ready():
            self.poster.start()

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        self.poster.start()

    async def cog_unload(self) -> None:
        await self.poster.stop()

    @commands.Cog.listener()
    async def on_guild_available(self, guild: discord.Guild) -> None:
        self.poster.troubles.better_news(guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.poster.troubles.better_news(guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_create(self, channel: discord.abc.GuildChannel) -> None:
        self.poster.troubles.better_news(channel.guild.id)

    @commands.Cog.listener()
    async def on_guild_channel_update(self, _before: discord.abc.GuildChannel, after: discord.abc.GuildChannel) -> None:
        self.poster.troubles.better_news(after.guild.id)

    @commands.Cog.listener()
    async def on_guild_role_update(self, _before: discord.Role, after: discord.Role) -> None:
        self.poster.troubles.better_news(after.guild.id)

    @commands.Cog.listener()
    async def on_member_update(self, _before: discord.Member, after: discord.Member) -> None:
        if after.id == after.guild.me.id:
            self.poster.troubles.better_news(after.guild.id)

    @commands.Cog.listener()
    async def on_thread_update(self, _before: discord.Thread, after: discord.Thread) -> None:
        self.poster.troubles.better_news(after.guild.id)


async def setup(bot: OstBot) -> None:
    picks = Picks(bot)
    poster = Poster(bot, picks)
    for cog in (DailyPick(bot, picks, poster), Today(bot, picks)):
        await bot.add_cog(cog)
        bot.answer_presses(cog)
    await bot.add_cog(DailyPosts(bot, poster))
