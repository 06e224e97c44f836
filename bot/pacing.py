"""Every request waits here for its turn, so that all of them together stay within Discord's limit.

The bot's HTTP client is watched from the outside (aiohttp calls it tracing), so no request can be forgotten: those of
commands, of the library itself, and its second tries. What members wait for goes first; work that has time says so.
"""

import asyncio
import math
from collections import deque
from contextvars import Context, ContextVar, copy_context
from types import SimpleNamespace

import aiohttp

from bot.domain.pacer import Pacer

_patient: ContextVar[bool] = ContextVar("patient", default=False)

# A request that was given up may still be on its way to Discord.
_STRAY_S = 5.0
# Not bound to the limit: https://docs.discord.com/developers/interactions/receiving-and-responding#endpoints
_EXEMPT = ("interactions", "webhooks")


def patiently() -> Context:
    """For a task whose requests let all others go first."""
    context = copy_context()
    context.run(_patient.set, True)  # noqa: FBT003 - the variable's value
    return context


class Turns:
    """Lets requests begin when the pacer says so: in the order in which they came, patient ones last."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._waiting: dict[bool, deque[asyncio.Future[None]]] = {False: deque(), True: deque()}
        self._timer: asyncio.TimerHandle | None = None

    async def begin(self) -> None:
        """Returns when it is this request's turn; :meth:`end` must follow."""
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting[_patient.get()].append(turn)
        self._serve()
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled():
                self.end()
            raise

    def end(self, stray_s: float = 0.0) -> None:
        """It was answered, or Discord may still get it for ``stray_s``."""
        self._pacer.end(asyncio.get_running_loop().time() + stray_s)
        self._serve()

    def _serve(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None
        loop = asyncio.get_running_loop()
        for is_patient, waiting in self._waiting.items():
            while waiting:
                if waiting[0].done():  # whoever waited was cancelled
                    waiting.popleft()
                    continue
                now_s = loop.time()
                wait_s = self._pacer.wait_s(now_s, patient=is_patient)
                if wait_s > 0:
                    if wait_s < math.inf:
                        self._timer = loop.call_later(wait_s, self._serve)
                    return
                self._pacer.begin(now_s, patient=is_patient)
                waiting.popleft().set_result(None)


def watch(turns: Turns) -> aiohttp.TraceConfig:
    """For the HTTP client: each request to Discord's API that its limit counts takes a turn."""

    async def begin(
        _session: aiohttp.ClientSession, context: SimpleNamespace, request: aiohttp.TraceRequestStartParams
    ) -> None:
        context.counts = is_counted(request.url.path)
        if context.counts:
            await turns.begin()

    async def end(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _answer: aiohttp.TraceRequestEndParams
    ) -> None:
        if context.counts:
            turns.end()

    async def give_up(
        _session: aiohttp.ClientSession, context: SimpleNamespace, _error: aiohttp.TraceRequestExceptionParams
    ) -> None:
        if context.counts:
            turns.end(_STRAY_S)

    trace = aiohttp.TraceConfig()
    trace.on_request_start.append(begin)
    trace.on_request_end.append(end)
    trace.on_request_exception.append(give_up)
    return trace


def is_counted(path: str) -> bool:
    """Whether Discord's global limit counts a request there: to its API, and no answer to an interaction."""
    match path.split("/"):
        case ("", "api", _version, name, *_):
            return name not in _EXEMPT
        case _:
            return False
