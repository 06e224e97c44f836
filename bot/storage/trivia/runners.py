"""Which process runs which game, so that a game whose process died is taken over by one that lives.

A process that runs games gives a sign of life every second; a game is free when its process let go of it or has been
silent for ``ALIVE_FOR``. In a deploy the old and the new process can so hear the same presses without both asking.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import schema
from bot.storage.database import Database, upsert

ALIVE_FOR = timedelta(seconds=4)
_KEPT_FOR = timedelta(days=1)

_game, _runner = schema.trivia_game, schema.trivia_runner
_FOREIGN = select(_game.c.id, _game.c.guild_id, _game.c.runner).where(
    _game.c.told.is_(False), _game.c.runner.is_distinct_from(bindparam("me"))
)
_ALIVE = select(_runner.c.id).where(_runner.c.seen_at > bindparam("since"))
_TAKE = (
    update(_game)
    .where(_game.c.id == bindparam("game"), _game.c.runner.is_not_distinct_from(bindparam("from_runner")))
    .values(runner=bindparam("me"))
)
_RELEASE = update(_game).where(_game.c.runner == bindparam("me"), _game.c.told.is_(False)).values(runner=None)


@dataclass(frozen=True, slots=True)
class Found:
    """``taken`` are the games taken over; ``others_run`` tells whether other processes run some that may come free."""

    taken: tuple[int, ...]
    others_run: bool


async def take_over(database: Database, me: str, now: datetime, is_mine: Callable[[int | None], bool]) -> Found:
    """Take the unfinished games whose process is gone; ``is_mine`` says of which servers (None: direct messages)."""
    async with database.reading() as connection:
        alive = set(await connection.scalars(_ALIVE, {"since": now - ALIVE_FOR}))
        rows = [row for row in await connection.execute(_FOREIGN, {"me": me}) if is_mine(row.guild_id)]
    free = [(row.id, row.runner) for row in rows if row.runner not in alive]

    async def change(connection: AsyncConnection) -> tuple[int, ...]:
        taken = []
        for game_id, runner in free:
            result = await connection.execute(_TAKE, {"game": game_id, "from_runner": runner, "me": me})
            taken += [game_id] * result.rowcount
        return tuple(taken)

    return Found(await database.write(change) if free else (), len(rows) > len(free))


async def give_sign_of_life(database: Database, me: str, now: datetime) -> None:
    """Say that this process lives; forgets those that have been silent for a day."""

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(upsert(connection, _runner, update=["seen_at"]), {"id": me, "seen_at": now})
        await connection.execute(delete(_runner).where(_runner.c.seen_at < now - _KEPT_FOR))

    await database.write(change)


async def let_go(database: Database, me: str) -> None:
    """Of all games that this process runs: whoever comes next need not wait."""

    async def change(connection: AsyncConnection) -> None:
        await connection.execute(_RELEASE, {"me": me})
        await connection.execute(delete(_runner).where(_runner.c.id == me))

    await database.write(change)
