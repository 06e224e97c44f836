"""The fault table: the cheaper groups, of picks the worst kinds; all of it prints ``python -m tests.wire.faults``."""

from functools import partial

import pytest

from tests.wire.faults import answers, gateway, picks
from tests.wire.faults.__main__ import GROUPS, chosen_groups, routes
from tests.wire.faults.kinds import Kind

SOME_PICKS = partial(picks.run, kinds=(Kind.FORBIDDEN, Kind.TIMEOUT, Kind.CUT_BEFORE, Kind.CUT_AFTER), speed=10)


@pytest.mark.parametrize("run", [answers.run, gateway.run, SOME_PICKS], ids=["answers", "gateway", "picks"])
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
