"""The process from its start to its end: registering commands, connections that break, restarts, signals."""

import math
import os
import signal
import sqlite3
import time
from contextlib import closing

import pytest

from tests.wire.conftest import READY_S

COMMANDS = "/applications/{application_id}/commands"
SNOW = "song:i-will-go-to-you-like-the-first-snow"


async def test_commands_are_sent_once_and_again_only_when_they_changed(stand):
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    assert len(stand.world.calls("PUT", COMMANDS)) == 1
    await stand.bot.restart(kill=False)
    assert len(stand.world.calls("PUT", COMMANDS)) == 1
    assert not stand.world.findings()


async def test_what_was_on_show_works_after_a_sudden_death(stand):
    world, guild = stand.world, stand.guild
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    song = await world.slash(guild.user, guild.channel, "ost", query=SNOW)
    drama = await world.slash(guild.user, guild.channel, "ost", query="drama:goblin")
    await world.click(song, label="♥ Save")
    dots = await world.click(song, label="⋯")
    asked = await world.click(dots, label="Report a mistake")
    await stand.bot.kill9()
    await stand.bot.restart()
    await world.click(drama, label="→")
    assert "Page 2 of 2" in drama.message.text
    done = await world.submit_modal(asked, text="wrong year")
    assert "Thank you" in done.message.text
    saved = await world.slash(guild.user, guild.channel, "ostsaved")
    assert "First Snow" in saved.message.text
    assert not world.findings()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_ends_it_in_order_and_quickly(stand, number):
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    began = time.monotonic()
    os.kill(stand.bot.pid, number)
    assert await stand.bot.wait_exit(10) == 0
    assert time.monotonic() - began < 5
    assert not stand.world.gateway.sessions, "it said goodbye"
    assert "Traceback" not in stand.bot.output
    assert not (stand.folder / "ostinato.db-wal").exists(), "the database is at rest"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_before_the_connection_stands_ends_it_as_well(stand, number):
    stand.world.faults.delay("GET", "/users/@me", 30)
    await stand.bot.start()
    await stand.world.until(lambda: stand.world.faults.armed[0].hits, READY_S)
    os.kill(stand.bot.pid, number)
    assert await stand.bot.wait_exit(5) == 0
    assert "Traceback" not in stand.bot.output


async def test_a_signal_while_the_catalog_is_read_for_the_first_time_ends_it_as_well(stand):
    (stand.folder / "ostinato.db").unlink()
    await stand.bot.start()
    await stand.world.until((stand.folder / "ostinato.db").exists, READY_S)
    os.kill(stand.bot.pid, signal.SIGINT)
    assert await stand.bot.wait_exit(5) == 0
    assert "Traceback" not in stand.bot.output


async def test_a_first_socket_that_closes_before_hello_is_tried_again(stand):
    gateway = stand.world.gateway
    original, refused = gateway.accept, []

    async def close_the_first(request):
        if refused:
            return await original(request)
        refused.append(request)
        from aiohttp import web

        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.close()
        return socket

    gateway.accept = close_the_first
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    assert refused
    assert not stand.world.findings()


async def test_a_gateway_that_refuses_for_a_while_is_tried_again(stand):
    stand.world.faults.refuse(READY_S)
    await stand.bot.start()
    await stand.world.until(lambda: stand.world.refused, READY_S)
    stand.world.faults.refuse(0)
    await stand.bot.wait_ready(READY_S, commands=5)
    assert not stand.world.findings()


async def test_discord_stumbling_at_the_start_is_sat_out(stand):
    stand.world.faults.status("GET", "/users/@me", 500)
    stand.world.faults.status("PUT", "/applications/*/commands", 500)
    stand.world.faults.status("GET", "/gateway/bot", 503)
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    assert "Traceback" not in stand.bot.output
    assert not stand.world.findings()


async def _with_new_commands(stand):
    """Up once, then with commands that have changed, or so it seems."""
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    await stand.bot.terminate(8)
    with closing(sqlite3.connect(stand.folder / "ostinato.db")) as database, database:
        database.execute("UPDATE state SET value = 'another' WHERE name LIKE 'commands:%'")


async def test_commands_that_discord_refuses_for_ever_leave_the_old_ones_at_work(stand):
    await _with_new_commands(stand)
    refusal = {"code": 50035, "message": "Invalid Form Body"}
    fault = stand.world.faults.status("PUT", "/applications/*/commands", 400, times=math.inf, body=refusal)
    await stand.bot.start()
    await stand.bot.wait_log("Ready: ", READY_S)
    assert (await stand.world.slash(stand.guild.user, stand.guild.channel, "ost", query="goblin")).message
    help_ = await stand.world.slash(stand.guild.user, stand.guild.channel, "osthelp")
    assert "</ost:" in help_.message.text, "it knows their ids from before"
    assert fault.hits == 1, "what was refused is not sent again before the next start"
    [warning] = [line for line in stand.bot.output.splitlines() if " WARNING " in line]
    assert "Invalid Form Body" in warning
    assert "update the bot" in warning
    assert "Traceback" not in stand.bot.output
    stand.world.faults.clear()
    await stand.bot.restart(kill=False)
    assert len(stand.world.calls("PUT", COMMANDS)) == 3, "the next start sends them"


async def test_commands_that_discord_cannot_take_now_are_sent_later(stand):
    stand.bot.argv[1:] = ["-c", "from bot import cli, registration as r; r.AGAIN_AFTER_S = (0.5, 1); cli.main()"]
    fault = stand.world.faults.status("PUT", "/applications/*/commands", 429, times=3)  # a ban that ends
    await stand.bot.start()
    await stand.bot.wait_log("Ready: ", READY_S)
    await stand.bot.wait_ready(READY_S, commands=5)
    assert fault.hits == 3
    assert (await stand.world.slash(stand.guild.user, stand.guild.channel, "ost", query="goblin")).message
    warned = [line for line in stand.bot.output.splitlines() if " WARNING " in line]
    assert len(warned) == 3
    assert "tries again in 1 s" in warned[-1]


async def test_a_dropped_connection_is_resumed_and_nothing_is_lost(stand):
    world, guild = stand.world, stand.guild
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    card = await world.slash(guild.user, guild.channel, "ost", query="drama:goblin")
    await world.faults.drop()
    await world.until(lambda: world.resumes, 20)
    await world.click(card, label="→")
    assert "Page 2 of 2" in card.message.text
    assert len(world.calls("PUT", COMMANDS)) == 1
    assert not world.findings()


async def test_a_session_that_discord_no_longer_knows_is_begun_anew(stand):
    world, guild = stand.world, stand.guild
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    await world.faults.invalidate()
    await world.until(lambda: len(world.identifies) > 1, 20)
    await world.gateway.barrier()
    assert (await world.slash(guild.user, guild.channel, "ost", query="goblin")).acked
    assert not world.findings()


@pytest.mark.bot(OSTINATO_SHARD_COUNT="2")
async def test_two_shards_in_one_process(stand):
    await stand.world.add_guild()
    await stand.bot.start()
    await stand.bot.wait_ready(READY_S, commands=5)
    assert {one["shard"] for one in stand.world.identifies} == {(0, 2), (1, 2)}
    for guild in stand.world.guilds.values():
        assert (await stand.world.slash(guild.user, guild.channel, "ost", query="goblin")).acked
