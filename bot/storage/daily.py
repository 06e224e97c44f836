"""Servers' schedules of daily picks, and what their admins queued and excluded. Posts are in ``daily_posts``."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily.delivery import SETTLED, Post, State, Why
from bot.domain.daily.order import Heard, Wishes
from bot.domain.daily.schedule import Entry, Plan, Schedule
from bot.domain.daily.trouble import Health

from . import schema
from .daily_rows import post_of, row_of_entry, row_of_health, row_of_schedule, schedule_of
from .database import Database, upsert

_schedule, _post = schema.daily_schedule, schema.daily_post
_wish, _exclusion = schema.daily_wish, schema.daily_exclusion


@dataclass(frozen=True, slots=True)
class Background:
    """What a choice of song needs besides the pool. ``history`` holds each song's latest hearing, oldest first."""

    wishes: Wishes
    history: tuple[Heard, ...]


async def plan_of(database: Database, guild_id: int) -> Plan | None:
    """The server's schedule, whatever its mode, with its open post; None if it never had one."""
    async with database.reading() as connection:
        return await _plan(connection, guild_id)


async def change_plan(database: Database, guild_id: int, change: Callable[[Plan | None], Plan]) -> Plan:
    """Save what ``change`` makes of the server's plan, and return it. Nobody else changes it meanwhile.

    What ``change`` raises is raised, and nothing is saved then.
    """

    async def write(connection: AsyncConnection) -> Plan:
        before = await _plan(connection, guild_id)
        return await _save_plan(connection, before, change(before))

    return await database.write(write)


async def _plan(connection: AsyncConnection, guild_id: int) -> Plan | None:
    found = (await connection.execute(select(_schedule).where(_schedule.c.guild_id == guild_id))).mappings().first()
    if found is None:
        return None
    schedule = schedule_of(found)
    mine, settled = _post.c.schedule_id == schedule.id, _post.c.state.in_(SETTLED)
    rows = await connection.execute(select(_post).where(mine, ~settled))
    latest = await connection.scalar(select(func.max(_post.c.local_date)).where(mine, settled))
    return Plan(schedule, post_of(rows.mappings().one()), latest)


async def _save_plan(connection: AsyncConnection, before: Plan | None, after: Plan) -> Plan:
    schedule = await _save_schedule(connection, after.schedule)
    plan = replace(after, schedule=schedule, open=replace(after.open, schedule_id=schedule.id))
    if before and before.open.state is State.DUE:
        await connection.execute(delete(_post).where(*_key(before.open)))
    for post in (plan.closed, plan.open):
        if post and post.state is not State.CLAIMED:  # one on its way has its row
            await connection.execute(_post.insert().values(row_of_entry(Entry(post), schedule.mode)))
    return plan


async def _save_schedule(connection: AsyncConnection, schedule: Schedule) -> Schedule:
    row = row_of_schedule(schedule) | {"version": schedule.version + 1}
    if schedule.id:
        await connection.execute(update(_schedule).where(_schedule.c.id == schedule.id).values(row))
        return replace(schedule, version=schedule.version + 1)
    result = await connection.execute(_schedule.insert().values(row).returning(_schedule.c.id))
    return replace(schedule, id=result.scalar_one(), version=schedule.version + 1)


def _key(post: Post) -> tuple[Any, Any]:
    return _post.c.schedule_id == post.schedule_id, _post.c.local_date == post.local_date


async def save_health(database: Database, schedule_id: int, health: Health) -> None:
    """Remember how the schedule does."""

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(update(_schedule).where(_schedule.c.id == schedule_id).values(row_of_health(health)))

    await database.write(write)


async def owes_notice(database: Database, schedule_id: int, health: Health) -> bool:
    """Whether the server has yet to be told of this illness: nobody noted that it was, and it is not over."""
    async with database.reading() as connection:
        found = await connection.scalar(select(_schedule.c.id).where(*_untold(schedule_id, health)))
    return found is not None


async def note_told(database: Database, schedule_id: int, health: Health) -> None:
    """Remember that the server was told of this illness, or that nobody there can be; nothing if it is over."""

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(update(_schedule).where(*_untold(schedule_id, health)).values(told=True))

    await database.write(write)


def _untold(schedule_id: int, health: Health) -> tuple[ColumnElement[bool], ...]:
    return _schedule.c.id == schedule_id, _schedule.c.trouble == health.trouble, ~_schedule.c.told


