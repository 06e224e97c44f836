"""Games as they go: every change is in the database before anybody is told of it.

A game is changed inside the one transaction that writes, by a verb of the domain, and saved by compare-and-set on its
version. The games that this process runs are kept in memory as well: a change reads nothing unless its compare-and-set
finds that another process was there before. All that wait at one moment share a transaction (see ``Database.write``).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalog import Catalog
from bot.domain.trivia.errors import GameOver, GameRunning, TriviaError
from bot.domain.trivia.game import Game, Phase, start_game
from bot.domain.trivia.round import Round
from bot.domain.trivia.settings import Settings
from bot.storage import schema
from bot.storage.database import Database, upsert

from ._rows import game_of, round_of, row_of_answer, row_of_game, row_of_round, row_of_scored

Verb = Callable[[Game], Game]
Change = Callable[[AsyncConnection], Awaitable["Hosted | TriviaError"]]

_game, _round, _answer, _score = schema.trivia_game, schema.trivia_round, schema.trivia_answer, schema.trivia_score

_FIND = select(_game).where(_game.c.id == bindparam("game"))
_FIND_RUNNING = select(_game.c.id).where(_game.c.busy_channel_id == bindparam("channel"))
_FIND_VERSION = select(_game.c.version).where(_game.c.id == bindparam("game"))
_FIND_ROUND = select(_round).where(_round.c.game_id == bindparam("game")).order_by(_round.c.number.desc()).limit(1)
_FIND_ANSWERS = select(_answer).where(
    _answer.c.game_id == bindparam("game"), _answer.c.number == bindparam("round_number")
)
_FIND_SCORES = select(_score).where(_score.c.game_id == bindparam("game")).order_by(_score.c.number)
_SAVE = update(_game).where(_game.c.id == bindparam("game"), _game.c.version == bindparam("old_version"))
_SAVE_ROUND = update(_round).where(_round.c.game_id == bindparam("game"), _round.c.number == bindparam("round_number"))
_SET_TOLD = update(_game).where(_game.c.id == bindparam("game")).values(told=True)


@dataclass(frozen=True, slots=True)
class Hosted:
    """A game, the language of its messages, and the process that runs it."""

    game: Game
    language: str
    runner: str | None


class Games:
    """``runner`` names this process among those that use the database."""

    def __init__(self, database: Database, catalog: Catalog, runner: str) -> None:
        self.runner = runner
        self._database = database
        self._catalog = catalog
        self._kept: dict[int, Hosted] = {}

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

        async def change(connection: AsyncConnection) -> Hosted | TriviaError:
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

        return await self._write(None, change)

    async def change(self, game_id: int, verb: Verb) -> Hosted:
        """Save what ``verb`` makes of the game, and return it; the verb may be called more than once.

        Raises what the verb raises; GameOver where there is no such game.
        """
        kept = await self.current(game_id)
        if kept.game.phase is Phase.OVER:
            return replace(kept, game=verb(kept.game))  # a game that is over stays as it is, or the verb fails

        async def change(connection: AsyncConnection) -> Hosted | TriviaError:
            return await self._attempt(connection, game_id, verb)

        return await self._write(game_id, change)

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

    async def _write(self, game_id: int | None, change: Change) -> Hosted:
        try:
            result = await self._database.write(change)
        except BaseException:
            # What is kept may be ahead of the database now.
            if game_id is not None:
                self.forget(game_id)
            raise
        if isinstance(result, TriviaError):
            raise result
        return result

    async def _attempt(self, connection: AsyncConnection, game_id: int, verb: Verb) -> Hosted | TriviaError:
        """First on what is kept, then, where that proves to be old, on what is stored."""
        if kept := self._kept.get(game_id):
            result = _tried(verb, kept.game)
            if isinstance(result, Game) and result is not kept.game:
                if await self._save(connection, kept.game, result):
                    return self._keep(replace(kept, game=result))
            elif await connection.scalar(_FIND_VERSION, {"game": game_id}) == kept.game.version:
                return result if isinstance(result, TriviaError) else kept
        stored = await _load(connection, game_id)
        result = _tried(verb, stored.game)
        if isinstance(result, TriviaError):
            return result
        if result is not stored.game:
            await self._save(connection, stored.game, result)
        return self._keep(replace(stored, game=result))

    def _keep(self, hosted: Hosted) -> Hosted:
        if hosted.runner == self.runner:
            self._kept[hosted.game.id] = hosted
        else:
            self.forget(hosted.game.id)
        return hosted

    async def _save(self, connection: AsyncConnection, old: Game, new: Game) -> bool:
        """False, with nothing changed, when the stored game is not ``old`` any more."""
        row = {"game": old.id, "old_version": old.version, **row_of_game(new)}
        if not (await connection.execute(_SAVE, row)).rowcount:
            return False
        if new.round and new.round is not old.round:
            await self._save_round(connection, new, old.round, new.round)
        if new.round and old.phase is Phase.ASKED and new.phase is not Phase.ASKED and new.result:
            rows = [row_of_scored(new, new.round.number, line, new.changed_at) for line in new.result]
            await connection.execute(insert(_score), rows)
        return True

    async def _save_round(self, connection: AsyncConnection, game: Game, old: Round | None, new: Round) -> None:
        if old is None or old.number != new.number:
            await connection.execute(insert(_round), row_of_round(game, new, self._catalog))
            return
        if replace(new, answers={}) != replace(old, answers={}):
            row = {"game": game.id, "round_number": new.number, "snapshot": new.snapshot()}
            await connection.execute(_SAVE_ROUND, row)
        changed = [one for user_id, one in new.answers.items() if old.answers.get(user_id) is not one]
        if changed:
            save = upsert(connection, _answer, update=("interaction_id", "tries"))
            await connection.execute(save, [row_of_answer(game, new, one) for one in changed])


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


def _tried(verb: Verb, game: Game) -> Game | TriviaError:
    try:
        return verb(game)
    except TriviaError as error:
        return error
