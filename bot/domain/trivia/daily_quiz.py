"""The daily quiz: five questions, the same for everyone that day (UTC), one try, a streak, and squares to share."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from .chooser import Memory, choose_question
from .errors import AlreadyAnswered, QuestionAhead, RoundOver
from .questions.bank import Pool, QuestionBank
from .questions.question import Question
from .snowflake import stamped_at

QUESTION_COUNT = 5
FINISH_GRACE = timedelta(minutes=15)  # a try begun before midnight may be finished
RIGHT_SQUARE, WRONG_SQUARE, OPEN_SQUARE = "🟩", "🟥", "⬜"


def quiz_day(interaction_id: int) -> date:
    """The day an interaction belongs to: it turns at 00:00 UTC."""
    return stamped_at(interaction_id).date()


def daily_questions(bank: QuestionBank, day: date, recent: Sequence[str] = ()) -> tuple[Question, ...]:
    """The questions of ``day``, to be stored when they are first needed: another catalog would give others.

    ``recent`` are keys of earlier days' questions, oldest first.
    """
    rng = Random(f"daily quiz {day.isoformat()}")  # noqa: S311 (the same for everyone is the point)
    chosen: list[Question] = []
    for _ in range(QUESTION_COUNT):
        if question := choose_question(bank, Pool(), rng, played=chosen, memory=Memory(recent)):
            chosen.append(question)
    return tuple(chosen)


@dataclass(frozen=True, slots=True)
class DailyAnswer:
    """``interaction_id`` tells a click that was heard twice from a second try."""

    option: int
    is_right: bool
    interaction_id: int


@dataclass(frozen=True, slots=True)
class DailyTry:
    """One player's try at one day: ``answers`` in the order of the questions, fewer while it is not finished."""

    user_id: int
    day: date
    questions: tuple[Question, ...]
    answers: tuple[DailyAnswer, ...] = ()

    @property
    def is_finished(self) -> bool:
        return len(self.answers) == len(self.questions)

    @property
    def right_count(self) -> int:
        return sum(answer.is_right for answer in self.answers)

    @property
    def next_question(self) -> Question | None:
        """None when all are answered."""
        return None if self.is_finished else self.questions[len(self.answers)]

    def answer(self, index: int, option: int, interaction_id: int) -> "DailyTry":
        """Answer question ``index``, once and for good; the same click heard twice changes nothing.

        Raises AlreadyAnswered for an earlier question, QuestionAhead for a later one, RoundOver after the day.
        """
        if index < len(self.answers):
            if self.answers[index].interaction_id == interaction_id:
                return self
            raise AlreadyAnswered(self.answers[index].option)
        if index > len(self.answers):
            raise QuestionAhead(len(self.answers) + 1)
        if stamped_at(interaction_id) >= self.closes_at:
            raise RoundOver(index + 1)
        is_right = option == self.questions[index].right_option
        return replace(self, answers=(*self.answers, DailyAnswer(option, is_right, interaction_id)))

    @property
    def closes_at(self) -> datetime:
        """The end of the day, or a little later for a try that was begun in it."""
        midnight = datetime.combine(self.day + timedelta(days=1), time(), UTC)
        return midnight + FINISH_GRACE if self.answers else midnight

    @property
    def squares(self) -> str:
        """One a question: tells how it went and spoils nothing."""
        done = "".join(RIGHT_SQUARE if answer.is_right else WRONG_SQUARE for answer in self.answers)
        return done + OPEN_SQUARE * (len(self.questions) - len(self.answers))


@dataclass(frozen=True, slots=True)
class DailyStreak:
    """``length`` counts days played; ``frozen`` are the days missed in between that a freeze bridges."""

    length: int
    frozen: tuple[date, ...] = ()


def daily_streak(played: Iterable[date], today: date) -> DailyStreak:
    """The streak that is alive on ``today``; a day not over yet breaks nothing.

    Each calendar month has one freeze, used up by the first of its days, counted back from today, that was missed.
    """
    days = set(played)
    day = today if today in days else today - timedelta(days=1)
    length = 0
    frozen: list[date] = []
    bridging: list[date] = []
    earliest = min(days, default=today)
    while day >= earliest:
        if day in days:
            length += 1
            frozen += bridging
            bridging = []
        elif any((day.year, day.month) == (used.year, used.month) for used in (*frozen, *bridging)):
            break
        else:
            bridging.append(day)
        day -= timedelta(days=1)
    return DailyStreak(length, tuple(sorted(frozen)))
