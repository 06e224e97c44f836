"""A running game on the real process: kill point by what became of it."""

import asyncio

import pytest

from tests.wire.conftest import READY_S
from tests.wire.trivia import Told, open_question, options_of, shown_twice, what_is_wrong

SECONDS = 5
SOON_S = 60
MESSAGES, MESSAGE = "/channels/*/messages", "/channels/*/messages/*"


@pytest.fixture
async def game(stand):
    """A server whose bot is ready for a game of one question."""
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=6)
    return stand


async def play(stand) -> None:
    await stand.world.slash(stand.guild.user, stand.guild.channel, "trivia play", seconds=SECONDS, rounds=1)


async def asked(stand):
    return await stand.world.until(lambda: open_question(stand.guild.channel), SOON_S, "the question")


async def asked_again(stand):
    """The message in which the round interrupted goes on."""
    return await stand.world.wait_message(
        stand.guild.channel, lambda one: "here it is again" in one.text, timeout=SOON_S
    )


async def answered(stand, question) -> Told:
    custom_id = options_of(question)[0]
    result = await stand.world.click(question, custom_id=custom_id, user=stand.guild.user)
    assert "Your answer:" in result.message.content
    return Told(1, 1, stand.guild.user.id, 0, result.id)


async def dies_at(stand, fault) -> None:
    await stand.world.until(lambda: fault.hits, SOON_S, "the moment to die")
    await stand.bot.kill9()
    stand.world.faults.clear()
    await stand.bot.restart()


def scoreboards(stand) -> list:
    return [message for message in stand.guild.channel.bot_messages if "Final score" in message.text]


async def ends_well(stand, told: list[Told]) -> None:
    await stand.world.until(lambda: scoreboards(stand), SOON_S, "the scoreboard")
    await asyncio.sleep(1)
    assert len(scoreboards(stand)) == 1
    assert what_is_wrong(stand.folder, told) == []
    assert shown_twice([stand.guild.channel]) == []


ASKING = {
    "before its question arrived": lambda faults: faults.reset("POST", MESSAGES),
    "after its question stood, before that was noted": lambda faults: faults.lost("POST", MESSAGES),
}


@pytest.mark.parametrize("point", ASKING)
async def test_a_kill_while_asking_leaves_one_question(game, point):
    fault = ASKING[point](game.world.faults)
    await play(game)
    await dies_at(game, fault)
    question = await asked_again(game)
    assert len([one for one in game.guild.channel.bot_messages if options_of(one)]) == 1
    await ends_well(game, [await answered(game, question)])


async def test_a_kill_right_after_an_answer_was_acknowledged_keeps_it(game):
    await play(game)
    told = await answered(game, await asked(game))
    await game.bot.kill9()
    await game.bot.restart()
    await asked_again(game)
    await ends_well(game, [told])


async def test_a_kill_between_the_points_and_their_reveal_reveals_once(game):
    await play(game)
    question = await asked(game)
    told = await answered(game, question)
    await dies_at(game, game.world.faults.delay("PATCH", MESSAGE, 3600))
    await ends_well(game, [told])
    assert "✅" in question.text


async def test_a_kill_while_the_scoreboard_is_sent_shows_one(game):
    await play(game)
    told = await answered(game, await asked(game))
    await dies_at(game, game.world.faults.lost("POST", MESSAGES))
    await ends_well(game, [told])


async def test_a_planned_stop_says_so_and_the_next_process_goes_on(game):
    await play(game)
    told = await answered(game, await asked(game))
    await game.bot.terminate(8)
    assert any("I am being restarted" in one.text for one in game.guild.channel.bot_messages)
    await game.bot.start()
    await game.bot.wait_ready(READY_S)
    await ends_well(game, [told])
