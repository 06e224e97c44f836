"""What several commands need."""

from bot.cli import EXIT_SETUP, fail
from bot.domain.catalog import Catalog
from bot.storage.catalog_text import CatalogTextError, read_catalog


def catalog_or_exit() -> Catalog:
    """The catalog of ``data/``; where its text is wrong, every problem is printed and the process ends."""
    try:
        return read_catalog()
    except CatalogTextError as error:
        fail("\n".join(error.problems), EXIT_SETUP)
