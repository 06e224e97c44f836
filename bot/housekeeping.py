"""What has to be done once a day whoever is online: backups, and forgetting servers that were left long ago."""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bot.domain.backups import Keep
from bot.domain.members import GUILD_KEPT
from bot.settings import Settings
from bot.storage import backup, leases, privacy
from bot.storage.database import Database
from bot.storage.errors import BadAddress, DatabaseError

log = logging.getLogger(__name__)

FIRST_AFTER_S = 120.0  # a bot that is restarted all day long still comes to it, one that starts is not slowed down
EVERY_S = 3600.0
_LEASE = timedelta(minutes=30)


class Housekeeping:
    """One process does it for all that share a database. ``now`` is the clock."""

    def __init__(self, settings: Settings, database: Database, now: Callable[[], datetime]) -> None:
        self._settings, self._database, self._now = settings, database, now
        self._keep = Keep(settings.backup_daily, settings.backup_weekly)
        self._holder = secrets.token_hex(8)

    async def run(self) -> None:
        """Look every hour whether there is something to do; ends only when cancelled."""
        await asyncio.sleep(FIRST_AFTER_S)
        while True:
            await self.tidy()
            await asyncio.sleep(EVERY_S)

    async def tidy(self) -> None:
        """Do whatever is due, unless another process is at it. Never raises; what fails is tried again next time."""
        try:
            if not await leases.take(self._database, "housekeeping", self._holder, self._now(), _LEASE):
                return
        except Exception:
            log.exception("Housekeeping could not begin")
            return
        await self._attempt("The daily backup", self._back_up)
        await self._attempt("Removing servers that were left", self._remove_left)

    async def _attempt(self, what: str, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except DatabaseError as problem:
            log.error("%s failed: %s %s: %s", what, type(problem).__name__, problem.place, problem.reason)  # noqa: TRY400 - the cause is known
        except Exception:
            log.exception("%s failed", what)

    async def _back_up(self) -> None:
        if not self._keep.any:
            return
        try:
            file = backup.file_of(self._settings.database_url)
        except BadAddress:
            return  # PostgreSQL's own tools do that
        today = self._now().date()
        made = await asyncio.to_thread(backup.rotate, file, self._settings.backup_folder, today, self._keep)
        if made:
            log.info("Backed up to %s, %d bytes", made, made.stat().st_size)

    async def _remove_left(self) -> None:
        gone = await privacy.remove_left(self._database, self._now() - GUILD_KEPT)
        if gone:
            log.info("Removed what was kept of servers left %d days ago: %s", GUILD_KEPT.days, gone)
