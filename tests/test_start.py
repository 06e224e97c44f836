"""The supervisor around the connection to Discord, without Discord."""

import asyncio
import contextlib
import itertools

import aiohttp
import discord
import pytest
from discord.ext import commands

from bot import start
from bot.settings import Secret, Settings

TOKEN = "MTIz.abc.not-a-real-one"  # noqa: S105 - it opens nothing


def settings(token: str | None) -> Settings:
    return Settings(discord_token=Secret(token) if token else None)


@pytest.mark.parametrize("token", [None, "hello", "a.b", "a.b.c.d", "a b.c.d", "ä.b.c", "a.b.c\n"])
def test_a_token_that_cannot_be_right_is_told_without_repeating_it(token):
    with pytest.raises(start.CannotStart) as refused:
        start.checked_token(settings(token))
    assert refused.value.exit_code == start.EXIT_SETUP
    assert "DISCORD_TOKEN" in refused.value.sentence
    assert token is None or token not in refused.value.sentence


def test_a_token_of_the_right_form_is_taken():
    assert start.checked_token(settings(TOKEN)) == TOKEN


class Bot:
    """Stands where an OstBot would: its connections fail as told, in order, and the last one stays."""

    def __init__(
        self, failure: BaseException | None, *, ready_first: bool = False, shard_count: int | None = None
    ) -> None:
        self.failure = failure
        self.settings = Settings(shard_count=shard_count)
        self.was_ready = False
        self.ready_first = ready_first
        self.closed = 0

    async def start(self, token: str) -> None:
        assert token == TOKEN
        self.was_ready = self.ready_first
        if self.failure is not None:
            raise self.failure
        await asyncio.Event().wait()

    async def close(self) -> None:
        self.closed += 1


class Server(aiohttp.ClientResponse):
    def __init__(self, status: int) -> None:
        self.status, self.reason = status, "no"
        self._released = self._closed = True
        self._connection = None


@pytest.fixture
def waits(monkeypatch):
    """The seconds that the supervisor waited between its tries, without waiting."""
    waited = []
    real = asyncio.sleep

    async def sleep(seconds):
        waited.append(seconds)
        await real(0)

    monkeypatch.setattr(start.asyncio, "sleep", sleep)
    return waited


@pytest.mark.parametrize(
    "failure",
    [
        aiohttp.ServerDisconnectedError(),
        OSError("unreachable"),
        TimeoutError(),
        discord.GatewayNotFound(),
        discord.DiscordServerError(Server(503), "down"),
        RuntimeError("a socket closed before HELLO"),
    ],
    ids=lambda failure: type(failure).__name__,
)
async def test_a_discord_out_of_reach_is_tried_again_ever_later_and_then_given_up(failure, waits):
    bots = []

    def new_bot():
        bots.append(Bot(failure))
        return bots[-1]

    with pytest.raises(start.CannotStart) as gave_up:
        await start._supervise(new_bot, TOKEN)
    assert gave_up.value.exit_code == start.EXIT_OUTSIDE
    assert waits == list(start.BACKOFF_S)
    assert [bot.closed for bot in bots] == [1] * len(bots)


async def test_after_a_connection_that_stood_it_never_gives_up(waits):
    failures = itertools.chain([Bot(OSError(), ready_first=True) for _ in range(20)], [Bot(discord.LoginFailure("no"))])
    with pytest.raises(start.CannotStart, match="refused the token"):
        await start._supervise(lambda: next(failures), TOKEN)
    assert waits == [start.BACKOFF_S[0]] * 20


@pytest.mark.parametrize(
    ("failure", "word"),
    [
        (discord.LoginFailure("bad"), "refused the token"),
        (discord.PrivilegedIntentsRequired(None), "Message Content"),
        (commands.ExtensionFailed("cogs.daily", ImportError("half an update")), "cannot be loaded"),
    ],
)
async def test_what_only_the_operator_can_mend_ends_it_at_once(failure, word, waits):
    with pytest.raises(start.CannotStart, match=word) as refused:
        await start._supervise(lambda: Bot(failure), TOKEN)
    assert refused.value.exit_code == start.EXIT_SETUP
    assert waits == []


async def test_too_low_a_count_of_shards_ends_it_at_once_but_one_that_was_left_out_is_asked_for_anew(waits):
    failure = discord.ConnectionClosed(None, shard_id=0, code=4011)
    with pytest.raises(start.CannotStart, match="OSTINATO_SHARD_COUNT") as refused:
        await start._supervise(lambda: Bot(failure, shard_count=2), TOKEN)
    assert refused.value.exit_code == start.EXIT_SETUP
    assert waits == []
    bots = iter([Bot(failure), Bot(discord.LoginFailure("the next one")), None])
    with pytest.raises(start.CannotStart, match="refused the token"):
        await start._supervise(lambda: next(bots), TOKEN)
    assert len(waits) == 1


async def test_being_cancelled_closes_the_connection():
    bot = Bot(None)
    running = asyncio.create_task(start._supervise(lambda: bot, TOKEN))
    await asyncio.sleep(0)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
    assert bot.closed == 1


async def test_a_cancellation_that_gets_lost_while_connecting_is_given_again(monkeypatch):
    class JustConnected(Bot):
        async def start(self, token: str) -> None:
            connecting = asyncio.get_running_loop().create_future()
            with contextlib.suppress(asyncio.CancelledError):  # so does asyncio.wait_for of Python 3.11
                await connecting
            await super().start(token)

    monkeypatch.setattr(start, "CANCEL_AGAIN_S", 0.01)
    bot = JustConnected(None)
    running = asyncio.create_task(start._supervise(lambda: bot, TOKEN))
    for _ in range(3):
        await asyncio.sleep(0)
    running.cancel()
    async with asyncio.timeout(5):
        with pytest.raises(asyncio.CancelledError):
            await running
    assert bot.closed == 1


async def test_a_connection_that_does_not_let_go_is_left(monkeypatch, caplog):
    class Clinging(Bot):
        async def close(self) -> None:
            await asyncio.Event().wait()

    monkeypatch.setattr(start, "CLOSING_S", 0.01)
    await start._close(Clinging(None))
    assert "did not let go" in caplog.text


async def test_an_error_while_closing_is_logged_and_no_more(caplog):
    class Failing(Bot):
        async def close(self) -> None:
            raise OSError("gone")

    await start._close(Failing(None))
    assert "Closing the connection failed" in caplog.text
