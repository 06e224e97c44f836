import pytest

from bot.domain.catalog import Catalog
from bot.domain.trivia.questions.bank import QuestionBank
from bot.storage.catalog_text import read_catalog


@pytest.fixture(scope="session")
def shipped() -> Catalog:
    return read_catalog()


@pytest.fixture(scope="session")
def bank(shipped: Catalog) -> QuestionBank:
    return QuestionBank(shipped)
