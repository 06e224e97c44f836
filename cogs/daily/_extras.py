"""What a post owes once it is recorded as sent: to be published, and a discussion thread of its own.

Both may be done again after a crash: Discord refuses the second time with a code of its own, which is as good as done.
"""

import logging
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import replace
from datetime import datetime

import discord

from bot.client import OstBot
from bot.domain.daily.recovery import CLAIM_LEASE
from bot.domain.daily.schedule import Entry, Schedule, Setup
from bot.domain.daily.trouble import RULINGS, Course
from bot.storage.daily_posts import Move
from bot.ui.daily import thread_title

from ._places import Place
from ._sending import open_thread, publish, trouble_in
from ._troubles import patience

log = logging.getLogger(__name__)

_PASSES = (Course.RETRY, Course.WAIT)
Step = Callable[[], Awaitable[None]]


class Extras:
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot

    def finish_at(self, setup: Setup, place: Place | None) -> datetime | None:
        """Until when whoever sends to that place may be at what is owed; None where nothing will be."""
        return self.bot.now() + CLAIM_LEASE if _publishes(setup, place) or _opens_thread(setup, place) else None

    async def finish(self, schedule: Schedule, sent: Entry) -> Move:
        """Do what is owed, and return what to record: finished, or to be tried again after trouble that passes."""
        guild = self.bot.get_guild(schedule.guild_id)
        if guild is None or guild.unavailable:
            return self._later(schedule, sent)
        lasting = None
        for step in self._steps(schedule.setup, guild, sent):
            try:
                await step()
            except Exception as error:  # noqa: BLE001 - every error is a trouble with a rule of its own
                trouble = trouble_in(error)
                if RULINGS[trouble].course in _PASSES:
                    return self._later(schedule, sent)
                log.info("Trouble with what a pick owes: %s in server %s", trouble, schedule.guild_id)
                lasting = lasting or trouble
        finished = replace(sent, post=sent.post.finished(), trouble=sent.trouble or lasting)
        return Move(schedule, sent.post, finished)

    def _later(self, schedule: Schedule, sent: Entry) -> Move:
        now = self.bot.now()
        post = sent.post.finish_later(now + patience(sent.post.due_at, now))
        return Move(schedule, sent.post, replace(sent, post=post))

    def _steps(self, setup: Setup, guild: discord.Guild, sent: Entry) -> Iterator[Step]:
        channel_id, message_id = sent.channel_id or 0, sent.post.message_id or 0
        place = guild.get_channel(channel_id)
        song = self.bot.catalog.songs.get(sent.post.choice.song_key) if sent.post.choice else None
        if _publishes(setup, place):
            yield lambda: publish(self.bot, channel_id, message_id)
        if song and _opens_thread(setup, place):
            title = thread_title(self.bot.catalog, song, self.bot.language_of_guild(guild))
            yield lambda: open_thread(self.bot, channel_id, message_id, title)


def _publishes(setup: Setup, place: Place | None) -> bool:
    return setup.publishes and isinstance(place, discord.TextChannel) and place.is_news()


def _opens_thread(setup: Setup, place: Place | None) -> bool:
    return setup.opens_thread and isinstance(place, discord.TextChannel)
