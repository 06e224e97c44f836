"""The processes of ``daily_fanout``: the bot with a watch on its event loop, and bare loops of ``channel.send``.

    python -m tests.benchmarks._fanout_bots (bot FILE | plain | forgetting)

The bot leaves in FILE when and how late its loop was, as JSON. A bare loop begins at SIGUSR1.
"""

import asyncio
import json
import os
import signal
import sys
import time
from pathlib import Path
from typing import Any

AT_ONCE = 50  # as in cogs.daily
SAMPLE_S = 0.01
_BUCKETS_MAX = 200


async def _sample_lag(lags: list[tuple[float, float]]) -> None:
    while True:
        began = time.perf_counter()
        await asyncio.sleep(SAMPLE_S)
        lags.append((time.time(), time.perf_counter() - began - SAMPLE_S))


async def _watched_bot(file: str) -> None:
    from bot import logs
    from bot.settings import load_settings
    from bot.start import run

    settings = load_settings()
    logs.configure(settings.log_level, settings.log_format, None)
    lags: list[tuple[float, float]] = []
    sampler = asyncio.create_task(_sample_lag(lags))
    await run(settings)
    sampler.cancel()
    Path(file).write_text(json.dumps(lags))  # noqa: ASYNC240 - nothing else runs by now


def _card() -> Any:
    """A pick's message, made once: what is measured is the loop around it."""
    from bot.storage.catalog_text import read_catalog
    from bot.ui.daily import pick_card
    from bot.ui.i18n import language

    catalog = read_catalog()
    return pick_card(catalog, next(iter(catalog.songs.values())), (), 0, language("en"))


def _bare_bot(*, is_forgetting: bool) -> None:
    """The same card to the first channel of every server, as anybody would write it.

    discord.py keeps a rate limit for every channel and looks through them all at each new one, which makes a loop over
    thousands slower and slower. The bot under test avoids that; ``is_forgetting`` makes this loop avoid it, too.
    """
    import discord

    card = _card()
    client = discord.AutoShardedClient(intents=discord.Intents(guilds=True), max_messages=None)
    slots = asyncio.Semaphore(AT_ONCE)

    async def send(channel: discord.TextChannel) -> None:
        async with slots:
            if is_forgetting and len(client.http._buckets) > _BUCKETS_MAX:
                client.http._buckets.clear()
            await channel.send(card.content, embed=card.embed, view=card.components, nonce=str(channel.id))

    async def send_all() -> None:
        await asyncio.gather(*(send(guild.text_channels[0]) for guild in client.guilds))

    async def setup_hook() -> None:
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGUSR1, lambda: setattr(client, "sending", loop.create_task(send_all())))

    client.setup_hook = setup_hook  # type: ignore[method-assign] # shorter than a class for it

    @client.event
    async def on_ready() -> None:
        print("Ready", flush=True)

    client.run(os.environ["DISCORD_TOKEN"], log_handler=None)


if __name__ == "__main__":
    if sys.argv[1] == "bot":
        asyncio.run(_watched_bot(sys.argv[2]))
    else:
        _bare_bot(is_forgetting=sys.argv[1] == "forgetting")
