"""The moment after READY: the bot is there, and its search index is still being built."""

import asyncio
import os
import signal
import time

import pytest

from tests.wire.conftest import READY_S

SNOW = "song:i-will-go-to-you-like-the-first-snow"
BUILDING_S = 2.0  # longer than a bot that stops waits for its last answers

HELD = """
import time
from pathlib import Path
from bot import cli, store
build = store.SearchIndex
def held(catalog):
    Path("begun").touch()
    while not Path("go on").exists():
        time.sleep(0.01)
    return build(catalog)
store.SearchIndex = held
cli.main()
"""
SLOW = f"""
import time
from pathlib import Path
from bot import cli, store
def slow(catalog):
    Path("begun").touch()
    time.sleep({BUILDING_S})
store.SearchIndex = slow
cli.main()
"""
BROKEN = """
from bot import cli, store
def broken(catalog):
    raise RuntimeError("half an update")
store.SearchIndex = broken
cli.main()
"""


async def begun(stand):
    await stand.world.until((stand.folder / "begun").exists, READY_S)


async def test_who_asks_before_the_index_is_there_is_answered_as_soon_as_it_is(stand):
    world, guild = stand.world, stand.guild
    stand.bot.argv[1:] = ["-c", HELD]
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    await begun(stand)
    card = asyncio.create_task(world.slash(guild.user, guild.channel, "ost", query="goblin"))
    typed = asyncio.create_task(world.autocomplete(guild.user, guild.channel, "ost", focused="query", query="gob"))
    drawn = await world.slash(guild.user, guild.channel, "ostrandom")
    assert drawn.acked, "what needs no search does not wait for it"
    assert not card.done()
    assert not typed.done()
    (stand.folder / "go on").touch()
    assert "Goblin" in (await card).message.text
    assert (await typed).choices
    assert "ERROR" not in stand.bot.output
    assert not world.findings()


@pytest.mark.parametrize("asking", [False, True], ids=["nobody waits", "somebody waits"])
async def test_a_signal_while_the_index_is_built_ends_it_in_order(stand, asking):
    world, guild = stand.world, stand.guild
    stand.bot.argv[1:] = ["-c", SLOW]
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    await begun(stand)
    asked = asyncio.create_task(world.slash(guild.user, guild.channel, "ost", query=SNOW)) if asking else None
    await world.slash(guild.user, guild.channel, "ostrandom")  # so that the one before has arrived
    before = time.monotonic()
    os.kill(stand.bot.pid, signal.SIGTERM)
    assert await stand.bot.wait_exit(10) == 0
    assert time.monotonic() - before < 5
    assert "Traceback" not in stand.bot.output
    assert not (stand.folder / "ostinato.db-wal").exists(), "the database is at rest"
    if asked:
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)


async def test_an_index_that_cannot_be_built_ends_the_start_and_says_so(stand):
    stand.bot.argv[1:] = ["-c", BROKEN]
    assert await stand.exit_code() == 2
    assert "half an update" in stand.bot.output, "the log says why"
    [sentence] = [line for line in stand.says if line.startswith("The search index cannot be built")]
    assert "the log says why" in sentence
    assert not stand.world.gateway.sessions, "it said goodbye"
