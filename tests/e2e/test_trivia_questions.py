"""The bank of questions beside a running bot: made ready ahead, out of the way, and no longer than it is needed."""

import asyncio
import importlib
import threading
import time
from types import SimpleNamespace

import pytest
from sqlalchemy import insert

from bot.domain.trivia.questions.difficulty import ENOUGH_ANSWERS
from bot.storage import schema
from tests.e2e.table import bank, table

__all__ = ["bank", "table"]
questions = importlib.import_module("cogs.trivia._questions")


@pytest.fixture
def quizmaster(catalog, monkeypatch):
    monkeypatch.setattr(questions, "_AFTER_START_S", 0.0)
    master = questions.Quizmaster(SimpleNamespace(catalog=catalog, database=None))
    yield master
    master.close()


async def test_the_bank_is_ready_before_anybody_asks(quizmaster):
    quizmaster.warm()
    await quizmaster._warming
    assert quizmaster._bank.done()
    started = time.perf_counter()
    assert (await quizmaster.bank()).prompts
    assert time.perf_counter() - started < 0.5


async def test_the_thread_rests_while_nobody_waits_and_hurries_once_somebody_does(quizmaster, monkeypatch):
    rests = []
    monkeypatch.setattr(questions.time, "sleep", rests.append)
    quizmaster.warm()
    await until(lambda: rests)
    await quizmaster.bank()
    counted = len(rests)
    quizmaster._rest()
    assert len(rests) == counted


async def test_a_bot_that_closes_does_not_wait_for_the_bank(quizmaster):
    quizmaster.warm()
    await until(lambda: quizmaster._bank)
    quizmaster.close()
    await until(lambda: not any(thread.name.startswith("trivia") for thread in threading.enumerate()))


async def test_recorded_answers_decide_how_hard_a_question_is(table):
    """Once there are enough of them; that easy, normal and hard lean on it, the tests of the chooser show."""
    await table.play()
    game = await table.game()
    database, master = table.stage.store.database, table.host.quizmaster
    line = {"game_id": game.id, "number": 1, "scored_at": table.env.now(), "answered": True, "points": 0, "streak": 0}
    for first, last in ((1, ENOUGH_ANSWERS - 1), (ENOUGH_ANSWERS, ENOUGH_ANSWERS)):
        lines = [line | {"user_id": one, "elapsed_us": 1 if one == 1 else None} for one in range(first, last + 1)]

        async def answered(connection, lines=lines):
            await connection.execute(insert(schema.trivia_score), lines)

        assert master._measured == {}
        await database.write(answered)
        await table.wait(600)
        await master._look_up()
    assert master._measured == {game.round.question.key: 1 - 1 / ENOUGH_ANSWERS}


async def until(condition):
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110 - a thread has no event to wait for
            await asyncio.sleep(0.001)
