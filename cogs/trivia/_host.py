"""Lets games go on by themselves: one timer for all of them, set to the moment at which the next one is due.

A game that sleeps costs a line in a heap. What is due is done by a short task of its own, so that no game waits for
another's channel. Everything is in the database before it is shown: whatever is cut short is done again by whoever
runs the game next, with the same nonce, so that Discord shows it once.
"""

import asyncio
import heapq
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import discord

from bot.client import OstBot
from bot.domain.trivia.game import Phase
from bot.domain.trivia.settings import Settings
from bot.storage.errors import DatabaseError
from bot.storage.trivia import runners
from bot.storage.trivia.games import Games, Hosted
from bot.ui import errors

from ._questions import Quizmaster
from ._show import Show

log = logging.getLogger(__name__)

_LOOK_S = 1.0
_RETRY_S = (1, 2, 4, 8, 15)
_SERVER_ERROR = 500
_FAREWELL_S = 2.5


@dataclass(frozen=True, slots=True)
class Place:
    """A channel, and the code of the language that is spoken to it; ``guild_id`` is None in direct messages."""

    channel_id: int
    guild_id: int | None
    language: str


class Host:
    """Runs the games of this process."""

    sign_of_life_s = 1.0

    def __init__(self, bot: OstBot) -> None:
        self._bot = bot
        self.games = Games(bot.database, bot.catalog, uuid4().hex)
        self.quizmaster = Quizmaster(bot)
        self.show = Show(bot, self.games, self.quizmaster)
        self._due: dict[int, datetime] = {}
        self._heap: list[tuple[datetime, int]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at: datetime | None = None
        self._sign: asyncio.TimerHandle | None = None
        self._look: asyncio.TimerHandle | None = None
        self._mine: set[int] = set()
        self._in_channel: dict[int, int] = {}
        self._at_work: set[int] = set()
        self._failures: dict[int, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._is_closing = False

    async def start(self, place: Place, user_id: int, settings: Settings) -> Hosted:
        """Start a game, which goes on once it is followed. Raises GameRunning."""
        if self._sign is None:
            await self._give_sign()
        return await self.games.start(
            channel_id=place.channel_id,
            guild_id=place.guild_id,
            started_by=user_id,
            settings=settings,
            language=place.language,
            now=self._bot.now(),
        )

    def follow(self, hosted: Hosted) -> None:
        """See to it that the game goes on when it is due; call it after every change."""
        game = hosted.game
        if hosted.runner != self.games.runner:
            self._drop(game.id)
            return
        if game.phase is not Phase.OVER:
            self._mine.add(game.id)
            self._in_channel[game.channel_id] = game.id
            if self._sign is None:
                self._spawn(self._give_sign())
        elif game.id not in self._mine:
            return
        if game.id not in self._at_work:
            self._schedule(game.id, game.due_at or self._bot.now())

    async def take_over(self) -> None:
        """Go on with the games whose process is gone, and look again while others may come free."""
        if self._is_closing:
            return
        now, me = self._bot.now(), self.games.runner
        found = await runners.take_over(self._bot.database, me, now, self._is_of_our_shards)
        if found.taken:
            log.info("Going on with %d games", len(found.taken))
            await self._give_sign()
        for game_id in found.taken:
            self._mine.add(game_id)
            self._begin(game_id, self.show.resume(game_id))
        if found.others_run and self._look is None:
            self._look = asyncio.get_running_loop().call_later(_LOOK_S, self._look_again)

    async def close(self) -> None:
        """Stop asking, say so in running games as far as the time allows, and leave them to whoever comes next."""
        self._is_closing = True
        for timer in (self._timer, self._sign, self._look):
            if timer:
                timer.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        try:
            async with asyncio.timeout(_FAREWELL_S):
                await asyncio.gather(*map(self.show.pause, tuple(self._mine)), return_exceptions=True)
        except TimeoutError:
            log.warning("There was no time to tell every game of the stop")
        await self.games.finish()
        await runners.let_go(self._bot.database, self.games.runner)
        self.quizmaster.close()

    async def finish(self, hosted: Hosted) -> None:
        """Show the end of a game that was just stopped, here and now, if it is ours and nothing is shown of it yet."""
        game_id = hosted.game.id
        if game_id in self._mine and game_id not in self._at_work:
            self._due.pop(game_id, None)
            self._at_work.add(game_id)
            await self._do(game_id, self.show.go_on(game_id))

    def _is_of_our_shards(self, guild_id: int | None) -> bool:
        count, mine = self._bot.shard_count or 1, self._bot.shard_ids
        # https://docs.discord.com/developers/events/gateway#sharding: direct messages go to shard 0
        shard = (guild_id >> 22) % count if guild_id else 0
        return not mine or shard in mine

    def _schedule(self, game_id: int, due_at: datetime) -> None:
        if self._due.get(game_id) != due_at:
            self._due[game_id] = due_at
            heapq.heappush(self._heap, (due_at, game_id))
        self._set_timer()

    def _set_timer(self) -> None:
        while self._heap and self._due.get(self._heap[0][1]) != self._heap[0][0]:
            heapq.heappop(self._heap)  # it was put off or brought forward
        next_at = self._heap[0][0] if self._heap and not self._is_closing else None
        if next_at == self._timer_at:
            return
        if self._timer:
            self._timer.cancel()
        self._timer_at = next_at
        if next_at:
            wait_s = max(0.0, (next_at - self._bot.now()).total_seconds())
            self._timer = asyncio.get_running_loop().call_later(wait_s, self._wake)

    def _wake(self) -> None:
        self._timer_at = None
        now = self._bot.now()
        while self._heap and self._heap[0][0] <= now:
            due_at, game_id = heapq.heappop(self._heap)
            if self._due.get(game_id) == due_at:
                del self._due[game_id]
                self._begin(game_id, self.show.go_on(game_id))
        self._set_timer()

    def _begin(self, game_id: int, work: Coroutine[Any, Any, Hosted | None]) -> None:
        self._at_work.add(game_id)
        self._spawn(self._do(game_id, work))

    async def _do(self, game_id: int, work: Coroutine[Any, Any, Hosted | None]) -> None:
        """The game's next step; what fails is tried again later, and later still."""
        hosted = None
        try:
            hosted = await work
        except Exception as error:  # noqa: BLE001 - whatever it is, the other games go on and this one tries again
            self._put_off(game_id, error)
            return
        finally:
            self._at_work.discard(game_id)
        self._failures.pop(game_id, None)
        if hosted is None:
            self._drop(game_id)
        else:
            self.follow(await self.games.current(game_id))  # somebody may have answered meanwhile

    def _put_off(self, game_id: int, error: Exception) -> None:
        count = self._failures[game_id] = self._failures.get(game_id, 0) + 1
        if not _is_passing(error):
            errors.record(error, "A game of trivia", game_id)
        else:
            log.warning("Game %d: %s; trying again", game_id, type(error).__name__)
        wait_s = _RETRY_S[min(count, len(_RETRY_S)) - 1]
        self._schedule(game_id, self._bot.now() + timedelta(seconds=wait_s))

    def game_in(self, channel_id: int) -> int | None:
        """The id of the game that this process runs in a channel."""
        game_id = self._in_channel.get(channel_id)
        return game_id if game_id in self._mine else None

    def _drop(self, game_id: int) -> None:
        self._mine.discard(game_id)
        self._in_channel = {channel: game for channel, game in self._in_channel.items() if game != game_id}
        self._due.pop(game_id, None)
        self.games.forget(game_id)
        self.quizmaster.forget(game_id)

    async def _give_sign(self) -> None:
        """Every second while games go on, so that no other process takes them over."""
        try:
            await runners.give_sign_of_life(self._bot.database, self.games.runner, self._bot.now())
        except DatabaseError as error:
            log.warning("No sign of life could be given: %s", error)
        if self._sign is None and not self._is_closing:
            self._sign = asyncio.get_running_loop().call_later(self.sign_of_life_s, self._sign_again)

    def _sign_again(self) -> None:
        self._sign = None
        if self._mine:
            self._spawn(self._give_sign())

    def _look_again(self) -> None:
        self._look = None
        self._spawn(self.take_over())

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _is_passing(error: Exception) -> bool:
    """Whether the network or Discord is to blame, so that trying again may help."""
    if isinstance(error, discord.HTTPException):
        return error.status >= _SERVER_ERROR
    return isinstance(error, (discord.RateLimited, OSError, TimeoutError))
