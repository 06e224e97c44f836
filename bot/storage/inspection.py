"""What the doctor wants to know of a database that a bot may be running on; it is not brought up to date for that.

An SQLite file is opened so that nothing can be written, not even beside it.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row, Select, inspect, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from . import engine, schema, sqlite_file
from .errors import Unreachable


class Use(StrEnum):
    """What a channel is there for."""

    DAILY = "daily"
    TRIVIA = "trivia"


@dataclass(frozen=True, slots=True)
class Place:
    """A channel that a server's admins have chosen for something; some things there open threads."""

    use: Use
    guild_id: int
    channel_id: int
    opens_thread: bool


async def stored_text(address: str, name: str) -> str | None:
    """What the program keeps under ``name``; None where it does not. Raises a DatabaseError."""
    async with _looking(address) as connection:
        found = await _rows(connection, select(schema.state.c.value).where(schema.state.c.name == name))
    return str(found[0].value) if found else None


async def places(address: str) -> list[Place]:
    """Every server's, but for daily picks that are switched off. Raises a DatabaseError."""
    picks, rules = schema.daily_schedule.c, schema.trivia_rules.c
    chosen = select(picks.guild_id, picks.channel_id, picks.opens_thread).where(picks.mode != "off")
    allowed = select(rules.guild_id, rules.channel_ids, rules.own_thread)
    async with _looking(address) as connection:
        daily = await _rows(connection, chosen.order_by(picks.guild_id))
        trivia = await _rows(connection, allowed.order_by(rules.guild_id))
    return [
        *(Place(Use.DAILY, row.guild_id, row.channel_id, row.opens_thread) for row in daily),
        *(Place(Use.TRIVIA, row.guild_id, channel, row.own_thread) for row in trivia for channel in row.channel_ids),
    ]


@asynccontextmanager
async def _looking(address: str) -> AsyncGenerator[AsyncConnection]:
    url = engine.parse(address)
    reading = engine.create_to_read(url)
    place = url.database or "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=True)
    try:
        async with reading.connect() as connection:
            yield connection
    except (DBAPIError, OSError) as error:
        raise sqlite_file.trouble(error, place) or Unreachable(place, str(error)) from error
    finally:
        await reading.dispose()


async def _rows(connection: AsyncConnection, query: Select[Any]) -> Sequence[Row[Any]]:
    """None where the database is of before that table."""
    (table,) = query.get_final_froms()
    if not await connection.run_sync(lambda inner: inspect(inner).has_table(str(table))):
        return []
    found: Sequence[Row[Any]] = (await connection.execute(query)).all()
    return found
