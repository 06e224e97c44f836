"""The daily quiz, scoreboards and profiles."""

from datetime import timedelta

import discord
import pytest

from bot import client
from bot.client import OstBot
from bot.domain.trivia.daily_quiz import daily_questions
from bot.storage.trivia import daily
from bot.ui.components import button
from tests.e2e.reading import answer, labels, options, text
from tests.e2e.table import ROUND_S, bank, table

__all__ = ["bank", "table"]


@pytest.fixture(autouse=True)
def without_picks(monkeypatch):
    """Weeks go by here, and the loop of daily picks would look at each of their minutes."""
    monkeypatch.setattr(client, "COGS", tuple(name for name in client.COGS if name != "cogs.daily"))


async def fix_today(table, bank) -> tuple:
    day = table.env.now().date()
    return await daily.fix_day(table.stage.store.database, day, daily_questions(bank, day))


async def answer_all(table, actor, questions, wrong=()):
    shown = answer(await actor.slash(table.channel, "trivia daily"))
    for number, question in enumerate(questions):
        right = question.right_option
        option = (right + 1) % len(question.options) if number in wrong else right
        custom_id = f"o1:trivia-daily:{table.env.now().date()}:{number}:{option}"
        shown = answer(await actor.click(shown, custom_id=custom_id))
    return shown


async def test_the_daily_quiz_is_private_the_same_for_all_and_shared_without_spoiling(table, bank):
    questions = await fix_today(table, bank)
    done = await answer_all(table, table.ann, questions, wrong={1})
    assert "🟩🟥🟩🟩🟩" in text(done)
    assert "4 of 5 right" in text(done)
    assert "🔥 1 day" in text(done)
    shared = await table.ann.click(done, label="Share")
    assert not shared.ephemeral
    assert "🟩🟥🟩🟩🟩" in text(answer(shared))
    other = await table.bea.slash(table.channel, "trivia daily")
    assert other.ephemeral
    assert "Question 1 of 5" in text(answer(other))


async def test_one_try_a_day_and_an_answer_stands(table, bank):
    questions = await fix_today(table, bank)
    shown = answer(await table.ann.slash(table.channel, "trivia daily"))
    right = questions[0].right_option
    ids = [f"o1:trivia-daily:{table.env.now().date()}:0:{index}" for index in (right, (right + 1) % 2)]
    later = answer(await table.ann.click(shown, custom_id=ids[0]))
    assert "✅ Right!" in text(later)
    again = await table.ann.click(await table.stage.post(button("?", ids[1])), label="?")
    assert "stands." in text(answer(again))
    assert answer(await table.ann.slash(table.channel, "trivia daily")).embeds[0].description.startswith("🟩⬜⬜⬜⬜")


async def test_a_streak_grows_from_day_to_day(table, bank):
    questions = await fix_today(table, bank)
    await answer_all(table, table.ann, questions)
    await table.wait(timedelta(days=1).total_seconds())
    done = await answer_all(table, table.ann, await fix_today(table, bank))
    assert "🔥 2 days" in text(done)


async def test_the_daily_quiz_works_in_direct_messages(table, bank):
    await fix_today(table, bank)
    assert "Question 1 of 5" in text(answer(await table.ann.user.slash("trivia daily")))


async def test_nobody_gets_a_medal_or_a_place_for_no_points(table):
    await table.play(rounds=1)
    await table.press(table.ann, (await table.right() + 1) % 2)
    await table.wait(ROUND_S)
    for board in (table.last, answer(await table.bea.slash(table.channel, "trivia scores"))):
        assert "0 points" in text(board)
        assert "🥇" not in text(board)
    profile = text(answer(await table.ann.slash(table.channel, "trivia profile")))
    assert "0 points" in profile
    assert "Place" not in profile


async def test_scores_name_players_and_turn_by_period(table):
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    board = answer(await table.bea.slash(table.channel, "trivia scores"))
    assert "🥇 ann **" in text(board)
    assert [line["label"] for line in options(board)] == ["today", "this week", "this month", "all time"]
    await table.wait(timedelta(days=40).total_seconds())
    turned = answer(await table.bea.select(board, ["today"]))
    assert "Nobody has played yet" in text(turned)
    assert labels(turned) == []


async def test_a_profile_tells_what_somebody_knows(table):
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    mine = text(answer(await table.ann.slash(table.channel, "trivia profile")))
    assert "Place 1 with" in mine
    assert "1/1" in mine
    assert "Hardest question right" in mine
    other = text(answer(await table.ann.slash(table.channel, "trivia profile", member=table.bea)))
    assert "Nothing answered yet." in other


async def test_a_board_takes_its_time_where_names_must_be_asked_for(table, monkeypatch):
    """Ten names can take longer than the three seconds in which Discord wants to hear something."""
    waits = []
    defer = discord.InteractionResponse.defer

    async def deferred(response, **options):
        waits.append(options["ephemeral"])
        await defer(response, **options)

    monkeypatch.setattr(discord.InteractionResponse, "defer", deferred)
    monkeypatch.setattr(OstBot, "get_user", lambda _bot, _user_id: None)
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    board = answer(await table.bea.slash(table.channel, "trivia scores"))
    assert "🥇 ann **" in text(board)
    await table.wait(100)
    turned = await table.bea.select(board, ["today"])
    assert "🥇 ann **" in text(answer(turned))
    await table.wait(100)
    others = await table.ann.select(board, ["today"])
    assert others.ephemeral, "a board that somebody else asked for stays as it is"
    assert waits == [False, False, True]


async def test_the_players_of_a_board_are_asked_for_once_a_minute(table, monkeypatch):
    asked = []

    async def fetched(bot, user_id):
        asked.append(user_id)
        return discord.User(state=bot._connection, data=bot._connection.user._to_minimal_user_json())

    monkeypatch.setattr(OstBot, "get_user", lambda _bot, _user_id: None)
    monkeypatch.setattr(OstBot, "fetch_user", fetched)
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    board = answer(await table.bea.slash(table.channel, "trivia scores"))
    await table.bea.select(board, ["today"])
    await table.ann.slash(table.channel, "trivia scores")
    assert asked == [table.ann.id]
    await table.wait(100)
    await table.bea.slash(table.channel, "trivia scores")
    assert asked == [table.ann.id] * 2
