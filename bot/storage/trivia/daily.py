"""The daily quiz: each day's questions, fixed when the first player asks for them, and each player's one try."""

from collections.abc import Callable, Sequence
from datetime import date

from sqlalchemy import bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.trivia.daily_quiz import QUESTION_COUNT, DailyAnswer, DailyTry
from bot.domain.trivia.errors import TriviaError
from bot.domain.trivia.questions.question import Question
from bot.storage import schema
from bot.storage.database import Database, upsert

_DAYS_REMEMBERED = 60

_day, _answer = schema.trivia_daily, schema.trivia_daily_answer
_FIND_DAY = select(_day.c.questions).where(_day.c.day == bindparam("asked_day"))
_LATEST_DAYS = select(_day.c.questions).order_by(_day.c.day.desc()).limit(_DAYS_REMEMBERED)
_FIND_ANSWERS = (
    select(_answer.c.option, _answer.c.is_right, _answer.c.interaction_id)
    .where(_answer.c.day == bindparam("asked_day"), _answer.c.user_id == bindparam("user"))
    .order_by(_answer.c.number)
)
_FINISHED_DAYS = (
    select(_answer.c.day)
    .where(_answer.c.user_id == bindparam("user"))
    .group_by(_answer.c.day)
    .having(func.count() >= QUESTION_COUNT)
)


async def earlier_keys(database: Database) -> list[str]:
    """Keys of the latest days' questions, oldest first."""
    async with database.reading() as connection:
        days = list(await connection.scalars(_LATEST_DAYS))
    return [snapshot["key"] for snapshots in reversed(days) for snapshot in snapshots]


async def fix_day(database: Database, day: date, questions: Sequence[Question]) -> tuple[Question, ...]:
    """Store the day's questions unless somebody was quicker; what is stored then counts for everybody."""
    row = {"day": day, "questions": [question.snapshot() for question in questions]}

    async def change(connection: AsyncConnection) -> tuple[Question, ...]:
        await connection.execute(upsert(connection, _day), row)
        return await _questions(connection, day) or ()

    return await database.write(change)


async def try_of(database: Database, user_id: int, day: date) -> DailyTry | None:
    """The player's try at that day, begun or not; None where the day has no questions yet."""
    async with database.reading() as connection:
        return await _try(connection, user_id, day)


async def change_try(
    database: Database, user_id: int, day: date, verb: Callable[[DailyTry], DailyTry]
) -> DailyTry | None:
    """Save the answer that ``verb`` adds to the try; None where the day has no questions. Raises what it raises."""

    async def change(connection: AsyncConnection) -> DailyTry | TriviaError | None:
        before = await _try(connection, user_id, day)
        if before is None:
            return None
        try:
            after = verb(before)
        except TriviaError as error:
            return error
        for number, one in list(enumerate(after.answers))[len(before.answers) :]:
            row = {"day": day, "user_id": user_id, "number": number, "option": one.option}
            row |= {"is_right": one.is_right, "interaction_id": one.interaction_id}
            await connection.execute(insert(_answer), row)
        return after

    result = await database.write(change)
    if isinstance(result, TriviaError):
        raise result
    return result


async def finished_days(database: Database, user_id: int) -> set[date]:
    """The days whose quiz the player has finished."""
    async with database.reading() as connection:
        return set(await connection.scalars(_FINISHED_DAYS, {"user": user_id}))


async def _questions(connection: AsyncConnection, day: date) -> tuple[Question, ...] | None:
    found = await connection.scalar(_FIND_DAY, {"asked_day": day})
    return None if found is None else tuple(map(Question.from_snapshot, found))


async def _try(connection: AsyncConnection, user_id: int, day: date) -> DailyTry | None:
    questions = await _questions(connection, day)
    if questions is None:
        return None
    rows = await connection.execute(_FIND_ANSWERS, {"asked_day": day, "user": user_id})
    return DailyTry(user_id, day, questions, tuple(DailyAnswer(*row) for row in rows))
