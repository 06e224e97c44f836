"""``/healthz`` and ``/metrics`` on 127.0.0.1, for whoever watches over the bot."""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.client import OstBot
from bot.metrics import PrometheusMetrics
from bot.storage import vitals
from bot.storage.backup import made_on
from bot.storage.database import Database

HOST = "127.0.0.1"
LAG_ILL_S = 1.0
DAILY_ILL = timedelta(minutes=2)  # the loop looks every 15 s
_LAG_EVERY_S = 0.25
_LAG_WINDOW = 240  # a minute
_DATABASE_S = 3.0


class LoopLag:
    """How late the event loop comes when it is asked to; ``worst_s`` is of the last minute."""

    def __init__(self, lagged: Callable[[float], None]) -> None:
        self._lagged = lagged
        self._recent: deque[float] = deque(maxlen=_LAG_WINDOW)

    @property
    def worst_s(self) -> float:
        return max(self._recent, default=0.0)

    async def run(self) -> None:
        """Measure until cancelled."""
        while True:
            asked_at = time.perf_counter()
            await asyncio.sleep(_LAG_EVERY_S)
            lag_s = max(0.0, time.perf_counter() - asked_at - _LAG_EVERY_S)
            self._recent.append(lag_s)
            self._lagged(lag_s)


class Health:
    """``bot`` gives the bot of the moment: one that lost its connection is followed by another."""

    def __init__(
        self,
        database: Database,
        metrics: PrometheusMetrics,
        bot: Callable[[], OstBot | None],
        backups: Path,
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._metrics, self._bot, self._now = database, metrics, bot, now
        self._backups = backups
        self.lag = LoopLag(metrics.lagged)
        self._runner: web.AppRunner | None = None
        metrics.gauge("connected", "1 while every shard is connected.", self._connected)
        metrics.gauge("guilds", "Servers the bot is in.", lambda: len(found.guilds) if (found := bot()) else 0)
        metrics.gauge(
            "gateway_latency_seconds", "Of the last heartbeat.", lambda: found.latency if (found := bot()) else math.nan
        )
        metrics.gauge("loop_lag_worst_seconds", "Of the last minute.", lambda: self.lag.worst_s)
        metrics.gauge(
            "daily_last_run_timestamp_seconds", "When daily picks last looked at what is due.", self._daily_run_s
        )
        metrics.gauge("last_backup_timestamp_seconds", "The newest daily backup; 0 without any.", self._last_backup_s)
        self._put_posts = metrics.gauges("daily_posts", "Daily posts of today and yesterday.", "outcome")
        self._put_counts = metrics.gauges("running", "What is going on.", "what")

    async def open(self, port: int) -> None:
        """Serve at the port; raises OSError if it is taken."""
        app = web.Application()
        app.add_routes([web.get("/healthz", self._healthz), web.get("/metrics", self._figures)])
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, HOST, port).start()

    async def close(self) -> None:
        """Let go of the port."""
        if self._runner:
            await self._runner.cleanup()

    def _connected(self) -> bool:
        bot = self._bot()
        return bot is not None and bot.is_ready() and not any(shard.is_closed() for shard in bot.shards.values())

    def _daily_run_s(self) -> float:
        return self._metrics.daily_run_at.timestamp() if self._metrics.daily_run_at else math.nan

    def _last_backup_s(self) -> float:
        return max((path.stat().st_mtime for path in made_on(self._backups).values()), default=0.0)

    async def _figures(self, _request: web.Request) -> web.Response:
        async with asyncio.timeout(_DATABASE_S):
            found = await vitals.vitals(self._database, self._now())
        self._put_posts(dict(found.daily_posts))
        self._put_counts({"games": found.running_games, "overdue_posts": found.daily_overdue})
        return web.Response(body=self._metrics.text(), headers={"Content-Type": self._metrics.content_type})

    async def _healthz(self, _request: web.Request) -> web.Response:
        found = await self._state()
        return web.json_response(found, status=200 if found["status"] == "ok" else 503)

    async def _state(self) -> dict[str, Any]:
        """What is asked for, and the names of what is wrong in ``ill``."""
        database = await self._database_trouble()
        run_at = self._metrics.daily_run_at
        stale = run_at is not None and self._now() - run_at > DAILY_ILL
        ill = {
            "connected": not self._connected(),
            "database_writable": database is not None,
            "loop_lag_ms": self.lag.worst_s > LAG_ILL_S,
            "last_daily_run": stale and self._connected(),
        }
        return {
            "status": "ill" if any(ill.values()) else "ok",
            "ill": [name for name, is_ill in ill.items() if is_ill],
            "connected": self._connected(),
            "database_writable": database is None,
            "database_trouble": database,
            "loop_lag_ms": round(self.lag.worst_s * 1000, 1),
            "last_daily_run": run_at.isoformat() if run_at else None,
        }

    async def _database_trouble(self) -> str | None:
        """The kind of trouble; its details are in the log, not here."""
        try:
            async with asyncio.timeout(_DATABASE_S):
                await vitals.check_writable(self._database, self._now())
        except Exception as error:  # noqa: BLE001 - whatever it is, the answer is that the database is ill
            return type(error).__name__
        return None
