"""What several rooms of the tests share."""

import asyncio
from pathlib import Path

import pytest

from bot.domain.catalog import Catalog
from bot.domain.search import SearchIndex
from bot.storage.catalog import sync_catalog
from bot.storage.catalog_text import read_catalog
from bot.storage.database import Database


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped catalog; read once, for it never changes."""
    return read_catalog()


@pytest.fixture(scope="session")
def index(catalog) -> SearchIndex:
    """Over the shipped catalog."""
    return SearchIndex(catalog)


@pytest.fixture(scope="session")
def filled_database(tmp_path_factory) -> Path:
    """A database that has the catalog, to copy: importing it for every test would cost most of the time."""

    async def fill(path: Path) -> None:
        database = await Database.open(f"sqlite+aiosqlite:///{path}")
        await sync_catalog(database)
        await database.close()

    path: Path = tmp_path_factory.mktemp("filled") / "ostinato.db"
    asyncio.run(fill(path))
    return path
