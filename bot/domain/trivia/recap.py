"""What there is to tell at the end of a game, and what a player can look at again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from .questions.question import Question
from .scoring import Place, Scored, Standing, podium


@dataclass(frozen=True, slots=True)
class PlayedRound:
    """A closed round as it is stored."""

    number: int
    question: Question
    lines: tuple[Scored, ...]

    @property
    def answer_count(self) -> int:
        return sum(line.answered for line in self.lines)

    @property
    def right_count(self) -> int:
        return sum(line.right for line in self.lines)


@dataclass(frozen=True, slots=True)
class Fastest:
    user_id: int
    number: int
    elapsed: timedelta


@dataclass(frozen=True, slots=True)
class LongestStreak:
    """``user_ids`` share it."""

    user_ids: tuple[int, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Recap:
    """None where there is nothing to tell: nobody was right, no streak was longer than one, nobody missed anything."""

    places: tuple[Place, ...]
    fastest: Fastest | None
    longest_streak: LongestStreak | None
    hardest: PlayedRound | None


def recap(rounds: Sequence[PlayedRound], standings: Iterable[Standing]) -> Recap:
    """``rounds`` in the order played."""
    board = tuple(standings)
    return Recap(podium(board), _fastest(rounds), _longest_streak(board), _hardest(rounds))


def missed(rounds: Iterable[PlayedRound], user_id: int) -> tuple[PlayedRound, ...]:
    """Rounds in which a player was wrong, or, having joined before, said nothing."""
    return tuple(one for one in rounds if any(line.user_id == user_id and not line.right for line in one.lines))


def _fastest(rounds: Iterable[PlayedRound]) -> Fastest | None:
    rights = (
        (line.elapsed, one.number, line.user_id) for one in rounds for line in one.lines if line.elapsed is not None
    )
    best = min(rights, default=None)
    return Fastest(user_id=best[2], number=best[1], elapsed=best[0]) if best else None


def _longest_streak(standings: Sequence[Standing]) -> LongestStreak | None:
    length = max((standing.best_streak for standing in standings), default=0)
    holders = tuple(sorted(standing.user_id for standing in standings if standing.best_streak == length))
    return LongestStreak(holders, length) if length > 1 else None


def _hardest(rounds: Iterable[PlayedRound]) -> PlayedRound | None:
    """The smallest share of right answers; of equals the one that the catalog holds for harder."""
    tried = [one for one in rounds if one.right_count < one.answer_count]
    return min(tried, key=lambda one: (one.right_count / one.answer_count, -one.question.difficulty), default=None)
