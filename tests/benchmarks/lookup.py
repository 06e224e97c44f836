"""What /ost and autocomplete cost beside the barest bot that answers with the very same payload, hard-coded.

``python -m tests.benchmarks.lookup [rounds]``: both processes stand against the loopback Discord of ``tests/wire`` at
once and are asked in turns, so that whatever else the machine does slows both; starts are measured in turns, too.

A start is measured as an operator has it, with the modules compiled that Python has met before. Where
PYTHONDONTWRITEBYTECODE is set, two hundred modules of ours would be compiled at every start, and one of the bare bot's:
that is shown beside it.
"""

import asyncio
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import discord
from discord.webhook.async_ import interaction_message_response_params  # what the library itself makes an answer with
from sqlalchemy import event

from bot.client import OstBot
from bot.settings import Settings
from bot.storage.catalog_text import read_catalog
from bot.store import Store
from bot.ui.i18n import all_languages

ROOT = Path(__file__).resolve().parents[2]
WIRE = Path(os.environ.get("OSTINATO_WIRE") or ROOT.parent / "shared" / "wire")
SNOW = "song:i-will-go-to-you-like-the-first-snow"
TYPED = ["", "g", "go", "gob", "gobl", "도깨", "에일리 첫눈", "bts v", "my destiny lyn", "ㄷㄲㅂ"]
STARTS = 7


def spread(values: list[float]) -> tuple[float, float]:
    """Median and 99th percentile."""
    ordered = sorted(values)
    return statistics.median(ordered), ordered[max(int(len(ordered) * 0.99) - 1, 0)]


def line(what: str, asked: str, measured: str) -> None:
    print(f"{what:<58} {asked:>14}   {measured}", flush=True)


def ratio(what: str, ours: list[float], bare: list[float]) -> None:
    (our_median, our_tail), (bare_median, bare_tail) = spread(ours), spread(bare)
    line(f"{what}, median", "<= 1.25 x", f"{our_median:.2f} / {bare_median:.2f} ms = {our_median / bare_median:.2f} x")
    line(f"{what}, p99", "", f"{our_tail:.2f} / {bare_tail:.2f} ms = {our_tail / bare_tail:.2f} x")


class Pair:
    """Our bot and the bare one, each in a world of its own."""

    def __init__(self, wire: Any, folder: Path) -> None:
        self.wire, self.folder = wire, folder
        self.payload = folder / "payload.json"
        # Python compiles what it imports once and keeps it, unless told otherwise; pip does it for what it installs.
        self.compiled = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(folder / "compiled")}

    async def world(self, stack: AsyncExitStack) -> Any:
        world = await stack.enter_async_context(self.wire.World())
        await world.add_guild(channels=("ost",))
        return world

    def ours(self, world: Any) -> Any:
        environment = {**self.compiled, "PYTHONPATH": str(ROOT), "OSTINATO_LOG_LEVEL": "INFO"}
        return self.wire.BotProcess(self.folder, env=environment, world=world)

    def bare(self, world: Any, *, sync: bool = False) -> Any:
        card = {"BARE_CARD": str(self.payload), "BARE_SYNC": "1" if sync else ""}
        environment = {**self.compiled, "PYTHONPATH": str(ROOT), **card}
        argv = ("python", str(Path(__file__).with_name("bare_bot.py")))
        return self.wire.BotProcess(self.folder, argv, environment, world=world)

    async def fetch_payload(self, world: Any) -> None:
        """What our bot answers, for the bare one to repeat."""
        guild = next(iter(world.guilds.values()))
        card = await world.slash(guild.user, guild.channel, "ost", query=SNOW)
        typed = await world.autocomplete(guild.user, guild.channel, "ost", focused="query", query="go")
        message = {"embeds": card.message.embeds, "components": card.message.components}
        self.payload.write_text(json.dumps({"message": message, "choices": typed.choices}), "utf-8")


