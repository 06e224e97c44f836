"""What members reported as wrong: read and closed by whoever keeps the catalog."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.members import DOUBTS_FROM, Report

from . import schema
from .database import Database

_table = schema.correction


async def reports(database: Database, *, closed: bool = False) -> list[Report]:
    """The open reports, oldest first; with ``closed`` those that were looked at, too."""
    query = select(_table).order_by(_table.c.id)
    if not closed:
        query = query.where(_table.c.closed_at.is_(None))
    async with database.reading() as connection:
        return [Report(**row) for row in (await connection.execute(query)).mappings()]


async def close(database: Database, numbers: Collection[int], now: datetime) -> list[int]:
    """Mark the reports as looked at; returns the numbers of those that were open."""
    open_ones = (_table.c.id.in_(sorted(numbers)), _table.c.closed_at.is_(None))

    async def change(connection: AsyncConnection) -> list[int]:
        found = sorted(await connection.scalars(select(_table.c.id).where(*open_ones)))
        await connection.execute(update(_table).where(*open_ones).values(closed_at=now))
        return found

    return await database.write(change)


async def doubted_songs(database: Database) -> frozenset[str]:
    """Keys of the songs that three different members report as wrong: no questions about them until somebody looks."""
    members = func.count(_table.c.member_id.distinct())
    query = select(_table.c.song_key).where(_table.c.closed_at.is_(None))
    query = query.group_by(_table.c.song_key).having(members >= DOUBTS_FROM)
    async with database.reading() as connection:
        return frozenset(await connection.scalars(query))
