"""The eye on the database sees what nobody may do, and lets members do what is theirs."""

import sqlite3
from contextlib import closing

import pytest

from tests.fuzz.world import world


@pytest.fixture
def stage(filled_database, catalog, index):
    with world(filled_database, catalog, index) as made:
        yield made


def change(stage, statement: str) -> list[str]:
    """What the watch says of it, if it was no admin's doing."""
    with closing(sqlite3.connect(stage._file)) as connection, connection:
        assert connection.execute(statement, (stage.scene.guild.id,)).rowcount > 0
    return list(stage.watch.damage(by_admin=False))


def test_points_taken_off_a_board_are_seen_and_their_deletion_afterwards_is_their_owners_business(stage):
    [complaint] = change(stage, "UPDATE trivia_score SET guild_id = NULL WHERE guild_id = ?")
    assert "changed what admins decide" in complaint
    game = "game_id IN (SELECT id FROM trivia_game WHERE guild_id = ?)"
    assert change(stage, f"DELETE FROM trivia_score WHERE {game} AND guild_id IS NULL") == []  # noqa: S608 - our own text


def test_what_admins_decide_is_seen(stage):
    [complaint] = change(stage, "UPDATE trivia_rules SET settings = '{}' WHERE guild_id = ?")
    assert "changed what admins decide" in complaint
