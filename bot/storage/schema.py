"""Every table in one place; what must always hold is a constraint, not a hope.

Catalog tables have a column for every field of the domain's class of that name, so that a row turns into
an object by itself (tests/storage/test_schema.py holds this). ``retired`` marks what the shipped catalog no
longer has: never deleted, so that members' rows stay valid.
"""

from enum import StrEnum
from typing import TypeVar

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Enum,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    Time,
    UniqueConstraint,
    false,
)

from bot.domain.catalog import KEY_MAX_LENGTH, ArtistKind, AwardNature, Confidence, Gap, Result
from bot.domain.daily.clock import Days
from bot.domain.daily.delivery import State, Why
from bot.domain.daily.order import Reason
from bot.domain.daily.schedule import Mode
from bot.domain.daily.trouble import Trouble

from .columns import PartialDateText, PoolText, UtcDateTime, cast, chart_run, original, texts, video

EnumT = TypeVar("EnumT", bound=StrEnum)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_Key = String(KEY_MAX_LENGTH)
_EditionKey = String(2 * KEY_MAX_LENGTH + 1)
# SQLite numbers rows by itself only where the key is called INTEGER, which there holds 64 bits as well.
_RowId = BigInteger().with_variant(Integer, "sqlite")


def _one_of(values: type[EnumT], name: str, length: int = 16) -> Enum:
    """Kept as its value in plain text, and only a known one (PostgreSQL's own enum types are hard to change)."""

    def texts_of(kind: type[EnumT]) -> list[str]:
        return [member.value for member in kind]

    return Enum(values, name=name, native_enum=False, create_constraint=True, length=length, values_callable=texts_of)


def _retired() -> Column[bool]:
    return Column("retired", Boolean, nullable=False, server_default=false())


artist = Table(
    "artist",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_ko", Text, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("kind", _one_of(ArtistKind, "kind"), nullable=False),
    _retired(),
)

