"""*Customize*: a game put together on a private panel, and games in threads of their own."""

import asyncio

import discord
import pytest

from bot.domain.trivia.game import EndReason
from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.question import Topic, topic_of
from bot.ui.components import Components, button
from tests.e2e.reading import answer, controls, labels, text
from tests.e2e.table import PAUSE_S, ROUND_S, bank, buttons, table

__all__ = ["bank", "table"]


def card(table):
    """The message that says that a game begins."""
    return next(one for one in reversed(table.messages) if "Customize" in buttons(one).values())


async def panel(table, actor):
    return answer(await actor.click(card(table), label="Customize"))


async def choose(actor, shown, part: str, *values: str):
    target = next(one["custom_id"] for one in controls(shown) if f":trivia-set:{part}:" in one["custom_id"])
    return answer(await actor.select(shown, list(values), custom_id=target))


async def test_a_customized_game_takes_the_place_of_the_one_just_started(table):
    await table.play(rounds=2)
    shown = await panel(table, table.ann)
    assert "*Start* ends the game that is on" in text(shown)
    shown = await choose(table.ann, shown, "topics", "awards", "artists")
    shown = await choose(table.ann, shown, "decade", "2010")
    shown = await choose(table.ann, shown, "level", "hard")
    shown = await choose(table.ann, shown, "pool", "charted")
    assert "Everything that charted, too · Singers · Awards · 2010s · Hard" in text(shown)
    await table.ann.click(shown, label="Start")
    await table.wait(0.1)
    said = [text(message) for message in table.messages]
    assert "The game was stopped." in said[-3], "the old game ends before the new one begins"
    assert "Singers · Awards · 2010s · Hard" in said[-2]
    assert "Question 1 of 2" in said[-1]
    game = await table.game()
    assert game.settings.pool.topics == {Topic.AWARDS, Topic.ARTISTS}
    assert game.settings.pool.level is Level.HARD
    question = game.round.question
    kind = question.claim.kind if question.claim else question.kind
    assert topic_of(kind) in game.settings.pool.topics


async def test_play_again_and_customize_at_the_end_start_from_the_same_settings(table):
    await table.play(rounds=1)
    shown = await choose(table.ann, await panel(table, table.ann), "level", "easy")
    await table.ann.click(shown, label="Start")
    await table.wait(ROUND_S)
    end = table.last
    assert list(buttons(end).values())[:2] == ["Play again", "Customize"]
    from_end = answer(await table.bea.click(end, label="Customize"))
    assert "Easy" in text(from_end)
    assert "ends the game" not in text(from_end)
    await table.bea.click(end, label="Play again")
    await table.wait(0.1)
    assert (await table.game()).settings.pool.level is Level.EASY


async def test_start_pressed_twice_starts_one_game(table):
    await table.play()
    shown = await panel(table, table.ann)
    start = next(one["custom_id"] for one in controls(shown) if one.get("label") == "Start")
    await table.ann.click(shown, label="Start")
    await table.wait(0.1)
    first = await table.game()
    again = await table.stage.post(button("?", start))
    refused = await table.ann.click(again, label="?")
    assert "A game is on already" in text(answer(refused))
    assert (await table.game()).id == first.id


async def test_only_who_may_stop_a_running_game_may_replace_it(table):
    await table.play()
    refused = await table.bea.click(card(table), label="Customize")
    assert refused.ephemeral
    assert f"Only <@{table.ann.id}>" in text(answer(refused))
    game = await table.game()
    forged = await table.stage.post(button("?", f"o1:trivia-begin:{game.id}:{game.settings.code()}"))
    await table.bea.click(forged, label="?")
    assert (await table.game()).id == game.id


async def test_the_panel_works_after_a_restart(table):
    await table.play()
    shown = await panel(table, table.ann)
    await table.restart(after_s=5)
    shown = await choose(table.ann, shown, "decade", "2020")
    await table.ann.click(shown, label="Start")
    await table.wait(0.1)
    assert (await table.game()).settings.pool.decade == 2020


