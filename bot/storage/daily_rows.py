"""Rows of the daily tables, and the domain's objects they stand for."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import RowMapping

from bot.domain.daily.clock import Agenda, Timing
from bot.domain.daily.delivery import Post, State
from bot.domain.daily.order import Choice
from bot.domain.daily.recovery import CLAIM_LEASE
from bot.domain.daily.schedule import Entry, Mode, Schedule, Setup
from bot.domain.daily.trouble import Health

from .schema import daily_schedule

_SCHEDULE_COLUMNS = tuple(column.name for column in daily_schedule.c)
_SETUP = ("channel_id", "set_up_by", "pool", "role_id", "opens_thread", "publishes", "tag_id")
_MINUTE = timedelta(minutes=1)
_SAME_IN_BOTH = (
    *("schedule_id", "local_date", "due_at", "state", "attempts", "claimed_by", "first_sent_at", "last_sent_at"),
    *("retry_at", "message_id", "why"),
)


def schedule_of(row: RowMapping, prefix: str = "") -> Schedule:
    """``prefix`` stands before the columns' names where a row holds a post besides."""
    named = {name: row[f"{prefix}{name}"] for name in _SCHEDULE_COLUMNS}
    setup = Setup(grace=timedelta(minutes=named["grace_minutes"]), **{name: named[name] for name in _SETUP})
    timing = Timing(named["at"], ZoneInfo(named["zone"]), named["days"])
    return Schedule(
        id=named["id"],
        guild_id=named["guild_id"],
        setup=setup,
        agenda=Agenda(timing, named["first_date"], named["not_before"]),
        version=named["version"],
        mode=named["mode"],
        health=Health(named["trouble"], named["ill_since"], named["told"]),
    )


def row_of_schedule(schedule: Schedule) -> dict[str, Any]:
    """Every column but the key."""
    setup, agenda = schedule.setup, schedule.agenda
    return {
        "guild_id": schedule.guild_id,
        **{name: getattr(setup, name) for name in _SETUP},
        "at": agenda.timing.at,
        "zone": agenda.timing.zone.key,
        "days": agenda.timing.days,
        "first_date": agenda.first_date,
        "not_before": agenda.not_before,
        "grace_minutes": setup.grace // _MINUTE,
        "mode": schedule.mode,
        **row_of_health(schedule.health),
    }


def row_of_health(health: Health) -> dict[str, Any]:
    """The schedule's columns that its health is kept in."""
    return {"trouble": health.trouble, "ill_since": health.since, "told": health.told}


def post_of(row: RowMapping) -> Post:
    """The post that a row of daily_post keeps."""
    choice = Choice(row["song_key"], row["round"], row["reason"]) if row["song_key"] else None
    return Post(choice=choice, **{name: row[name] for name in _SAME_IN_BOTH})


def entry_of(row: RowMapping) -> Entry:
    """Likewise, with where it went."""
    return Entry(post_of(row), row["channel_id"], row["trouble"])


def row_of_entry(entry: Entry, mode: Mode = Mode.ON) -> dict[str, Any]:
    """Every column of daily_post; ``mode`` is its schedule's."""
    post = entry.post
    row: dict[str, Any] = {name: getattr(post, name) for name in _SAME_IN_BOTH}
    row |= {"song_key": None, "round": None, "reason": None}
    if choice := post.choice:
        row |= {"song_key": choice.song_key, "round": choice.round, "reason": choice.reason}
    return row | {"channel_id": entry.channel_id, "trouble": entry.trouble, "serve_at": _serve_at(post, mode)}


def _serve_at(post: Post, mode: Mode) -> datetime | None:
    """A claimed post is looked at again when whoever claimed it must be gone, a sent one while it owes something."""
    if post.unfinished:
        return post.retry_at
    if post.settled or (post.state is State.DUE and mode is not Mode.ON):
        return None
    if post.state is State.CLAIMED and post.retry_at is None and post.last_sent_at:
        return post.last_sent_at + CLAIM_LEASE
    return post.serve_at
