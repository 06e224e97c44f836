"""What several rooms of the tests share."""


import pytest

from bot.domain.catalog import Catalog
from bot.storage.catalog_text import read_catalog


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """The shipped catalog; read once, for it never changes."""
    return read_catalog()


