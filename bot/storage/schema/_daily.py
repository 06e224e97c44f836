"""Daily picks: schedules, their posts, and what admins queued and excluded."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Time,
    UniqueConstraint,
)

from bot.domain.daily.clock import Days
from bot.domain.daily.delivery import State, Why
from bot.domain.daily.order import Reason
from bot.domain.daily.schedule import Mode
from bot.domain.daily.trouble import Trouble
from bot.storage.columns import PoolText, UtcDateTime

from ._base import Key, OnForget, RowId, metadata, of_member, one_of

daily_schedule = Table(
    "daily_schedule",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, unique=True),
    Column("channel_id", BigInteger, nullable=False),
    of_member("set_up_by", OnForget.ANONYMISE),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("days", one_of(Days, "days"), nullable=False),
    Column("first_date", Date, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("pool", PoolText, nullable=False),
    Column("role_id", BigInteger),
    Column("opens_thread", Boolean, nullable=False),
    Column("publishes", Boolean, nullable=False),
    Column("grace_minutes", Integer, CheckConstraint("grace_minutes BETWEEN 0 AND 1380", name="grace"), nullable=False),
    Column("mode", one_of(Mode, "mode"), nullable=False),
    Column("trouble", one_of(Trouble, "trouble", length=20)),
    Column("ill_since", UtcDateTime),
    Column("told", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    # Of a forum; null where admins chose none.
    Column("tag_id", BigInteger),
)

daily_post = Table(
    "daily_post",
    metadata,
    Column("schedule_id", RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", one_of(State, "state"), nullable=False),
    # A due post may have its song chosen beforehand.
    Column("song_key", Key, ForeignKey("song.key")),
    Column("round", Integer),
    Column("reason", one_of(Reason, "reason")),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", String(40)),
    Column("first_sent_at", UtcDateTime),
    Column("last_sent_at", UtcDateTime),
    Column("retry_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("why", one_of(Why, "why")),
    Column("trouble", one_of(Trouble, "trouble", length=20)),
    # When to look at it next; null once it is settled and owes nothing, and while its schedule is paused or off.
    Column("serve_at", UtcDateTime),
    CheckConstraint("(song_key IS NULL) = (round IS NULL)", name="choice"),
    CheckConstraint("state <> 'claimed' OR (song_key IS NOT NULL AND first_sent_at IS NOT NULL)", name="claimed"),
    CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="sent"),
    CheckConstraint("(state IN ('skipped', 'failed')) = (why IS NOT NULL)", name="why_not_sent"),
    Index(None, "serve_at"),
)

daily_wish = Table(
    "daily_wish",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("schedule_id", RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Date),
    Column("song_key", Key, ForeignKey("song.key"), nullable=False),
    UniqueConstraint("schedule_id", "local_date"),
)

daily_exclusion = Table(
    "daily_exclusion",
    metadata,
    Column("schedule_id", RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), primary_key=True),
    Column("song_key", Key, ForeignKey("song.key"), primary_key=True),
)
