"""Posts of daily picks: which are due, and every step of their lives, compared and set.

Posts are many and due at the same minute, so all here takes batches: one transaction for a hundred of them.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.daily.delivery import SETTLED, Post, State
from bot.domain.daily.order import Choice, Reason
from bot.domain.daily.schedule import Entry, Mode, Schedule

from . import schema
from .daily_rows import entry_of, row_of_entry, schedule_of
from .database import Database, upsert

_schedule, _post, _wish = schema.daily_schedule, schema.daily_post, schema.daily_wish
_SHARD_SHIFT = 22  # Discord: shard = (guild id >> 22) % number of shards
_KEY = frozenset(("schedule_id", "local_date"))
_OF_SENDING = ("state", "message_id", "channel_id", "retry_at", "trouble", "serve_at")


@dataclass(frozen=True, slots=True)
class Shards:
    """The shards of this process, out of ``count``."""

    ids: frozenset[int]
    count: int


@dataclass(frozen=True, slots=True)
class Due:
    """A post to be looked at now, with its schedule."""

    schedule: Schedule
    entry: Entry

    @property
    def post(self) -> Post:
        return self.entry.post


@dataclass(frozen=True, slots=True)
class Move:
    """One step: ``before`` as it was read, ``after`` as it shall be."""

    schedule: Schedule
    before: Post
    after: Entry


async def due_posts(database: Database, now: datetime, shards: Shards, limit: int) -> list[Due]:
    """Posts to be looked at by ``now``, most overdue first."""
    columns = [column.label(f"s_{column.name}") for column in _schedule.c]
    query = (
        select(*_post.c, *columns)
        .join(_schedule, _schedule.c.id == _post.c.schedule_id)
        .where(_post.c.serve_at <= now, _ours(shards))
        .order_by(_post.c.serve_at, _post.c.schedule_id)
        .limit(limit)
    )
    async with database.reading() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [Due(schedule_of(row, "s_"), entry_of(row)) for row in rows]


async def next_service(database: Database, shards: Shards) -> datetime | None:
    """When the next post is to be looked at; None if none ever is."""
    query = select(_post.c.serve_at).join(_schedule, _schedule.c.id == _post.c.schedule_id)
    query = query.where(_post.c.serve_at.is_not(None), _ours(shards)).order_by(_post.c.serve_at).limit(1)
    async with database.reading() as connection:
        moment: datetime | None = await connection.scalar(query)
        return moment


def _ours(shards: Shards) -> ColumnElement[bool]:
    return (_schedule.c.guild_id.bitwise_rshift(_SHARD_SHIFT) % shards.count).in_(sorted(shards.ids))


async def advance(database: Database, moves: Sequence[Move]) -> list[bool]:
    """Save each step if its post is still as it was read; tell which were saved.

    A claim also needs the schedule to be as it was read. A post that is settled by its step uses up what was queued
    for it and is followed by the schedule's next, by the schedule as it is now.
    """
    if not moves:
        return []

    async def write(connection: AsyncConnection) -> list[bool]:
        claims = [move for move in moves if move.after.post.state is State.CLAIMED]
        sent = [move for move in moves if move.after.post.state is State.SENT]
        others = [move for move in moves if move.after.post.state not in (State.CLAIMED, State.SENT)]
        saved = await _compare_and_set(connection, _claim, claims)
        saved |= await _compare_and_set(connection, _step, sent)
        saved |= await _compare_and_set(connection, _step, others)
        settled = [move for move in (*sent, *others) if _settles(move) and _key_of(move.before) in saved]
        await _use_up(connection, settled)
        await _follow(connection, settled)
        return [_key_of(move.before) in saved for move in moves]

    return await database.write(write)


_Key = tuple[int, date]
_as_it_was = and_(
    _post.c.schedule_id == bindparam("was_schedule_id"),
    _post.c.local_date == bindparam("was_local_date"),
    _post.c.state == bindparam("was_state"),
    _post.c.attempts == bindparam("was_attempts"),
)
_step = update(_post).where(_as_it_was)  # what it sets are the columns among its parameters
_unchanged = (
    select(_schedule.c.id)
    .where(_schedule.c.id == bindparam("was_schedule_id"), _schedule.c.version == bindparam("was_version"))
    .exists()
)
# A claimed post goes on its way whatever becomes of the schedule; only taking on a due one needs it unchanged.
_claim = _step.where(or_(_post.c.state == State.CLAIMED, _unchanged))


def _settles(move: Move) -> bool:
    """Unlike a step that only finishes what is settled."""
    return move.after.post.settled and not move.before.settled


def _key_of(post: Post) -> _Key:
    return post.schedule_id, post.local_date


async def _compare_and_set(connection: AsyncConnection, statement: Any, moves: Sequence[Move]) -> set[_Key]:  # noqa: ANN401 - an UPDATE, typed by its tables
    """Keys of the posts that were changed."""
    if not moves:
        return set()
    result = await connection.execute(statement, [_parameters(move) for move in moves])
    if result.rowcount == len(moves):
        return {_key_of(move.before) for move in moves}
    # Somebody else was faster with some: whoever has the row now is who changed it.
    found = await _entries(connection, [move.before.schedule_id for move in moves])
    return {_key_of(move.before) for move in moves if found.get(_key_of(move.before)) == move.after}


async def _entries(connection: AsyncConnection, schedule_ids: Collection[int]) -> dict[_Key, Entry]:
    rows = await connection.execute(select(_post).where(_post.c.schedule_id.in_(list(schedule_ids))))
    entries = [entry_of(row) for row in rows.mappings()]
    return {_key_of(entry.post): entry for entry in entries}


def _parameters(move: Move) -> dict[str, Any]:
    before, row = move.before, row_of_entry(move.after)
    was = {"schedule_id": before.schedule_id, "local_date": before.local_date, "state": before.state}
    was |= {"attempts": before.attempts, "version": move.schedule.version}
    names = _OF_SENDING if move.after.post.state is State.SENT else row.keys() - _KEY
    return {name: row[name] for name in names} | {f"was_{name}": value for name, value in was.items()}


async def _use_up(connection: AsyncConnection, settled: Sequence[Move]) -> None:
    for move in settled:
        post = move.after.post
        if post.choice and post.choice.reason in (Reason.DATED, Reason.QUEUED) and post.state is not State.SKIPPED:
            day = post.local_date if post.choice.reason is Reason.DATED else None
            same = (_wish.c.schedule_id == post.schedule_id, _wish.c.song_key == post.choice.song_key)
            first = select(func.min(_wish.c.id)).where(*same, _wish.c.local_date == day).scalar_subquery()
            await connection.execute(delete(_wish).where(_wish.c.id == first))


async def _follow(connection: AsyncConnection, settled: Sequence[Move]) -> None:
    if not settled:
        return
    now = await _as_they_are(connection, [move.schedule for move in settled])
    rows = [
        row_of_entry(Entry(schedule.following(move.before.local_date)), schedule.mode)
        for move in settled
        if (schedule := now.get(move.before.schedule_id))
    ]
    await connection.execute(upsert(connection, _post), rows)


async def _as_they_are(connection: AsyncConnection, read: Sequence[Schedule]) -> dict[int, Schedule]:
    """The schedules as they are now: mostly as they were read, which one sum tells, for versions only grow."""
    same = {schedule.id: schedule for schedule in read}
    versions = select(func.count(), func.sum(_schedule.c.version)).where(_schedule.c.id.in_(list(same)))
    found = (await connection.execute(versions)).one()
    if tuple(found) == (len(same), sum(schedule.version for schedule in same.values())):
        return same
    rows = await connection.execute(select(_schedule).where(_schedule.c.id.in_(list(same))))
    return {row["id"]: schedule_of(row) for row in rows.mappings()}


async def without_choice(database: Database, shards: Shards, after: _Key, limit: int) -> list[Due]:
    """Due posts whose song is not chosen yet, by their keys from behind ``after`` on."""
    behind = or_(_post.c.schedule_id > after[0], and_(_post.c.schedule_id == after[0], _post.c.local_date > after[1]))
    columns = [column.label(f"s_{column.name}") for column in _schedule.c]
    query = (
        select(*_post.c, *columns)
        .join(_schedule, _schedule.c.id == _post.c.schedule_id)
        .where(
            _post.c.state == State.DUE, _post.c.song_key.is_(None), _schedule.c.mode == Mode.ON, behind, _ours(shards)
        )
        .order_by(_post.c.schedule_id, _post.c.local_date)
        .limit(limit)
    )
    async with database.reading() as connection:
        rows = (await connection.execute(query)).mappings().all()
    return [Due(schedule_of(row, "s_"), entry_of(row)) for row in rows]


async def keep_choices(database: Database, choices: Sequence[tuple[Due, Choice]]) -> None:
    """Remember songs chosen beforehand, where nothing changed since their posts were read."""
    if not choices:
        return
    statement = update(_post).where(_as_it_was, _post.c.song_key.is_(None), _unchanged)
    parameters = [
        {
            name: value
            for name, value in _parameters(Move(due.schedule, due.post, due.entry)).items()
            if name[:4] == "was_"
        }
        | {"song_key": choice.song_key, "round": choice.round, "reason": choice.reason}
        for due, choice in choices
    ]

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(statement, parameters)

    await database.write(write)


async def keep_choice(database: Database, schedule: Schedule, post: Post, choice: Choice) -> None:
    """The same for one."""
    await keep_choices(database, [(Due(schedule, Entry(post)), choice)])


async def recent(database: Database, schedule_id: int, limit: int, *, sent: bool = False) -> list[Entry]:
    """The latest settled posts, newest first; with ``sent`` only those that are in a channel."""
    states = (State.SENT,) if sent else tuple(SETTLED)
    query = select(_post).where(_post.c.schedule_id == schedule_id, _post.c.state.in_(states))
    query = query.order_by(_post.c.local_date.desc()).limit(limit)
    async with database.reading() as connection:
        return [entry_of(row) for row in (await connection.execute(query)).mappings()]


async def hasten(database: Database, guild_id: int) -> None:
    """Something changed for the better in that server: look at its due post now, not when it would be tried again."""
    ids = select(_schedule.c.id).where(_schedule.c.guild_id == guild_id, _schedule.c.mode == Mode.ON)
    waiting = (_post.c.schedule_id.in_(ids), _post.c.state == State.DUE, _post.c.retry_at.is_not(None))

    async def write(connection: AsyncConnection) -> None:
        await connection.execute(update(_post).where(*waiting).values(serve_at=_post.c.due_at))

    await database.write(write)


async def save_counts(database: Database, song_keys: Collection[str]) -> dict[str, int]:
    """How many members saved each of the songs."""
    saved = schema.saved_song
    query = (
        select(saved.c.song_key, func.count()).where(saved.c.song_key.in_(list(song_keys))).group_by(saved.c.song_key)
    )
    async with database.reading() as connection:
        return {str(key): int(count) for key, count in await connection.execute(query)}
