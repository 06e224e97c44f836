"""From settings to a running bot and back to a quiet end: the store, the first connection, signals, exit codes."""

import asyncio
import contextlib
import gc
import logging
import signal
import sys
from collections.abc import Callable, Coroutine
from typing import Any

import aiohttp
import discord
from discord.ext import commands

from bot.beside import Beside, PortTaken
from bot.client import OstBot
from bot.settings import Settings
from bot.store import Store

log = logging.getLogger(__name__)

EXIT_OK = 0
EXIT_SETUP = 2  # something here must be changed first
EXIT_OUTSIDE = 3  # nothing here is wrong: trying again later may do

# The database's thread lets go of the interpreter at every row, and with Python's own 5 ms waits as long each time to
# get it back from a busy event loop: https://docs.python.org/3/library/sys.html#sys.setswitchinterval
_SWITCH_S = 0.0002

# https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
_SHARDING_REQUIRED = 4011
BACKOFF_S = (1, 2, 4, 8, 15)
CLOSING_S = 4.5  # a service manager is told 5 s
CANCEL_AGAIN_S = 0.2

_PASSING = (
    OSError,
    TimeoutError,
    aiohttp.ClientError,
    discord.ConnectionClosed,
    discord.GatewayNotFound,
    discord.HTTPException,
    discord.RateLimited,
)


class CannotStart(Exception):
    """``sentence`` tells the operator what to do; the process ends with ``exit_code``."""

    def __init__(self, sentence: str, exit_code: int = EXIT_SETUP) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.exit_code = exit_code


def checked_token(settings: Settings) -> str:
    """The token, if there is one that could be right; raises CannotStart otherwise. Discord has the last word."""
    token = settings.discord_token.get_secret_value() if settings.discord_token else ""
    if not token:
        raise CannotStart(
            "There is no DISCORD_TOKEN. Put your bot's token into .env (see .env.example), "
            "or try the bot without one: python -m bot preview"
        )
    if not token.isascii() or not token.isprintable() or " " in token or token.count(".") != 2:  # noqa: PLR2004 - its form
        raise CannotStart(
            "DISCORD_TOKEN does not look like a bot token (three parts joined by dots). "
            'Copy it again from the "Bot" page of the developer portal.'
        )
    return token


async def run(settings: Settings) -> int:
    """Run until a signal; returns the exit code. Raises CannotStart, or a DatabaseError of the store."""
    return await until_signal(_serve(settings, checked_token(settings)))


async def _serve(settings: Settings, token: str) -> int:
    store = await Store.open(settings.database_url)
    gc.freeze()  # the catalog stays as long as the process: collecting garbage need not walk it each time
    gc.enable()
    sys.setswitchinterval(_SWITCH_S)
    try:
        async with Beside(settings, store) as beside:
            serving = asyncio.create_task(_supervise(beside.new_bot, token))
            store.index.on_failure(serving.cancel)
            return await serving
    except asyncio.CancelledError:
        if not store.index.failed:
            raise
        raise CannotStart("The search index cannot be built; the log says why. Install the bot again.") from None
    except PortTaken as taken:
        raise CannotStart(f"OSTINATO_HTTP_PORT: {taken.port} cannot be opened ({taken.reason}).") from None
    finally:
        await store.database.close()


async def until_signal(work: Coroutine[Any, Any, int]) -> int:
    """Do the work and return its exit code, or cancel it at the first SIGINT or SIGTERM."""
    stopping = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no such handlers; Ctrl-C still raises there
            loop.add_signal_handler(number, stopping.set)
    working = asyncio.create_task(work)
    stop = asyncio.create_task(stopping.wait())
    await asyncio.wait((working, stop), return_when=asyncio.FIRST_COMPLETED)
    stop.cancel()
    if working.done():
        return working.result()
    log.info("Stopping")
    working.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await working
    return EXIT_OK


async def _supervise(new_bot: Callable[[], OstBot], token: str) -> int:
    """Keep a bot running; give up only when the first connection has failed too often."""
    failures = 0
    while True:
        bot = new_bot()
        try:
            await _connected(bot, token)
        except discord.LoginFailure:
            raise CannotStart(
                "Discord refused the token: it is wrong or was reset. "
                'Make a new one on the "Bot" page of the developer portal and put it into DISCORD_TOKEN.'
            ) from None
        except discord.PrivilegedIntentsRequired:
            raise CannotStart(
                "OSTINATO_MESSAGE_CONTENT is on, but the Message Content intent is off in the developer portal. "
                "Switch it on there, or the setting off."
            ) from None
        except commands.ExtensionError as error:
            log.exception("%s cannot be loaded", error.name)
            raise CannotStart(
                "A part of the bot cannot be loaded; the log says why. Install it again, then start it."
            ) from None
        except _PASSING as error:
            _check_shards(error, bot.settings)
            log.warning("The connection to Discord failed (%s)", type(error).__name__)
        except Exception:
            log.exception("The bot ended unexpectedly")
        finally:
            await _close(bot)
        failures = 0 if bot.was_ready else failures + 1
        if failures > len(BACKOFF_S):
            raise CannotStart(
                "Discord cannot be reached. Check this machine's network, then start again.", EXIT_OUTSIDE
            )
        wait_s = BACKOFF_S[max(failures - 1, 0)]
        log.warning("Trying again in %d s", wait_s)
        await asyncio.sleep(wait_s)


async def _connected(bot: OstBot, token: str) -> None:
    """Until the connection ends, raising why; or until this is cancelled."""
    running = asyncio.create_task(bot.start(token), name="connection to Discord")
    running.add_done_callback(lambda task: task.cancelled() or task.exception())  # it may come when nobody waits for it
    try:
        await asyncio.wait([running])
    finally:
        # One cancellation can get lost: the library connects with asyncio.wait_for, which before Python 3.12 forgets it
        # if the connection comes about in the same moment: https://github.com/python/cpython/issues/86296
        while not running.done():
            running.cancel()
            await asyncio.wait([running], timeout=CANCEL_AGAIN_S)
    running.result()


def _check_shards(error: Exception, settings: Settings) -> None:
    """Raises CannotStart for a count of shards that was set too low; left out, it is asked for anew at each start."""
    if isinstance(error, discord.ConnectionClosed) and error.code == _SHARDING_REQUIRED and settings.shard_count:
        raise CannotStart(
            f"The bot is in more servers than {settings.shard_count} shards may serve. "
            "Raise OSTINATO_SHARD_COUNT, or leave it out and Discord's advice is taken."
        ) from None


async def _close(bot: OstBot) -> None:
    try:
        async with asyncio.timeout(CLOSING_S):
            await bot.close()
    except TimeoutError:
        log.warning("Discord did not let go of the connection in time")
    except Exception:
        log.exception("Closing the connection failed")
