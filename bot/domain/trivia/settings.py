"""How a game is to be played."""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from bot.domain.errors import Gone

from .questions.bank import CHOSEONG_KINDS, QUIZ_KINDS, TYPED_KINDS, Pool
from .questions.difficulty import Level
from .questions.knowledge import Circle
from .questions.question import QuestionKind, Topic, topic_of

ROUNDS_DEFAULT, ROUNDS_MOST = 10, 50
SECONDS_DEFAULT, SECONDS_LEAST, SECONDS_MOST = 20, 5, 180
DECADES = (2000, 2010, 2020)
"""Those that a game can be limited to, each by its first year."""

# mode, rounds, seconds, circle, topics, decade (0: any), level, own thread
_CODE = re.compile(r"([0-9])-([0-9]{1,2})-([0-9]{1,3})-([0-9])-([0-9]*)-(0|[0-9]{4})-([0-9])-([01])")


class Mode(StrEnum):
    QUIZ = "quiz"  # four buttons
    TYPE = "type"  # the answer is typed
    CHOSEONG = "choseong"  # typed, from initials

    @property
    def kinds(self) -> frozenset[QuestionKind]:
        """What is asked in this mode."""
        return {Mode.QUIZ: QUIZ_KINDS, Mode.TYPE: TYPED_KINDS, Mode.CHOSEONG: CHOSEONG_KINDS}[self]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """What there is to choose among in this mode."""
        found = {topic_of(kind) for kind in self.kinds}
        return tuple(topic for topic in Topic if topic in found)


@dataclass(frozen=True, slots=True)
class Settings:
    """``seconds`` is the time for each answer. ``may_change``: a pressed answer may change until time is up.
    ``own_thread``: it is played in a thread opened for it, where a channel can have threads.
    """

    mode: Mode = Mode.QUIZ
    round_count: int = ROUNDS_DEFAULT
    seconds: int = SECONDS_DEFAULT
    pool: Pool = field(default_factory=Pool)
    may_change: bool = True
    own_thread: bool = False

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
            "own_thread": self.own_thread,
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
        own_thread = data.get("own_thread", False)  # games of before there were such threads have none
        return cls(Mode(data["mode"]), data["round_count"], data["seconds"], pool, data["may_change"], own_thread)

    def code(self) -> str:
        """All but ``may_change``, which is the server's, in at most 28 characters: for a button that works for ever.

        Enumerations stand there by their place, so new members go to their ends.
        """
        pool = self.pool
        topics = "".join(str(place) for place, topic in enumerate(Topic) if topic in pool.topics)
        mode, level = list(Mode).index(self.mode), list(Level).index(pool.level)
        parts = (mode, self.round_count, self.seconds, pool.circle.value, topics, pool.decade or 0, level)
        return "-".join(map(str, (*parts, int(self.own_thread))))

    @classmethod
    def from_code(cls, text: str) -> "Settings":
        """The settings ``code`` was made of; raises Gone for what can be none of ours, for anybody may forge one."""
        if not (found := _CODE.fullmatch(text)):
            raise Gone(text)
        mode, rounds, seconds, circle, topics, decade, level, own_thread = found.groups()
        try:
            pool = Pool(
                circle=Circle(int(circle)),
                topics=frozenset(list(Topic)[int(place)] for place in topics),
                decade=int(decade) or None,
                level=list(Level)[int(level)],
            )
            made = cls(list(Mode)[int(mode)], int(rounds), int(seconds), pool, own_thread=own_thread == "1")
        except (ValueError, IndexError):
            raise Gone(text) from None
        return made.checked()

    def with_choices(
        self, mode: str | None = None, rounds: int | None = None, seconds: int | None = None, circle: str | None = None
    ) -> "Settings":
        """What somebody chose in a command; the rest as it was. Raises ValueError or KeyError for no choice of ours."""
        return replace(
            self,
            mode=Mode(mode) if mode else self.mode,
            round_count=rounds or self.round_count,
            seconds=seconds or self.seconds,
            pool=replace(self.pool, circle=Circle[circle.upper()]) if circle else self.pool,
        )

    def checked(self) -> "Settings":
        """Itself; raises Gone where it holds what nobody can choose."""
        can_be_chosen = (
            1 <= self.round_count <= ROUNDS_MOST
            and SECONDS_LEAST <= self.seconds <= SECONDS_MOST
            and self.pool.topics <= set(self.mode.topics)
            and self.pool.decade in (None, *DECADES)
        )
        if not can_be_chosen:
            raise Gone(self.code())
        return self
