"""The bot, with a watch on how late its event loop is: one number of milliseconds a line in the file it is given.

python -m tests.benchmarks._watched_bot FILE
"""

import asyncio
import sys
import time

from bot.cli import main
from bot.client import OstBot

_EVERY_S = 0.01


async def _watch(path: str) -> None:
    with open(path, "a", buffering=1) as file:  # noqa: ASYNC230, PTH123 (a few bytes, into the system's own buffer)
        while True:
            due = time.perf_counter() + _EVERY_S
            await asyncio.sleep(_EVERY_S)
            file.write(f"{time.time():.3f} {(time.perf_counter() - due) * 1000:.2f}\n")


def _watched(path: str) -> None:
    unwatched = OstBot.setup_hook

    async def setup_hook(bot: OstBot) -> None:
        bot.watch = asyncio.create_task(_watch(path))
        await unwatched(bot)

    OstBot.setup_hook = setup_hook


if __name__ == "__main__":
    _watched(sys.argv.pop(1))
    sys.argv[0] = "bot"
    main()
