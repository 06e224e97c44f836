"""Each server's rules for trivia."""

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.trivia.rules import Rules
from bot.domain.trivia.settings import Settings
from bot.storage import schema
from bot.storage.database import Database, upsert

_rules = schema.trivia_rules
_FIND = select(_rules).where(_rules.c.guild_id == bindparam("guild"))


async def rules_of(database: Database, guild_id: int) -> Rules:
    """What the server's admins decided, or what goes where they decided nothing."""
    async with database.reading() as connection:
        row = (await connection.execute(_FIND, {"guild": guild_id})).mappings().first()
    if row is None:
        return Rules()
    return Rules(frozenset(row["channel_ids"]), row["starter_role_id"], Settings.from_snapshot(row["settings"]))


async def save_rules(database: Database, guild_id: int, rules: Rules) -> None:
    """From now on these go for new games of the server."""
    row = {
        "guild_id": guild_id,
        "channel_ids": sorted(rules.channel_ids),
        "starter_role_id": rules.starter_role_id,
        "settings": rules.settings.snapshot(),
        "own_thread": rules.settings.own_thread,
    }

    async def change(connection: AsyncConnection) -> None:
        update = ("channel_ids", "starter_role_id", "settings", "own_thread")
        await connection.execute(upsert(connection, _rules, update=update), row)

    await database.write(change)
