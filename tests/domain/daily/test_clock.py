from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.clock import Agenda, Days, Timing, date_exists, first_moment
from tests.domain.daily.slots import due_slots

SEOUL, NEW_YORK, APIA = ZoneInfo("Asia/Seoul"), ZoneInfo("America/New_York"), ZoneInfo("Pacific/Apia")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(text, zone=UTC):
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


def daily(clock_time, zone, days=Days.EVERY_DAY):
    return Timing(time.fromisoformat(clock_time), zone, days)


@pytest.mark.parametrize(
    ("zone", "wall", "expected"),
    [
        ("America/New_York", "2026-03-08 02:30", "2026-03-08 07:00"),  # 2:00 → 3:00
        ("America/New_York", "2026-03-08 02:00", "2026-03-08 07:00"),
        ("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30"),  # twice: the first, still in summer time
        ("Australia/Lord_Howe", "2026-10-04 02:10", "2026-10-03 15:30"),  # half an hour only
        ("America/Santiago", "2026-09-06 00:30", "2026-09-06 04:00"),  # midnight itself is missing
        ("Antarctica/Troll", "2026-03-29 02:15", "2026-03-29 01:00"),  # two hours at once
    ],
)
def test_a_missing_time_comes_at_the_first_moment_after_and_a_double_one_at_its_first(zone, wall, expected):
    wanted = datetime.fromisoformat(wall)
    assert first_moment(wanted.date(), wanted.time(), ZoneInfo(zone)) == at(expected)


def test_a_date_that_a_zone_left_out_is_owed_nothing():
    agenda = Agenda.starting(daily("09:00", APIA), at("2011-12-28 12:00", APIA))
    assert not date_exists(date(2011, 12, 30), APIA)
    assert [slot.local_date.day for slot in due_slots(agenda, at("2012-01-01 12:00", APIA))] == [29, 31, 1]


def test_set_up_before_todays_time_it_starts_today_and_after_it_tomorrow():
    timing = daily("09:00", SEOUL)
    assert Agenda.starting(timing, at("2026-05-01 08:59", SEOUL)).next_slot().due_at == at("2026-05-01 09:00", SEOUL)
    assert Agenda.starting(timing, at("2026-05-01 09:01", SEOUL)).next_slot().due_at == at("2026-05-02 09:00", SEOUL)


def test_only_the_days_asked_for_are_owed():
    friday_evening = at("2026-05-01 20:00", SEOUL)
    for days, expected in [
        (Days.WEEKDAYS, date(2026, 5, 4)),
        (Days.WEEKENDS, date(2026, 5, 2)),
        (Days.FRIDAY, date(2026, 5, 8)),
        (Days.SUNDAY, date(2026, 5, 3)),
    ]:
        assert Agenda.starting(daily("09:00", SEOUL, days), friday_evening).next_slot().local_date == expected


def test_a_time_moved_later_before_it_came_posts_once_today_at_the_new_time():
    agenda = Agenda.starting(daily("09:00", SEOUL), at("2026-05-01 12:00", SEOUL))
    agenda = agenda.changed(daily("21:00", SEOUL), at("2026-05-02 08:00", SEOUL))
    assert agenda.next_slot().due_at == at("2026-05-02 21:00", SEOUL)


def test_a_time_moved_after_todays_post_makes_no_second_one():
    agenda = Agenda.starting(daily("09:00", SEOUL), at("2026-05-01 08:00", SEOUL))
    agenda = agenda.changed(daily("21:00", SEOUL), at("2026-05-01 10:00", SEOUL))
    assert agenda.next_slot(after=date(2026, 5, 1)).due_at == at("2026-05-02 21:00", SEOUL)


def test_a_time_moved_into_the_past_before_todays_post_makes_it_due_at_once():
    agenda = Agenda.starting(daily("21:00", SEOUL), at("2026-05-01 08:00", SEOUL))
    changed_at = at("2026-05-01 20:59", SEOUL)
    agenda = agenda.changed(daily("09:00", SEOUL), changed_at)
    assert agenda.next_slot().due_at == changed_at
    assert agenda.next_slot(after=date(2026, 5, 1)).due_at == at("2026-05-02 09:00", SEOUL)


def test_changing_a_schedule_that_owes_nothing_today_does_not_make_it_post_at_once():
    agenda = Agenda.starting(daily("09:00", SEOUL), at("2026-05-01 10:00", SEOUL))
    agenda = agenda.changed(daily("09:30", SEOUL), at("2026-05-01 10:05", SEOUL))
    assert agenda.next_slot().due_at == at("2026-05-02 09:30", SEOUL)


def test_moving_west_after_todays_post_waits_for_the_next_date_there():
    agenda = Agenda.starting(daily("09:00", SEOUL), at("2026-05-01 08:00", SEOUL))
    agenda = agenda.changed(daily("09:00", NEW_YORK), at("2026-05-02 10:00", SEOUL))  # still 1 May in New York
    assert agenda.next_slot(after=date(2026, 5, 2)).due_at == at("2026-05-03 09:00", NEW_YORK)


def test_a_resumed_schedule_does_not_make_up_for_its_pause():
    agenda = Agenda.starting(daily("09:00", SEOUL), at("2026-05-01 08:00", SEOUL))
    resumed = Agenda.starting(agenda.timing, at("2026-06-01 12:00", SEOUL))
    assert resumed.next_slot(after=date(2026, 5, 9)).local_date == date(2026, 6, 2)


@given(st.sampled_from(Days), st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 400))
def test_counting_days_agrees_with_looking_at_each(days, start, length):
    assert days.how_many(start, start + length * DAY) == sum(days.include(start + n * DAY) for n in range(length))


MOMENTS = st.datetimes(datetime(2010, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis wants bare bounds
TIMINGS = st.builds(
    Timing,
    st.times().map(lambda t: t.replace(second=0, microsecond=0)),
    st.timezone_keys().map(ZoneInfo),
    st.sampled_from(Days),
)


@given(TIMINGS, MOMENTS, st.lists(st.tuples(st.timedeltas(timedelta(0), 40 * HOUR), st.none() | TIMINGS), max_size=30))
def test_whatever_is_changed_and_however_the_clock_jumps_a_date_is_posted_at_most_once(timing, now, events):
    agenda, posted, latest = Agenda.starting(timing, now), [], None
    for passed, new_timing in events:
        now += passed - 8 * HOUR  # the machine's clock may also jump back
        for slot in list(due_slots(agenda, now, latest)):
            posted.append(slot.local_date)
            latest = slot.local_date
        if new_timing:
            agenda = agenda.changed(new_timing, now)
    assert posted == sorted(set(posted))


@given(TIMINGS, MOMENTS, TIMINGS, st.timedeltas(timedelta(0), 72 * HOUR))
def test_a_change_on_a_date_that_was_owed_leaves_exactly_one_post_on_it(timing, now, new_timing, passed):
    agenda = Agenda.starting(timing, now)
    now += passed
    before = [slot.local_date for slot in due_slots(agenda, now)]
    today = now.astimezone(new_timing.zone).date()
    owed = agenda.due_at(today) is not None and new_timing.instant_on(today) is not None
    agenda = agenda.changed(new_timing, now)
    after = [slot.local_date for slot in due_slots(agenda, now + 3 * DAY, max(before, default=None))]
    if owed and max(before, default=today) <= today:
        assert (before + after).count(today) == 1