drama = Table(
    "drama",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("title_ko", Text, nullable=False),
    Column("year", Integer, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("premiere", Date),
    Column("networks", texts(), nullable=False),
    Column("cast", cast(), nullable=False),
    Column("sources", texts(), nullable=False),
    _retired(),
)

song = Table(
    "song",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("title", Text),
    Column("title_ko", Text, nullable=False),
    Column("drama_key", _Key, ForeignKey("drama.key"), nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("part", Text),
    Column("released", PartialDateText),
    Column("chart", chart_run()),
    Column("video", video()),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    Column("original", original()),
    _retired(),
)

song_artist = Table(
    "song_artist",
    metadata,
    Column("song_key", _Key, ForeignKey("song.key"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("artist_key", _Key, ForeignKey("artist.key"), nullable=False),
)

award = Table(
    "award",
    metadata,
    Column("key", _Key, primary_key=True),
    Column("name", Text, nullable=False),
    Column("name_ko", Text, nullable=False),
    Column("aliases", texts(), nullable=False),
    Column("nature", _one_of(AwardNature, "nature"), nullable=False),
    _retired(),
)

edition = Table(
    "edition",
    metadata,
    Column("key", _EditionKey, primary_key=True),
    Column("award_key", _Key, ForeignKey("award.key"), nullable=False),
    Column("year", Integer, nullable=False),
    Column("category", Text),
    Column("category_ko", Text),
    Column("nature", _one_of(AwardNature, "nature"), nullable=False),
    Column("number", Integer),
    Column("date", Date),
    Column("nominees_complete", Boolean, nullable=False),
    Column("shared", Boolean, nullable=False),
    Column("gap", _one_of(Gap, "gap")),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    _retired(),
)

outcome = Table(
    "outcome",
    metadata,
    Column("song_key", _Key, ForeignKey("song.key"), primary_key=True),
    Column("edition_key", _EditionKey, ForeignKey("edition.key"), primary_key=True),
    Column("result", _one_of(Result, "result"), nullable=False),
    Column("confidence", _one_of(Confidence, "confidence"), nullable=False),
    Column("sources", texts(), nullable=False),
    Column("note", Text),
    _retired(),
)

ambiguous_name = Table("ambiguous_name", metadata, Column("name", Text, primary_key=True))


def _language() -> Column[str]:
    """A member's or a server's choice; null where they left it to Discord."""
    return Column("language", String(5), CheckConstraint("length(language) BETWEEN 2 AND 5", name="language"))


member = Table(
    "member",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    _language(),
)

guild = Table(
    "guild",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    _language(),
)

saved_song = Table(
    "saved_song",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("song_key", _Key, ForeignKey("song.key"), primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Index(None, "song_key"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", _RowId, primary_key=True),
    Column("song_key", _Key, ForeignKey("song.key"), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),
    CheckConstraint("length(source) BETWEEN 1 AND 1000", name="source"),
    Index(None, "song_key"),
)

daily_schedule = Table(
    "daily_schedule",
    metadata,
    Column("id", _RowId, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, unique=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("set_up_by", BigInteger, nullable=False),
    Column("at", Time, nullable=False),
    Column("zone", String(64), nullable=False),
    Column("days", _one_of(Days, "days"), nullable=False),
    Column("first_date", Date, nullable=False),
    Column("not_before", UtcDateTime, nullable=False),
    Column("pool", PoolText, nullable=False),
    Column("role_id", BigInteger),
    Column("opens_thread", Boolean, nullable=False),
    Column("publishes", Boolean, nullable=False),
    Column("grace_minutes", Integer, CheckConstraint("grace_minutes BETWEEN 0 AND 1380", name="grace"), nullable=False),
    Column("mode", _one_of(Mode, "mode"), nullable=False),
    Column("trouble", _one_of(Trouble, "trouble", length=20)),
    Column("ill_since", UtcDateTime),
    Column("told", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
)

daily_post = Table(
    "daily_post",
    metadata,
    Column("schedule_id", _RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("due_at", UtcDateTime, nullable=False),
    Column("state", _one_of(State, "state"), nullable=False),
    # A due post may have its song chosen beforehand.
    Column("song_key", _Key, ForeignKey("song.key")),
    Column("round", Integer),
    Column("reason", _one_of(Reason, "reason")),
    Column("attempts", Integer, nullable=False),
    Column("claimed_by", String(40)),
    Column("first_sent_at", UtcDateTime),
    Column("last_sent_at", UtcDateTime),
    Column("retry_at", UtcDateTime),
    Column("message_id", BigInteger),
    Column("channel_id", BigInteger),
    Column("why", _one_of(Why, "why")),
    Column("trouble", _one_of(Trouble, "trouble", length=20)),
    # When to look at it next; null once it is settled, and while its schedule is paused or off.
    Column("serve_at", UtcDateTime),
    CheckConstraint("(song_key IS NULL) = (round IS NULL)", name="choice"),
    CheckConstraint("state <> 'claimed' OR (song_key IS NOT NULL AND first_sent_at IS NOT NULL)", name="claimed"),
    CheckConstraint("(state = 'sent') = (message_id IS NOT NULL)", name="sent"),
    CheckConstraint("(state IN ('skipped', 'failed')) = (why IS NOT NULL)", name="why"),
    Index(None, "serve_at"),
)

daily_wish = Table(
    "daily_wish",
    metadata,
    Column("id", _RowId, primary_key=True),
    Column("schedule_id", _RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), nullable=False),
    Column("local_date", Date),
    Column("song_key", _Key, ForeignKey("song.key"), nullable=False),
    UniqueConstraint("schedule_id", "local_date"),
)

daily_exclusion = Table(
    "daily_exclusion",
    metadata,
    Column("schedule_id", _RowId, ForeignKey("daily_schedule.id", ondelete="CASCADE"), primary_key=True),
    Column("song_key", _Key, ForeignKey("song.key"), primary_key=True),
)

state = Table(
    "state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
