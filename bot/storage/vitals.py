"""How the bot's work stands, as the database knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from . import schema
from .database import Database
from .members import store_value

_LATE = timedelta(minutes=10)
_COUNTED = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Vitals:
    """``daily_posts`` counts posts of today and yesterday by their state; an overdue one waits for 10 minutes."""

    daily_posts: Mapping[str, int]
    daily_overdue: int
    running_games: int


async def vitals(database: Database, now: datetime) -> Vitals:
    """Counted now; a few milliseconds for a hundred thousand posts."""
    post, game = schema.daily_post, schema.trivia_game
    recent = post.c.local_date >= (now - _COUNTED).date()
    by_state = select(post.c.state, func.count()).where(recent).group_by(post.c.state)
    overdue = select(func.count()).select_from(post).where(post.c.serve_at < now - _LATE)
    running = select(func.count()).select_from(game).where(game.c.busy_channel_id.is_not(None))
    async with database.reading() as connection:
        return Vitals(
            daily_posts={str(state): count for state, count in await connection.execute(by_state)},
            daily_overdue=await connection.scalar(overdue) or 0,
            running_games=await connection.scalar(running) or 0,
        )


async def check_writable(database: Database, now: datetime) -> None:
    """Write something small and wait until the disk has it; raises the DatabaseError that says why not."""
    await store_value(database, "last health check", now.isoformat())
