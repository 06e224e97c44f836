"""The channels that picks go to: threads that fell silent, and forums."""

import discord

from tests.e2e.picks import noon, poster

__all__ = ["noon"]


async def test_of_a_thread_that_fell_silent_discord_is_asked_anew_the_next_day(noon):
    guild, threads = noon.bot.get_guild(noon.guild.id), poster(noon).threads
    thread = await guild.get_channel(noon.channel.id).create_thread(name="talk", type=discord.ChannelType.public_thread)
    await thread.edit(archived=True)
    await noon.env.settle()
    assert threads.find(guild, thread.id) is None, "the library forgets it"
    with noon.env._bot_scope():  # its timers keep to the simulation's time
        assert not threads.is_gone(guild, thread.id)
    await noon.env.settle()
    assert threads.find(guild, thread.id) == thread
    await noon.env.advance_time(700)
    assert threads.find(guild, thread.id) is None
