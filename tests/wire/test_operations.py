"""What whoever runs the real process sees of it: health, systemd, the doctor, servers that were left."""

import asyncio
import json
import os
import signal
import socket
import sqlite3
from contextlib import closing

import aiohttp
import discord
import pytest

from tests.wire import daily
from tests.wire.conftest import READY_S, Stand, process
from tests.wire.faults.stage import until

DOCTOR = ("python", "-m", "bot", "doctor", "--json")


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class ServiceManager:
    """systemd's end of the socket."""

    def __init__(self, address: str) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(address)
        self._socket.settimeout(0)
        self.words: list[str] = []

    async def hear(self, word: str) -> None:
        """Listen until that has been said."""
        async with asyncio.timeout(READY_S):
            while word not in self.words:
                said = await asyncio.get_running_loop().sock_recv(self._socket, 4096)
                self.words += said.decode().splitlines()

    def close(self) -> None:
        self._socket.close()


async def get(port: int, page: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{page}") as response:
        return response.status, await response.text()


async def examined(stand: Stand, wire) -> dict[str, list[dict[str, str]]]:
    """What the doctor finds in the folder of the stand's bot, by check."""
    with process(wire, stand.folder, stand.world, DOCTOR) as doctor:
        await doctor.start()
        assert await doctor.wait_exit(60) == 0, doctor.output
        found: dict[str, list[dict[str, str]]] = {}
        for one in json.loads(doctor.output):
            found.setdefault(one["check"], []).append(one)
        return found


async def test_a_watched_service_tells_of_its_life_from_ready_to_stopping(stand):
    port, manager = free_port(), ServiceManager(str(stand.folder / "notify"))
    stand.bot.extra |= {"OSTINATO_HTTP_PORT": str(port), "WATCHDOG_USEC": "1000000"}
    stand.bot.extra |= {"NOTIFY_SOCKET": str(stand.folder / "notify")}
    await stand.bot.start()
    await manager.hear("READY=1")
    await stand.world.slash(stand.guild.user, stand.guild.channel, "ost", query="goblin")
    status, health = await get(port, "/healthz")
    _, figures = await get(port, "/metrics")
    os.kill(stand.bot.pid, signal.SIGTERM)
    await manager.hear("STOPPING=1")
    assert await stand.bot.wait_exit(10) == 0
    manager.close()
    assert "Traceback" not in stand.bot.output
    assert (status, json.loads(health)["status"]) == (200, "ok"), health
    assert json.loads(health)["last_daily_run"], "the loop of daily picks turns"
    assert 'ostinato_interaction_seconds_count{name="ost",outcome="done"} 1.0' in figures
    assert "ostinato_connected 1.0" in figures
    assert manager.words.count("READY=1") == 1
    assert manager.words.count("WATCHDOG=1") >= 3


async def test_a_port_that_is_taken_is_told_in_one_sentence(stand):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        stand.bot.extra["OSTINATO_HTTP_PORT"] = str(other.getsockname()[1])
        assert await stand.exit_code() == 2
    (sentence,) = stand.says
    assert sentence.startswith("OSTINATO_HTTP_PORT")


@pytest.fixture
async def been_up(stand) -> Stand:
    """The bot has run once, registered its commands, and has one channel for daily picks and trivia."""
    await stand.bot.start()
    await stand.bot.wait_log("Ready: ", READY_S)
    await stand.bot.terminate(10)
    row = (stand.guild.id, stand.guild.channel.id)
    with closing(sqlite3.connect(stand.folder / "ostinato.db")) as database, database:
        database.execute(
            "INSERT INTO daily_schedule (guild_id, channel_id, set_up_by, at, zone, days, first_date, not_before, pool,"
            " opens_thread, publishes, grace_minutes, mode, told, version) VALUES (?, ?, 1, '09:00:00.000000', 'UTC',"
            " 'every_day', '2026-01-01', '2026-01-01 00:00:00.000000', 'awarded', 0, 0, 60, 'on', 0, 1)",
            row,
        )
        database.execute(
            "INSERT INTO trivia_rules (guild_id, channel_ids, settings, own_thread) VALUES (?, ?, '{}', 1)",
            (stand.guild.id, json.dumps([stand.guild.channel.id])),
        )
    return stand


async def test_the_doctor_finds_a_bot_in_order(been_up, wire):
    found = await examined(been_up, wire)
    levels = {check: one["level"] for check, (one,) in found.items()}
    checks = ("settings", "database", "disk", "catalog", "clock", "token", "intents", "commands", "permissions")
    assert {check: levels[check] for check in checks} == dict.fromkeys(checks, "ok"), found


async def test_the_doctor_names_a_missing_permission_and_a_command_that_discord_lacks(been_up, wire):
    world, guild = been_up.world, been_up.guild
    await world.set_overwrite(guild.channel, world.bot, deny=discord.Permissions(embed_links=True).value)
    for listed in world.commands.values():
        for key in [key for key, command in listed.items() if command["name"] == "ost"]:
            del listed[key]
    found = await examined(been_up, wire)
    where = f"Server {guild.id}, channel {guild.channel.id}"
    assert [(one["level"], one["message"]) for one in found["permissions"]] == [
        ("warning", f"{where} (daily picks): missing embed links."),
        ("warning", f"{where} (trivia): missing embed links."),
    ]
    (commands,) = found["commands"]
    assert (commands["level"], commands["message"]) == ("warning", "Discord lacks /ost.")


async def test_the_doctor_names_a_forum_whose_tags_the_bot_may_not_give(been_up, wire):
    world, guild = been_up.world, been_up.guild
    forum = await world.add_channel(guild, "forum", 15, emit=False)
    daily.ask_for_a_tag(forum, moderated=(1, 2, 3))
    with closing(sqlite3.connect(been_up.folder / "ostinato.db")) as database, database:
        database.execute("UPDATE daily_schedule SET channel_id = ?", (forum.id,))
    found = await examined(been_up, wire)
    where = f"Server {guild.id}, channel {forum.id} (daily picks)"
    assert [(one["level"], one["message"]) for one in found["permissions"]] == [
        ("warning", f"{where}: the forum asks for a tag, and has none that the bot may give."),
    ]


async def test_a_server_that_throws_the_bot_out_is_marked_and_an_outage_is_not(stand):
    def marked() -> list[int]:
        with closing(sqlite3.connect(stand.folder / "ostinato.db")) as database:
            return [guild_id for (guild_id,) in database.execute("SELECT guild_id FROM left_guild")]

    await stand.bot.start()
    await stand.bot.wait_log("Ready: ", READY_S)
    other = await stand.world.add_guild(channels=("ost",), members=1)
    await stand.world.outage(stand.guild)
    await stand.world.leave(other)
    await stand.bot.wait_log(f"Left server {other.id}", 10)
    assert marked() == [other.id]


async def test_a_server_that_throws_the_bot_out_while_there_is_no_session_gets_no_more_picks(shop):
    world, guild, bot, folder = shop
    other = await world.add_guild(channels=("ost",))
    await bot.start()
    await bot.wait_log("Ready: 2 servers", READY_S)
    other.joined = False  # and no event tells
    await world.faults.invalidate()
    await bot.wait_log("Ready: 1 servers", READY_S)
    await daily.set_up_here(folder, [guild, other])  # due already
    await world.until(lambda: daily.posts(guild.channel), READY_S)
    held = (
        "SELECT post.trouble FROM daily_post AS post JOIN daily_schedule AS plan ON id = schedule_id WHERE guild_id = ?"
    )
    with closing(sqlite3.connect(folder / "ostinato.db")) as database:
        assert await until(lambda: database.execute(held, (other.id,)).fetchall() == [("server_left",)], READY_S)
    assert not [one for one in world.requests if str(other.channel.id) in one.path]


async def test_the_doctor_tells_of_a_server_that_the_bot_is_no_longer_in(been_up, wire):
    await been_up.world.leave(been_up.guild)
    found = await examined(been_up, wire)
    assert [one["level"] for one in found["permissions"]] == ["warning", "warning"]
    assert all("the bot is no longer in that server" in one["message"] for one in found["permissions"])
