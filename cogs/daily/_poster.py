"""The posting loop: one task, started once, dumb and immortal.

::

    due rows ─▶ decide ─▶ claim ─▶ queue ─▶ send ─▶ record ─▶ thread, publish
                   └─ hold, lapse, recover                    └─ trouble

It asks the database what is due, most overdue first, decides about each on its own, and saves the decisions of a
handful at once. What is claimed waits in a short queue for its turn, so that claiming the next handful costs
no time. Nothing is remembered here that a kill could lose: see ``bot.domain.daily.recovery`` for what a kill means.
"""

import asyncio
import logging
import secrets
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.client import OstBot
from bot.domain.daily.delivery import Punctuality, State, Why, punctuality
from bot.domain.daily.order import Choice, NothingToPost
from bot.domain.daily.schedule import Entry
from bot.domain.daily.trouble import Trouble
from bot.storage import daily, daily_posts
from bot.storage.daily_posts import Due, Move, Shards

from ._deliveries import HANDFUL, Deliveries, Job
from ._picks import Picks
from ._recoveries import Recoveries
from ._threads import Threads
from ._troubles import Troubles

log = logging.getLogger(__name__)

PREPARED_AT_ONCE = 20
DECIDED_AT_ONCE = 20  # between looks at whatever else waits
LONGEST_SLEEP_S = 15.0  # a machine's clock may jump while we sleep
AFTER_ERROR_S = 5.0
SHELVED = timedelta(minutes=1)


