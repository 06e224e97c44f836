"""``/dailypick``: what a server's admins decide. Who may use it is set in the server's Integrations."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.daily.clock import Days, Timing
from bot.domain.daily.delivery import DEFAULT_GRACE, MAX_GRACE
from bot.domain.daily.order import Choice
from bot.domain.daily.pools import Pool
from bot.domain.daily.schedule import (
    MissingPermissions,
    Mode,
    NoSchedule,
    NoTagToUse,
    NotPostable,
    Plan,
    Setup,
)
from bot.domain.daily.times import parse_time
from bot.domain.daily.trouble import Trouble
from bot.domain.errors import NotAllowed, OnlyInServer
from bot.domain.lookup import song_of
from bot.storage import daily, daily_posts
from bot.ui import daily as ui
from bot.ui.components import chosen_value, on_press
from bot.ui.replies import Reply, give, turn

from ._options import Choices, Options, PostableChannel, date_choices, date_to_come, tag_choices, tag_named
from ._picks import Picks
from ._places import may_look, missing_for, tagging_in, tags_of, takes_messages, trouble_there
from ._poster import Poster

SHOWN_IN_STATUS = 7
DEFAULT_HOURS, MAX_HOURS = (grace // timedelta(hours=1) for grace in (DEFAULT_GRACE, MAX_GRACE))


@app_commands.default_permissions(manage_guild=True)
@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=False, private_channels=False)
class DailyPick(commands.GroupCog, group_name=_("dailypick"), group_description=_("An OST a day in a channel")):
    def __init__(self, bot: OstBot, picks: Picks, poster: Poster) -> None:
        self.bot, self.picks, self.poster = bot, picks, poster
        self.options = Options(bot)

    @app_commands.command(name=_("setup"), description=_("Post an OST a day, or change how"))
    @app_commands.rename(
        channel=_("channel"), time=_("time"), timezone=_("timezone"), days=_("days"), pool=_("pool"), role=_("role"),
        thread=_("thread"), publish=_("publish"), grace=_("grace"), tag=_("tag"),
    )  # fmt: skip
    @app_commands.describe(
        channel=_("A text, announcement or forum channel, or a thread"),
        time=_("As you write it: 9am, 21:00, 21h30, 밤 9시"),
        timezone=_("Type a city, a country or an abbreviation and pick"),
        days=_("Every day if you say nothing"),
        pool=_("Which songs: award winners if you say nothing"),
        role=_("A role to ping, the only one ever mentioned"),
        thread=_("Open a discussion thread under each pick"),
        publish=_("Publish it to the servers that follow (announcement channels)"),
        grace=_("For how many hours a late post is still welcome: 6 if you say nothing"),
        tag=_("A forum's tag for the picks; if it asks for one, the first if you say nothing"),
    )
    @app_commands.choices(
        days=[
            app_commands.Choice(name=_("Every day"), value=Days.EVERY_DAY),
            app_commands.Choice(name=_("Weekdays"), value=Days.WEEKDAYS),
            app_commands.Choice(name=_("Weekends"), value=Days.WEEKENDS),
            app_commands.Choice(name=_("Mondays"), value=Days.MONDAY),
            app_commands.Choice(name=_("Tuesdays"), value=Days.TUESDAY),
            app_commands.Choice(name=_("Wednesdays"), value=Days.WEDNESDAY),
            app_commands.Choice(name=_("Thursdays"), value=Days.THURSDAY),
            app_commands.Choice(name=_("Fridays"), value=Days.FRIDAY),
            app_commands.Choice(name=_("Saturdays"), value=Days.SATURDAY),
            app_commands.Choice(name=_("Sundays"), value=Days.SUNDAY),
        ]
    )
    async def setup(  # noqa: PLR0913, PLR0917 - a command's options are its parameters
        self,
        interaction: Interaction,
        channel: app_commands.Transform[int, PostableChannel],
        time: str,
        timezone: str,
        days: str = Days.EVERY_DAY,
        pool: str = str(Pool()),
        role: discord.Role | None = None,
        thread: bool = False,  # noqa: FBT001, FBT002 - likewise
        publish: bool = False,  # noqa: FBT001, FBT002 - likewise
        grace: app_commands.Range[int, 0, MAX_HOURS] = DEFAULT_HOURS,
        tag: str | None = None,
    ) -> None:
        timing = Timing(parse_time(time), self.options.zone(timezone), Days(days))
        wanted = Setup(
            channel_id=channel,
            set_up_by=interaction.user.id,
            pool=self.options.pool(pool),
            role_id=role.id if role else None,
            opens_thread=thread,
            publishes=publish,
            grace=timedelta(hours=grace),
        )
        await self._set_up(interaction, wanted, timing, tag)

    @setup.autocomplete("timezone")
    async def suggest_zone(self, interaction: Interaction, typed: str) -> Choices:
        return self.options.zone_choices(interaction, typed)

    @setup.autocomplete("pool")
    async def suggest_pool(self, interaction: Interaction, typed: str) -> Choices:
        return self.options.pool_choices(typed, self.bot.language_of(interaction))

    @setup.autocomplete("tag")
    async def suggest_tag(self, interaction: Interaction, typed: str) -> Choices:
        channel = getattr(interaction.namespace, "channel", None)
        place = interaction.guild.get_channel(channel.id) if interaction.guild and channel else None
        return tag_choices(tags_of(place), typed)

    @app_commands.command(name=_("status"), description=_("The next post, the last seven, and how they went"))
    async def status(self, interaction: Interaction) -> None:
        plan = await self._plan(interaction)
        recent = await daily_posts.recent(self.bot.database, plan.schedule.id, SHOWN_IN_STATUS)
        setup = plan.schedule.setup
        place = _guild(interaction).get_channel_or_thread(setup.channel_id)
        missing = missing_for(setup, place) if place else ()
        standing = ui.Standing(plan, recent, missing, tagging_in(place, setup.tag_id))
        await give(interaction, ui.status(self.bot.catalog, standing, self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("pause"), description=_("Post nothing until you resume"))
    async def pause(self, interaction: Interaction) -> None:
        await self._change(interaction, Plan.pause)
        await give(interaction, ui.paused(self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("resume"), description=_("Go on after a pause"))
    async def resume(self, interaction: Interaction) -> None:
        now = self.bot.now()
        plan = await self._change(interaction, lambda plan: plan.resume(now))
        await give(interaction, ui.resumed(plan.open, self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("skip"), description=_("Leave out the next post"))
    async def skip(self, interaction: Interaction) -> None:
        plan = await self._change(interaction, Plan.skip)
        closed = plan.closed or plan.open
        await give(interaction, ui.skipped(closed, plan.open, self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("off"), description=_("End the daily pick"))
    async def off(self, interaction: Interaction) -> None:
        await self._change(interaction, Plan.switch_off)
        await give(interaction, ui.switched_off(self.bot.language_of(interaction)), private=True)

    @app_commands.command(name=_("queue"), description=_("Ask for a song, or see what is queued"))
    @app_commands.rename(song=_("song"), day=_("date"))
    @app_commands.describe(song=_("The song to post"), day=_("On which day: with the next post if you say nothing"))
    async def queue(self, interaction: Interaction, song: str | None = None, day: str | None = None) -> None:
        plan = await self._plan(interaction)
        if song:
            wanted = date_to_come(day, plan.open.local_date) if day else None
            wish = await self.options.song(song)
            await daily.add_wish(self.bot.database, plan.schedule.id, wish.key, wanted)
            self.poster.wake()
        await give(interaction, await self._queue(interaction, plan), private=True)

    @queue.autocomplete("day")
    async def suggest_date(self, interaction: Interaction, typed: str) -> Choices:
        plan = await daily.plan_of(self.bot.database, interaction.guild_id or 0)
        return date_choices(plan.open.local_date, typed) if plan else []

    @app_commands.command(name=_("exclude"), description=_("Never pick a song, or see which are left out"))
    @app_commands.rename(song=_("song"))
    @app_commands.describe(song=_("The song to leave out"))
    async def exclude(self, interaction: Interaction, song: str | None = None) -> None:
        plan = await self._plan(interaction)
        if song:
            excluded = await self.options.song(song)
            await daily.exclude(self.bot.database, plan.schedule.id, excluded.key)
            self.poster.wake()
        await give(interaction, await self._exclusions(interaction, plan), private=True)

    @queue.autocomplete("song")
    @exclude.autocomplete("song")
    async def suggest_song(self, interaction: Interaction, typed: str) -> Choices:
        return await self.options.song_choices(typed, self.bot.language_of(interaction))

    @on_press("unqueue")
    async def take_out(self, interaction: Interaction) -> None:
        plan = await self._plan_to_change(interaction)
        day, _colon, key = chosen_value(interaction).partition(":")
        song = song_of(self.bot.catalog, key)
        wanted = date_to_come(day, date.min) if day else None
        await daily.remove_wish(self.bot.database, plan.schedule.id, song.key, wanted)
        self.poster.wake()
        await turn(interaction, await self._queue(interaction, plan))

    @on_press("unexclude")
    async def take_back(self, interaction: Interaction) -> None:
        plan = await self._plan_to_change(interaction)
        song = song_of(self.bot.catalog, chosen_value(interaction))
        await daily.include(self.bot.database, plan.schedule.id, song.key)
        self.poster.wake()
        await turn(interaction, await self._exclusions(interaction, plan))

    async def _set_up(self, interaction: Interaction, wanted: Setup, timing: Timing, tag: str | None) -> None:
        guild, now = _guild(interaction), self.bot.now()
        place = guild.get_channel_or_thread(wanted.channel_id)
        if place is None:
            raise MissingPermissions(wanted.channel_id, ("view_channel",))
        if not takes_messages(place):
            raise NotPostable(wanted.channel_id)
        if lacking := missing_for(wanted, place):
            raise MissingPermissions(wanted.channel_id, lacking)
        if trouble_there(place) is Trouble.TAG_REQUIRED:
            raise NoTagToUse(wanted.channel_id)
        if tag:
            wanted = replace(wanted, tag_id=tag_named(tags_of(place), tag, wanted.channel_id).id)

        def change(plan: Plan | None) -> Plan:
            return plan.set_up(wanted, timing, now) if plan else Plan.starting(guild.id, wanted, timing, now)

        plan = await daily.change_plan(self.bot.database, guild.id, change)
        choice = await self._choose(plan)
        self.poster.wake()
        card = await self.picks.card(choice.song_key, plan.open.local_date, self.bot.language_of_guild(guild))
        notes = ui.Notes(
            advice=() if may_look(place) else ("read_message_history",),
            tagging=tagging_in(place, wanted.tag_id),
            not_news=wanted.publishes and not (isinstance(place, discord.TextChannel) and place.is_news()),
        )
        await give(interaction, ui.set_up(plan, card, notes, self.bot.language_of(interaction)), private=True)

    async def _choose(self, plan: Plan) -> Choice:
        """The next post's song, kept with it. Raises NothingToPost."""
        schedule = plan.schedule
        if plan.open.choice:
            return plan.open.choice
        background = (await daily.backgrounds(self.bot.database, [schedule.id]))[schedule.id]
        choice = self.picks.choose(schedule, background, plan.open.local_date)
        await daily_posts.keep_choice(self.bot.database, schedule, plan.open, choice)
        return choice

    async def _change(self, interaction: Interaction, change: Callable[[Plan], Plan]) -> Plan:
        def on_plan(plan: Plan | None) -> Plan:
            if plan is None:
                raise NoSchedule
            return change(plan)

        plan = await daily.change_plan(self.bot.database, _guild(interaction).id, on_plan)
        self.poster.wake()
        return plan

    async def _plan(self, interaction: Interaction) -> Plan:
        """Raises NoSchedule where there is none, or it is off."""
        plan = await daily.plan_of(self.bot.database, _guild(interaction).id)
        if plan is None or plan.schedule.mode is Mode.OFF:
            raise NoSchedule
        return plan

    async def _plan_to_change(self, interaction: Interaction) -> Plan:
        """For components, which Integrations know nothing of: raises NotAllowed for who may not change the server."""
        if not interaction.permissions.manage_guild:
            raise NotAllowed(self.bot.language_of(interaction)("Manage Server"))
        return await self._plan(interaction)

    async def _queue(self, interaction: Interaction, plan: Plan) -> Reply:
        wishes = (await daily.backgrounds(self.bot.database, [plan.schedule.id]))[plan.schedule.id].wishes
        dated = [(day, key) for day, key in sorted(wishes.dated.items()) if day >= plan.open.local_date]
        listed = [*((None, key) for key in wishes.queued), *dated]
        return ui.queue(self.bot.catalog, listed, self.bot.language_of(interaction))

    async def _exclusions(self, interaction: Interaction, plan: Plan) -> Reply:
        wishes = (await daily.backgrounds(self.bot.database, [plan.schedule.id]))[plan.schedule.id].wishes
        return ui.exclusions(self.bot.catalog, sorted(wishes.excluded), self.bot.language_of(interaction))


def _guild(interaction: Interaction) -> discord.Guild:
    if interaction.guild is None:
        raise OnlyInServer
    return interaction.guild
