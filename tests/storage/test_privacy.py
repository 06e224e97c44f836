"""What is kept about a member is told and forgotten, in every table there is or will be; so are servers' rows.

Rows are made for every table of the schema by the kind of each column alone, so that a new table is tested unasked.
"""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import JSON, BigInteger, Boolean, Date, DateTime, Integer, Table, Time
from sqlalchemy.sql.type_api import TypeEngine

from bot.storage import privacy, schema
from bot.storage.columns import PartialDateText, PoolText
from bot.storage.database import Database

NOW = datetime(2026, 3, 29, 4, 0, tzinfo=UTC)
ANN, BEA = 111_111_111_111_111_111, 222_222_222_222_222_222
HOME, AWAY = 333_333_333_333_333_333, 444_444_444_444_444_444

# Discord's ids in the schema that name no person and no server, each with what it names.
NOT_A_MEMBER = {
    *("channel_id", "busy_channel_id", "role_id", "tag_id", "starter_role_id", "message_id", "interaction_id"),
    "place_id",  # a server or a channel
    "elapsed_us",  # no id at all
}


# What SQLite may hold in a column of each kind; the first that fits.
HELD: tuple[tuple[type, object], ...] = (
    (PoolText, "awarded"),
    (PartialDateText, "2017-01"),
    (JSON, "[]"),
    (Boolean, 0),
    (DateTime, "2026-01-01 00:00:00.000000"),
    (Time, "09:00:00.000000"),
)


def plain(kind: TypeEngine, number: int) -> object:
    """Something that a column of that kind can hold, another for each ``number`` where it may be unique."""
    kinds = (kind, getattr(kind, "impl", None))
    if any(isinstance(one, Integer | Date) for one in kinds):
        return number if isinstance(kind, Integer) else f"2026-01-{number:02}"
    if enum := getattr(kind, "enums", None):
        return enum[0]
    fitting = (value for held, value in HELD if any(isinstance(one, held) for one in kinds))
    return next(fitting, f"text {number}")


def fill(connection: sqlite3.Connection, table: Table, number: int, member_id: int, guild_id: int | None) -> None:
    """One row about the member in the server; parents need not exist."""
    row = {}
    for column in table.columns:
        if "on_forget" in column.info:
            row[column.name] = member_id
        elif column.name == "guild_id":
            row[column.name] = guild_id if guild_id or column.nullable else number
        else:
            row[column.name] = plain(column.type, number)
    names = ", ".join(f'"{name}"' for name in row)
    values = ", ".join("?" * len(row))
    sql = f'INSERT OR IGNORE INTO "{table.name}" ({names}) VALUES ({values})'  # noqa: S608 - names of our own tables
    connection.execute(sql, [*row.values()])


def personal_tables() -> list[Table]:
    return [schema.metadata.tables[name] for name in privacy.personal_columns()]


def guild_tables() -> list[Table]:
    return [table for table in schema.metadata.sorted_tables if "guild_id" in table.c]


@pytest.fixture
def loose(database: Database, file: Path):
    """A connection that minds no reference and no check, to fill any table with."""
    assert database
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        yield connection


@pytest.fixture
def filled(loose):
    """Ann and Bea each have a row in every personal table, in a server and, where that can be, outside of any."""
    for table in personal_tables():
        for number, member_id in enumerate([ANN, BEA, ANN, BEA], start=1):
            fill(loose, table, number, member_id, HOME + number if number < 3 else None)
    return loose


def count(connection: sqlite3.Connection, table: Table, where: str = "1") -> int:
    (n,) = connection.execute(f'SELECT count(*) FROM "{table.name}" WHERE {where}').fetchone()  # noqa: S608 - likewise
    return n


def test_every_column_that_can_name_a_member_says_what_becomes_of_it():
    unclear = [
        f"{table.name}.{column.name}"
        for table in schema.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, BigInteger) and not column.foreign_keys
        if column.name not in {"id", "guild_id"} | NOT_A_MEMBER and "on_forget" not in column.info
    ]
    assert unclear == [], "make it with of_member, or say in NOT_A_MEMBER what it names"


async def test_an_export_has_every_row_of_the_member_and_nobody_elses(filled, database):
    told = await privacy.export(database, ANN)
    assert {name: len(rows) for name, rows in told.items()} == kept_about(filled, ANN)
    text = json.dumps(told)
    assert str(ANN) in text
    assert str(BEA) not in text


async def test_an_export_of_a_stranger_is_empty(database):
    assert await privacy.export(database, 1) == {}


