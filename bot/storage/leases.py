"""Work that one process does for all: whoever holds its lease."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from . import schema
from .database import Database, upsert


async def take(database: Database, name: str, holder: str, now: datetime, lasts: timedelta) -> bool:
    """Take or renew the lease ``name``; False while another holder's has not run out."""
    table = schema.lease

    async def change(connection: AsyncConnection) -> bool:
        taken = (table.c.name == name) & (table.c.holder != holder) & (table.c.until > now)
        if await connection.scalar(select(table.c.name).where(taken)):
            return False
        row = {"name": name, "holder": holder, "until": now + lasts}
        await connection.execute(upsert(connection, table, update=("holder", "until")), row)
        return True

    return await database.write(change)
