"""What a start and the doctor ask of Discord, failing in every way: it starts in the end, or says what to do."""

import asyncio
import json
import math
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.wire.conftest import READY_S, process
from tests.wire.daily import set_up_here

from .answers import ANSWER, SNOW, told
from .kinds import Kind, Target, arm
from .stage import Row, Stage, ready, stage, until

HANGS_S = 3.0
APPLICATION = "/applications/{application_id}"
IMPATIENT = """
from bot import cli, registration, start
start.BACKOFF_S, registration.AGAIN_AFTER_S, registration.ATTEMPT_S = (0.1,) * 1000, (0.1,), 1
cli.main()
"""
# What it finds on this machine takes it seconds and is not the question here.
ASKING_DISCORD_ONLY = "from bot import cli, doctor; doctor.look_here = lambda _: (); cli.main()"
DOCTOR = ("python", "-c", ASKING_DISCORD_ONLY, "doctor", "--json")
TOKEN_REFUSED = "exit code 2: Discord refused the token"  # noqa: S105 - a sentence
UP = "ready"
ME = "GET /users/@me"
PUT_COMMANDS = f"PUT {APPLICATION}/commands"
GUILD, MEMBER = "GET /guilds/{guild_id}", "GET /guilds/{guild_id}/members/{user_id}"
REGISTERED = "SELECT name FROM state WHERE name LIKE 'commands:%'"
ROUTES = {
    ME: ("GET", "/users/@me"),
    "GET /oauth2/applications/@me": ("GET", "/oauth2/applications/@me"),
    PUT_COMMANDS: ("PUT", "/applications/*/commands"),
    "GET /gateway/bot": ("GET", "/gateway/bot"),
}
DOCTORS_ROUTES = {
    "GET /gateway": ("GET", "/gateway"),
    "GET /users/@me": ("GET", "/users/@me"),
    "GET /oauth2/applications/@me": ("GET", "/oauth2/applications/@me"),
    f"GET {APPLICATION}/commands": ("GET", "/applications/*/commands"),
    GUILD: ("GET", "/guilds/*[0-9]"),
    MEMBER: ("GET", "/guilds/*/members/*"),
}
UNKNOWN_GUILD, UNKNOWN_MEMBER = 10004, 10007
NOT_FOUND = {GUILD: UNKNOWN_GUILD, MEMBER: UNKNOWN_MEMBER}


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """The bot begins anew in one process again and again: only a refused token ends it."""
    await asyncio.to_thread(folder.mkdir)
    rows = []
    async with stage(wire, filled, folder / "start") as on:
        on.bot.argv[1:] = ["-c", IMPATIENT]
        guild = await on.world.add_guild(channels=("ost",), members=2)
        await ready(on)
        rows += [await _start(on, name, route, kind) for name, route in ROUTES.items() for kind in Kind]
        rows += [await _start_without_commands(on, guild, kind) for kind in Kind]
        rows.append(Row("start", "anything else in the log", "nothing", on.unexplained()))
    async with stage(wire, filled, folder / "doctor") as on:
        rows += await _examined(wire, on)
    return rows


async def _start(on: Stage, name: str, route: tuple[str, str], kind: Kind) -> Row:
    await asyncio.to_thread(_forget_commands, on)
    fault = arm(on.world, kind, Target(*route, hangs_s=HANGS_S))
    await _start_over(on)
    seen = UP if on.bot.alive else f"exit code {await on.bot.wait_exit()}: {on.bot.tail(1)[:25]}"
    if on.bot.alive:
        await on.world.until(lambda: on.world.gateway.live, READY_S)
    else:
        await ready(on)
    if fault.hits != 1:
        seen += f"; the fault was hit {fault.hits} times"
    if name == PUT_COMMANDS and kind not in _REFUSALS_FOR_GOOD:
        await until(lambda: on.rows(REGISTERED), READY_S)
    return Row(f"{name}: a start", kind, TOKEN_REFUSED if name == ME and kind is Kind.UNAUTHORIZED else UP, seen)


