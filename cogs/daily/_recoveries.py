"""Posts whose sending was cut short: ``bot.domain.daily.recovery`` decides, this looks, sends again and records."""

import asyncio
import logging
from dataclasses import replace
from datetime import datetime

from bot.client import OstBot
from bot.domain.daily.delivery import Why
from bot.domain.daily.recovery import (
    Adopt,
    Decision,
    Finish,
    Found,
    GiveUp,
    LetBe,
    Look,
    SendAgain,
    Sight,
    Wait,
    finish,
    recover,
)
from bot.domain.daily.schedule import Entry
from bot.pacing import patiently
from bot.storage import daily_posts
from bot.storage.daily_posts import Due, Move

from ._deliveries import Deliveries, Job
from ._looking import look
from ._places import Place, is_forum
from ._threads import Threads
from ._troubles import patience

log = logging.getLogger(__name__)


class Recoveries:
    """Each post is recovered by a task of its own, for looking takes time; the poster shelved it meanwhile."""

    def __init__(self, bot: OstBot, deliveries: Deliveries, threads: Threads, claimant: str) -> None:
        self.bot, self.deliveries, self.threads, self.claimant = bot, deliveries, threads, claimant
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, due: Due) -> None:
        """Not for one that is just being sent: a clock may have jumped, and a machine been asleep with it under way."""
        if self.deliveries.is_at(due.post):
            return
        work = self._finish(due) if due.post.unfinished else self._recover(due)
        task = asyncio.create_task(work, context=patiently())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _recover(self, due: Due) -> None:
        try:
            place = self._place(due)
            decision = self._decide(due, Sight.NOT_LOOKED, place)
            sight: Sight | Found = Sight.NOT_LOOKED
            channel_id = due.entry.channel_id or 0
            if isinstance(decision, Look) and decision.at <= self.bot.now():
                sight, seen_in = await self._look(due, place, decision.look_from)
                channel_id = seen_in or channel_id
                decision = self._decide(due, sight, place)
            log.info("Pick %s was cut short: %s, so %s", due.post.nonce, sight, decision)
            await self._act(due, decision, channel_id)
        except Exception:
            log.exception("Recovering a pick failed in server %s", due.schedule.guild_id)

    async def _finish(self, due: Due) -> None:
        try:
            match finish(due.post, self.bot.now(), due.schedule.setup.grace):
                case Finish():
                    await self.deliveries.finish(due.schedule, due.entry)
                case LetBe():
                    await self._record(due, replace(due.entry, post=due.post.finished()))
                case Wait(until):
                    await self._record(due, replace(due.entry, post=due.post.finish_later(until)))
        except Exception:
            log.exception("Finishing a pick failed in server %s", due.schedule.guild_id)

    def _place(self, due: Due) -> Place | None:
        return self.threads.find(self.bot.get_guild(due.schedule.guild_id), due.entry.channel_id or 0)

    async def _look(self, due: Due, place: Place | None, look_from: datetime) -> tuple[Sight | Found, int]:
        guild = self.bot.get_guild(due.schedule.guild_id)
        if guild is None or guild.unavailable:
            return Sight.FAILED, 0  # the cache knows nothing of it now; it may tomorrow
        return await look(self.bot, place, due.post.nonce, look_from)

    def _decide(self, due: Due, sight: Sight | Found, place: Place | None) -> Decision:
        return recover(
            due.post,
            sight,
            self.bot.now(),
            forum=is_forum(place),
            grace=due.schedule.setup.grace,
            claimant_gone=due.post.claimed_by == self.claimant,
        )

    async def _act(self, due: Due, decision: Decision, channel_id: int) -> None:
        now, post = self.bot.now(), due.post
        match decision:
            case Adopt(message_id):
                await self.deliveries.adopt(Job(due.schedule, due.entry), channel_id, message_id)
            case SendAgain():
                await self._send_again(due, now)
            case GiveUp(why):
                ended = post.fail(why) if why is Why.UNKNOWN else post.skip(why)
                await self._record(due, Entry(ended, channel_id))
            case Wait(until):
                await self._record(due, Entry(post.retry_later(until, may_be_posted=True), due.entry.channel_id))
            case Look(at):
                at = at if at > now else now + patience(post.due_at, now)
                await self._record(due, Entry(post.retry_later(at, may_be_posted=True), due.entry.channel_id))

    async def _send_again(self, due: Due, now: datetime) -> None:
        guild, channel_id = self.bot.get_guild(due.schedule.guild_id), due.entry.channel_id or 0
        if trouble := self.threads.trouble_ahead(guild, channel_id):
            self.deliveries.troubles.note(due.schedule, trouble, now)
            later = due.post.retry_later(now + patience(due.post.due_at, now), may_be_posted=True)
            await self._record(due, Entry(later, channel_id, trouble))
            return
        entry = Entry(due.post.take_over(self.claimant, now), channel_id, due.entry.trouble)
        if await self._record(due, entry):
            self.deliveries.take(Job(due.schedule, entry))

    async def _record(self, due: Due, after: Entry) -> bool:
        [is_ours] = await daily_posts.advance(self.bot.database, [Move(due.schedule, due.post, after)])
        return is_ours
