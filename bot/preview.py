"""The bot without Discord: real callbacks against a simulated server, shown in a local page."""

import asyncio
import sys
import webbrowser

import simcord
from simcord.preview import Preview

from bot import logs
from bot.client import OstBot, Store
from bot.settings import Settings
from bot.start import EXIT_OK, until_signal
from bot.storage.members import set_member_language

# The simulated Discord is always English; the second member has chosen Korean.
MEMBERS = {"Sam": None, "민지": "ko", "Noor": None}


def run_preview(database_file: str, *, browser: bool) -> None:
    """Serve the page on loopback until Ctrl-C; what members save is kept in ``database_file``.

    Raises the store's DatabaseError.
    """
    logs.configure("WARNING", "human", None)
    asyncio.run(until_signal(_serve(f"sqlite+aiosqlite:///{database_file}", browser=browser)))
    print("The preview has ended.", file=sys.stderr)  # noqa: T201 - for the reader


async def _serve(database_url: str, *, browser: bool) -> int:
    store = await Store.open(database_url)
    try:
        bot = OstBot(Settings.model_construct(), store)
        async with simcord.run(bot, shard_count=1, check_errors=False) as env:
            env.backend.bot_user.name = "Ostinato"
            guild = env.create_guild("K-drama club", preferred_locale="en-US")
            channel = guild.create_text_channel("ost")
            members = [guild.add_member(env.create_user(name)) for name in MEMBERS]
            for member, code in zip(members, MEMBERS.values(), strict=True):
                await set_member_language(store.database, member.id, code)
                store.languages.choose_for_member(member.id, code)
            async with env.preview(channel, viewers=members, layout="channel") as page:
                await _show(page, browser=browser)
        return EXIT_OK
    finally:
        await store.database.close()


async def _show(page: Preview, *, browser: bool) -> None:
    print(f"The bot is at {page.url}\nType /ost there. Ctrl-C ends the preview.", flush=True)  # noqa: T201 - for the reader
    if browser:
        await asyncio.to_thread(webbrowser.open, page.url)
    await page.wait_closed()
