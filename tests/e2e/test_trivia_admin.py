"""/ostadmin trivia and reset: where and how games are played, and points that no longer count."""

import discord
import pytest

from bot.domain.trivia.questions.knowledge import Circle
from bot.ui.components import button
from tests.e2e.reading import answer, labels, text
from tests.e2e.table import ROUND_S, bank, table

__all__ = ["bank", "table"]


@pytest.fixture
def admin(table):
    guild = table.stage.guild
    managers = guild.create_role("managers", permissions=discord.Permissions(manage_guild=True))
    return guild.add_member(table.env.create_user("cha"), roles=[managers])


async def test_a_server_decides_how_games_go_if_nobody_says_otherwise(table, admin):
    shown = await admin.slash(table.channel, "ostadmin trivia", rounds=3, seconds=30, change=False)
    assert shown.ephemeral
    assert "3 questions · 30 seconds each" in text(answer(shown))
    assert "Question 1 of 3" in text(await table.play())
    assert "change it any time" not in await table.press(table.ann, 0)
    assert "stands." in await table.press(table.ann, 1)


async def test_games_are_played_where_admins_let_them_be_played(table, admin):
    elsewhere = table.stage.guild.create_text_channel("games")
    await admin.slash(table.channel, "ostadmin trivia", channel=elsewhere)
    refused = await table.ann.slash(table.channel, "trivia play")
    assert refused.ephemeral
    assert f"<#{elsewhere.id}>" in text(answer(refused))
    assert not (await table.ann.slash(elsewhere, "trivia play")).ephemeral
    again = await admin.slash(table.channel, "ostadmin trivia", channel=elsewhere)
    assert "every channel" in text(answer(again))


async def test_a_reset_needs_a_second_press_and_the_permission(table, admin):
    await table.play(rounds=1)
    await table.press(table.ann, await table.right())
    await table.wait(ROUND_S)
    asked = await admin.slash(table.channel, "ostadmin reset")
    assert asked.ephemeral
    assert labels(answer(asked)) == ["Yes, reset"]
    board = text(answer(await table.ann.slash(table.channel, "trivia scores")))
    assert "ann" in board
    done = await admin.click(answer(asked), label="Yes, reset")
    assert "no longer count" in text(answer(done))
    board = text(answer(await table.ann.slash(table.channel, "trivia scores")))
    assert "Nobody has played yet" in board


async def test_a_forged_reset_is_refused(table):
    message = await table.stage.post(button("?", "o1:trivia-reset:0"))
    refused = await table.ann.click(message, label="?")
    assert "You need the permission **Manage Server**" in text(answer(refused))


async def test_a_server_decides_on_a_pool_and_on_threads(table, admin):
    shown = await admin.slash(table.channel, "ostadmin trivia", pool="charted", thread=True)
    assert "Everything that charted, too" in text(answer(shown))
    assert "Each game has its own thread." in text(answer(shown))
    await table.play()
    (thread,) = table.stage.bot.get_channel(table.channel.id).threads
    game = (await table.host.games.running_in(thread.id)).game
    assert game.settings.pool.circle is Circle.CHARTED
    await admin.slash(table.channel, "ostadmin trivia", thread=False)
    assert "Question 1 of" in text(await table.play())
