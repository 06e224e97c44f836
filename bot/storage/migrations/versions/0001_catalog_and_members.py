"""The catalog's tables, and what members and servers leave with the bot."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_entities()
    _create_awards()
    _create_members()
    op.create_table("state", sa.Column("name", sa.String(64), primary_key=True), _text("value"))


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _key(name: str = "key", length: int = 40) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=True)


def _reference(to: str, length: int = 40, *, primary_key: bool = False) -> sa.Column[str]:
    column = f"{to}_key"
    return sa.Column(column, sa.String(length), sa.ForeignKey(f"{to}.key"), primary_key=primary_key, nullable=False)


def _one_of(name: str, *values: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
    return sa.Column(name, kind, nullable=nullable)


def _retired() -> sa.Column[bool]:
    return sa.Column("retired", sa.Boolean, nullable=False, server_default=sa.false())


def _discord_id(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger, primary_key=True, autoincrement=False)


def _language() -> sa.Column[str]:
    return sa.Column("language", sa.String(5), sa.CheckConstraint("length(language) BETWEEN 2 AND 5", name="language"))


def _create_entities() -> None:
    kind = _one_of("kind", "solo", "duo", "group", "band", "unknown")
    op.create_table("artist", _key(), _text("name"), _text("name_ko"), _json("aliases"), kind, _retired())
    op.create_table(
        "drama",
        _key(),
        _text("title"),
        _text("title_ko"),
        sa.Column("year", sa.Integer, nullable=False),
        _json("aliases"),
        sa.Column("premiere", sa.Date),
        _json("networks"),
        _json("cast"),
        _json("sources"),
        _retired(),
    )
    op.create_table(
        "song",
        _key(),
        sa.Column("title", sa.Text),
        _text("title_ko"),
        _reference("drama"),
        _json("aliases"),
        sa.Column("part", sa.Text),
        sa.Column("released", sa.String(10)),
        sa.Column("chart", sa.JSON),
        sa.Column("video", sa.JSON),
        _json("sources"),
        sa.Column("note", sa.Text),
        sa.Column("original", sa.JSON),
        _retired(),
    )
    position = sa.Column("position", sa.Integer, primary_key=True, autoincrement=False)
    op.create_table("song_artist", _reference("song", primary_key=True), position, _reference("artist"))
    op.create_table("ambiguous_name", sa.Column("name", sa.Text, primary_key=True))


def _create_awards() -> None:
    natures = ("jury", "mixed", "vote", "poll", "chart")
    nature = _one_of("nature", *natures)
    op.create_table("award", _key(), _text("name"), _text("name_ko"), _json("aliases"), nature, _retired())
    op.create_table(
        "edition",
        _key(length=81),
        _reference("award"),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("category", sa.Text),
        sa.Column("category_ko", sa.Text),
        _one_of("nature", *natures),
        sa.Column("number", sa.Integer),
        sa.Column("date", sa.Date),
        sa.Column("nominees_complete", sa.Boolean, nullable=False),
        sa.Column("shared", sa.Boolean, nullable=False),
        _one_of("gap", "no_prize", "other_work", "not_one_song", "unknown", nullable=True),
        _json("sources"),
        sa.Column("note", sa.Text),
        _retired(),
    )
    op.create_table(
        "outcome",
        _reference("song", primary_key=True),
        _reference("edition", length=81, primary_key=True),
        _one_of("result", "won", "nominated"),
        _one_of("confidence", "high", "medium"),
        _json("sources"),
        sa.Column("note", sa.Text),
        _retired(),
    )


def _create_members() -> None:
    op.create_table("member", _discord_id("member_id"), _language())
    op.create_table("guild", _discord_id("guild_id"), _language())
    op.create_table(
        "saved_song",
        _discord_id("member_id"),
        _reference("song", primary_key=True),
        sa.Column("saved_at", sa.DateTime(timezone=True), nullable=False),
        sa.Index(None, "song_key"),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        _reference("song"),
        sa.Column("member_id", sa.BigInteger, nullable=False),
        _text("text"),
        sa.Column("source", sa.Text),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("length(text) BETWEEN 1 AND 4000", name="text"),
        sa.CheckConstraint("length(source) BETWEEN 1 AND 1000", name="source"),
        sa.Index(None, "song_key"),
    )
