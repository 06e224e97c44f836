"""A game of trivia as its players see it: asked, answered privately, revealed, won, played again."""

import pytest

from bot.domain.trivia.game import Phase
from bot.storage.members import set_guild_language
from bot.ui.components import button
from tests.e2e.reading import answer, text
from tests.e2e.table import PAUSE_S, ROUND_S, bank, buttons, option_id, table

__all__ = ["bank", "table"]


async def test_a_game_from_its_start_to_the_next_one(table):
    question = await table.play(rounds=2)
    assert "Question 1 of 2" in text(question)
    assert "<t:" in text(question)
    right = await table.right()
    assert "Your answer: **" in await table.press(table.ann, right)
    await table.press(table.bea, (right + 1) % 2)
    await table.wait(ROUND_S)
    reveal = table.last
    assert reveal.id == question.id, "a round is one message"
    assert f"🥇 <@{table.ann.id}>" in text(reveal)
    assert f"Good try: <@{table.bea.id}>" in text(reveal)
    assert "[Source](" in text(reveal)
    assert "Next question: <t:" in text(reveal)
    await table.wait(PAUSE_S)
    assert "Question 2 of 2" in text(table.last)
    await table.press(table.bea, await table.right())
    await table.wait(ROUND_S)
    board = table.last
    assert "Final score" in text(board)
    assert f"🥇 <@{table.ann.id}>" in text(board)
    assert f"<@{table.bea.id}>" in text(board)
    assert list(buttons(board).values())[:2] == ["Play again", "Customize"]
    await table.bea.click(board, label="Play again")
    await table.wait(0.1)
    assert "Question 1 of 2" in text(table.last)


async def test_nothing_on_show_tells_which_option_is_right(table):
    question = await table.play()
    ids = [one for one in buttons(question) if ":trivia-answer:" in one]
    game = await table.game()
    assert ids == [f"o1:trivia-answer:{game.id}:1:{index}" for index in range(len(ids))]
    styles = {one.style for row in question.components for one in row.children if one.custom_id in ids}
    assert len(styles) == 1


async def test_an_answer_may_change_and_only_its_player_sees_it(table):
    await table.play()
    assert "change it any time until time is up" in await table.press(table.ann, 0)
    assert "Your answer: **B" in await table.press(table.ann, 1)
    assert str(table.ann.id) not in text(table.last)
    answers = (await table.game()).round.answers
    assert len(answers) == 1
    assert answers[table.ann.id].counting(may_change=True).option == 1


async def test_a_round_ends_as_soon_as_everybody_who_plays_has_answered(table):
    await table.play()
    for actor in (table.ann, table.bea):
        await table.press(actor, await table.right())
    await table.wait(ROUND_S + PAUSE_S)
    await table.press(table.ann, 0)
    await table.wait(2)
    assert (await table.game()).phase is Phase.ASKED
    await table.press(table.bea, 0)
    await table.wait(2.1)
    assert (await table.game()).phase is Phase.REVEALED


async def test_a_button_of_a_finished_round_says_so_privately(table):
    await table.play()
    await table.press(table.ann, 0)
    old = option_id(table.last, 0)
    await table.wait(ROUND_S)
    message = await table.stage.post(button("?", old))
    result = await table.bea.click(message, custom_id=old)
    assert result.ephemeral
    assert text(answer(result)) == "That round is over."


@pytest.mark.parametrize("tail", ["1:9", "1:-1", "1:x", "x:0", "1:²", "1:99999999999999999999999"])
async def test_a_forged_answer_is_refused_politely_and_counts_nothing(table, tail):
    await table.play()
    game = await table.game()
    forged = f"o1:trivia-answer:{game.id}:{tail}"
    message = await table.stage.post(button("?", forged))
    result = await table.ann.click(message, custom_id=forged)
    assert result.ephemeral
    assert not (await table.game()).round.answers


async def test_a_second_start_is_refused_with_a_link_to_the_game(table):
    question = await table.play()
    refused = await table.bea.slash(table.channel, "trivia play")
    assert refused.ephemeral
    assert question.jump_url in text(answer(refused))


async def test_three_unanswered_rounds_end_a_game(table):
    await table.play()
    for _ in range(3):
        await table.wait(ROUND_S)
        await table.wait(PAUSE_S)
    assert "Three questions in a row went unanswered" in text(table.last)
    assert "Nobody played." in text(table.last)


async def test_its_starter_may_stop_it_and_the_open_round_still_counts(table):
    await table.play()
    await table.press(table.bea, await table.right())
    refused = await table.bea.click(table.last, label="Stop")
    assert f"Only <@{table.ann.id}>" in text(answer(refused))
    await table.ann.slash(table.channel, "trivia stop")
    await table.wait(0.1)
    assert "The game was stopped." in text(table.last)
    assert f"🥇 <@{table.bea.id}>" in text(table.last)
    assert "✅" in text(table.messages[-2]), "the open round is revealed as well"


async def test_a_majority_of_those_who_play_skips_a_question(table):
    await table.play()
    await table.press(table.ann, 0)
    await table.press(table.bea, 0)
    vote = await table.ann.click(table.last, label="Skip")
    assert "1 of 2" in text(answer(vote))
    await table.bea.click(table.last, label="Skip")
    await table.wait(0.1)
    assert (await table.game()).phase is Phase.REVEALED


async def test_what_was_missed_can_be_looked_at_again_privately(table):
    await table.play(rounds=1)
    right = await table.right()
    await table.press(table.bea, (right + 1) % 2)
    await table.wait(ROUND_S)
    shown = await table.bea.click(table.last, label="Review what I missed")
    assert shown.ephemeral
    assert "What you missed" in text(answer(shown))


async def test_a_game_in_direct_messages_waits_for_nobody_else(table):
    await table.ann.user.slash("trivia play", rounds=1)
    await table.wait(0.1)
    hosted = next(iter(table.host.games._kept.values()))
    message = table.ann.user.dm_channel.history()[-1]
    await table.ann.user.click(message, custom_id=option_id(message, hosted.game.round.question.right_option))
    await table.wait(3)
    assert "Final score" in text(table.ann.user.dm_channel.history()[-1])


async def test_a_servers_game_speaks_its_language_and_answers_each_player_in_theirs(table):
    await set_guild_language(table.stage.store.database, table.stage.guild.id, "ko")
    table.stage.bot.languages.choose_for_guild(table.stage.guild.id, "ko")
    question = await table.play(rounds=1)
    assert "문제 1 / 1" in text(question)
    assert "Your answer" in await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    assert "최종" in text(table.last)
