"""Scoreboards of servers, profiles of players, and their resets."""

from datetime import datetime

from sqlalchemy import ColumnElement, Integer, case, func, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.trivia.boards import AnsweredQuestion
from bot.domain.trivia.questions.question import Question
from bot.domain.trivia.scoring import Standing
from bot.storage import schema
from bot.storage.database import Database

from ._rows import question_of

_round, _score = schema.trivia_round, schema.trivia_score
_of_round = (_score.c.game_id == _round.c.game_id) & (_score.c.number == _round.c.number)


async def standings(database: Database, guild_id: int, since: datetime | None) -> list[Standing]:
    """What each player has in a server since then, or ever; those who had themselves forgotten are left out."""
    recent = true() if since is None else _score.c.scored_at >= since
    answered = func.sum(case((_score.c.answered, 1), else_=0)).cast(Integer)
    query = (
        select(_score.c.user_id, func.sum(_score.c.points), func.count(_score.c.elapsed_us), answered)
        .where(_score.c.guild_id == guild_id, _score.c.user_id > 0, recent)
        .group_by(_score.c.user_id)
    )
    async with database.reading() as connection:
        rows = await connection.execute(query)
        return [
            Standing(user_id, points, right_count=right, answer_count=count) for user_id, points, right, count in rows
        ]


async def answers_of(database: Database, user_id: int, guild_id: int | None) -> list[AnsweredQuestion]:
    """A player's answers in a server, or everywhere, oldest first."""
    shares = (
        select(
            _round.c.question_key,
            (func.count(_score.c.elapsed_us) * 1.0 / func.count()).label("share"),
        )
        .join(_score, _of_round)
        .where(_score.c.answered)
        .group_by(_round.c.question_key)
        .subquery()
    )
    query = (
        select(_round.c.question_key, _round.c.topic, _round.c.decade, _score.c.elapsed_us, shares.c.share)
        .join(_score, _of_round)
        .join(shares, shares.c.question_key == _round.c.question_key)
        .where(_score.c.user_id == user_id, _score.c.answered, _in(guild_id))
        .order_by(_score.c.scored_at, _score.c.game_id, _score.c.number)
    )
    async with database.reading() as connection:
        rows = await connection.execute(query)
        return [
            AnsweredQuestion(key, topic, decade, elapsed_us is not None, float(share))
            for key, topic, decade, elapsed_us, share in rows
        ]


async def question_called(database: Database, key: str) -> Question | None:
    """A question as it was last asked; None where it never was."""
    query = select(_round.c.snapshot).where(_round.c.question_key == key).order_by(_round.c.asked_at.desc()).limit(1)
    async with database.reading() as connection:
        snapshot = await connection.scalar(query)
        return question_of(snapshot) if snapshot else None


async def reset(database: Database, guild_id: int, user_id: int | None) -> int:
    """Take all points, or one member's, off a server's board; running games keep theirs. The number of rows."""
    mine = true() if user_id is None else _score.c.user_id == user_id

    async def change(connection: AsyncConnection) -> int:
        result = await connection.execute(update(_score).where(_in(guild_id), mine).values(guild_id=None))
        return result.rowcount

    return await database.write(change)


def _in(guild_id: int | None) -> ColumnElement[bool]:
    return true() if guild_id is None else _score.c.guild_id == guild_id
