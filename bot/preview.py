"""The bot without Discord: real callbacks against a simulated server, shown in a local page."""

import asyncio
import sys
import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import discord
import simcord
from PIL import Image, ImageDraw
from simcord.preview import Preview, _markdown

from bot import logs
from bot.client import OstBot, utc_now
from bot.domain.catalog import Catalog
from bot.registration import commands_name
from bot.settings import Settings
from bot.start import EXIT_OK, until_signal
from bot.storage.members import set_member_language, store_value
from bot.store import Store
from bot.ui.lookup import thumbnail_address

# The simulated Discord is always English; the second member has chosen Korean.
MEMBERS = {"Sam": None, "민지": "ko", "Noor": None}

_Club = tuple[simcord.ChannelHandle, list[simcord.MemberActor]]

SETTLING_S = 2.0
TICK_S = 0.2


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
        bot = OstBot(Settings(), store, now=lambda: env.now())  # noqa: PLW0108 - each needs the other to be made
        # A press is shown as done when nothing is left to do, so a game's clock must not count as work for long.
        env = simcord.Env(bot, shard_count=1, check_errors=False, settle_timeout=SETTLING_S)
        env.backend.bot_user.name = "Ostinato"
        # Ids are made of the time. Made while the clock stands at its beginning they are the same at every start, so
        # that members find again what they saved.
        club = _open_club(env)
        env.backend.clock.advance((utc_now() - env.now()).total_seconds())
        # Each start is a new Discord that has no commands yet, whatever the last one was sent.
        await store_value(store.database, commands_name(env.backend.application_id), "")
        await env.start()
        try:
            await _show_club(env, bot, store, club, browser=browser)
        finally:
            await env.shutdown()
        return EXIT_OK
    finally:
        await store.database.close()


@contextmanager
def _real_time(env: simcord.Env, page: Preview) -> Iterator[None]:
    """Keeps the simulated clock, and the page's, at the real time, and shows what the bot posts by itself.

    Left alone, the clock stands still and the page changes only after a member has done something. By a thread,
    because the simulation would wait for a task that ticks.
    """
    loop, is_over, has_news = asyncio.get_running_loop(), threading.Event(), threading.Event()

    def catch_up() -> None:
        behind_s = (utc_now() - env.now()).total_seconds()
        if behind_s > 0:
            env.backend.clock.advance(behind_s)
        page.capture_time = env.now()
        if has_news.is_set() and page._active_action is None:  # noqa: SLF001 - as below
            has_news.clear()
            page._publish_message_pages(reason="refresh")  # noqa: SLF001 - refresh() would wait for a game's clock

    def notice(event: str, _payload: object) -> None:
        if event.startswith("MESSAGE_"):
            has_news.set()

    def tick() -> None:
        while not is_over.wait(TICK_S):
            loop.call_soon_threadsafe(catch_up)

    env.backend.subscribers.append(notice)
    thread = threading.Thread(target=tick, name="real time")
    thread.start()
    try:
        yield
    finally:
        is_over.set()
        thread.join()


def _open_club(env: simcord.Env) -> _Club:
    """A server with a channel and its members."""
    users = [env.create_user(name) for name in MEMBERS]
    guild = env.create_guild("K-drama club", preferred_locale="en-US")
    # To those who may not set the server up, the page neither offers the commands for it nor tells their names.
    crew = guild.create_role("Crew", permissions=discord.Permissions(manage_guild=True))
    return guild.create_text_channel("ost"), [guild.add_member(user, roles=[crew]) for user in users]


async def _show_club(env: simcord.Env, bot: OstBot, store: Store, club: _Club, *, browser: bool) -> None:
    """The page, until it is closed."""
    # simcord puts a recorder before the tree's own door for errors and then calls what a member merely mistyped a
    # failed action. The bot's answer is what should be seen.
    del bot.tree.on_error
    channel, members = club
    for member, code in zip(members, MEMBERS.values(), strict=True):
        if code:
            await set_member_language(store.database, member.id, code)
            store.languages.choose_for_member(member.id, code)
    _name_mentions()
    # A first game would wait for the question bank, and simcord call that a failed action.
    bank = asyncio.create_task(bot.get_cog("Trivia").host.quizmaster.bank())  # type: ignore[union-attr] # it is there
    assets = dict.fromkeys(_thumbnails(store.catalog), ("video.png", _video_picture()))
    async with env.preview(channel, viewers=members, layout="channel", assets=assets) as page:
        with _real_time(env, page):
            await _show(page, browser=browser)
    bank.cancel()


def _name_mentions() -> None:
    """Lets the page show names for mentions of members and commands in embeds, as Discord does."""
    for part in ("embed_description", "embed_field_value"):
        # There is no public way, and simcord is pinned.
        _markdown._FIELD_POLICIES[part] |= {"mentions": True, "commands": True}  # noqa: SLF001 - see above


def _thumbnails(catalog: Catalog) -> list[str]:
    return [thumbnail_address(song.video) for song in catalog.songs.values() if song.video]


def _video_picture() -> bytes:
    """Stands for the pictures of videos, which are on the web, where the preview never goes."""
    image = Image.new("RGB", (320, 180), "#3a3d47")
    ImageDraw.Draw(image).polygon([(135, 55), (135, 125), (198, 90)], fill="#f2f3f5")
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


async def _show(page: Preview, *, browser: bool) -> None:
    print(f"The bot is at {page.url}\nType /ost there. Ctrl-C ends the preview.", flush=True)  # noqa: T201 - for the reader
    if browser:
        await asyncio.to_thread(webbrowser.open, page.url)
    await page.wait_closed()
