"""What is done about trouble: a post waits, a server is told once, and better news are not waited for."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.client import OstBot
from bot.domain.daily.delivery import Post
from bot.domain.daily.schedule import Entry, Schedule
from bot.domain.daily.trouble import RULINGS, Course, Health, Trouble, after_trouble
from bot.storage import daily, daily_posts
from bot.storage.daily_posts import Due, Move

from ._telling import tell

log = logging.getLogger(__name__)

SHORTEST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(minutes=10)
_A_MOMENT = timedelta(seconds=1)


class Troubles:
    def __init__(self, bot: OstBot, wake: Callable[[], None]) -> None:
        self.bot, self.wake = bot, wake
        self.rng = random.Random()  # noqa: S311 - it only spreads retries
        self._waiting_guilds: set[int] = set()
        self._being_told: set[int] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def hold(self, due: Due, trouble: Trouble, now: datetime) -> Move:
        """Nothing was sent: the post waits, the longer the longer, until its grace ends."""
        at = _within_grace(due.schedule, due.post, now + patience(due.post.due_at, now))
        self.note(due.schedule, trouble, now)
        later = replace(due.post.retry_later(at), choice=due.post.choice)
        return Move(due.schedule, due.post, Entry(later, due.schedule.setup.channel_id, trouble))

    def after_attempt(self, schedule: Schedule, entry: Entry, trouble: Trouble, now: datetime) -> Move:
        """What becomes of a claimed post whose sending met trouble."""
        post = after_trouble(entry.post, trouble, now, self.rng.random())
        if post.retry_at:
            retry_at = _within_grace(schedule, post, post.retry_at)
            post = replace(post, retry_at=retry_at, choice=entry.post.choice)
        level = logging.WARNING if RULINGS[trouble].course is Course.FAIL else logging.INFO
        log.log(level, "Trouble with a pick: %s in server %s", trouble, schedule.guild_id)
        self.note(schedule, trouble, now)
        return Move(schedule, entry.post, Entry(post, entry.channel_id, trouble))

    def note(self, schedule: Schedule, trouble: Trouble, now: datetime) -> None:
        """Remember who waits; make the schedule ill and tell its server, if the ruling says so."""
        self._waiting_guilds.add(schedule.guild_id)
        if RULINGS[trouble].course is Course.PAUSE:
            self._begin(self._fall_ill(schedule, schedule.health.after_trouble(trouble, now)))

    def heal(self, schedule: Schedule) -> None:
        """A post went through."""
        self._waiting_guilds.discard(schedule.guild_id)
        if schedule.health.ill:
            self._begin(daily.save_health(self.bot.database, schedule.id, Health()))

    def better_news(self, guild_id: int) -> None:
        """Something changed in a server: if a post waits there, look at it now."""
        if guild_id in self._waiting_guilds:
            self._begin(self._hasten(guild_id))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(_logged(work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _hasten(self, guild_id: int) -> None:
        await daily_posts.hasten(self.bot.database, guild_id)
        self.wake()

    async def _fall_ill(self, schedule: Schedule, health: Health) -> None:
        if health != schedule.health:
            await daily.save_health(self.bot.database, schedule.id, health)
        if health.to_tell and schedule.id not in self._being_told:
            self._being_told.add(schedule.id)
            try:
                await tell(self.bot, schedule, health)
            finally:
                self._being_told.discard(schedule.id)


def patience(due_at: datetime, now: datetime) -> timedelta:
    """How long to wait before trying again what nothing has come of: the later, the longer."""
    return min(max((now - due_at) / 4, SHORTEST_WAIT), LONGEST_WAIT)


def _within_grace(schedule: Schedule, post: Post, at: datetime) -> datetime:
    """``at``, but not long after the grace: then the date is to be closed."""
    return min(at, post.due_at + schedule.setup.grace + _A_MOMENT)


async def _logged(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        log.exception("Dealing with trouble failed")
