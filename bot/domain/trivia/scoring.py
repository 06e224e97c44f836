"""What answers are worth, who leads, and what there is to tell at the end."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

FULL_POINTS = 100
LATE_POINTS = 50  # for a right answer at the last moment
PART = 0.5  # of the points, for those who typed the answer after somebody else
HINT_COST = 0.25  # of the points, for each hint that was out
STREAK_POINTS = 10  # for each right answer in a row before this one
STREAK_POINTS_MOST = 50


def points_for_time(elapsed: timedelta, limit: timedelta) -> int:
    """From ``FULL_POINTS`` at once to ``LATE_POINTS`` at the limit, evenly."""
    share = min(max(elapsed / limit, 0.0), 1.0)
    return round(FULL_POINTS - (FULL_POINTS - LATE_POINTS) * share)


def streak_bonus(streak: int) -> int:
    """``streak`` counts right answers in a row, this one included."""
    return min(STREAK_POINTS * max(streak - 1, 0), STREAK_POINTS_MOST)


@dataclass(frozen=True, slots=True)
class RightAnswer:
    """A right answer as it is scored. ``is_part``: somebody else typed it before."""

    user_id: int
    elapsed: timedelta
    is_part: bool = False


@dataclass(frozen=True, slots=True)
class Scored:
    """What a round brought one player: a line of the reveal and a row to store.

    ``elapsed`` is None and ``points`` 0 for a wrong answer and for a player who gave none.
    """

    user_id: int
    points: int
    streak: int
    elapsed: timedelta | None = None
    answered: bool = True

    @property
    def right(self) -> bool:
        return self.elapsed is not None


@dataclass(frozen=True, slots=True)
class Standing:
    """One player's game so far."""

    user_id: int
    points: int = 0
    right_count: int = 0
    answer_count: int = 0
    streak: int = 0
    best_streak: int = 0
    last_answered_round: int = 0

    def with_round(self, scored: Scored, number: int) -> "Standing":
        """After round ``number``."""
        return replace(
            self,
            points=self.points + scored.points,
            right_count=self.right_count + scored.right,
            answer_count=self.answer_count + scored.answered,
            streak=scored.streak,
            best_streak=max(self.best_streak, scored.streak),
            last_answered_round=number if scored.answered else self.last_answered_round,
        )


def score_round(
    right: Iterable[RightAnswer],
    wrong_user_ids: Iterable[int],
    standings: Mapping[int, Standing],
    limit: timedelta,
    hint_count: int = 0,
) -> tuple[Scored, ...]:
    """A line for each who answered and for each player who did not, whose streak ends; best first."""
    lines = [_scored(answer, standings, limit, hint_count) for answer in right]
    lines += [Scored(user_id, points=0, streak=0) for user_id in wrong_user_ids]
    seen = {line.user_id for line in lines}
    lines += [Scored(user_id, points=0, streak=0, answered=False) for user_id in standings if user_id not in seen]
    return tuple(sorted(lines, key=lambda line: (-line.points, line.elapsed or limit, not line.answered, line.user_id)))


def _scored(answer: RightAnswer, standings: Mapping[int, Standing], limit: timedelta, hint_count: int) -> Scored:
    before = standings.get(answer.user_id)
    streak = (before.streak if before else 0) + 1
    share = max(1 - HINT_COST * hint_count, 0.0) * (PART if answer.is_part else 1.0)
    points = round(points_for_time(answer.elapsed, limit) * share) + streak_bonus(streak)
    return Scored(answer.user_id, points, streak, answer.elapsed)


@dataclass(frozen=True, slots=True)
class Place:
    """``rank`` counts from 1; those with the same points share it, and the next rank is left out."""

    rank: int
    standing: Standing


def ranked(standings: Iterable[Standing]) -> tuple[Place, ...]:
    """Most points first; among equals in order of user id, which tells nothing."""
    rows = sorted(standings, key=lambda standing: (-standing.points, standing.user_id))
    places: list[Place] = []
    for index, row in enumerate(rows):
        shares = bool(places) and places[-1].standing.points == row.points
        places.append(Place(places[-1].rank if shares else index + 1, row))
    return tuple(places)


def podium(standings: Iterable[Standing]) -> tuple[Place, ...]:
    """All who share the first three ranks and have any points."""
    return tuple(place for place in ranked(standings) if place.rank <= 3 and place.standing.points)  # noqa: PLR2004 (a podium)
