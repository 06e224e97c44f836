"""Daily picks: schedules, their posts, and what admins queue and exclude."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_TROUBLES = (
    *("channel_gone", "no_permission", "wrong_channel_type", "thread_closed", "tag_required", "nothing_to_post"),
    *("server_left", "server_unavailable", "role_gone", "rate_limited", "not_connected", "server_error"),
    *("answer_lost", "blocked", "refused"),
)


def upgrade() -> None:
    _create_schedules()
    _create_posts()
    _create_wishes()


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _one_of(name: str, *values: str, nullable: bool = False, length: int = 16) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=length)
    return sa.Column(name, kind, nullable=nullable)


def _discord_id(name: str, *, nullable: bool = False, unique: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, nullable=nullable, unique=unique)


def _instant(name: str, *, nullable: bool = True) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=nullable)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _schedule(*, primary_key: bool = False) -> sa.Column[int]:
    owner = sa.ForeignKey("daily_schedule.id", ondelete="CASCADE")
    return sa.Column("schedule_id", _row_id(), owner, primary_key=primary_key, nullable=False)


def _song(*, primary_key: bool = False, nullable: bool = False) -> sa.Column[str]:
    return sa.Column("song_key", sa.String(40), sa.ForeignKey("song.key"), primary_key=primary_key, nullable=nullable)


def _create_schedules() -> None:
    grace = sa.CheckConstraint("grace_minutes BETWEEN 0 AND 1380", name="grace")
    op.create_table(
        "daily_schedule",
        sa.Column("id", _row_id(), primary_key=True),
        _discord_id("guild_id", unique=True),
        _discord_id("channel_id"),
        _discord_id("set_up_by"),
        sa.Column("at", sa.Time, nullable=False),
        sa.Column("zone", sa.String(64), nullable=False),
        _one_of("days", "every_day", "weekdays", "weekends", *_DAYS),
        sa.Column("first_date", sa.Date, nullable=False),
        _instant("not_before", nullable=False),
        sa.Column("pool", sa.String(120), nullable=False),
        _discord_id("role_id", nullable=True),
        _flag("opens_thread"),
        _flag("publishes"),
        sa.Column("grace_minutes", sa.Integer, grace, nullable=False),
        _one_of("mode", "on", "paused", "off"),
        _one_of("trouble", *_TROUBLES, nullable=True, length=20),
        _instant("ill_since"),
        _flag("told"),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _create_posts() -> None:
    op.create_table(
        "daily_post",
        _schedule(primary_key=True),
        sa.Column("local_date", sa.Date, primary_key=True),
        _instant("due_at", nullable=False),
        _one_of("state", "due", "claimed", "sent", "skipped", "failed"),
        _song(nullable=True),
        sa.Column("round", sa.Integer),
        _one_of("reason", "dated", "queued", "anniversary", "order", nullable=True),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("claimed_by", sa.String(40)),
        _instant("first_sent_at"),
        _instant("last_sent_at"),
        _instant("retry_at"),
        _discord_id("message_id", nullable=True),
        _discord_id("channel_id", nullable=True),
        _one_of("why", "asked", "paused", "changed", "too_late", "trouble", "refused", "unknown", nullable=True),
        _one_of("trouble", *_TROUBLES, nullable=True, length=20),
        _instant("serve_at"),
        sa.CheckConstraint("(song_key IS NULL) = (round IS NULL)", name="choice"),
        sa.CheckConstraint(
            "state <> 'claimed' OR (song_key IS NOT NULL AND first_sent_at IS NOT NULL)", name="claimed"
        ),
        sa.CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="sent"),
        sa.CheckConstraint("(state IN ('skipped', 'failed')) = (why IS NOT NULL)", name="why_not_sent"),
        sa.Index(None, "serve_at"),
    )


def _create_wishes() -> None:
    op.create_table(
        "daily_wish",
        sa.Column("id", _row_id(), primary_key=True),
        _schedule(),
        sa.Column("local_date", sa.Date),
        _song(),
        sa.UniqueConstraint("schedule_id", "local_date"),
    )
    op.create_table("daily_exclusion", _schedule(primary_key=True), _song(primary_key=True))
