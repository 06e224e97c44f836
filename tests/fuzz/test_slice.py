"""A small part of ``python -m tests.longruns.fuzz``, always the same: whatever is sent gets one sane answer."""

import pytest

from tests.fuzz.run import discord_targets, fuzz, operator_targets

SEED = 7


@pytest.fixture(scope="module")
def from_discord(filled_database, catalog, index):
    with discord_targets(filled_database, catalog, index) as targets:
        yield targets


@pytest.fixture(scope="module")
def from_operators(filled_database, catalog, index):
    with operator_targets(filled_database, catalog, index) as targets:
        yield targets


@pytest.mark.parametrize(
    ("name", "count"), [("command options", 200), ("suggestions", 100), ("components", 250), ("forms", 60)]
)
def test_whatever_people_send_gets_one_sane_answer(from_discord, name, count):
    tally = fuzz(from_discord[name], count, SEED)
    assert tally.thrown >= count
    assert not tally.failures, "\n".join(tally.failures)


@pytest.mark.parametrize(("name", "count"), [("catalog files", 150), ("settings", 100), ("command line", 60)])
def test_whatever_operators_write_is_taken_or_refused_with_a_reason(from_operators, name, count):
    tally = fuzz(from_operators[name], count, SEED)
    assert tally.thrown >= count
    assert not tally.failures, "\n".join(tally.failures)
