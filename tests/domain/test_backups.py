"""Which backups are kept."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backups import Keep, kept

SUNDAY = date(2026, 3, 29)
USUAL = Keep(daily=7, weekly=4)


def after_days(count: int, keep: Keep) -> set[date]:
    """What is left when a backup was made on each of so many days, the last of them SUNDAY."""
    left: set[date] = set()
    for ago in reversed(range(count)):
        left = kept({*left, SUNDAY - timedelta(days=ago)}, keep)
    return left


def test_a_hundred_days_leave_the_last_seven_and_the_last_four_weeks():
    left = after_days(100, USUAL)
    week = {SUNDAY - timedelta(days=ago) for ago in range(7)}
    sundays = {SUNDAY - timedelta(weeks=ago) for ago in range(4)}
    assert left == week | sundays


def test_weeks_alone_and_days_alone():
    assert after_days(100, Keep(0, 2)) == {SUNDAY, SUNDAY - timedelta(days=7)}
    assert after_days(100, Keep(2, 0)) == {SUNDAY, SUNDAY - timedelta(days=1)}
    assert after_days(100, Keep(0, 0)) == set()
    assert not Keep(0, 0).any


days = st.sets(st.dates(date(2020, 1, 1), date(2030, 12, 31)), max_size=60)
keeps = st.builds(Keep, st.integers(0, 10), st.integers(0, 10))


@given(days, keeps)
def test_never_more_than_asked_for_and_always_the_newest(made, keep):
    left = kept(made, keep)
    assert left <= made
    assert len(left) <= keep.daily + keep.weekly
    if made and keep.any:
        assert max(made) in left


@given(st.integers(1, 120), keeps)
def test_what_is_older_than_the_longest_time_is_gone(count, keep):
    assert all(SUNDAY - day < timedelta(days=max(keep.longest_days, 1)) for day in after_days(count, keep))
