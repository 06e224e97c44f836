"""A schedule's open post through setups, pauses and skips."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.daily.clock import Days, Timing
from bot.domain.daily.delivery import State, Why
from bot.domain.daily.order import Choice, Reason
from bot.domain.daily.schedule import BeingPosted, Mode, NoSchedule, Plan, Setup

SEOUL = ZoneInfo("Asia/Seoul")
SETUP = Setup(channel_id=1, set_up_by=2)
NOON = datetime(2026, 5, 1, 3, tzinfo=UTC)  # in Seoul
TODAY = date(2026, 5, 1)
NINE_PM = Timing(time(21), SEOUL)


def at(hour: int, days: Days = Days.EVERY_DAY) -> Timing:
    return Timing(time(hour), SEOUL, days)


@pytest.fixture
def plan() -> Plan:
    return Plan.starting(7, SETUP, NINE_PM, NOON)


def test_it_starts_with_today_if_its_time_is_to_come(plan):
    assert plan.open.local_date == TODAY
    assert Plan.starting(7, SETUP, at(9), NOON).open.local_date == TODAY + timedelta(days=1)


def test_a_time_moved_before_now_posts_today_at_once(plan):
    moved = plan.set_up(SETUP, at(9), NOON)
    assert (moved.open.local_date, moved.open.due_at, moved.closed) == (TODAY, NOON, None)


def test_a_date_that_was_posted_is_not_owed_again(plan):
    posted = Plan(plan.schedule, plan.schedule.following(TODAY), latest=TODAY)
    assert posted.set_up(SETUP, at(23), NOON).open.local_date == TODAY + timedelta(days=1)


def test_another_channel_alone_keeps_the_open_post(plan):
    changed = plan.set_up(Setup(channel_id=9, set_up_by=2), NINE_PM, NOON)
    assert changed.open == plan.open


def test_an_open_post_of_an_earlier_date_is_given_up(plan):
    tomorrow = NOON + timedelta(days=1)
    changed = plan.set_up(SETUP, at(23), tomorrow)
    assert (changed.closed.local_date, changed.closed.why) == (TODAY, Why.CHANGED)
    assert changed.open.local_date == TODAY + timedelta(days=1)


def test_a_post_on_its_way_is_left_alone(plan):
    claimed = plan.open.claim("a", Choice("song", 1, Reason.ORDER), NOON)
    on_its_way = Plan(plan.schedule, claimed)
    assert on_its_way.set_up(SETUP, at(9), NOON).open is claimed
    with pytest.raises(BeingPosted):
        on_its_way.skip()


def test_a_short_pause_costs_nothing(plan):
    resumed = plan.pause().resume(NOON + timedelta(hours=1))
    assert resumed.open.local_date == TODAY
    assert resumed.closed is None


def test_a_date_that_passed_in_a_pause_is_said_to_be_paused(plan):
    resumed = plan.pause().resume(NOON + timedelta(days=3))
    assert resumed.closed.why is Why.PAUSED
    assert resumed.open.local_date == TODAY + timedelta(days=3)


def test_skipping_moves_on_by_one_date(plan):
    skipped = plan.skip()
    assert (skipped.closed.why, skipped.open.local_date) == (Why.ASKED, TODAY + timedelta(days=1))


def test_what_is_off_has_no_schedule_until_it_is_set_up_again(plan):
    off = plan.switch_off()
    for change in (Plan.pause, Plan.skip, Plan.switch_off, lambda plan: plan.resume(NOON)):
        with pytest.raises(NoSchedule):
            change(off)
    again = off.set_up(SETUP, NINE_PM, NOON + timedelta(days=9))
    assert again.schedule.mode is Mode.ON
    assert again.open.due_at >= NOON + timedelta(days=9)


STEPS = st.lists(
    st.tuples(
        st.sampled_from(["set_up", "pause", "resume", "skip", "switch_off", "post"]),
        st.integers(0, 60),
        st.integers(0, 23),
        st.sampled_from([Days.EVERY_DAY, Days.WEEKENDS, Days.MONDAY]),
    ),
    max_size=25,
)


@settings(max_examples=40, deadline=None)
@given(STEPS)
def test_whatever_admins_do_no_date_is_settled_twice_and_one_post_is_always_open(steps):
    now, plan, settled = NOON, Plan.starting(7, SETUP, NINE_PM, NOON), []
    for action, hours, hour, days in steps:
        now += timedelta(hours=hours)
        try:
            plan = _after(action, plan, at(hour, days), now)
        except NoSchedule:
            continue
        if plan.closed:
            settled.append(plan.closed.local_date)
        assert plan.open.state is State.DUE
        assert plan.open.local_date not in settled
    assert settled == sorted(set(settled))


def _after(action: str, plan: Plan, timing: Timing, now: datetime) -> Plan:
    match action:
        case "set_up":
            return plan.set_up(SETUP, timing, now)
        case "resume":
            return plan.resume(now)
        case "post":
            closed = plan.open.claim("a", Choice("song", 1, Reason.ORDER), now).sent(1)
            return Plan(plan.schedule, plan.schedule.following(closed.local_date), closed.local_date, closed)
        case _:
            changed: Plan = getattr(plan, action)()
            return changed