async def test_after_forgetting_nothing_names_the_member_and_others_are_untouched(filled, database, file):
    before = await privacy.export(database, BEA)
    await privacy.forget(database, ANN)
    assert await privacy.export(database, ANN) == {}
    assert await privacy.export(database, BEA) == before
    assert str(ANN) not in "\n".join(filled.iterdump())
    filled.close()
    await database.close()
    assert ANN.to_bytes(8, "big") not in file.read_bytes(), "nor do the pages that were freed"


async def test_what_others_look_at_stays_without_the_name(filled, database):
    kept = kept_about(filled, ANN)
    await privacy.forget(database, ANN)
    for name, column in privacy.personal_columns().items():
        stays = column.info["on_forget"] is schema.OnForget.ANONYMISE
        in_direct_messages_too = "guild_id" in column.table.c and column.table.c.guild_id.nullable
        left = kept[name] - in_direct_messages_too if stays else 0
        assert count(filled, column.table, f'"{column.name}" < 0') == left, name


async def test_nobody_can_tell_which_anonymous_rows_belong_together(filled, database):
    await privacy.forget(database, ANN)
    numbers = [
        {row[0] for row in filled.execute(f'SELECT "{column.name}" FROM "{name}" WHERE "{column.name}" < 0')}  # noqa: S608 - likewise
        for name, column in privacy.personal_columns().items()
    ]
    assert len(set().union(*numbers)) == sum(map(len, numbers)) > 1


async def test_two_who_are_forgotten_stay_two(filled, database):
    await privacy.forget(database, ANN)
    await privacy.forget(database, BEA)
    assert count(filled, schema.trivia_score, "user_id < 0") == 2


def kept_about(connection: sqlite3.Connection, member_id: int) -> dict[str, int]:
    """How many rows each table has of the member, read past the module that is tested."""
    columns = privacy.personal_columns()
    return {name: count(connection, c.table, f'"{c.name}" = {member_id}') for name, c in columns.items()}


@pytest.fixture
def two_guilds(loose):
    for table in guild_tables():
        for number, guild_id in enumerate((HOME, AWAY), start=1):
            if table is not schema.left_guild:
                fill(loose, table, number, ANN, guild_id)
    return loose


def left_in(connection: sqlite3.Connection, guild_id: int) -> set[str]:
    return {table.name for table in guild_tables() if count(connection, table, f"guild_id = {guild_id}")}


async def test_a_server_that_was_left_is_removed_after_its_time_and_others_stay(two_guilds, database):
    everywhere = {table.name for table in guild_tables()} - {"left_guild"}
    await privacy.mark_left(database, AWAY, NOW)
    assert await privacy.remove_left(database, NOW) == [], "not yet"
    assert left_in(two_guilds, AWAY) == everywhere | {"left_guild"}
    assert await privacy.remove_left(database, NOW + timedelta(seconds=1)) == [AWAY]
    assert left_in(two_guilds, AWAY) == set()
    assert left_in(two_guilds, HOME) == everywhere


async def test_whoever_returns_in_time_finds_everything(two_guilds, database):
    await privacy.mark_left(database, AWAY, NOW)
    await privacy.mark_returned(database, AWAY)
    assert await privacy.remove_left(database, NOW + timedelta(days=400)) == []
    assert left_in(two_guilds, AWAY) == left_in(two_guilds, HOME)


async def test_the_first_farewell_counts(two_guilds, database):
    await privacy.mark_left(database, AWAY, NOW)
    await privacy.mark_left(database, AWAY, NOW + timedelta(days=20))
    assert await privacy.remove_left(database, NOW + timedelta(days=1)) == [AWAY]
    assert two_guilds


@pytest.mark.usefixtures("two_guilds")
async def test_a_farewell_or_return_while_the_bot_was_away_is_noticed(database):
    def ours(_guild_id: int) -> bool:
        return True

    assert await privacy.compare_guilds(database, [HOME], ours, NOW) == [AWAY]
    assert await privacy.compare_guilds(database, [HOME], ours, NOW + timedelta(days=9)) == [], "noted already"
    assert await privacy.compare_guilds(database, [HOME, AWAY], ours, NOW + timedelta(days=9)) == []
    assert await privacy.remove_left(database, NOW + timedelta(days=400)) == []


@pytest.mark.usefixtures("two_guilds")
async def test_servers_of_other_processes_are_not_ours_to_miss(database):
    assert await privacy.compare_guilds(database, [HOME], lambda guild_id: guild_id == HOME, NOW) == []
