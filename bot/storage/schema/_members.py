"""What members and servers leave with the bot, and what the program remembers of itself."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from bot.storage.columns import UtcDateTime

from ._base import Key, RowId, metadata


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
    Column("song_key", Key, ForeignKey("song.key"), primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Index(None, "song_key"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("song_key", Key, ForeignKey("song.key"), nullable=False),
    Column("member_id", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),
    CheckConstraint("length(source) BETWEEN 1 AND 1000", name="source"),
    Index(None, "song_key"),
)

state = Table(
    "state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
