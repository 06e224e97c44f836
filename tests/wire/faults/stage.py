"""What every part of the fault table stands on: a world whose faults can be aimed at a channel, the bot's process, its
log in events, its database in rows."""

import asyncio
import importlib
import re
import shutil
import sqlite3
import sys
import time
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bot.storage.catalog import sync_catalog
from bot.storage.database import Database
from tests.wire.conftest import READY_S, WIRE, process

from .kinds import TRULY_JSON

_EVENT = re.compile(r"^\d{4}-\d\d-\d\d \S+ ([A-Z]+) +(\S+): (.*)$", re.MULTILINE)
_REFERENCE = re.compile(r"reference [0-9a-f]{6}")
_OF_INTERACTION = re.compile(r"/interactions/(\d+)/[^/]+/callback")
_OF_TOKEN = re.compile(r"/webhooks/\d+/([^/]+)(.*)")
_REFUSAL = re.compile(TRULY_JSON + r":(\d+):(\d+)")
COMMANDS = 10


@dataclass(frozen=True)
class Row:
    """One line of the fault table."""

    what: str
    case: str
    expected: str
    seen: str

    @property
    def is_green(self) -> bool:
        return self.expected == self.seen


@dataclass(frozen=True)
class Event:
    """One line of the log, and whether a traceback follows it."""

    level: str
    logger: str
    message: str
    has_traceback: bool

    @property
    def called(self) -> str:
        called = self.level.lower()
        called += " with reference" if _REFERENCE.search(self.message) else ""
        return called + " and traceback" * self.has_traceback


@dataclass
class Stage:
    world: Any
    bot: Any
    folder: Path

    def events(self) -> list[Event]:
        """All that was logged so far."""
        text = self.bot.output
        starts = list(_EVENT.finditer(text))
        ends = [*(one.start() for one in starts[1:]), len(text)]
        return [
            Event(*one.groups(), has_traceback="Traceback" in text[one.end() : end])
            for one, end in zip(starts, ends, strict=False)
        ]

    def logged(self, *ids: int | str) -> str:
        """How loudly the log speaks of what has one of these ids or patterns, each way once."""
        wanted = re.compile("|".join(rf"\b{one}\b" if isinstance(one, int) else one for one in ids))
        ours = [one for one in self.events() if wanted.search(one.message) and _is_ours(one)]
        return " + ".join(sorted({one.called for one in ours})) or "nothing"

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """What the database says, looked at from outside."""
        with closing(sqlite3.connect(self.folder / "ostinato.db")) as connection:
            return connection.execute(query, values).fetchall()

    def unexplained(self, allowed: Iterable[str] = ()) -> str:
        """Errors and tracebacks that nothing here provoked, or "nothing"."""
        known = re.compile("|".join(allowed) or r"(?!)")
        bad = [one for one in self.events() if one.has_traceback or one.level in ("ERROR", "CRITICAL")]
        return "; ".join(f"{one.called}: {one.message}" for one in bad if not known.search(one.message)) or "nothing"


def _is_ours(event: Event) -> bool:
    """Whether the bot itself speaks, or somebody warns."""
    return event.level != "DEBUG" and (event.level != "INFO" or event.logger.startswith(("bot.", "cogs.")))


def load_wire() -> ModuleType | None:
    """The harness; None where it is not."""
    if not (WIRE / "wire" / "__init__.py").is_file():
        return None
    if str(WIRE) not in sys.path:
        sys.path.append(str(WIRE))
    return importlib.import_module("wire")


async def fill(path: Path) -> None:
    """A database that has the catalog."""
    database = await Database.open(f"sqlite:///{path}")
    await sync_catalog(database)
    await database.close()


@asynccontextmanager
async def stage(wire: ModuleType, filled: Path, folder: Path, clock: Any = None, **env: str) -> AsyncIterator[Stage]:
    """A world, and a process of the bot that is not started yet, on a copy of the ``filled`` database."""
    await asyncio.to_thread(_lay_out, filled, folder)
    async with wire.World() as world:
        _aim_at_channels(wire, world)
        if clock:
            world.clock = clock.now
        with process(wire, folder, world, OSTINATO_LOG_LEVEL="INFO", **env) as bot:
            bot.fake_time = clock
            try:
                yield Stage(world, bot, folder)
            finally:
                await bot.terminate(8)


def _lay_out(filled: Path, folder: Path) -> None:
    folder.mkdir()
    shutil.copy(filled, folder / "ostinato.db")


def _aim_at_channels(wire: ModuleType, world: Any) -> None:
    """Let faults name an interaction by its channel, for its id and token are not known before it is sent."""

    def by_channel(path: str) -> str:
        if found := _OF_INTERACTION.fullmatch(path):
            asked = world.interactions.get(int(found[1]))
            return f"/interactions/{asked.channel.id}/callback" if asked else path
        if found := _OF_TOKEN.fullmatch(path):
            asked = world.tokens.get(found[1])
            return f"/webhooks/{asked.channel.id}{found[2]}" if asked else path
        return path

    class Aimed(wire.Faults):  # type: ignore[misc, name-defined] # the harness is loaded at run time
        def take(self, method: str, path: str) -> Any:
            return super().take(method, by_channel(path))

    world.faults = Aimed()
    world.faults.gateway = world.gateway
    act = world.server._act

    async def refuse_or_act(request: Any, asked: Any) -> Any:
        if found := _REFUSAL.search(asked.fault):
            status, code = map(int, found.groups())
            return status, {"code": code, "message": f"{status} on purpose"}
        return await act(request, asked)

    world.server._act = refuse_or_act


async def ready(on: Stage) -> None:
    await on.bot.start()
    await on.bot.wait_ready(READY_S, commands=COMMANDS)


async def until(condition: Any, seconds: float) -> bool:
    """Whether it came true in time; what another process writes can only be looked at again and again."""
    try:
        async with asyncio.timeout(seconds):
            while not condition():  # noqa: ASYNC110 - see above
                await asyncio.sleep(0.1)
    except TimeoutError:
        return False
    return True


async def quiet(on: Stage, seconds: float = 1.0, patience_s: float = 10.0) -> None:
    """Until the bot logged and asked nothing for a while."""
    before, deadline = (-1, -1), time.monotonic() + patience_s
    while before != (now := (_lines(on), len(on.world.requests))) and time.monotonic() < deadline:
        before = now
        await asyncio.sleep(seconds)


def _lines(on: Stage) -> int:
    """Without those of the gateway: on a fast clock its heartbeats seem slow to the library."""
    return sum(one.logger != "discord.gateway" for one in on.events())
