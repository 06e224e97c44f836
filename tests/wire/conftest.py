"""The bot's real process against a loopback Discord, in the ``wire`` folder beside the checkout or at OSTINATO_WIRE.

Where that is missing these tests are skipped: it is a tool of its own and not shipped with the bot.
"""

import importlib
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.wire import daily

ROOT = Path(__file__).resolve().parents[2]
WIRE = Path(os.environ.get("OSTINATO_WIRE") or ROOT.parent / "shared" / "wire")
READY_S = 30
BOT = ("python", "-m", "bot")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "bot(**env): settings of the process that the test starts")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    harness_of_an_older_aiohttp = pytest.mark.filterwarnings("ignore:shutdown_timeout should be:DeprecationWarning")
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(harness_of_an_older_aiohttp)


@pytest.fixture(scope="session")
def wire() -> ModuleType:
    """The harness."""
    if not (WIRE / "wire" / "__init__.py").is_file():
        pytest.skip("the loopback Discord is not here (OSTINATO_WIRE names its folder)")
    if str(WIRE) not in sys.path:
        sys.path.append(str(WIRE))
    module = importlib.import_module("wire")
    module.World = _watching_routes(module.World)
    return module


def _watching_routes(world: type[Any]) -> type[Any]:
    """A world whose end fails when the bot has used a route that the fault table does not know."""
    from tests.wire.faults.__main__ import routes

    class Watching(world):
        async def __aexit__(self, kind: object, *error: object) -> None:
            await super().__aexit__(kind, *error)
            if kind is None:
                used = {f"{one.method} {one.template}" for one in self.requests if one.template}
                assert used <= routes(), f"routes without rows in tests/wire/faults: {used - routes()}"

    return Watching


@pytest.fixture
async def world(wire) -> AsyncIterator[Any]:
    async with wire.World(rate_limits=True) as world:
        yield world


@contextmanager
def process(wire: ModuleType, folder: Path, world: Any, argv: Sequence[str] = BOT, **env: str) -> Iterator[Any]:
    """A process of the bot with its database in ``folder``, not yet started; it logs all that it can."""
    environment = {"PYTHONPATH": str(ROOT), "OSTINATO_LOG_LEVEL": "DEBUG", **env}
    bot = wire.BotProcess(folder, argv, environment, world=world)
    try:
        yield bot
    finally:
        bot._scratch.cleanup()


@dataclass
class Stand:
    """A world with one server, and a process of the bot, not yet started, on a database that has the catalog."""

    world: Any
    guild: Any
    bot: Any
    folder: Path

    async def exit_code(self, seconds: float = 20) -> int:
        """Start the process and wait until it has ended by itself."""
        await self.bot.start()
        return int(await self.bot.wait_exit(seconds))

    @property
    def says(self) -> list[str]:
        """The lines it printed, without those of its log."""
        return [line for line in self.bot.output.splitlines() if not re.match(r"\d{4}-\d\d-\d\d ", line)]


@pytest.fixture
async def stand(wire, world, filled_database, tmp_path, request) -> AsyncIterator[Stand]:
    """Its environment and its ``argv`` come from the test's mark ``bot``."""
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    guild = await world.add_guild(channels=("ost",), members=2)
    asked = request.node.get_closest_marker("bot")
    with process(wire, tmp_path, world, **(asked.kwargs if asked else {})) as bot:
        yield Stand(world, guild, bot, tmp_path)
        await bot.terminate(5)
        assert world.token not in bot.output, "the token never appears in any output"


@pytest.fixture
async def shop(wire, tmp_path, filled_database) -> AsyncIterator[tuple[Any, Any, Any, Path]]:
    """A world under fake time, a server in it, the bot's process, not yet started, and the folder of its database."""
    shutil.copy(filled_database, tmp_path / "ostinato.db")
    clock = daily.fake_time(wire)
    daily.model_closed_threads(wire)
    async with wire.World() as world:
        world.clock = clock.now
        guild = await world.add_guild(channels=("ost", "general"), locale="ko")
        with process(wire, tmp_path, world) as bot:
            bot.fake_time = clock
            yield world, guild, bot, tmp_path
            await bot.kill9()
