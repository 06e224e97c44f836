"""The fault table: of some groups what takes no minutes; all of it prints ``python -m tests.wire.faults``."""

from functools import partial

import pytest

from tests.wire.faults import answers, gateway, picks
from tests.wire.faults.__main__ import GROUPS, chosen_groups, routes
from tests.wire.faults.kinds import Kind

# What is left out is waited for in tests/wire/test_process.py too.
SOME_OF_GATEWAY = partial(gateway.run, names=sorted(gateway.CASES.keys() - {"session invalid", "refused for a while"}))
SOME_PICKS = partial(picks.run, kinds=(Kind.FORBIDDEN, Kind.TIMEOUT, Kind.CUT_BEFORE, Kind.CUT_AFTER), speed=10)


@pytest.mark.parametrize("run", [answers.run, SOME_OF_GATEWAY, SOME_PICKS], ids=["answers", "gateway", "picks"])
async def test_every_fault_ends_as_it_should(wire, filled_database, tmp_path, run):
    if not wire.FakeTime.library():
        pytest.skip("libfaketime is not installed")
    rows = await run(wire, filled_database, tmp_path / "stage")
    assert rows
    assert [row for row in rows if not row.is_green] == []


def test_every_group_has_its_routes_or_is_about_something_else():
    assert len(routes()) > 10
    assert set(GROUPS) >= {"answers", "picks", "notices", "games", "starting", "gateway", "database", "stopping"}


def test_without_a_name_the_command_goes_through_all_groups():
    assert chosen_groups([]) == list(GROUPS)
    assert chosen_groups(["clock", "games"]) == ["clock", "games"]
    with pytest.raises(SystemExit):
        chosen_groups(["weather"])
