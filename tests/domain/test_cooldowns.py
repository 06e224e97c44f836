"""How often is too often."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.cooldowns import Cooldowns, Limit
from bot.domain.errors import TooFast

LIMIT = Limit(times=2, per=timedelta(seconds=10))
START = datetime(2026, 1, 1, tzinfo=UTC)


def at(seconds):
    return START + timedelta(seconds=seconds)


def test_the_limit_is_reached_and_passes():
    cooldowns = Cooldowns()
    cooldowns.use("save", LIMIT, 1, at(0))
    cooldowns.use("save", LIMIT, 1, at(1))
    with pytest.raises(TooFast) as refused:
        cooldowns.use("save", LIMIT, 1, at(2))
    assert refused.value.retry_at == at(10)
    cooldowns.use("save", LIMIT, 1, at(10))


def test_a_refused_use_does_not_count():
    cooldowns = Cooldowns()
    for second in (0, 1):
        cooldowns.use("save", LIMIT, 1, at(second))
    for _ in range(20):
        with pytest.raises(TooFast):
            cooldowns.use("save", LIMIT, 1, at(9))
    cooldowns.use("save", LIMIT, 1, at(10))


def test_members_and_actions_have_limits_of_their_own():
    cooldowns = Cooldowns()
    for member in (1, 2):
        for name in ("save", "report"):
            for second in (0, 1):
                cooldowns.use(name, LIMIT, member, at(second))


def test_members_are_forgotten_as_soon_as_nothing_counts_any_more():
    cooldowns = Cooldowns()
    for member in range(10_000):
        cooldowns.use("save", LIMIT, member, at(0))
    cooldowns.use("save", LIMIT, 10_000, at(59))
    assert len(cooldowns._counts_until) == 10_001
    cooldowns.use("save", LIMIT, 10_001, at(60))
    assert set(cooldowns._counts_until) == {("save", 10_000), ("save", 10_001)}


def test_a_clock_that_is_set_back_refuses_nobody_for_longer_than_the_limit():
    cooldowns = Cooldowns()
    for _ in range(2):
        cooldowns.use("save", LIMIT, 1, at(86_400))
    cooldowns.use("save", LIMIT, 1, at(0))
    cooldowns.use("save", LIMIT, 1, at(1))
    with pytest.raises(TooFast) as refused:
        cooldowns.use("save", LIMIT, 1, at(2))
    assert refused.value.retry_at == at(10)
