"""How a game is to be played."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .questions.bank import CHOSEONG_KINDS, QUIZ_KINDS, TYPED_KINDS, Pool
from .questions.difficulty import Level
from .questions.knowledge import Circle
from .questions.question import QuestionKind, Topic

ROUNDS_DEFAULT, ROUNDS_MOST = 10, 50
SECONDS_DEFAULT, SECONDS_LEAST, SECONDS_MOST = 20, 5, 180


class Mode(StrEnum):
    QUIZ = "quiz"  # four buttons
    TYPE = "type"  # the answer is typed
    CHOSEONG = "choseong"  # typed, from initials

    @property
    def kinds(self) -> frozenset[QuestionKind]:
        """What is asked in this mode."""
        return {Mode.QUIZ: QUIZ_KINDS, Mode.TYPE: TYPED_KINDS, Mode.CHOSEONG: CHOSEONG_KINDS}[self]


@dataclass(frozen=True, slots=True)
class Settings:
    """``seconds`` is the time for each answer. ``may_change``: a pressed answer may change until time is up."""

    mode: Mode = Mode.QUIZ
    round_count: int = ROUNDS_DEFAULT
    seconds: int = SECONDS_DEFAULT
    pool: Pool = field(default_factory=Pool)
    may_change: bool = True

    def snapshot(self) -> dict[str, Any]:
        """Plain JSON."""
        return {
            "mode": self.mode.value,
            "round_count": self.round_count,
            "seconds": self.seconds,
            "may_change": self.may_change,
            "circle": self.pool.circle.name.lower(),
            "topics": sorted(self.pool.topics),
            "decade": self.pool.decade,
            "level": self.pool.level.value,
        }

    @classmethod
    def from_snapshot(cls, data: dict[str, Any]) -> "Settings":
        """The settings ``snapshot`` was taken of."""
        pool = Pool(
            circle=Circle[data["circle"].upper()],
            topics=frozenset(map(Topic, data["topics"])),
            decade=data["decade"],
            level=Level(data["level"]),
        )
        return cls(Mode(data["mode"]), data["round_count"], data["seconds"], pool, data["may_change"])
