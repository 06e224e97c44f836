"""The fault table: the cheaper groups whole; all of it prints ``python -m tests.wire.faults``."""

import pytest

from tests.wire.faults import answers, gateway, picks
from tests.wire.faults.__main__ import GROUPS, chosen_groups, routes


@pytest.mark.parametrize("group", [answers, gateway, picks], ids=lambda one: one.__name__.rpartition(".")[2])
async def test_every_fault_ends_as_it_should(wire, filled_database, tmp_path, group):
    if not wire.FakeTime.library():
        pytest.skip("libfaketime is not installed")
    rows = await group.run(wire, filled_database, tmp_path / "stage")
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
