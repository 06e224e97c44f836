"""One process does what is done once."""

import asyncio
from datetime import UTC, datetime, timedelta

from bot.storage import leases

NOW = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def test_of_many_who_ask_at_once_one_gets_it(database):
    asked = [leases.take(database, "backup", f"process {number}", NOW, HOUR) for number in range(20)]
    assert sorted(await asyncio.gather(*asked)) == [False] * 19 + [True]


async def test_its_holder_may_renew_it_and_others_wait_until_it_has_run_out(database):
    assert await leases.take(database, "backup", "one", NOW, HOUR)
    assert await leases.take(database, "backup", "one", NOW + HOUR / 2, HOUR)
    assert not await leases.take(database, "backup", "two", NOW + HOUR, HOUR)
    assert await leases.take(database, "backup", "two", NOW + HOUR * 1.5, HOUR)
    assert not await leases.take(database, "backup", "one", NOW + HOUR * 1.5, HOUR)


async def test_leases_of_other_names_are_others(database):
    assert await leases.take(database, "backup", "one", NOW, HOUR)
    assert await leases.take(database, "cleaning", "two", NOW, HOUR)
