"""Everything that is kept about one member, told and forgotten; and servers that the bot has left.

What is personal is written in the schema (``of_member``), so a table that comes later is told and forgotten too.
Whatever belongs to a server has a column ``guild_id``, or refers to something that has.
"""

import secrets
from collections.abc import Callable, Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import BigInteger, Column, delete, select, union, update
from sqlalchemy.ext.asyncio import AsyncConnection

from . import schema
from .database import Database, upsert
from .trivia.forgetting import forget_in_games, rounds_of_ended_games

_BITS = 62


def personal_columns() -> dict[str, Column[Any]]:
    """The column that names the member, by table."""
    return {
        table.name: column
        for table in schema.metadata.sorted_tables
        for column in table.columns
        if "on_forget" in column.info
    }


def _guild_columns() -> list[Column[Any]]:
    tables = [table for table in schema.metadata.sorted_tables if table is not schema.left_guild]
    return [table.c.guild_id for table in tables if "guild_id" in table.c]


async def export(database: Database, member_id: int) -> dict[str, list[dict[str, Any]]]:
    """Every row about the member, by table; in what JSON can hold, Discord's ids as text."""
    rows = {}
    async with database.reading() as connection:
        for name, column in personal_columns().items():
            found = await connection.execute(select(column.table).where(column == member_id))
            rows[name] = [_plain(column.table.columns, row) for row in found.mappings()]
    return {name: some for name, some in rows.items() if some}


def _plain(columns: Any, row: Any) -> dict[str, Any]:  # noqa: ANN401 - a table's columns and a row, as SQLAlchemy has them
    return {column.name: _plain_value(column, row[column.name]) for column in columns}


def _plain_value(column: Column[Any], value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(column.type, BigInteger) and value is not None:
        return str(value)  # longer than the numbers of many readers of JSON
    return value if value is None or isinstance(value, bool | int | float | list | dict) else str(value)


async def forget(database: Database, member_id: int) -> None:
    """Delete every row about the member; what a server's members look at together loses the name instead."""
    ended = await rounds_of_ended_games(database, member_id)

    async def change(connection: AsyncConnection) -> None:
        await forget_in_games(connection, member_id, ended)
        for column in personal_columns().values():
            await _forget(connection, column, member_id)

    await database.write(change)


async def _forget(connection: AsyncConnection, column: Column[Any], member_id: int) -> None:
    table, mine = column.table, column == member_id
    if column.info["on_forget"] is schema.OnForget.DELETE:
        await connection.execute(delete(table).where(mine))
        return
    if "guild_id" in table.c:  # in direct messages nobody else looks at it
        await connection.execute(delete(table).where(mine, table.c.guild_id.is_(None)))
    # Another number in every table: nobody can tell that they belong together, or to whom.
    await connection.execute(update(table).where(mine).values({column: -1 - secrets.randbits(_BITS)}))


async def mark_left(database: Database, guild_id: int, left_at: datetime) -> None:
    """Note that the bot is no longer in the server; an earlier note stands."""

    async def change(connection: AsyncConnection) -> None:
        row = {"guild_id": guild_id, "left_at": left_at}
        await connection.execute(upsert(connection, schema.left_guild), row)

    await database.write(change)


async def mark_returned(database: Database, guild_id: int) -> None:
    """Take the note back, if there is one: everything is as it was."""

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(delete(schema.left_guild).where(schema.left_guild.c.guild_id == guild_id))

    await database.write(change)


async def compare_guilds(
    database: Database, present: Collection[int], is_ours: Callable[[int], bool], now: datetime
) -> list[int]:
    """Catch up with what happened while the bot was away; returns the servers that it finds itself gone from.

    ``present`` are all servers that the bot is in, unavailable ones too, as far as ``is_ours`` answers True for them.
    """
    known = union(*(select(column).where(column.is_not(None)) for column in _guild_columns()))
    async with database.reading() as connection:
        found = set(await connection.scalars(known))
        marked = set(await connection.scalars(select(schema.left_guild.c.guild_id)))
    missing = sorted(guild_id for guild_id in found - marked - set(present) if is_ours(guild_id))
    for guild_id in missing:
        await mark_left(database, guild_id, now)
    for guild_id in marked & set(present):
        await mark_returned(database, guild_id)
    return missing


async def remove_left(database: Database, left_before: datetime) -> list[int]:
    """Delete every row of the servers that the bot left before that time; returns their ids."""
    table = schema.left_guild

    async def change(connection: AsyncConnection) -> list[int]:
        gone = list(await connection.scalars(select(table.c.guild_id).where(table.c.left_at < left_before)))
        for column in [*_guild_columns(), table.c.guild_id]:
            await connection.execute(delete(column.table).where(column.in_(gone)))
        return gone

    return await database.write(change)
