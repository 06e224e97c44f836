from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.trivia.daily_quiz import FINISH_GRACE, DailyTry, daily_questions, daily_streak, quiz_day
from bot.domain.trivia.errors import AlreadyAnswered, QuestionAhead, RoundOver

from .builders import ANN, RIGHT, WRONG, question, snowflake_at

DAY = date(2026, 8, 30)
MIDNIGHT = datetime(2026, 8, 31, tzinfo=UTC)


def days_ago(*numbers: int) -> list[date]:
    return [DAY - timedelta(days=number) for number in numbers]


@pytest.fixture
def begun() -> DailyTry:
    return DailyTry(ANN, DAY, tuple(map(question, range(5))))


def test_the_questions_of_a_day_are_the_same_for_everyone_and_differ_from_other_days(bank):
    today = daily_questions(bank, DAY)
    assert len(today) == 5
    assert today == daily_questions(bank, DAY)
    tomorrow = daily_questions(bank, DAY + timedelta(days=1), [one.key for one in today])
    assert not {one.key for one in today} & {one.key for one in tomorrow}


def test_the_day_turns_at_midnight_utc():
    assert quiz_day(snowflake_at(MIDNIGHT)) == DAY + timedelta(days=1)
    assert quiz_day(snowflake_at(MIDNIGHT) - 1) == DAY


def test_each_question_is_answered_once_in_order(begun):
    one = begun.answer(0, RIGHT, 100)
    assert one.answer(0, RIGHT, 100) is one
    with pytest.raises(AlreadyAnswered):
        one.answer(0, WRONG, 101)
    with pytest.raises(QuestionAhead) as caught:
        one.answer(2, RIGHT, 102)
    assert caught.value.number == 2


def test_squares_tell_how_it_went_and_nothing_else(begun):
    for index, option in enumerate((RIGHT, WRONG, RIGHT)):
        begun = begun.answer(index, option, index)
    assert begun.squares == "🟩🟥🟩⬜⬜"
    assert not begun.is_finished
    for index in (3, 4):
        begun = begun.answer(index, RIGHT, index)
    assert (begun.is_finished, begun.right_count, begun.next_question) == (True, 4, None)


def test_a_try_begun_before_midnight_may_be_finished_soon_after(begun):
    with pytest.raises(RoundOver):
        begun.answer(0, RIGHT, snowflake_at(MIDNIGHT))
    begun = begun.answer(0, RIGHT, snowflake_at(MIDNIGHT) - 1)
    begun = begun.answer(1, RIGHT, snowflake_at(MIDNIGHT + timedelta(minutes=1)))
    with pytest.raises(RoundOver):
        begun.answer(2, RIGHT, snowflake_at(MIDNIGHT + FINISH_GRACE))


@pytest.mark.parametrize(
    ("played", "length", "frozen"),
    [
        (days_ago(), 0, ()),
        (days_ago(0), 1, ()),
        (days_ago(1, 2), 2, ()),  # today may still be played
        (days_ago(0, 1, 2), 3, ()),
        (days_ago(0, 2, 3), 3, days_ago(1)),  # one freeze a month
        (days_ago(2, 3), 2, days_ago(1)),  # yesterday was missed, today may be played
        (days_ago(0, 2, 4), 2, days_ago(1)),  # the second gap of August ends it
        (days_ago(0, 3), 1, ()),  # two days in a row are not bridged
        ([date(2026, 8, 1), date(2026, 7, 30), date(2026, 7, 29)], 0, ()),
        (days_ago(4), 0, ()),
    ],
)
def test_a_streak_lives_on_one_freeze_a_month(played, length, frozen):
    streak = daily_streak(played, DAY)
    assert (streak.length, list(streak.frozen)) == (length, list(frozen))


def test_each_month_brings_a_new_freeze():
    played = [date(2026, 8, 2), date(2026, 7, 31), date(2026, 7, 29)]
    streak = daily_streak(played, date(2026, 8, 2))
    assert (streak.length, streak.frozen) == (3, (date(2026, 7, 30), date(2026, 8, 1)))


@given(st.sets(st.integers(0, 90)), st.integers(0, 90))
def test_a_streak_never_uses_two_freezes_of_a_month_nor_counts_a_missed_day(played, extra):
    days = set(days_ago(*played))
    streak = daily_streak(days, DAY)
    months = [(day.year, day.month) for day in streak.frozen]
    assert len(months) == len(set(months))
    assert days.isdisjoint(streak.frozen)
    assert streak.length <= len(days)
    assert daily_streak(days | set(days_ago(extra)), DAY).length >= streak.length  # playing never hurts
