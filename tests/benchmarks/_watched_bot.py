"""The bot, with a watch on its process from within.

python -m tests.benchmarks._watched_bot FILE

FILE gets a line whenever the event loop was looked at: when, and by how many milliseconds it came late. FILE.state gets
a line of JSON a second: when, resident megabytes, how many tasks of each coroutine there are, and how many threads; and
a last one, marked ``closed``, when the bot has closed everything and only what was left behind is still there.
"""

import asyncio
import json
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from bot import start
from bot.cli import main
from bot.client import OstBot

_EVERY_S = 0.01
_STATE_EVERY_S = 1.0
_PAGE_MB = os.sysconf("SC_PAGE_SIZE") / 2**20


async def _watch(path: str) -> None:
    with open(path, "a", buffering=1) as file:  # noqa: ASYNC230, PTH123 (a few bytes, into the system's own buffer)
        while True:
            due = time.perf_counter() + _EVERY_S
            await asyncio.sleep(_EVERY_S)
            file.write(f"{time.time():.3f} {(time.perf_counter() - due) * 1000:.2f}\n")


def _name(task: asyncio.Task[Any]) -> str:
    """What the task runs: its own name may be but a number."""
    work = task.get_coro()
    return str(getattr(work, "__qualname__", work))


def _state() -> dict[str, Any]:
    """Of this moment; the watch's own tasks are not counted."""
    tasks = Counter(_name(task) for task in asyncio.all_tasks())
    resident_pages = int(Path("/proc/self/statm").read_text().split()[1])
    return {
        "at": time.time(),
        "rss_mb": resident_pages * _PAGE_MB,
        "tasks": {name: count for name, count in tasks.items() if not name.startswith("_watch")},
        "threads": threading.active_count(),
    }


async def _watch_state(path: str) -> None:
    while True:
        _note(path, _state())
        await asyncio.sleep(_STATE_EVERY_S)


def _note(path: str, state: dict[str, Any]) -> None:
    with Path(path).open("a") as file:
        file.write(json.dumps(state) + "\n")


def _watched(path: str) -> None:
    unwatched, until_signal = OstBot.setup_hook, start.until_signal

    async def setup_hook(bot: OstBot) -> None:
        bot.watches = [asyncio.create_task(_watch(path)), asyncio.create_task(_watch_state(f"{path}.state"))]
        await unwatched(bot)

    async def to_the_end(work: Coroutine[Any, Any, int]) -> int:
        try:
            return await until_signal(work)
        finally:
            _note(f"{path}.state", _state() | {"closed": True})

    OstBot.setup_hook = setup_hook
    start.until_signal = to_the_end


if __name__ == "__main__":
    _watched(sys.argv.pop(1))
    sys.argv[0] = "bot"
    main()
