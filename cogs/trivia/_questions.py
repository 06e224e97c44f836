"""The next question of a game, chosen off the event loop from a bank that is built when the first game needs it."""

import asyncio
import gc
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from datetime import datetime, timedelta
from random import SystemRandom

from bot.client import OstBot
from bot.domain.trivia.chooser import Memory, choose_question
from bot.domain.trivia.game import Game
from bot.domain.trivia.judge import judge
from bot.domain.trivia.questions.bank import QuestionBank
from bot.domain.trivia.questions.difficulty import difficulty_from_answers
from bot.domain.trivia.questions.question import Question
from bot.domain.trivia.settings import Settings
from bot.storage import corrections
from bot.storage.trivia import records

from ._seen import Seen

_LOOK_AGAIN_AFTER = timedelta(minutes=10)
_TRIES = 30
_AFTER_START_S = 5.0
_STRETCH_S = 0.001  # of work, and of rest


class Quizmaster:
    """Knows what may be asked."""

    def __init__(self, bot: OstBot) -> None:
        self._bot = bot
        self._rng = SystemRandom()
        # One thread: the bank's tables are filled as they are needed, and two would only wait for each other.
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="trivia")
        self._bank: asyncio.Task[QuestionBank] | None = None
        self._warming: asyncio.Task[None] | None = None
        self._is_awaited = self._is_closed = False
        self._rested_at_s = 0.0  # on the thread's own clock
        self._looked_at: datetime | None = None
        self._measured: Mapping[str, float] = {}
        self._doubted: frozenset[str] = frozenset()
        self._played: dict[int, list[Question]] = {}  # of the games that go on
        self._seen = Seen(bot.database)

    async def bank(self) -> QuestionBank:
        """Every question there is; the first call starts building it, later ones wait for the same."""
        self._is_awaited = True
        return await asyncio.shield(self._building())

    def warm(self) -> None:
        """Build the bank before a first game waits for it, when the rush after a start is over, and at ease."""
        if self._warming is None:
            self._warming = asyncio.create_task(self._warm(), name="trivia's warming up")

    async def _warm(self) -> None:
        await asyncio.sleep(_AFTER_START_S)
        await asyncio.shield(self._building())
        gc.freeze()  # it stays as long as the process: collecting garbage need not walk it each time

    def _building(self) -> asyncio.Task[QuestionBank]:
        if self._bank is None:
            self._bank = asyncio.create_task(self._build(), name="trivia's question bank")
        return self._bank

    async def count(self, settings: Settings) -> int | None:
        """About how many questions fit; None while that is not known yet."""
        if self._bank is None or not self._bank.done():
            return None
        bank, loop = await self.bank(), asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, bank.subject_count, settings.pool, settings.mode.kinds)

    async def next_question(self, game: Game) -> Question | None:
        """None when nothing is left that was not asked in this game."""
        bank = await self.bank()
        await self._look_up()
        played = await self._played_in(game)
        recent = await self._seen.before(game)
        loop = asyncio.get_running_loop()
        question = await loop.run_in_executor(self._thread, self._choose, bank, game, played, recent)
        if question:
            self._seen.add(game, question.key)
        return question

    def forget(self, game_id: int) -> None:
        """The game is over, or another process runs it."""
        self._played.pop(game_id, None)
        self._seen.forget(game_id)

    async def _played_in(self, game: Game) -> list[Question]:
        """What the game has asked so far, read only where this process has not asked it all itself."""
        last = game.round
        if last is None:
            return []
        played = self._played.setdefault(game.id, [])
        if len(played) == last.number - 1:
            played.append(last.question)
        if len(played) != last.number:
            self._played[game.id] = played = await records.questions_of(self._bot.database, game.id)
        return played

    def close(self) -> None:
        """Let go of the thread, which stops building; what else it is at may finish."""
        self._is_closed = True
        for task in (self._warming, self._bank):
            if task:
                task.cancel()
        self._thread.shutdown(wait=False, cancel_futures=True)

    async def _build(self) -> QuestionBank:
        return await asyncio.get_running_loop().run_in_executor(self._thread, self._built)

    def _built(self) -> QuestionBank:
        bank = QuestionBank(self._bot.catalog, self._rest)
        judge("", (), self._bot.catalog)  # its table of names is made at first need: better here than in a game
        return bank

    def _rest(self) -> None:
        """Between two bits of work in the thread: lets the event loop have its turn, unless a game waits for the bank.

        Raises CancelledError when nobody needs the bank any more.
        """
        if self._is_closed:
            raise CancelledError
        if not self._is_awaited and time.thread_time() - self._rested_at_s > _STRETCH_S:
            time.sleep(_STRETCH_S)
            self._rested_at_s = time.thread_time()

    async def _look_up(self) -> None:
        """From time to time: how hard questions proved to be, and which songs' facts are in doubt."""
        now = self._bot.now()
        if self._looked_at and now - self._looked_at < _LOOK_AGAIN_AFTER:
            return
        self._looked_at = now
        counts = await records.answer_counts(self._bot.database)
        self._measured = {key: difficulty_from_answers(0.5, *count) for key, count in counts.items()}
        self._doubted = await corrections.doubted_songs(self._bot.database)

    def _choose(self, bank: QuestionBank, game: Game, played: Sequence[Question], recent: list[str]) -> Question | None:
        """Not about a song whose facts several members have called wrong."""
        settings, memory = game.settings, Memory(recent, self._measured)
        for _ in range(_TRIES):
            question = choose_question(
                bank, settings.pool, self._rng, kinds=settings.mode.kinds, played=played, memory=memory
            )
            if question is None or self._doubted.isdisjoint(question.song_keys):
                return question
            memory = Memory([*memory.recent, question.key], self._measured)
        return None
