"""``/osttoday`` and the past picks; ♥ under a pick."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.cooldowns import Limit
from bot.domain.daily.clock import local_date_of
from bot.domain.daily.schedule import Mode, Plan
from bot.domain.errors import Gone
from bot.domain.lookup import song_of
from bot.storage import daily, daily_posts, members
from bot.ui import daily as ui
from bot.ui import saved as notices
from bot.ui.components import Components, on_press
from bot.ui.i18n import Language
from bot.ui.replies import Reply, give

from ._picks import PAST_SHOWN, Picks

SAVING = Limit(times=30, per=timedelta(minutes=1))


class Today(commands.Cog):
    def __init__(self, bot: OstBot, picks: Picks) -> None:
        self.bot, self.picks = bot, picks

    @app_commands.command(name=_("osttoday"), description=_("The OST of the day"))
    async def osttoday(self, interaction: Interaction) -> None:
        await give(interaction, await self._today(interaction))

    @on_press("pastpicks")
    async def show_past(self, interaction: Interaction) -> None:
        plan = await self._plan(interaction)
        if plan is None:
            house = self.picks.house(self.bot.now().date())
            picks = list(reversed(house[-PAST_SHOWN:]))
        else:
            entries = await daily_posts.recent(self.bot.database, plan.schedule.id, PAST_SHOWN, sent=True)
            posts = [entry.post for entry in entries]
            picks = [(post.local_date, post.choice.song_key) for post in posts if post.choice]
        say = self.bot.language_of(interaction)
        await give(interaction, ui.past_picks(self.bot.catalog, picks, say), private=True)

    @on_press("heart")
    async def save(self, interaction: Interaction, key: str, mark: str = "") -> None:
        """Save the song, and count it on the button; the message stays as it is where Discord refuses."""
        song = song_of(self.bot.catalog, key)
        self.bot.cooldowns.use("save", SAVING, interaction.user.id, self.bot.now())
        anew = await members.save_song(self.bot.database, interaction.user.id, song.key, interaction.created_at)
        if anew and mark and interaction.guild:
            saves = (await daily_posts.save_counts(self.bot.database, [key])).get(key, 0)
            say = self.bot.language_of_guild(interaction.guild)
            view = Components(ui.pick_buttons(self.bot.catalog, song, saves, say, mark))
            with suppress(discord.HTTPException):
                await interaction.response.edit_message(view=view)
        await give(interaction, notices.saved(song, self.bot.language_of(interaction), anew=anew), private=True)

    async def _plan(self, interaction: Interaction) -> Plan | None:
        """The server's own plan, if it posts or has posted any."""
        plan = await daily.plan_of(self.bot.database, interaction.guild_id) if interaction.guild_id else None
        return plan if plan and plan.schedule.mode is not Mode.OFF else None

    async def _today(self, interaction: Interaction) -> Reply:
        say, now = self.bot.language_of(interaction), self.bot.now()
        plan = await self._plan(interaction)
        latest = await daily_posts.recent(self.bot.database, plan.schedule.id, 1, sent=True) if plan else []
        post = latest[0].post if latest else None
        if plan and post and post.choice and post.choice.song_key in self.bot.catalog.songs:
            card = await self.picks.card(post.choice.song_key, post.local_date, say)
            if post.local_date < local_date_of(now, plan.schedule.agenda.timing.zone):
                card = _dated(card, plan, say)
            return card
        today = now.date()
        house = self.picks.house(today)
        if not house:
            raise Gone(str(today))
        return await self.picks.card(house[-1][1], today, say)


def _dated(card: Reply, plan: Plan, say: Language) -> Reply:
    next_at: datetime | None = plan.open.due_at if plan.schedule.mode is Mode.ON else None
    return replace(card, content=f"-# {ui.not_yet(next_at, say)}\n{card.content or ''}")
