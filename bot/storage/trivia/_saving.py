"""What has to be written so that the stored games become the new ones: a few statements for any number of changes."""

from dataclasses import replace
from typing import Any

from sqlalchemy import bindparam, insert, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalog import Catalog
from bot.domain.trivia.game import Game, Phase
from bot.domain.trivia.round import Round
from bot.storage import schema
from bot.storage.database import upsert

from ._rows import row_of_answer, row_of_game, row_of_round, row_of_scored

_game, _round, _answer, _score = schema.trivia_game, schema.trivia_round, schema.trivia_answer, schema.trivia_score

_SAVE = update(_game).where(_game.c.id == bindparam("game"))
_SAVE_ROUND = update(_round).where(_round.c.game_id == bindparam("game"), _round.c.number == bindparam("round_number"))

Row = dict[str, Any]


class Saving:
    """Collects changes in the order in which they happen."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._games: list[Row] = []
        self._new_rounds: list[Row] = []
        self._rounds: list[Row] = []
        self._answers: list[Row] = []
        self._scores: list[Row] = []

    def add(self, old: Game, new: Game) -> None:
        """``new`` is what one verb made of ``old``."""
        self._games.append({"game": old.id, **row_of_game(new)})
        if new.round and new.round is not old.round:
            self._add_round(new, old.round, new.round)
        if new.round and old.phase is Phase.ASKED and new.phase is not Phase.ASKED:
            self._scores += [row_of_scored(new, new.round.number, line, new.changed_at) for line in new.result]

    async def write(self, connection: AsyncConnection) -> None:
        """All of it, parents before their children."""
        statements = (
            (_SAVE, self._games),
            (insert(_round), self._new_rounds),
            (_SAVE_ROUND, self._rounds),
            (upsert(connection, _answer, update=("interaction_id", "tries")), self._answers),
            (insert(_score), self._scores),
        )
        for statement, rows in statements:
            if rows:
                await connection.execute(statement, rows)

    def _add_round(self, game: Game, old: Round | None, new: Round) -> None:
        if old is None or old.number != new.number:
            self._new_rounds.append(row_of_round(game, new, self._catalog))
            return
        if replace(new, answers={}) != replace(old, answers={}):
            self._rounds.append({"game": game.id, "round_number": new.number, "snapshot": new.snapshot()})
        changed = [one for user_id, one in new.answers.items() if old.answers.get(user_id) is not one]
        self._answers += [row_of_answer(game, new, one) for one in changed]
