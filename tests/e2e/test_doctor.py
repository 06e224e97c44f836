"""The doctor knows the bot's commands without starting a cog."""

import discord

from bot.doctor._commands import tree_without_cogs
from bot.registration import commands_digest


async def test_the_doctor_sees_exactly_the_commands_that_the_bot_registers(stage):
    tree = tree_without_cogs(discord.Client(intents=discord.Intents.none()))
    assert {command.name for command in tree.get_commands()} == {one.name for one in stage.bot.tree.get_commands()}
    assert await commands_digest(tree) == await commands_digest(stage.bot.tree)
