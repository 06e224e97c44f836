"""Trivia: games, rounds, answers and scores, the daily quiz, servers' rules."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_ENDED = ("completed", "unanswered", "stopped", "exhausted", "channel_gone", "not_allowed", "interrupted")


def upgrade() -> None:
    _create_games()
    _create_rounds()
    _create_daily()
    op.create_table(
        "trivia_rules",
        _discord_id("guild_id", primary_key=True),
        sa.Column("channel_ids", sa.JSON, nullable=False),
        _discord_id("starter_role_id", nullable=True),
        sa.Column("settings", sa.JSON, nullable=False),
        sa.Column("own_thread", sa.Boolean, nullable=False),
    )


def _row_id() -> sa.types.TypeEngine[int]:
    return sa.BigInteger().with_variant(sa.Integer, "sqlite")


def _one_of(name: str, *values: str, nullable: bool = False) -> sa.Column[str]:
    kind = sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=16)
    return sa.Column(name, kind, nullable=nullable)


def _discord_id(
    name: str, *, nullable: bool = False, primary_key: bool = False, unique: bool = False
) -> sa.Column[int]:
    return sa.Column(
        name, sa.BigInteger, nullable=nullable, primary_key=primary_key, autoincrement=False, unique=unique
    )


def _number(name: str, *, nullable: bool = False, primary_key: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=nullable, primary_key=primary_key, autoincrement=False)


def _instant(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.DateTime(timezone=True), nullable=False)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False)


def _json(name: str) -> sa.Column[object]:
    return sa.Column(name, sa.JSON, nullable=False)


def _game() -> sa.Column[int]:
    owner = sa.ForeignKey("trivia_game.id", ondelete="CASCADE")
    return sa.Column("game_id", _row_id(), owner, primary_key=True)


def _create_games() -> None:
    op.create_table(
        "trivia_game",
        sa.Column("id", _row_id(), primary_key=True),
        _discord_id("busy_channel_id", nullable=True, unique=True),
        _discord_id("channel_id"),
        _discord_id("guild_id", nullable=True),
        _discord_id("started_by"),
        _instant("started_at"),
        sa.Column("language", sa.String(5), nullable=False),
        _json("settings"),
        _one_of("phase", "started", "asked", "revealed", "over"),
        _one_of("ended", *_ENDED, nullable=True),
        _instant("changed_at"),
        _number("silent_rounds"),
        _number("version"),
        sa.Column("runner", sa.String(40)),
        _flag("told"),
        sa.CheckConstraint("(phase = 'over') = (busy_channel_id IS NULL)", name="busy"),
        sa.CheckConstraint("(phase = 'over') = (ended IS NOT NULL)", name="ended_when_over"),
        sa.Index(None, "told"),
    )
    op.create_table("trivia_runner", sa.Column("id", sa.String(40), primary_key=True), _instant("seen_at"))


def _create_rounds() -> None:
    op.create_table(
        "trivia_round",
        _game(),
        _number("number", primary_key=True),
        _discord_id("place_id"),
        sa.Column("question_key", sa.Text, nullable=False),
        _one_of("topic", "dramas", "songs", "artists", "awards", "initials"),
        _number("decade", nullable=True),
        _instant("asked_at"),
        _json("snapshot"),
        sa.Index(None, "place_id", "asked_at"),
        sa.Index(None, "question_key"),
    )
    op.create_table(
        "trivia_answer",
        _game(),
        _number("number", primary_key=True),
        _discord_id("user_id", primary_key=True),
        _discord_id("interaction_id"),
        _json("tries"),
    )
    op.create_table(
        "trivia_score",
        _game(),
        _number("number", primary_key=True),
        _discord_id("user_id", primary_key=True),
        _discord_id("guild_id", nullable=True),
        _instant("scored_at"),
        _flag("answered"),
        _number("points"),
        _number("streak"),
        _discord_id("elapsed_us", nullable=True),
        sa.CheckConstraint("points >= 0 AND streak >= 0", name="points"),
        sa.CheckConstraint("elapsed_us IS NULL OR answered", name="right_is_answered"),
        sa.Index(None, "guild_id", "scored_at"),
        sa.Index(None, "user_id"),
    )


def _create_daily() -> None:
    op.create_table("trivia_daily", sa.Column("day", sa.Date, primary_key=True), _json("questions"))
    op.create_table(
        "trivia_daily_answer",
        sa.Column("day", sa.Date, sa.ForeignKey("trivia_daily.day"), primary_key=True),
        _discord_id("user_id", primary_key=True),
        _number("number", primary_key=True),
        _number("option"),
        _flag("is_right"),
        _discord_id("interaction_id"),
        sa.Index(None, "user_id"),
    )
