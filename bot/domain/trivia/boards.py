"""Scoreboards over time, and what a player's recorded answers tell about them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .questions.question import Topic


class Period(StrEnum):
    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def begins_at(self, now: datetime) -> datetime | None:
        """Its first moment, in the zone of ``now``; weeks begin on Monday. None: from the beginning."""
        midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
        begins = {
            Period.TODAY: midnight,
            Period.WEEK: midnight - timedelta(days=now.weekday()),
            Period.MONTH: midnight.replace(day=1),
        }
        return begins.get(self)


@dataclass(frozen=True, slots=True)
class AnsweredQuestion:
    """One player's recorded answer. ``decade`` is the question's, if any; ``share_right`` that of all who tried."""

    question_key: str
    topic: Topic
    decade: int | None
    is_right: bool
    share_right: float


@dataclass(frozen=True, slots=True)
class Accuracy:
    right_count: int
    answer_count: int


@dataclass(frozen=True, slots=True)
class Profile:
    """``favourite_decade`` is the one they answered most rightly about; ``hardest_right`` a question's key."""

    by_topic: dict[Topic, Accuracy]
    best_streak: int
    favourite_decade: int | None
    hardest_right: str | None


def profile(answers: Sequence[AnsweredQuestion]) -> Profile:
    """``answers`` oldest first."""
    asked = Counter(answer.topic for answer in answers)
    rights = [answer for answer in answers if answer.is_right]
    known = Counter(answer.topic for answer in rights)
    decades = Counter(answer.decade for answer in rights if answer.decade is not None)
    hardest = min(rights, key=lambda answer: answer.share_right, default=None)
    return Profile(
        by_topic={topic: Accuracy(known[topic], asked[topic]) for topic in Topic if asked[topic]},
        best_streak=_best_streak(answers),
        favourite_decade=max(decades, key=lambda decade: (decades[decade], decade), default=None),
        hardest_right=hardest.question_key if hardest else None,
    )


def _best_streak(answers: Sequence[AnsweredQuestion]) -> int:
    best = streak = 0
    for answer in answers:
        streak = streak + 1 if answer.is_right else 0
        best = max(best, streak)
    return best
