"""What goes on beside the bot as long as the process lives: housekeeping, health, and word to systemd."""

import asyncio
from collections.abc import Coroutine
from types import TracebackType
from typing import Any, Self

from bot import __version__
from bot.client import OstBot, utc_now
from bot.housekeeping import Housekeeping
from bot.metrics import Metrics, PrometheusMetrics
from bot.settings import ServiceManager, Settings
from bot.store import Store
from bot.systemd import Notifier


class PortTaken(Exception):
    """``port`` of this machine cannot be opened; ``reason`` says why."""

    def __init__(self, port: int, reason: str) -> None:
        super().__init__(port, reason)
        self.port = port
        self.reason = reason


class Beside:
    """Use with ``async with``; raises PortTaken. :meth:`new_bot` makes each bot that the process has in its life."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._settings, self._store = settings, store
        self._notifier = _notifier()
        self.metrics = PrometheusMetrics(__version__) if settings.http_port else Metrics()
        self._bot: OstBot | None = None
        self._tasks: list[asyncio.Task[None]] = []
        self._close_health: Any = None

    def new_bot(self) -> OstBot:
        self._bot = OstBot(self._settings, self._store, metrics=self.metrics)
        self._bot.prepares_ahead = True
        return self._bot

    async def __aenter__(self) -> Self:
        if isinstance(self.metrics, PrometheusMetrics) and self._settings.http_port:
            await self._open_health(self.metrics, self._settings.http_port)
        housekeeping = Housekeeping(self._settings, self._store.database, utc_now)
        self._start("housekeeping", housekeeping.run())
        self._start("systemd", self._notifier.run(lambda: self._bot is not None and self._bot.was_ready))
        return self

    async def __aexit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        self._notifier.tell("STOPPING=1")
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._close_health:
            await self._close_health()

    def _start(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        self._tasks.append(asyncio.create_task(work, name=name))

    async def _open_health(self, metrics: PrometheusMetrics, port: int) -> None:
        from bot.health import Health  # noqa: PLC0415 - a web server that few bots need

        health = Health(self._store.database, metrics, lambda: self._bot, self._settings.backup_folder, utc_now)
        try:
            await health.open(port)
        except OSError as error:
            await health.close()
            raise PortTaken(port, error.strerror or str(error)) from error
        self._close_health = health.close
        self._start("loop lag", health.lag.run())


def _notifier() -> Notifier:
    manager = ServiceManager.from_environment()
    return Notifier(manager.notify_socket, manager.watchdog_us)