async def answers(worlds: tuple[Any, Any], rounds: int) -> None:
    """Interaction to callback, our bot and the bare one in turns."""
    slash: tuple[list[float], list[float]] = ([], [])
    typing: tuple[list[float], list[float]] = ([], [])
    songs = [SNOW, "goblin", "첫눈처럼 너에게 가겠다", "my destiny", "artist:ailee"]
    for number in range(rounds + 20):
        for side, world in enumerate(worlds):
            guild = next(iter(world.guilds.values()))
            card = await world.slash(guild.user, guild.channel, "ost", query=SNOW if number % 2 else songs[number % 5])
            text = TYPED[number % len(TYPED)] or "o"
            typed = await world.autocomplete(guild.user, guild.channel, "ost", focused="query", query=text)
            if number >= 20:  # the first ones warm up
                if number % 2:  # the very same card on both sides
                    slash[side].append(card.latency_ms)
                typing[side].append(typed.latency_ms)
    ratio("/ost, interaction to callback", *slash)
    ratio("autocomplete, interaction to callback", *typing)


async def starts(pair: Pair, worlds: tuple[Any, Any]) -> None:
    """Start to ready, to the first answer, and resident memory, in turns; the catalog is unchanged, the commands are
    registered, and Python has kept what it compiled."""
    figures = [await _start(make(world)) for _ in range(STARTS) for make, world in _sides(pair, worlds)]
    ready, processor, answered, memory, later = zip(*figures, strict=True)
    compare("start to ready, median", "<= +1.2 s", ready, "s")
    compare("processor time until ready, median", "", processor, "s")
    compare("start to the first answer to /ost, median", "", answered, "s")
    compare("resident memory, one server, 2.5 s after ready, median", "<= +60 MB", memory, "MB")
    compare("the same 10 s after ready, with the question bank", "", later, "MB")
    pair.compiled = {"PYTHONDONTWRITEBYTECODE": "1"}
    figures = [await _start(make(world), stays=False) for _ in range(STARTS) for make, world in _sides(pair, worlds)]
    compare("start to ready where Python may keep nothing, median", "", [ready for ready, *_ in figures], "s")


def _sides(pair: Pair, worlds: tuple[Any, Any]) -> Any:
    return zip((pair.ours, pair.bare), worlds, strict=True)


def compare(what: str, asked: str, values: Sequence[float], unit: str) -> None:
    """Ours and the bare bot's stand in ``values`` in turns."""
    ours, bare = statistics.median(values[::2]), statistics.median(values[1::2])
    line(what, asked, f"{ours:.2f} - {bare:.2f} {unit} = +{ours - bare:.2f} {unit}")


async def _start(process: Any, *, stays: bool = True) -> tuple[float, ...]:
    """Seconds to ready, processor's seconds until then, seconds to the first answer, MB 2.5 s and 10 s after ready."""
    async with process as bot:
        ready_s, processor_s = await bot.wait_ready(60), bot.cpu_seconds()
        if not stays:
            return ready_s, processor_s
        guild = next(iter(bot.world.guilds.values()))
        await bot.world.slash(guild.user, guild.channel, "ost", query="goblin")
        answered_s = time.perf_counter() - bot.started_at
        await asyncio.sleep(2.5)
        soon_mb = bot.rss_mb()
        await asyncio.sleep(7.5)
        return ready_s, processor_s, answered_s, soon_mb, bot.rss_mb()


async def all_cards(world: Any, bot: Any) -> None:
    """Memory after everything that can be kept has been asked for."""
    guild = next(iter(world.guilds.values()))
    before = bot.rss_mb()
    for number, key in enumerate(read_catalog().songs):
        guild.user.locale = "ko" if number % 2 else "en-US"
        await world.slash(guild.user, guild.channel, "ost", query=f"song:{key}")
        await world.autocomplete(guild.user, guild.channel, "ost", focused="query", query=key[:8])
    guild.user.locale = "en-US"
    line("resident memory after every song's card", "", f"{before:.1f} MB, then {bot.rss_mb():.1f} MB")