async def backgrounds(database: Database, schedule_ids: Collection[int]) -> dict[int, Background]:
    """What choosing the next song of each schedule needs."""
    async with database.reading() as connection:
        dated, queued = await _wishes(connection, schedule_ids)
        excluded = await _excluded(connection, schedule_ids)
        history = await _history(connection, schedule_ids)
    return {
        id_: Background(Wishes(dated[id_], tuple(queued[id_]), frozenset(excluded[id_])), tuple(history[id_]))
        for id_ in schedule_ids
    }


async def _wishes(
    connection: AsyncConnection, schedule_ids: Iterable[int]
) -> tuple[dict[int, dict[date, str]], dict[int, list[str]]]:
    dated: dict[int, dict[date, str]] = defaultdict(dict)
    queued: dict[int, list[str]] = defaultdict(list)
    columns = (_wish.c.schedule_id, _wish.c.local_date, _wish.c.song_key)
    for id_, day, key in await connection.execute(_of(_wish, columns, schedule_ids).order_by(_wish.c.id)):
        if day:
            dated[id_][day] = key
        else:
            queued[id_].append(key)
    return dated, queued


async def _excluded(connection: AsyncConnection, schedule_ids: Iterable[int]) -> dict[int, set[str]]:
    excluded: dict[int, set[str]] = defaultdict(set)
    for id_, key in await connection.execute(_of(_exclusion, tuple(_exclusion.c), schedule_ids)):
        excluded[id_].add(key)
    return excluded


async def _history(connection: AsyncConnection, schedule_ids: Iterable[int]) -> dict[int, list[Heard]]:
    history: dict[int, list[Heard]] = defaultdict(list)
    latest = func.max(_post.c.local_date)
    heard = _post.c.state.in_((State.CLAIMED, State.SENT)) | (_post.c.why == Why.UNKNOWN)
    columns = (_post.c.schedule_id, _post.c.song_key, func.max(_post.c.round))
    query = _of(_post, columns, schedule_ids).where(heard).group_by(*columns[:2]).order_by(latest)
    for id_, key, round_number in await connection.execute(query):
        history[id_].append(Heard(key, round_number))
    return history


def _of(table: Any, columns: Any, schedule_ids: Iterable[int]) -> Any:  # noqa: ANN401 - SQLAlchemy's columns of any type
    return select(*columns).where(table.c.schedule_id.in_(list(schedule_ids)))


async def add_wish(database: Database, schedule_id: int, song_key: str, local_date: date | None) -> None:
    """Queue the song, for the next post or for a date; a date's earlier wish gives way."""
    row = {"schedule_id": schedule_id, "song_key": song_key, "local_date": local_date}

    async def write(connection: AsyncConnection) -> None:
        if local_date:
            same_day = (_wish.c.schedule_id == schedule_id) & (_wish.c.local_date == local_date)
            await connection.execute(delete(_wish).where(same_day))
        await connection.execute(_wish.insert().values(row))
        await _choose_anew(connection, schedule_id)

    await database.write(write)


async def remove_wish(database: Database, schedule_id: int, song_key: str, local_date: date | None) -> None:
    """Take it out of the queue, if it is there; of equal ones the first."""
    same = (_wish.c.schedule_id == schedule_id, _wish.c.song_key == song_key, _wish.c.local_date == local_date)
    first = select(func.min(_wish.c.id)).where(*same).scalar_subquery()

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(delete(_wish).where(_wish.c.id == first))
        await _choose_anew(connection, schedule_id)

    await database.write(write)


async def exclude(database: Database, schedule_id: int, song_key: str) -> None:
    """Never choose the song again for this schedule, unless somebody queues it."""

    async def write(connection: AsyncConnection) -> None:
        row = {"schedule_id": schedule_id, "song_key": song_key}
        await connection.execute(upsert(connection, _exclusion), row)
        await _choose_anew(connection, schedule_id)

    await database.write(write)


async def include(database: Database, schedule_id: int, song_key: str) -> None:
    """Take back an exclusion, if there is one."""
    same = (_exclusion.c.schedule_id == schedule_id) & (_exclusion.c.song_key == song_key)

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(delete(_exclusion).where(same))
        await _choose_anew(connection, schedule_id)

    await database.write(write)


async def _choose_anew(connection: AsyncConnection, schedule_id: int) -> None:
    """Forget what was chosen beforehand for a post that nobody has begun to send."""
    due = (_post.c.schedule_id == schedule_id) & (_post.c.state == State.DUE)
    nothing = {"song_key": None, "round": None, "reason": None}
    await connection.execute(update(_post).where(due).values(nothing))
