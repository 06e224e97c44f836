"""``/trivia scores`` and ``/trivia profile``: names are asked of Discord, for the bot keeps no list of members."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.errors import Gone, OnlyInServer
from bot.domain.trivia.boards import Period, profile
from bot.domain.trivia.scoring import Place, ranked
from bot.storage.trivia import boards
from bot.ui import trivia as ui
from bot.ui.components import chosen_value, on_press
from bot.ui.replies import Reply, give, take_time, turn

PLACES = 10
MET_FOR_S = 60.0


class Boards(commands.Cog):
    bot: OstBot
    met: dict[int, discord.User]  # players of the boards that were shown in the last minute

    @app_commands.command(name=_("scores"), description=_("Who has the most points in this server"))
    @app_commands.rename(period=_("period"))
    @app_commands.describe(period=_("All time if you say nothing"))
    @app_commands.choices(
        period=[
            app_commands.Choice(name=_("today"), value=Period.TODAY.value),
            app_commands.Choice(name=_("this week"), value=Period.WEEK.value),
            app_commands.Choice(name=_("this month"), value=Period.MONTH.value),
            app_commands.Choice(name=_("all time"), value=Period.ALL.value),
        ]
    )
    async def scores(self, interaction: Interaction, period: str = Period.ALL.value) -> None:
        await give(interaction, await self._board(interaction, Period(period)))

    @on_press("trivia-scores")
    async def change_period(self, interaction: Interaction) -> None:
        period = chosen_value(interaction)
        if period not in set(Period):
            raise Gone(period)
        await turn(interaction, await self._board(interaction, Period(period)))

    @app_commands.command(name=_("profile"), description=_("How well you, or somebody else, know the soundtracks"))
    @app_commands.rename(member=_("member"))
    @app_commands.describe(member=_("Yourself if you say nothing"))
    async def profile(self, interaction: Interaction, member: discord.User | None = None) -> None:
        who, guild_id = member or interaction.user, interaction.guild_id
        if guild_id is None and who.id != interaction.user.id:
            raise OnlyInServer  # what somebody did on servers is those servers' business
        told = profile(await boards.answers_of(self.bot.database, who.id, guild_id))
        hardest = await boards.question_called(self.bot.database, told.hardest_right) if told.hardest_right else None
        total = await self._place_of(who.id, guild_id) if guild_id else None
        say = self.bot.language_of(interaction)
        await give(interaction, ui.profile_card(who.display_name, told, hardest, total, self.bot.catalog, say))

    async def _place_of(self, user_id: int, guild_id: int) -> Place | None:
        places = ranked(await boards.standings(self.bot.database, guild_id, None))
        return next((place for place in places if place.standing.user_id == user_id), None)

    async def _board(self, interaction: Interaction, period: Period) -> Reply:
        if interaction.guild_id is None:
            raise OnlyInServer
        since = period.begins_at(self.bot.now())
        places = ranked(await boards.standings(self.bot.database, interaction.guild_id, since))[:PLACES]
        names = await self._names([place.standing.user_id for place in places], interaction)
        return ui.score_board(places, names, period, self.bot.language_of(interaction))

    async def _names(self, user_ids: Sequence[int], interaction: Interaction) -> dict[int, str]:
        """As Discord knows them now. Whom the library has not met is asked for, which may take its time."""
        unknown = [user_id for user_id in user_ids if not self._user(user_id)]
        if unknown:
            await take_time(interaction)
            await asyncio.gather(*map(self._meet, unknown))
        return {user_id: user.display_name for user_id in user_ids if (user := self._user(user_id))}

    def _user(self, user_id: int) -> discord.User | None:
        return self.bot.get_user(user_id) or self.met.get(user_id)

    async def _meet(self, user_id: int) -> None:
        """The library forgets at once whom it was told of; a board's next period shows mostly the same players."""
        with suppress(discord.HTTPException):
            self.met[user_id] = await self.bot.fetch_user(user_id)
            asyncio.get_running_loop().call_later(MET_FOR_S, self.met.pop, user_id, None)