async def on_wire(rounds: int) -> None:
    sys.path.append(str(WIRE))
    import wire

    with tempfile.TemporaryDirectory() as folder:
        pair = Pair(wire, Path(folder))
        async with AsyncExitStack() as stack:
            worlds = (await pair.world(stack), await pair.world(stack))
            async with pair.ours(worlds[0]) as ours:
                await ours.wait_ready(60, commands=5)
                await pair.fetch_payload(worlds[0])
                async with pair.bare(worlds[1], sync=True) as bare:
                    await bare.wait_ready(60, commands=1)
                    await answers(worlds, rounds)
                await all_cards(worlds[0], ours)
            await starts(pair, worlds)
            findings = [finding for world in worlds for finding in world.findings()]
            line("requests outside Discord's spec or rules", "none", f"{len(findings)}")
            print(*findings[:5], sep="\n")


async def in_process(rounds: int) -> None:
    """The bot's own work, from the library handing over the interaction to the payload it makes of the answer."""
    with tempfile.TemporaryDirectory() as folder:
        store = await Store.open(f"sqlite+aiosqlite:///{folder}/x.db")
        await store.index.get()  # a bot at work has it
        bot = OstBot(Settings(), store)
        await bot.load_extension("cogs.lookup")
        list(all_languages())  # as registering the commands does at the start
        statements, opened = watch(store)
        await own_work(bot.cogs["Lookup"], rounds)
        line("database statements meanwhile", "0", str(len(statements)))
        line("files opened meanwhile", "0", f"{len(opened)} {opened[:3] or ''}")
        await store.database.close()


def watch(store: Store) -> tuple[list[str], list[str]]:
    """Every statement that the database is sent, and every file that is opened, from now on."""
    statements: list[str] = []
    opened: list[str] = []
    engine = store.database._engine.sync_engine
    event.listen(engine, "before_cursor_execute", lambda *facts: statements.append(facts[2]))
    sys.addaudithook(lambda name, facts: opened.append(str(facts[0])) if name == "open" else None)
    return statements, opened


async def own_work(cog: Any, rounds: int) -> None:
    catalog = cog.bot.catalog
    songs = list(catalog.songs.values())
    picked = [await timed(cog, f"song:{song.key}") for song in songs[:rounds]]
    typed = [await timed(cog, song.title_ko) for song in songs[:rounds]]
    line("/ost, own work, picked, a card's first time, median", "<= 1 ms", f"{statistics.median(picked):.2f} ms")
    line("/ost, own work, typed, a card shown before, median", "<= 1 ms", f"{statistics.median(typed):.2f} ms")
    begun = [song.title_ko[: 1 + number % 6] for number, song in enumerate(songs[:rounds])]
    anew = [await timed_typing(cog, text) for text in dict.fromkeys(begun)]
    again = [await timed_typing(cog, text) for text in begun]
    line("autocomplete, own work, never typed before, median", "<= 1 ms", f"{statistics.median(anew):.2f} ms")
    line("autocomplete, own work, typed before, median", "<= 1 ms", f"{statistics.median(again):.2f} ms")


class Response:
    """Takes the payload that the library makes of a message, and goes no further."""

    def is_done(self) -> bool:
        return False

    async def send_message(self, **message: Any) -> None:
        with interaction_message_response_params(type=4, **{k: v for k, v in message.items() if k in SENT}):
            pass


SENT = ("content", "embed", "view", "allowed_mentions")


def interaction() -> Any:
    """As the library hands it over, as far as the bot looks at it."""
    user = SimpleNamespace(id=1)
    return SimpleNamespace(user=user, locale=discord.Locale.american_english, response=Response())


async def timed(cog: Any, query: str) -> float:
    one = interaction()
    began = time.perf_counter()
    await cog.ost.callback(cog, one, query)
    return (time.perf_counter() - began) * 1000


async def timed_typing(cog: Any, text: str) -> float:
    one = interaction()
    began = time.perf_counter()
    for choice in await cog.suggest(one, text):
        choice.to_dict()
    return (time.perf_counter() - began) * 1000


async def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 400
    print(f"{'':<58} {'asked':>14}   measured (ours / bare)")
    await in_process(rounds)
    if (WIRE / "wire").is_dir():
        await on_wire(rounds)
    else:
        print("The loopback Discord is not here (OSTINATO_WIRE names its folder): nothing to measure against.")


if __name__ == "__main__":
    asyncio.run(main())
