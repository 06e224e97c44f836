"""What the bot stands on: the database, and in memory the catalog and what finds things in it."""

import asyncio
import gc
import logging
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.catalog import Catalog
from bot.domain.members import Languages
from bot.domain.search import SearchIndex
from bot.storage import members
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.database import Database

log = logging.getLogger(__name__)


class BackgroundIndex:
    """The search index of ``catalog``, built by a thread while the bot waits for Discord; or one that is there."""

    def __init__(self, catalog: Catalog, index: SearchIndex | None = None) -> None:
        self._catalog = catalog
        self._index = index
        self._building: asyncio.Task[SearchIndex] | None = None
        self._act_on_failure: list[Callable[[], object]] = []
        self.failed = False

    async def get(self) -> SearchIndex:
        """The index: at once if it is there, else when it is. Raises what went wrong with building it."""
        if self._index is None:
            return await asyncio.shield(self._begun())  # whoever gives up waiting must not take it from the others
        return self._index

    def begin(self) -> None:
        """Start building, unless that was done."""
        if self._index is None:
            self._begun()

    def on_failure(self, act: Callable[[], object]) -> None:
        """Have ``act`` called, with ``failed`` already set, if the index turns out not to be buildable."""
        self._act_on_failure.append(act)

    def _begun(self) -> asyncio.Task[SearchIndex]:
        if self._building is None:
            self._building = asyncio.create_task(asyncio.to_thread(SearchIndex, self._catalog), name="search index")
            self._building.add_done_callback(self._ended)
        return self._building

    def _ended(self, building: asyncio.Task[SearchIndex]) -> None:
        if building.cancelled():
            return
        if error := building.exception():
            log.error("The search index cannot be built", exc_info=error)
            self.failed = True
            for act in self._act_on_failure:
                act()
            return
        self._index = building.result()
        gc.freeze()  # it stays as long as the process: collecting garbage need not walk it each time


@dataclass(frozen=True, slots=True)
class Store:
    """Opened before the bot connects, closed after it has gone."""

    database: Database
    catalog: Catalog
    index: BackgroundIndex
    languages: Languages

    @classmethod
    async def open(cls, url: str) -> "Store":
        """Open and migrate the database, bring the catalog up to date and read it; raises storage's errors."""
        database = await Database.open(url)
        try:
            if await sync_catalog(database):
                log.info("The catalog was imported")
            catalog = await load_catalog(database)
            return cls(database, catalog, BackgroundIndex(catalog), await members.all_languages(database))
        except BaseException:
            await database.close()
            raise
