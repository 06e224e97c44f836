"""The catalog's tables: filled from the shipped text when that has changed, read into memory at every start."""

from collections.abc import Iterable, Mapping
from dataclasses import fields
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from sqlalchemy import Table, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.catalog import Artist, Award, Catalog, Drama, Edition, Outcome, Song

from . import schema
from .catalog_version import catalog_version
from .database import Database, upsert

EntityT = TypeVar("EntityT", Artist, Drama, Song, Award, Edition, Outcome)

_VERSION = "catalog_version"


async def sync_catalog(database: Database, folder: Traversable | None = None) -> bool:
    """Bring the tables up to the catalog's text, in one transaction, if that has changed; whether it had.

    What the text no longer has is retired, never deleted. ``folder`` is by default the shipped ``data``. Raises
    CatalogTextError when the text is wrong, and then changes nothing.
    """
    version = catalog_version(folder)
    async with database.reading() as connection:
        if await _stored_version(connection) == version:
            return False
    from .catalog_text import read_catalog  # noqa: PLC0415 - pydantic costs 0.3 s that most starts need not pay

    catalog = read_catalog(folder)
    async with database.transaction() as connection:
        if await _stored_version(connection) == version:
            return False  # another process was faster
        await _import(connection, catalog)
    return True


async def load_catalog(database: Database) -> Catalog:
    """The catalog as last synced, without what is retired."""
    async with database.reading() as connection:
        singers = await _singers(connection)
        return Catalog(
            artists=await _load(connection, schema.artist, Artist),
            dramas=await _load(connection, schema.drama, Drama),
            songs=await _load(connection, schema.song, Song, artist_keys=singers),
            awards=await _load(connection, schema.award, Award),
            editions=await _load(connection, schema.edition, Edition),
            outcomes=await _load(connection, schema.outcome, Outcome),
            ambiguous=await connection.scalars(select(schema.ambiguous_name.c.name)),
            version=await _stored_version(connection) or "",
        )


async def _stored_version(connection: AsyncConnection) -> str | None:
    query = select(schema.state.c.value).where(schema.state.c.name == _VERSION)
    version: str | None = await connection.scalar(query)
    return version


async def _import(connection: AsyncConnection, catalog: Catalog) -> None:
    await _replace(connection, schema.artist, catalog.artists.values())
    await _replace(connection, schema.drama, catalog.dramas.values())
    await _replace(connection, schema.song, catalog.songs.values())
    await _replace_singers(connection, catalog.songs.values())
    await _replace(connection, schema.award, catalog.awards.values())
    await _replace(connection, schema.edition, catalog.editions.values())
    await _replace(connection, schema.outcome, catalog.outcomes)
    await connection.execute(delete(schema.ambiguous_name))
    await _insert(connection, schema.ambiguous_name, [{"name": name} for name in sorted(catalog.ambiguous)])
    row = {"name": _VERSION, "value": catalog.version}
    await connection.execute(upsert(connection, schema.state, update=["value"]), row)


async def _replace(connection: AsyncConnection, table: Table, entities: Iterable[EntityT]) -> None:
    """Retire every row, then write what there is; what is still there comes back with it."""
    await connection.execute(update(table).values(retired=True))
    key = table.primary_key.columns
    rows = [_row(table, entity) for entity in entities]
    changing = [column.name for column in table.columns if column.name not in key]
    await _insert(connection, table, rows, update=changing)


async def _insert(
    connection: AsyncConnection, table: Table, rows: list[dict[str, Any]], *, update: list[str] | None = None
) -> None:
    if rows:
        await connection.execute(upsert(connection, table, update=update or []), rows)


def _row(table: Table, entity: object) -> dict[str, Any]:
    return {column.name: getattr(entity, column.name, False) for column in table.columns}  # False: not retired


async def _replace_singers(connection: AsyncConnection, songs: Iterable[Song]) -> None:
    """Who sings a song may change; a retired song keeps its singers."""
    rows = [
        {"song_key": song.key, "position": position, "artist_key": artist_key}
        for song in songs
        for position, artist_key in enumerate(song.artist_keys)
    ]
    live = select(schema.song.c.key).where(~schema.song.c.retired)
    await connection.execute(delete(schema.song_artist).where(schema.song_artist.c.song_key.in_(live)))
    await _insert(connection, schema.song_artist, rows)


async def _singers(connection: AsyncConnection) -> dict[str, tuple[str, ...]]:
    table = schema.song_artist
    query = select(table.c.song_key, table.c.artist_key).order_by(table.c.song_key, table.c.position)
    singers: dict[str, tuple[str, ...]] = {}
    for song_key, artist_key in await connection.execute(query):
        singers[song_key] = (*singers.get(song_key, ()), artist_key)
    return singers


async def _load(
    connection: AsyncConnection, table: Table, entity: type[EntityT], **by_key: Mapping[str, Any]
) -> list[EntityT]:
    """Every row that is not retired as an ``entity``; ``by_key`` are fields that come from elsewhere."""
    names = [field.name for field in fields(entity) if field.name not in by_key]
    query = select(*(table.c[name] for name in names)).where(~table.c.retired).order_by(*table.primary_key.columns)
    rows = await connection.execute(query)
    return [
        entity(**dict(zip(names, row, strict=True)), **{name: values[row[0]] for name, values in by_key.items()})
        for row in rows
    ]
