"""What becomes of a running game when the process dies, is stopped, or loses its channel."""

from bot.domain.trivia.game import RESUMABLE_FOR, EndReason, Phase
from tests.e2e.reading import text
from tests.e2e.table import PAUSE_S, ROUND_S, bank, buttons, table

__all__ = ["bank", "table"]
FREE_AFTER_S = 5


async def test_an_interrupted_round_is_asked_again_with_every_answer_it_had(table):
    first = await table.play(rounds=1)
    right = await table.right()
    await table.press(table.ann, right)
    await table.restart(after_s=FREE_AFTER_S)
    again = table.last
    assert again.id != first.id
    assert "I was restarted, so here it is again" in text(again)
    assert "asked again below" in text(table.messages[-2])
    assert not buttons(table.messages[-2])
    await table.press(table.bea, right)
    await table.wait(ROUND_S)
    assert "Final score" in text(table.last)
    for player in (table.ann, table.bea):
        assert f"<@{player.id}> **" in text(table.last)


async def test_a_game_between_two_rounds_goes_on_with_the_next(table):
    await table.play(rounds=2)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S + PAUSE_S - 1)
    await table.restart(after_s=FREE_AFTER_S)
    assert "Question 2 of 2" in text(table.last)
    assert "I was restarted" not in text(table.last)
    assert (await table.game()).standings[table.ann.id].right_count == 1


async def test_buttons_work_before_the_game_is_taken_over(table):
    await table.play()
    await table.restart(after_s=0.1)
    assert "Your answer: **" in await table.press(table.ann, 0)


async def test_a_game_that_stood_still_for_long_is_closed_with_its_scoreboard(table):
    await table.play()
    await table.press(table.ann, await table.right())
    table.host.close = _nothing
    table.host._is_closing = True  # it is gone: nothing more is due there
    table.host._set_timer()
    await table.wait(RESUMABLE_FOR.total_seconds() + 1)
    await table.restart(after_s=1)
    assert "I was away for too long" in text(table.last)
    assert f"🥇 <@{table.ann.id}>" in text(table.last)
    await table.play()


async def test_a_planned_stop_is_told_and_the_next_process_goes_on_at_once(table):
    await table.play()
    await table.press(table.ann, await table.right())
    await table.host.close()
    assert "I am being restarted" in text(table.last)
    await table.restart(after_s=0.5)
    assert "I was restarted, so here it is again" in text(table.last)
    assert table.ann.id in (await table.game()).round.answers


async def test_a_game_whose_end_was_not_told_is_told_by_the_next_process(table):
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())

    async def dies(*_):
        table.host._is_closing = True
        raise OSError("the process died here")

    table.host.show._finish = dies
    await table.wait(ROUND_S)
    assert "Final score" not in text(table.last)
    await table.restart(after_s=FREE_AFTER_S)
    assert "Final score" in text(table.last)
    assert f"🥇 <@{table.ann.id}>" in text(table.last)


async def test_a_deleted_channel_ends_its_game_quietly(table):
    await table.play()
    game_id = (await table.game()).id
    table.env.inject_error("*", "/channels/*/messages*", status=404, code=10003, times=None)
    await table.wait(ROUND_S)
    hosted = await table.host.games.find(game_id)
    assert (hosted.game.phase, hosted.game.ended) == (Phase.OVER, EndReason.CHANNEL_GONE)
    assert not table.host._mine


async def test_a_permission_lost_ends_the_game_and_is_said_where_the_question_stood(table):
    await table.play()
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    table.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    await table.wait(PAUSE_S)
    assert "I am no longer allowed to write here" in text(table.last)
    assert f"🥇 <@{table.ann.id}>" in text(table.last)
    assert not table.host._mine


async def test_a_permission_lost_before_the_first_question_is_said_to_the_starter_alone(table):
    table.env.inject_error("POST", "/channels/*/messages", status=403, code=50013, times=None)
    shown = await table.ann.slash(table.channel, "trivia play")
    await table.wait(0.1)
    told = shown.followups[-1]
    assert told.ephemeral
    assert "I am no longer allowed to write here" in text(told)
    assert not table.host._mine
    assert not table.host.show.starters


async def test_a_deleted_question_is_revealed_anew(table):
    question = await table.play()
    await table.press(table.ann, await table.right())
    await question.delete()
    await table.wait(ROUND_S)
    assert f"🥇 <@{table.ann.id}>" in text(table.last)


async def test_a_failing_discord_is_tried_again_and_no_round_is_lost(table):
    await table.play()
    await table.press(table.ann, await table.right())
    table.env.inject_error("PATCH", "/channels/*/messages/*", status=500, times=3)
    await table.wait(ROUND_S)
    await table.wait(40)
    assert any(f"🥇 <@{table.ann.id}>" in text(message) for message in table.messages)


async def _nothing() -> None:
    """Stands for a farewell that a dead process does not make."""
