"""The long runs, short: that they still run, and still find nothing."""

import importlib
import sys

import pytest

from tests.longruns import daily_kills, daily_year, soak
from tests.longruns._soak_figures import MEMORY
from tests.wire.conftest import WIRE


async def test_a_week_for_a_few_servers(capsys):
    assert await daily_year.run(days=10, servers=6, zones=6, seed=2)
    assert "sent" in capsys.readouterr().out


needs_wire = pytest.mark.skipif(
    not WIRE.is_dir(), reason="the loopback Discord is not here (OSTINATO_WIRE names its folder)"
)
harness_of_an_older_aiohttp = pytest.mark.filterwarnings("ignore:shutdown_timeout should be:DeprecationWarning")


@needs_wire
@harness_of_an_older_aiohttp
async def test_a_few_kills_around_a_post_leave_one_post_each(capsys):
    sys.path.append(str(WIRE))
    if not importlib.import_module("wire").FakeTime.library():
        pytest.skip("libfaketime is not installed")
    assert await daily_kills.run(runs=4, seed=5), capsys.readouterr().out


@needs_wire
@harness_of_an_older_aiohttp
async def test_seconds_of_a_busy_day_leave_no_task_no_warning_and_nobody_waiting(capsys):
    rows = await soak.run(minutes=0.2, per_second=10, servers=6)
    missed = [str(row) for row in rows if not row.is_met and row.name != MEMORY]  # that is still warming up
    assert missed == [], capsys.readouterr().out
