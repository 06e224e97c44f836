"""What was asked and answered: for choosing the next question, for recaps, and for knowing how hard a question is."""

from collections.abc import Mapping

from sqlalchemy import bindparam, func, select

from bot.domain.trivia.questions.difficulty import ENOUGH_ANSWERS
from bot.domain.trivia.questions.question import Question
from bot.domain.trivia.recap import PlayedRound
from bot.storage import schema
from bot.storage.database import Database

from ._rows import question_of, scored_of

RECENT_MOST = 400

_round, _score = schema.trivia_round, schema.trivia_score
_SNAPSHOTS = (
    select(_round.c.number, _round.c.snapshot).where(_round.c.game_id == bindparam("game")).order_by(_round.c.number)
)
_RECENT = (
    select(_round.c.question_key)
    .where(_round.c.place_id == bindparam("place"))
    .order_by(_round.c.asked_at.desc())
    .limit(RECENT_MOST)
)
_SCORES = select(_score).where(_score.c.game_id == bindparam("game"))
_COUNTS = (
    select(_round.c.question_key, func.count(_score.c.elapsed_us), func.count())
    .join(_score, (_score.c.game_id == _round.c.game_id) & (_score.c.number == _round.c.number))
    .where(_score.c.answered)
    .group_by(_round.c.question_key)
    .having(func.count() >= ENOUGH_ANSWERS)
)


async def questions_of(database: Database, game_id: int) -> list[Question]:
    """What the game has asked so far."""
    async with database.reading() as connection:
        rows = await connection.execute(_SNAPSHOTS, {"game": game_id})
        return [question_of(snapshot) for _, snapshot in rows]


async def seen_lately(database: Database, place_id: int) -> list[str]:
    """Keys of the questions asked there last, oldest first."""
    async with database.reading() as connection:
        return list(await connection.scalars(_RECENT, {"place": place_id}))[::-1]


async def played_rounds(database: Database, game_id: int) -> list[PlayedRound]:
    """The rounds of a game in their order, each with what it brought whom; the open one has nothing yet."""
    async with database.reading() as connection:
        scores = (await connection.execute(_SCORES, {"game": game_id})).mappings().all()
        rounds = (await connection.execute(_SNAPSHOTS, {"game": game_id})).all()
    return [
        PlayedRound(number, question_of(snapshot), tuple(scored_of(row) for row in scores if row["number"] == number))
        for number, snapshot in rounds
    ]


async def answer_counts(database: Database) -> Mapping[str, tuple[int, int]]:
    """Of questions answered often enough, by key: how many answers were right, and how many there were."""
    async with database.reading() as connection:
        return {key: (right, answered) for key, right, answered in await connection.execute(_COUNTS)}