@pytest.mark.parametrize(
    "tail",
    ["set:decade:0:0-99-20-1--0-1-0", "set:thread:0:9-10-20-1--0-1-0", "set:nonsense:0:0-10-20-1--0-1-0", "begin:0:x",
     "begin:-1:0-10-20-1--0-1-0", "begin:0:0-10-20-1-4-0-1-0", "begin:0:0-10-20-1--1987-1-0", "custom:99999"],
)  # fmt: skip
async def test_a_forged_panel_is_refused_politely(table, tail):
    message = await table.stage.post(button("?", f"o1:trivia-{tail}"))
    refused = await table.ann.click(message, label="?")
    assert refused.ephemeral
    assert "reference" not in text(answer(refused))
    assert await table.host.games.running_in(table.channel.id) is None


async def test_a_choice_that_leaves_too_little_says_what_to_do(table, bank):
    ready = asyncio.get_running_loop().create_future()
    ready.set_result(bank)
    table.host.quizmaster._bank = ready
    await table.play(rounds=20)
    shown = await choose(table.ann, await panel(table, table.ann), "topics", "awards")
    assert "About 243 questions fit." in text(shown)
    shown = await choose(table.ann, shown, "decade", "2000")
    refused = await table.ann.click(shown, label="Start")
    assert refused.ephemeral
    assert "Only 15 questions fit, the game asks 20: take more topics" in text(answer(refused))
    assert (await table.game()).settings.pool.decade is None, "the game that was on goes on"


async def in_thread(table) -> discord.Thread:
    """Ann starts a game in a thread of its own."""
    await table.play(rounds=2)
    shown = answer(await table.ann.click(await panel(table, table.ann), label="Own thread: off"))
    assert "Own thread: on" in labels(shown)
    await table.ann.click(shown, label="Start")
    await table.wait(0.1)
    (thread,) = table.stage.bot.get_channel(table.channel.id).threads
    return thread


async def test_a_game_in_its_own_thread_leaves_the_channel_free(table):
    thread = await in_thread(table)
    assert f"It is played in <#{thread.id}>." in text(table.last)
    game = (await table.host.games.running_in(thread.id)).game
    assert game.settings.own_thread
    assert await table.host.games.running_in(table.channel.id) is None
    await table.wait(2 * (ROUND_S + PAUSE_S))
    written = [message async for message in thread.history(oldest_first=True)]
    assert "Question 1 of 2" in "".join(map(text, written))
    assert "Final score" in text(written[-1])


async def test_play_again_in_the_thread_stays_there(table):
    thread = await in_thread(table)
    await table.wait(2 * (ROUND_S + PAUSE_S))
    *_, end = [message async for message in thread.history(oldest_first=True)]
    await table.bea.click(end, label="Play again")
    await table.wait(0.1)
    assert (await table.host.games.running_in(thread.id)).game.settings.own_thread
    assert len(table.stage.bot.get_channel(table.channel.id).threads) == 1


async def test_a_missing_permission_for_threads_is_named(table):
    lacking = discord.PermissionOverwrite(create_public_threads=False, embed_links=False)
    channel = table.stage.guild.create_text_channel("quiz", overwrites={table.stage.bot.user: lacking})
    shown = answer(await start_in_thread(table, channel))
    assert "what I lack in this channel: **Embed Links** and **Create Public Threads**" in text(shown)
    table.env.inject_error("POST", "/channels/*/threads", status=403, code=50013)
    shown = answer(await start_in_thread(table, table.channel))
    assert "**Create Public Threads**" in text(shown), "Discord knows better than a cache"


async def start_in_thread(table, channel):
    message = await table.stage.bot.get_channel(channel.id).send(
        "old", view=Components([button("?", "o1:trivia-begin:0:0-10-20-1--0-1-1")])
    )
    return await table.ann.click(message, label="?")


async def test_a_game_whose_thread_is_deleted_ends(table):
    thread = await in_thread(table)
    game = (await table.host.games.running_in(thread.id)).game
    await thread.delete()
    await table.wait(ROUND_S)
    assert (await table.host.games.find(game.id)).game.ended is EndReason.CHANNEL_GONE


async def test_a_game_whose_thread_is_archived_ends_too(table):
    thread = await in_thread(table)
    game = (await table.host.games.running_in(thread.id)).game
    table.env.inject_error("PATCH", "/channels/*/messages/*", status=400, code=50083, times=None)
    await table.wait(ROUND_S)
    assert (await table.host.games.find(game.id)).game.ended is EndReason.CHANNEL_GONE
