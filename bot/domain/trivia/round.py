"""One round: a question, who answered what and when, and when it closes.

Nothing here depends on the order in which answers arrive, only on the order in which Discord stamped them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from .questions.question import Question
from .scoring import RightAnswer
from .snowflake import stamped_at

SETTLE = timedelta(seconds=1)  # after the last expected answer: time for a change, or for one who joins
WINDOW = timedelta(seconds=3)  # after the first right guess: others who were typing take part
TRIES_MOST = 20  # of one player in one round; nobody changes their mind more often


@dataclass(frozen=True, slots=True, order=True)
class Try:
    """One press of a button or one typed guess (``option`` is None then)."""

    interaction_id: int
    option: int | None
    right: bool

    @property
    def at(self) -> datetime:
        return stamped_at(self.interaction_id)


@dataclass(frozen=True, slots=True)
class Answer:
    """All that one player tried in a round, in the order stamped; what counts is one of them.

    Pressed: the last try counts, since the first of its unbroken repetitions, or the first try where answers may
    not change. Typed: the first right guess counts; of wrong ones only the first is kept.
    """

    user_id: int
    tries: tuple[Try, ...]

    def counting(self, *, may_change: bool) -> Try:
        """The try that counts."""
        if self.tries[0].option is None:
            return next((one for one in self.tries if one.right), self.tries[0])
        if not may_change:
            return self.tries[0]
        counted = self.tries[-1]
        for one in reversed(self.tries):
            if one.option != counted.option:
                break
            counted = one
        return counted

    def snapshot(self) -> list[list[Any]]:
        """Plain JSON of the tries."""
        return [[one.interaction_id, one.option, one.right] for one in self.tries]

    @classmethod
    def from_snapshot(cls, user_id: int, data: list[list[Any]]) -> "Answer":
        """The answer ``snapshot`` was taken of."""
        return cls(user_id, tuple(Try(*row) for row in data))

    def with_try(self, new: Try) -> "Answer":
        """The same answer where the try is known already, or changes nothing."""
        if any(one.interaction_id == new.interaction_id for one in self.tries):
            return self
        tries = tuple(sorted((*self.tries, new)))
        if new.option is None:
            tries = tuple(next(t for t in tries if t.right is kind) for kind in _kinds(tries))
        return self if tries == self.tries else Answer(self.user_id, tuple(sorted(tries)))


def _kinds(tries: tuple[Try, ...]) -> set[bool]:
    return {one.right for one in tries}


@dataclass(frozen=True, slots=True)
class Round:
    """``askings`` are the times it was asked, more than one after an interruption. ``expected`` are the players
    whose answers it waits for: when all are there it closes early; empty means it does not.
    """

    number: int
    question: Question
    askings: tuple[datetime, ...]
    limit: timedelta
    is_typed: bool = False
    may_change: bool = True
    expected: frozenset[int] = frozenset()
    answers: Mapping[int, Answer] = field(default_factory=dict)
    skip_votes: frozenset[int] = frozenset()
    hint_votes: frozenset[int] = frozenset()
    hint_count: int = 0
    is_skipped: bool = False
    message_id: int | None = None

    @property
    def asked_at(self) -> datetime:
        return self.askings[-1]

    @property
    def deadline(self) -> datetime:
        """The latest end: what a countdown shows."""
        return self.asked_at + self.limit

    @property
    def closes_at(self) -> datetime:
        """The end: answers stamped later are too late."""
        return min(self.deadline, self.settled_at or self.deadline)

    @property
    def settled_at(self) -> datetime | None:
        """The early end: a while after all expected answers, or after the first right guess; None while neither."""
        if not self.is_typed:
            return self._all_answered_at
        rights = [one.at for answer in self.answers.values() for one in answer.tries if one.right]
        return min(rights) + WINDOW if rights else None

    @property
    def _all_answered_at(self) -> datetime | None:
        if not self.expected or not self.expected <= self.answers.keys():
            return None
        return max(self.answers[user_id].tries[0].at for user_id in self.expected) + SETTLE

    def elapsed(self, one: Try) -> timedelta:
        """From the asking it answers, never negative: clocks differ by milliseconds."""
        asked_at = max((at for at in self.askings if at <= one.at), default=one.at)
        return min(one.at - asked_at, self.limit)

    def right_answers(self) -> list[RightAnswer]:
        """Who is right, the earliest first; of guesses all but the first take part only."""
        rights = sorted((one, user_id) for user_id, one in self._counting().items() if one.right)
        return [
            RightAnswer(user_id, self.elapsed(one), self.is_typed and index > 0)
            for index, (one, user_id) in enumerate(rights)
        ]

    def wrong_user_ids(self) -> list[int]:
        return [user_id for user_id, one in self._counting().items() if not one.right]

    def _counting(self) -> dict[int, Try]:
        return {user_id: answer.counting(may_change=self.may_change) for user_id, answer in self.answers.items()}

    def with_answer(self, user_id: int, new: Try) -> "Round":
        """The same round where the try changes nothing."""
        old = self.answers.get(user_id)
        answer = old.with_try(new) if old else Answer(user_id, (new,))
        return self if answer is old else replace(self, answers={**self.answers, user_id: answer})

    def snapshot(self) -> dict[str, Any]:
        """Plain JSON of all but the answers, which are rows of their own."""
        return {
            "number": self.number,
            "question": self.question.snapshot(),
            "askings": [at.isoformat() for at in self.askings],
            "limit_s": self.limit.total_seconds(),
            "is_typed": self.is_typed,
            "may_change": self.may_change,
            "expected": sorted(self.expected),
            "skip_votes": sorted(self.skip_votes),
            "hint_votes": sorted(self.hint_votes),
            "hint_count": self.hint_count,
            "is_skipped": self.is_skipped,
            "message_id": self.message_id,
        }

    @classmethod
    def from_snapshot(cls, data: dict[str, Any], answers: Mapping[int, Answer]) -> "Round":
        """The round ``snapshot`` was taken of, with its answers by user id."""
        return cls(
            number=data["number"],
            question=Question.from_snapshot(data["question"]),
            askings=tuple(map(datetime.fromisoformat, data["askings"])),
            limit=timedelta(seconds=data["limit_s"]),
            is_typed=data["is_typed"],
            may_change=data["may_change"],
            expected=frozenset(data["expected"]),
            answers=answers,
            skip_votes=frozenset(data["skip_votes"]),
            hint_votes=frozenset(data["hint_votes"]),
            hint_count=data["hint_count"],
            is_skipped=data["is_skipped"],
            message_id=data["message_id"],
        )