async def _start_over(on: Stage) -> None:
    """Discord wants the bot to."""
    count = len(on.world.identifies)
    await on.world.faults.drop(4011)
    await until(lambda: len(on.world.identifies) > count or not on.bot.alive, READY_S)


async def _start_without_commands(on: Stage, guild: Any, kind: Kind) -> Row:
    """Each try fails: the commands from before are answered, and the new ones are sent when Discord takes them."""
    await asyncio.to_thread(_forget_commands, on)
    before = len(on.events())
    fault = arm(on.world, kind, Target(*ROUTES[PUT_COMMANDS], hangs_s=HANGS_S))
    fault.times = math.inf
    await _start_over(on)
    await on.world.until(lambda: on.world.gateway.live, READY_S)
    answered = told(await on.world.slash(guild.user, guild.channel, "ost", query=SNOW), "First Snow")
    words = {one.called for one in on.events()[before:] if one.logger == "bot.registration"}
    on.world.faults.clear()
    is_refused = kind in _REFUSALS_FOR_GOOD
    sent = "sent later" if await until(lambda: on.rows(REGISTERED), 1 if is_refused else READY_S) else "not sent"
    if is_refused:
        await _start_over(on)
        sent += ", sent by the next start" * await until(lambda: on.rows(REGISTERED), READY_S)
    expected = f"{ANSWER}; warning; {'not sent, sent by the next start' if is_refused else 'sent later'}"
    seen = f"{answered}; {' + '.join(sorted(words)) or 'nothing'}; {sent}"
    return Row(f"{PUT_COMMANDS}: failing all the time", kind, expected, seen)


def _forget_commands(on: Stage) -> None:
    """So that the next start sends them."""
    with closing(sqlite3.connect(on.folder / "ostinato.db")) as connection, connection:
        connection.execute("DELETE FROM state WHERE name LIKE 'commands:%'")


async def _examined(wire: ModuleType, on: Stage) -> list[Row]:
    """By the command itself, on a database with a channel to look at."""
    guild = await on.world.add_guild(channels=("ost",))
    await set_up_here(on.folder, [guild])
    await ready(on)
    await on.bot.terminate(8)
    rows = []
    for name, route in DOCTORS_ROUTES.items():
        for kind in Kind:
            target = Target(*route, hangs_s=HANGS_S)
            fault = arm(on.world, kind, replace(target, not_found=NOT_FOUND.get(name, target.not_found)))
            seen = await _findings(wire, on)
            on.world.faults.clear()
            assert fault.hits
            rows.append(Row(f"{name}: the doctor", kind, _diagnosis(name, kind), seen))
    return rows


_REFUSALS_FOR_GOOD = (Kind.BAD_REQUEST, Kind.FORBIDDEN, Kind.NOT_FOUND)
_REFUSALS = (*_REFUSALS_FOR_GOOD, Kind.UNAUTHORIZED, Kind.BLOCKED)


def _diagnosis(name: str, kind: Kind) -> str:
    """The clock is read off any answer to the first question; the others must be answered."""
    if name == "GET /gateway" or kind not in _REFUSALS:
        return "all in order; exit code 0"
    if (name, kind) == (ME, Kind.UNAUTHORIZED):
        return "error token; exit code 1"
    is_of_one_server = name in NOT_FOUND and kind in (Kind.FORBIDDEN, Kind.NOT_FOUND)
    return f"warning {'permissions' if is_of_one_server else 'network'}; exit code 0"


async def _findings(wire: ModuleType, on: Stage) -> str:
    """What the command says."""
    with process(wire, on.folder, on.world, DOCTOR) as doctor:
        await doctor.start()
        code = await doctor.wait_exit(READY_S)
        try:
            said = json.loads(doctor.output)
        except ValueError:
            return doctor.output
    found = [one for one in said if one["level"] != "ok"]
    words = ", ".join(f"{one['level']} {one['check']}" for one in found) or "all in order"
    return f"{words}; exit code {code}"
