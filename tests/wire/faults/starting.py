"""What a start and the doctor ask of Discord, failing in every way: it starts in the end, or says what to do."""

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path
from types import ModuleType

import discord
import pytest

from bot import doctor
from tests.wire.conftest import READY_S

from .kinds import Kind, Target, arm
from .stage import Row, Stage, ready, stage, until

HANGS_S = 3.0
APPLICATION = "/applications/{application_id}"
IMPATIENT = "from bot import cli, start; start.BACKOFF_S = (0.1,) * 1000; cli.main()"
TOKEN_REFUSED = "exit code 2: Discord refused the token"  # noqa: S105 - a sentence
UP = "ready"
ME = "GET /users/@me"
ROUTES = {
    ME: ("GET", "/users/@me"),
    "GET /oauth2/applications/@me": ("GET", "/oauth2/applications/@me"),
    f"PUT {APPLICATION}/commands": ("PUT", "/applications/*/commands"),
    "GET /gateway/bot": ("GET", "/gateway/bot"),
}
DOCTORS_ROUTES = {
    "GET /gateway": ("GET", "/gateway"),
    "GET /users/@me": ("GET", "/users/@me"),
    "GET /oauth2/applications/@me": ("GET", "/oauth2/applications/@me"),
    f"GET {APPLICATION}/commands": ("GET", "/applications/*/commands"),
}


async def run(wire: ModuleType, filled: Path, folder: Path) -> list[Row]:
    """The bot begins anew in one process again and again: only a refused token ends it."""
    await asyncio.to_thread(folder.mkdir)
    rows = []
    async with stage(wire, filled, folder / "start") as on:
        on.bot.argv[1:] = ["-c", IMPATIENT]
        await ready(on)
        rows += [await _start(on, name, route, kind) for name, route in ROUTES.items() for kind in Kind]
        rows.append(Row("start", "anything else in the log", "nothing", on.unexplained()))
    async with stage(wire, filled, folder / "doctor") as on:
        rows += await _examined(on)
    return rows


async def _start(on: Stage, name: str, route: tuple[str, str], kind: Kind) -> Row:
    await asyncio.to_thread(_forget_commands, on)
    fault = arm(on.world, kind, Target(*route, hangs_s=HANGS_S))
    count = len(on.world.identifies)
    await on.world.faults.drop(4011)  # Discord wants the bot to start over
    await until(lambda: len(on.world.identifies) > count or not on.bot.alive, READY_S)
    seen = UP if on.bot.alive else f"exit code {await on.bot.wait_exit()}: {on.bot.tail(1)[:25]}"
    if on.bot.alive:
        await on.world.until(lambda: on.world.gateway.live, READY_S)
    else:
        await ready(on)
    if fault.hits != 1:
        seen += f"; the fault was hit {fault.hits} times"
    return Row(f"{name}: a start", kind, TOKEN_REFUSED if name == ME and kind is Kind.UNAUTHORIZED else UP, seen)


def _forget_commands(on: Stage) -> None:
    """So that the next start sends them."""
    with closing(sqlite3.connect(on.folder / "ostinato.db")) as connection, connection:
        connection.execute("DELETE FROM state WHERE name LIKE 'commands:%'")


async def _examined(on: Stage) -> list[Row]:
    await ready(on)
    await on.bot.terminate(8)
    rows = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(discord.http.Route, "BASE", on.world.server.api_url)
        patch.setenv("DISCORD_TOKEN", on.world.token)
        patch.setenv("OSTINATO_DATABASE_URL", f"sqlite:///{on.folder}/ostinato.db")
        for name, route in DOCTORS_ROUTES.items():
            for kind in Kind:
                fault = arm(on.world, kind, Target(*route, hangs_s=HANGS_S))
                seen = await _findings()
                on.world.faults.clear()
                assert fault.hits
                rows.append(Row(f"{name}: the doctor", kind, _diagnosis(name, kind), seen))
    return rows


_REFUSALS = (Kind.BAD_REQUEST, Kind.UNAUTHORIZED, Kind.FORBIDDEN, Kind.NOT_FOUND, Kind.BLOCKED)


def _diagnosis(name: str, kind: Kind) -> str:
    """The clock is read off any answer to the first question; the others must be answered."""
    if name == "GET /gateway" or kind not in _REFUSALS:
        return "all in order"
    return "error token" if (name, kind) == (ME, Kind.UNAUTHORIZED) else "warning network"


async def _findings() -> str:
    """Without that there is no backup yet."""
    found = [one for one in await doctor.examine() if one.level.value != "ok" and one.check != "backups"]
    return ", ".join(f"{one.level.value} {one.check}" for one in found) or "all in order"
