"""What members and servers leave with the bot."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Table, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.errors import Gone
from bot.domain.members import Correction, Languages, SavedSong

from . import schema
from .database import Database, upsert

T = TypeVar("T")


async def save_song(database: Database, member_id: int, song_key: str, saved_at: datetime) -> bool:
    """Remember the song for the member; False when it was saved already. Raises Gone when there is no such song."""
    row = {"member_id": member_id, "song_key": song_key, "saved_at": saved_at}

    async def change(connection: AsyncConnection) -> bool:
        result = await connection.execute(upsert(connection, schema.saved_song), row)
        return bool(result.rowcount)

    return await _write_about(song_key, database, change)


async def unsave_song(database: Database, member_id: int, song_key: str) -> bool:
    """Forget it; False when it was not saved."""
    table = schema.saved_song

    async def change(connection: AsyncConnection) -> bool:
        mine = (table.c.member_id == member_id) & (table.c.song_key == song_key)
        result = await connection.execute(delete(table).where(mine))
        return bool(result.rowcount)

    return await database.write(change)


async def saved_songs(database: Database, member_id: int) -> list[SavedSong]:
    """What the member saved, newest first; songs that the catalog has dropped since are among them."""
    table = schema.saved_song
    newest_first = (table.c.saved_at.desc(), table.c.song_key)
    query = select(table.c.song_key, table.c.saved_at).where(table.c.member_id == member_id).order_by(*newest_first)
    async with database.reading() as connection:
        return [SavedSong(song_key, saved_at) for song_key, saved_at in await connection.execute(query)]


async def all_languages(database: Database) -> Languages:
    """Every language that a member or a server chose."""
    async with database.reading() as connection:
        return Languages(
            members=await _languages(connection, schema.member), guilds=await _languages(connection, schema.guild)
        )


async def _languages(connection: AsyncConnection, table: Table) -> dict[int, str]:
    id_column = table.primary_key.columns[0]
    query = select(id_column, table.c.language).where(table.c.language.is_not(None))
    return {int(owner): str(language) for owner, language in await connection.execute(query)}


async def set_member_language(database: Database, member_id: int, language: str | None) -> None:
    """None: whatever Discord says."""
    await _set(database, schema.member, {"member_id": member_id, "language": language})


async def set_guild_language(database: Database, guild_id: int, language: str | None) -> None:
    """None: whatever Discord says."""
    await _set(database, schema.guild, {"guild_id": guild_id, "language": language})


async def _set(database: Database, table: Table, row: dict[str, object]) -> None:
    changed = [name for name in row if name not in table.primary_key.columns]

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(upsert(connection, table, update=changed), row)

    await database.write(change)


async def add_correction(database: Database, correction: Correction) -> int:
    """Keep the report and return its number. Raises Gone when there is no such song."""
    row = {
        "song_key": correction.song_key,
        "member_id": correction.member_id,
        "text": correction.text,
        "source": correction.source,
        "sent_at": correction.sent_at,
    }

    async def change(connection: AsyncConnection) -> int:
        result = await connection.execute(schema.correction.insert().values(row).returning(schema.correction.c.id))
        number: int = result.scalar_one()
        return number

    return await _write_about(correction.song_key, database, change)


async def _write_about(song_key: str, database: Database, change: Callable[[AsyncConnection], Awaitable[T]]) -> T:
    """Write ``change``, whose row refers to the song; raises Gone when there is no such song."""
    try:
        return await database.write(change)
    except IntegrityError as error:
        query = select(schema.song.c.key).where(schema.song.c.key == song_key)
        async with database.reading() as connection:
            if await connection.scalar(query):
                raise
        raise Gone(song_key) from error


async def stored_value(database: Database, name: str) -> str | None:
    """What :func:`store_value` kept under ``name``."""
    query = select(schema.state.c.value).where(schema.state.c.name == name)
    async with database.reading() as connection:
        value: str | None = await connection.scalar(query)
        return value


async def store_value(database: Database, name: str, value: str) -> None:
    """Keep one text of the program's own, such as the hash of the commands that Discord was last sent."""
    await _set(database, schema.state, {"name": name, "value": value})
