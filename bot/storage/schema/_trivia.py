"""Trivia: games with their rounds, answers and scores; the daily quiz; what a server's admins decided."""

from sqlalchemy import (
    JSON,
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
    Text,
)

from bot.domain.trivia.game import EndReason, Phase
from bot.domain.trivia.questions.question import Topic
from bot.storage.columns import UtcDateTime

from ._base import OnForget, RowId, metadata, of_member, one_of


def _game() -> Column[int]:
    return Column("game_id", RowId, ForeignKey("trivia_game.id", ondelete="CASCADE"), primary_key=True)


def _number() -> Column[int]:
    return Column("number", Integer, primary_key=True, autoincrement=False)


def _user(on_forget: OnForget) -> Column[int]:
    return of_member("user_id", on_forget, primary_key=True)


trivia_game = Table(
    "trivia_game",
    metadata,
    Column("id", RowId, primary_key=True),
    # The channel while the game goes on, null once it is over: a channel has one game at a time.
    Column("busy_channel_id", BigInteger, unique=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("guild_id", BigInteger),
    of_member("started_by", OnForget.ANONYMISE),
    Column("started_at", UtcDateTime, nullable=False),
    Column("language", String(5), nullable=False),
    Column("settings", JSON, nullable=False),
    Column("phase", one_of(Phase, "phase"), nullable=False),
    Column("ended", one_of(EndReason, "ended")),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("silent_rounds", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    # The process that runs it; null when that one has let go of it.
    Column("runner", String(40)),
    # Whether its scoreboard was shown, or nobody is left to see it.
    Column("told", Boolean, nullable=False),
    CheckConstraint("(phase = 'over') = (busy_channel_id IS NULL)", name="busy"),
    CheckConstraint("(phase = 'over') = (ended IS NOT NULL)", name="ended_when_over"),
    Index(None, "told"),
)

trivia_round = Table(
    "trivia_round",
    metadata,
    _game(),
    _number(),
    # The server, or the channel of direct messages: whose players have seen the question.
    Column("place_id", BigInteger, nullable=False),
    Column("question_key", Text, nullable=False),
    Column("topic", one_of(Topic, "topic"), nullable=False),
    Column("decade", Integer),
    Column("asked_at", UtcDateTime, nullable=False),
    Column("snapshot", JSON, nullable=False),
    Index(None, "place_id", "asked_at"),
    Index(None, "question_key"),
)

trivia_answer = Table(
    "trivia_answer",
    metadata,
    _game(),
    _number(),
    _user(OnForget.DELETE),
    # The latest try's, and all tries in the order Discord stamped them.
    Column("interaction_id", BigInteger, nullable=False),
    Column("tries", JSON, nullable=False),
)

trivia_score = Table(
    "trivia_score",
    metadata,
    _game(),
    _number(),
    _user(OnForget.ANONYMISE),
    # The server on whose board it counts; null in direct messages and after a reset.
    Column("guild_id", BigInteger),
    Column("scored_at", UtcDateTime, nullable=False),
    Column("answered", Boolean, nullable=False),
    Column("points", Integer, nullable=False),
    Column("streak", Integer, nullable=False),
    # From the asking to a right answer; null when it was wrong or there was none.
    Column("elapsed_us", BigInteger),
    CheckConstraint("points >= 0 AND streak >= 0", name="points"),
    CheckConstraint("elapsed_us IS NULL OR answered", name="right_is_answered"),
    Index(None, "guild_id", "scored_at"),
    Index(None, "user_id"),
)

trivia_runner = Table(
    "trivia_runner",
    metadata,
    Column("id", String(40), primary_key=True),
    Column("seen_at", UtcDateTime, nullable=False),
)

trivia_daily = Table(
    "trivia_daily",
    metadata,
    Column("day", Date, primary_key=True),
    Column("questions", JSON, nullable=False),
)

trivia_daily_answer = Table(
    "trivia_daily_answer",
    metadata,
    Column("day", Date, ForeignKey("trivia_daily.day"), primary_key=True),
    _user(OnForget.ANONYMISE),
    _number(),
    Column("option", Integer, nullable=False),
    Column("is_right", Boolean, nullable=False),
    Column("interaction_id", BigInteger, nullable=False),
    Index(None, "user_id"),
)

trivia_rules = Table(
    "trivia_rules",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_ids", JSON, nullable=False),
    Column("starter_role_id", BigInteger),
    Column("settings", JSON, nullable=False),
    Column("own_thread", Boolean, nullable=False),
)
