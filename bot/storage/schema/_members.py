"""What members and servers leave with the bot, and what the program remembers of itself."""

from sqlalchemy import BigInteger, CheckConstraint, Column, ForeignKey, Index, String, Table, Text

from bot.storage.columns import UtcDateTime

from ._base import Key, OnForget, RowId, metadata, of_member


def _language() -> Column[str]:
    """A member's or a server's choice; null where they left it to Discord."""
    return Column("language", String(5), CheckConstraint("length(language) BETWEEN 2 AND 5", name="language"))


member = Table(
    "member",
    metadata,
    of_member("member_id", OnForget.DELETE, primary_key=True),
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
    of_member("member_id", OnForget.DELETE, primary_key=True),
    Column("song_key", Key, ForeignKey("song.key"), primary_key=True),
    Column("saved_at", UtcDateTime, nullable=False),
    Index(None, "song_key"),
)

correction = Table(
    "correction",
    metadata,
    Column("id", RowId, primary_key=True),
    Column("song_key", Key, ForeignKey("song.key"), nullable=False),
    of_member("member_id", OnForget.DELETE),
    Column("text", Text, nullable=False),
    Column("source", Text),
    Column("sent_at", UtcDateTime, nullable=False),
    Column("closed_at", UtcDateTime),
    CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),
    CheckConstraint("length(source) BETWEEN 1 AND 1000", name="source"),
    Index(None, "song_key"),
)

left_guild = Table(
    "left_guild",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("left_at", UtcDateTime, nullable=False),
)

lease = Table(
    "lease",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("holder", String(40), nullable=False),
    Column("until", UtcDateTime, nullable=False),
)

state = Table(
    "state",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)
