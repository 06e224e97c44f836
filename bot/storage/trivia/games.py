"""Games as they go: every change is in the database before anybody is told of it.

A game is changed by a verb of the domain and saved in the one transaction that writes. The games that this process runs
are kept in memory as well; a look at their versions tells, inside that transaction, whether another process was there
before. Changes that wait at the same time, to whatever games, are saved together: hundreds of players who answer in
one moment cost a few commits.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalog import Catalog
from bot.domain.trivia.errors import GameOver, GameRunning
from bot.domain.trivia.game import Game, Phase, start_game
from bot.domain.trivia.settings import Settings
from bot.storage import schema
from bot.storage.database import Database
from bot.storage.errors import DatabaseError

from ._rows import game_of, round_of, row_of_game
from ._saving import Saving

Verb = Callable[[Game], Game]

_game, _round, _answer, _score = schema.trivia_game, schema.trivia_round, schema.trivia_answer, schema.trivia_score

_FIND = select(_game).where(_game.c.id == bindparam("game"))
_FIND_RUNNING = select(_game.c.id).where(_game.c.busy_channel_id == bindparam("channel"))
_FIND_VERSIONS = select(_game.c.id, _game.c.version).where(_game.c.id.in_(bindparam("games", expanding=True)))
_FIND_ROUND = select(_round).where(_round.c.game_id == bindparam("game")).order_by(_round.c.number.desc()).limit(1)
_FIND_ANSWERS = select(_answer).where(
    _answer.c.game_id == bindparam("game"), _answer.c.number == bindparam("round_number")
)
_FIND_SCORES = select(_score).where(_score.c.game_id == bindparam("game")).order_by(_score.c.number)
_SET_TOLD = update(_game).where(_game.c.id == bindparam("game")).values(told=True)


@dataclass(frozen=True, slots=True)
class Hosted:
    """A game, the language of its messages, and the process that runs it."""

    game: Game
    language: str
    runner: str | None


@dataclass(frozen=True, slots=True)
class _Waiting:
    game_id: int
    verb: Verb
    done: asyncio.Future[Hosted]

    def tell(self, result: Hosted | Exception) -> None:
        if self.done.done():  # its caller was cancelled
            return
        if isinstance(result, Hosted):
            self.done.set_result(result)
        else:
            self.done.set_exception(result)


class Games:
    """``runner`` names this process among those that use the database."""

    def __init__(self, database: Database, catalog: Catalog, runner: str) -> None:
        self.runner = runner
        self._database = database
        self._catalog = catalog
        self._kept: dict[int, Hosted] = {}
        self._queue: list[_Waiting] = []
        self._worker: asyncio.Task[None] | None = None

    async def start(
        self,
        *,
        channel_id: int,
        guild_id: int | None,
        started_by: int,
        settings: Settings,
        language: str,
        now: datetime,
    ) -> Hosted:
        """Start a game that this process runs. Raises GameRunning where the channel has one."""
        facts: dict[str, Any] = {"channel_id": channel_id, "guild_id": guild_id, "started_by": started_by}

        async def change(connection: AsyncConnection) -> Hosted | GameRunning:
            running_id = await connection.scalar(_FIND_RUNNING, {"channel": channel_id})
            running = (await _load(connection, running_id)).game if running_id else None
            try:
                game = start_game(0, **facts, settings=settings, now=now, running=running)
            except GameRunning as error:
                return error
            row = row_of_game(game) | facts | {"settings": settings.snapshot(), "language": language, "started_at": now}
            row |= {"runner": self.runner, "told": False}
            game_id = (await connection.execute(insert(_game).values(row).returning(_game.c.id))).scalar_one()
            return Hosted(replace(game, id=game_id), language, self.runner)

        started = await self._database.write(change)
        if isinstance(started, GameRunning):
            raise started
        return started

    async def change(self, game_id: int, verb: Verb) -> Hosted:
        """Save what ``verb`` makes of the game, and return it; the verb may be called more than once.

        Raises what the verb raises; GameOver where there is no such game.
        """
        kept = await self.current(game_id)
        if kept.game.phase is Phase.OVER:
            return replace(kept, game=verb(kept.game))  # a game that is over stays as it is, or the verb fails

        waiting = _Waiting(game_id, verb, asyncio.get_running_loop().create_future())
        self._queue.append(waiting)
        if self._worker is None or self._worker.done():
            # A task of its own: whoever asked may be cancelled, the others' changes go on.
            self._worker = asyncio.create_task(self._work(), name="changes of games")
        return await waiting.done

    async def current(self, game_id: int) -> Hosted:
        """The game as this process knows it, which for one that it runs costs nothing; raises GameOver for none."""
        return self._kept.get(game_id) or await self.find(game_id)

    async def find(self, game_id: int) -> Hosted:
        """The game as it stands in the database; raises GameOver where there is none."""
        async with self._database.reading() as connection:
            return await _load(connection, game_id)

    async def running_in(self, channel_id: int) -> Hosted | None:
        """The channel's game, if one goes on."""
        async with self._database.reading() as connection:
            game_id = await connection.scalar(_FIND_RUNNING, {"channel": channel_id})
            return await _load(connection, game_id) if game_id else None

    async def told(self, game_id: int) -> None:
        """The game is over and its scoreboard was shown, or nobody is left to see it."""

        async def change(connection: AsyncConnection) -> None:
            await connection.execute(_SET_TOLD, {"game": game_id})

        await self._database.write(change)
        self.forget(game_id)

    def forget(self, game_id: int) -> None:
        """Keep the game in memory no longer."""
        self._kept.pop(game_id, None)

    async def finish(self) -> None:
        """Until no change is waiting."""
        if self._worker is not None:
            await asyncio.wait([self._worker])

    async def _work(self) -> None:
        """The first change is saved at once, those that come meanwhile together after it."""
        group: list[_Waiting] = []
        try:
            while self._queue:
                group, self._queue = self._queue, []
                await self._save(group)
        except asyncio.CancelledError:  # the program ends
            for waiting in [*group, *self._queue]:
                waiting.done.cancel()
            raise

    async def _save(self, group: Sequence[_Waiting]) -> None:
        """Each change stands alone: where the group cannot be saved, one of them may be to blame."""
        try:
            results: Sequence[Hosted | Exception] = await self._database.write(partial(self._change, group))
        except Exception as error:  # noqa: BLE001 - whoever waits gets it
            for waiting in group:
                self.forget(waiting.game_id)
            if len(group) > 1 and not isinstance(error, DatabaseError):
                for waiting in group:
                    await self._save([waiting])
                return
            results = [error] * len(group)
        for waiting, result in zip(group, results, strict=True):
            if isinstance(result, Hosted):
                self._keep(result)
            waiting.tell(result)

    async def _change(self, group: Sequence[_Waiting], connection: AsyncConnection) -> list[Hosted | Exception]:
        """What became of each; nothing is kept yet, for it may not be committed."""
        found = await connection.execute(_FIND_VERSIONS, {"games": sorted({waiting.game_id for waiting in group})})
        now: dict[int, Hosted] = {}
        for game_id, version in found.all():
            kept = self._kept.get(game_id)
            now[game_id] = kept if kept and kept.game.version == version else await _load(connection, game_id)
        saving, results = Saving(self._catalog), []
        for waiting in group:
            result = _tried(waiting, now.get(waiting.game_id))
            if isinstance(result, Hosted):
                before, now[waiting.game_id] = now[waiting.game_id].game, result
                if result.game is not before:
                    saving.add(before, result.game)
            results.append(result)
        await saving.write(connection)
        return results

    def _keep(self, hosted: Hosted) -> None:
        if hosted.runner == self.runner:
            self._kept[hosted.game.id] = hosted
        else:
            self.forget(hosted.game.id)


async def _load(connection: AsyncConnection, game_id: int) -> Hosted:
    row = (await connection.execute(_FIND, {"game": game_id})).mappings().first()
    if row is None:
        raise GameOver(game_id)
    found = (await connection.execute(_FIND_ROUND, {"game": game_id})).mappings().first()
    current = None
    if found:
        keys = {"game": game_id, "round_number": found["number"]}
        current = round_of(found, (await connection.execute(_FIND_ANSWERS, keys)).mappings())
    scores = (await connection.execute(_FIND_SCORES, {"game": game_id})).mappings()
    return Hosted(game_of(row, current, scores), row["language"], row["runner"])


def _tried(waiting: _Waiting, hosted: Hosted | None) -> Hosted | Exception:
    if hosted is None:
        return GameOver(waiting.game_id)
    try:
        return replace(hosted, game=waiting.verb(hosted.game))
    except Exception as error:  # noqa: BLE001 - its caller gets it; the other changes have nothing to do with it
        return error