class Poster:
    def __init__(self, bot: OstBot, picks: Picks) -> None:
        self.bot, self.picks = bot, picks
        self.claimant = secrets.token_hex(8)
        self.troubles = Troubles(bot, self.wake)
        self.threads = Threads(self.troubles.better_news)
        self.deliveries = Deliveries(bot, picks, self.troubles, self.threads)
        self.recoveries = Recoveries(bot, self.deliveries, self.threads, self.claimant)
        self._prepared_up_to: tuple[int, date] | None = (0, date.min)
        self._again = False
        self._task: asyncio.Task[None] | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._started = self._stopped = False

    def start(self) -> None:
        """Begin, if it has not begun: a second READY starts nothing."""
        if not self._started:
            self._started = True
            self._begin()

    async def stop(self) -> None:
        """Take on nothing more, let what is being sent arrive, give back what is not."""
        self._stopped = True
        if self._timer:
            self._timer.cancel()
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
        await self.deliveries.stop()

    def wake(self) -> None:
        """Something changed: look again at what is due and what is to be chosen."""
        self._prepared_up_to = (0, date.min)
        self._again = True
        self._begin()

    def _begin(self) -> None:
        """One task at a time: whoever calls while one is at work lets it look once more."""
        if not self._started or self._stopped or (self._task and not self._task.done()):
            return
        if self._timer:
            self._timer.cancel()
        self._task = asyncio.create_task(self._rounds(), name="daily picks")

    async def _rounds(self) -> None:
        """Until nothing is left to do; a timer then begins again. Nothing waits in between that could be lost."""
        wait_s = 0.0
        try:
            while wait_s <= 0 or self._again:
                self._again = False
                wait_s = await self._round()
                self.bot.metrics.daily_ran(self.bot.now())
        except Exception:
            log.exception("The round of daily picks failed")
            wait_s = AFTER_ERROR_S
        self._timer = asyncio.get_running_loop().call_later(min(wait_s, LONGEST_SLEEP_S), self._begin)

    async def _round(self) -> float:
        """Serve a handful of what is due; returns for how many seconds there is nothing to do."""
        await self.deliveries.wants_more()
        due = await daily_posts.due_posts(self.bot.database, self.bot.now(), self._shards(), HANDFUL)
        if due:
            await self._serve(due)
            self._prepared_up_to = self._prepared_up_to or (0, date.min)
            return 0
        if await self._prepare_some():
            return 0
        moment = await daily_posts.next_service(self.bot.database, self._shards())
        return (moment - self.bot.now()).total_seconds() if moment else LONGEST_SLEEP_S

    def _shards(self) -> Shards:
        count = self.bot.shard_count or 1
        return Shards(frozenset(self.bot.shard_ids or range(count)), count)

    async def _serve(self, due: list[Due]) -> None:
        choices = await self._choices([one for one in due if one.post.state is State.DUE])
        moves: list[Move] = []
        for start in range(0, len(due), DECIDED_AT_ONCE):
            some = due[start : start + DECIDED_AT_ONCE]
            moves += [self._decided(one, choices.get(one.schedule.id)) for one in some]
            await asyncio.sleep(0)
        won = await daily_posts.advance(self.bot.database, moves)
        ours = [(one, move) for one, move, is_ours in zip(due, moves, won, strict=True) if is_ours]
        for one, _ in ours:
            if one.post.state is not State.DUE:
                self.recoveries.begin(one)
        claimed = [
            Job(move.schedule, move.after)
            for one, move in ours
            if one.post.state is State.DUE and move.after.post.state is State.CLAIMED
        ]
        await self.picks.count_saves({job.choice.song_key for job in claimed})
        for job in claimed:
            self.deliveries.take(job)

    async def _choices(self, due: list[Due]) -> dict[int, Choice]:
        """The songs of posts that may go out: chosen beforehand, or now. One without a song has none here."""
        now = self.bot.now()
        wanted = [
            one
            for one in due
            if punctuality(one.post.due_at, now, one.schedule.setup.grace) is not Punctuality.TOO_LATE
        ]
        chosen = {one.schedule.id: one.post.choice for one in wanted if self._still_stands(one.post.choice)}
        missing = [one for one in wanted if one.schedule.id not in chosen]
        return {id_: choice for id_, choice in chosen.items() if choice} | await self._choose(missing)

    def _still_stands(self, choice: Choice | None) -> bool:
        return choice is not None and choice.song_key in self.bot.catalog.songs

    async def _choose(self, due: list[Due]) -> dict[int, Choice]:
        choices: dict[int, Choice] = {}
        if not due:
            return choices
        known = await daily.backgrounds(self.bot.database, [one.schedule.id for one in due])
        for one in due:
            try:
                choices[one.schedule.id] = self.picks.choose(one.schedule, known[one.schedule.id], one.post.local_date)
            except NothingToPost:
                continue
            except Exception:
                log.exception("Choosing a song failed for server %s", one.schedule.guild_id)
            await asyncio.sleep(0)  # a choice from the largest pool takes milliseconds
        return choices

    def _decided(self, due: Due, choice: Choice | None) -> Move:
        try:
            return self._decide(due, choice, self.bot.now())
        except Exception:
            log.exception("Deciding about a post failed for server %s", due.schedule.guild_id)
            return Move(due.schedule, due.post, Entry(due.post.retry_later(self.bot.now() + SHELVED)))

    def _decide(self, due: Due, choice: Choice | None, now: datetime) -> Move:
        schedule, post = due.schedule, due.post
        channel_id = schedule.setup.channel_id
        if post.state is State.CLAIMED:
            aside = replace(due.entry, post=post.retry_later(now + SHELVED, may_be_posted=True))
            return Move(schedule, post, aside)
        if post.unfinished:
            return Move(schedule, post, replace(due.entry, post=post.finish_later(now + SHELVED)))
        if punctuality(post.due_at, now, schedule.setup.grace) is Punctuality.TOO_LATE:
            lapsed = post.lapse()
            return Move(
                schedule, post, Entry(lapsed, channel_id, due.entry.trouble if lapsed.why is Why.TROUBLE else None)
            )
        guild = self.bot.get_guild(schedule.guild_id)
        trouble = self.threads.trouble_ahead(guild, channel_id) or (None if choice else Trouble.NOTHING_TO_POST)
        if trouble or choice is None:
            return self.troubles.hold(due, trouble or Trouble.NOTHING_TO_POST, now)
        role_gone = schedule.setup.role_id and guild and guild.get_role(schedule.setup.role_id) is None
        note = Trouble.ROLE_GONE if role_gone else None
        return Move(schedule, post, Entry(post.claim(self.claimant, choice, now), channel_id, note))

    async def _prepare_some(self) -> bool:
        """Choose songs of posts to come, in the quiet; False when all are chosen."""
        if self._prepared_up_to is None:
            return False
        due = await daily_posts.without_choice(
            self.bot.database, self._shards(), self._prepared_up_to, PREPARED_AT_ONCE
        )
        if not due:
            self._prepared_up_to = None
            return False
        choices = await self._choose(due)
        chosen = [(one, choices[one.schedule.id]) for one in due if one.schedule.id in choices]
        await daily_posts.keep_choices(self.bot.database, chosen)
        self._prepared_up_to = due[-1].post.schedule_id, due[-1].post.local_date
        return True
