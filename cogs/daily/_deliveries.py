"""From a claimed post to a recorded one: its turn, the request, and what came of it."""

import asyncio
import logging
from dataclasses import dataclass
from datetime import datetime

from bot.client import OstBot
from bot.domain.daily.delivery import Post, Punctuality, State, punctuality
from bot.domain.daily.order import Choice
from bot.domain.daily.schedule import Entry, Schedule
from bot.domain.daily.trouble import Trouble
from bot.pacing import patiently
from bot.storage import daily_posts
from bot.storage.daily_posts import Move

from ._extras import Extras
from ._picks import Picks
from ._places import Place, tagging_in
from ._sending import QUEUED_MAX, send, trouble_in
from ._threads import Threads
from ._troubles import Troubles

log = logging.getLogger(__name__)

AT_ONCE = 50  # requests under way
HANDFUL = 100  # claimed together, and recorded: half a dozen trips to the database cost the same for one
FEW_QUEUED = 100  # below that the next are claimed; what waits longer than QUEUED_MAX is given back
SLOW_S = 3.0  # a request that takes longer makes room for others
RECORD_AGAIN_S = 1.0
GATHER_S = 0.05  # a commit costs as much for one as for fifty
LAST_REQUESTS_S = 2.5  # at the end; a service manager is told five


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed post to be sent."""

    schedule: Schedule
    entry: Entry

    @property
    def choice(self) -> Choice:
        if self.entry.post.choice is None:
            raise ValueError(f"{self.entry.post.nonce} was claimed without a song")
        return self.entry.post.choice


class Deliveries:
    def __init__(self, bot: OstBot, picks: Picks, troubles: Troubles, threads: Threads) -> None:
        self.bot, self.picks, self.troubles, self.threads = bot, picks, troubles, threads
        self._extras = Extras(bot)
        self._queue: asyncio.Queue[Job] = asyncio.Queue()
        self._room = asyncio.Event()
        self._room.set()
        self._slots = asyncio.Semaphore(AT_ONCE)
        self._sending: set[asyncio.Task[None]] = set()
        self._at: set[str] = set()  # nonces of what is queued or being sent
        self._finished: list[tuple[Move, asyncio.Future[bool]]] = []
        self._dispatcher: asyncio.Task[None] | None = None
        self._recorder: asyncio.Task[None] | None = None

    async def stop(self) -> None:
        """Let requests that are under way arrive, and give back what is still queued."""
        if self._dispatcher:
            self._dispatcher.cancel()
        while not self._queue.empty():
            self._give_back(self._queue.get_nowait())
        if self._sending:
            await asyncio.wait(self._sending, timeout=LAST_REQUESTS_S)
        if self._recorder:
            await asyncio.wait([self._recorder], timeout=1)
            self._recorder.cancel()
        for task in self._sending:
            task.cancel()

    async def wants_more(self) -> None:
        """Until there is room for another handful."""
        await self._room.wait()

    def is_at(self, post: Post) -> bool:
        """Whether this process is sending it just now, however long ago the clock says that it began."""
        return post.nonce in self._at

    def take(self, job: Job) -> None:
        """Send it when its turn comes."""
        self._at.add(job.entry.post.nonce)
        self._queue.put_nowait(job)
        if self._queue.qsize() >= FEW_QUEUED:
            self._room.clear()
        if self._dispatcher is None or self._dispatcher.done():
            self._dispatcher = asyncio.create_task(self._dispatch(), name="daily picks' turns")

    async def record(self, move: Move) -> bool:
        """Save a step together with others that are ready; False where somebody else was faster."""
        return await self._to_record(move)

    def _to_record(self, move: Move) -> asyncio.Future[bool]:
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._finished.append((move, done))
        if self._recorder is None or self._recorder.done():
            self._recorder = asyncio.create_task(self._record_all(), name="daily picks' records")
        return done

    async def _dispatch(self) -> None:
        while not self._queue.empty():
            job = self._queue.get_nowait()
            if self._queue.qsize() < FEW_QUEUED:
                self._room.set()
            try:
                await self._slots.acquire()
                self._begin(job)
            except Exception:
                self._at.discard(job.entry.post.nonce)
                log.exception("A pick could not be sent on its way in server %s", job.schedule.guild_id)

    def _begin(self, job: Job) -> None:
        post = job.entry.post
        if post.last_sent_at and self.bot.now() - post.last_sent_at > QUEUED_MAX:
            self._slots.release()
            self._give_back(job)
            return
        task = asyncio.create_task(self._deliver(job, _Slot(self._slots)), context=patiently())
        self._sending.add(task)

        def end(task: asyncio.Task[None]) -> None:
            self._sending.discard(task)
            if not task.cancelled() and (error := task.exception()):
                log.error("Delivering a pick failed in server %s", job.schedule.guild_id, exc_info=error)

        task.add_done_callback(end)

    def _give_back(self, job: Job) -> None:
        """It was never sent: due again, at once."""
        self._at.discard(job.entry.post.nonce)
        post = job.entry.post.retry_later(self.bot.now())
        self._to_record(Move(job.schedule, job.entry.post, Entry(post, job.entry.channel_id)))

    async def _deliver(self, job: Job, slot: "_Slot") -> None:
        try:
            with slot:
                move = await self._send(job)
            is_ours = await self.record(move)
        finally:
            self._at.discard(job.entry.post.nonce)
        if is_ours and move.after.post.state is State.SENT:
            await self.finish(job.schedule, move.after)

    async def _send(self, job: Job) -> Move:
        """What came of it."""
        post = job.entry.post
        guild = self.bot.get_guild(job.schedule.guild_id)
        place = self.threads.find(guild, job.entry.channel_id or 0)
        if place is None:
            return Move(job.schedule, post, Entry(post.retry_later(self.bot.now()), job.entry.channel_id))
        message = self.picks.message(job.choice.song_key, post.local_date, self.bot.language_of_guild(place.guild))
        role_id = job.schedule.setup.role_id if job.entry.trouble is not Trouble.ROLE_GONE else None
        everyone = role_id == job.schedule.guild_id
        payload = message.payload(post.nonce, role_id, self._late_since(job), everyone=everyone)
        try:
            tag_id = tagging_in(place, job.schedule.setup.tag_id).tag_id
            channel_id, message_id = await send(self.bot, place, payload, post.nonce, message.title, tag_id)
        except Exception as error:  # noqa: BLE001 - every error is a trouble with a rule of its own
            return self.troubles.after_attempt(job.schedule, job.entry, trouble_in(error), self.bot.now())
        return self._sent(job, place, channel_id, message_id)

    def _late_since(self, job: Job) -> datetime | None:
        post = job.entry.post
        first = post.first_sent_at or self.bot.now()
        late = punctuality(post.due_at, first, job.schedule.setup.grace) is Punctuality.LATE
        return post.due_at if late else None

    def _sent(self, job: Job, place: Place | None, channel_id: int, message_id: int) -> Move:
        note = job.entry.trouble if job.entry.trouble is Trouble.ROLE_GONE else None
        post = job.entry.post.sent(message_id, self._extras.finish_at(job.schedule.setup, place))
        return Move(job.schedule, job.entry.post, Entry(post, channel_id, note))

    async def adopt(self, job: Job, channel_id: int, message_id: int) -> None:
        """It was found in the channel."""
        place = self.threads.find(self.bot.get_guild(job.schedule.guild_id), channel_id)
        move = self._sent(job, place, channel_id, message_id)
        if await self.record(move):
            await self.finish(job.schedule, move.after)

    async def finish(self, schedule: Schedule, sent: Entry) -> None:
        """It is recorded: do what else was asked for."""
        self.troubles.heal(schedule)
        if sent.post.unfinished:
            await self.record(await self._extras.finish(schedule, sent))

    async def _record_all(self) -> None:
        while self._finished:
            await asyncio.sleep(GATHER_S)
            batch = self._finished[:HANDFUL]
            del self._finished[:HANDFUL]
            await self._record_batch(batch)

    async def _record_batch(self, batch: list[tuple[Move, "asyncio.Future[bool]"]]) -> None:
        """Until it is saved: a full disk today may have room in a minute, and the posts are out."""
        while True:
            try:
                saved = await daily_posts.advance(self.bot.database, [move for move, _ in batch])
            except Exception:
                log.exception("Recording %d picks failed", len(batch))
                await asyncio.sleep(RECORD_AGAIN_S)
                continue
            for (move, done), is_ours in zip(batch, saved, strict=True):
                if not is_ours and move.after.post.state is State.SENT:
                    log.warning("Pick %s was recorded by another process", move.before.nonce)
                if not done.done():
                    done.set_result(is_ours)
            return


class _Slot:
    """One of the requests under way; given back when it is over, or when it has taken too long to hold others up."""

    def __init__(self, slots: asyncio.Semaphore) -> None:
        self._slots, self._held = slots, True
        self._timer = asyncio.get_running_loop().call_later(SLOW_S, self._free)

    def __enter__(self) -> None:
        pass

    def __exit__(self, *_error: object) -> None:
        self._timer.cancel()
        self._free()

    def _free(self) -> None:
        if self._held:
            self._held = False
            self._slots.release()
