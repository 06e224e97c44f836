"""Issue 5's promise about clocks, walked through: every IANA zone, every day of twenty years."""

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.daily.clock import Agenda, Timing, date_exists, first_moment
from tests.domain.daily.slots import due_slots

START, END = datetime(2010, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)
# Both moved to the other side of the date line at the end of 29 December 2011.
LEFT_OUT = {"Pacific/Apia": {date(2011, 12, 30)}, "Pacific/Fakaofo": {date(2011, 12, 30)}}


def zones_by_rules():
    """One name for each set of rules: names whose compiled rules are the same bytes behave the same."""
    names = {}
    for key in sorted(available_timezones() - {"localtime", "Factory"}):
        folder, _, name = f"zoneinfo/{key}".rpartition("/")
        names.setdefault(files("tzdata").joinpath(folder).joinpath(name).read_bytes(), key)
    return sorted(names.values())


@cache
def changes_of(key):
    """Each change of the zone's offset between START and END, as (instant, offset before, offset after)."""
    zone, found, day = ZoneInfo(key), [], START
    before = day.astimezone(zone).utcoffset()
    while day < END:
        day += DAY
        after = day.astimezone(zone).utcoffset()
        if after != before:
            low, high = day - DAY, day
            while high - low > MINUTE:
                middle = (low + (high - low) / 2).replace(second=0, microsecond=0)
                low, high = (middle, high) if middle.astimezone(zone).utcoffset() == before else (low, middle)
            found.append((high, before, after))
        before = after
    return found


def test_all_names_are_walked():
    assert len(available_timezones()) > 590
    assert len(zones_by_rules()) > 300
    assert sum(len(changes_of(key)) for key in zones_by_rules()) > 5000


@pytest.mark.parametrize("key", zones_by_rules())
def test_each_local_date_comes_exactly_once_and_in_order(key):
    """At the time of day that the zone's own clock changes disturb most, or at nine where there are none."""
    gaps = [(instant + before).time() for instant, before, after in changes_of(key) if after > before]
    timing = Timing(gaps[-1] if gaps else time(9), ZoneInfo(key))
    slots = list(due_slots(Agenda.starting(timing, START), END))
    first_date, last_date = slots[0].local_date, slots[-1].local_date
    every_date = [first_date + n * DAY for n in range((last_date - first_date).days + 1)]
    assert [slot.local_date for slot in slots] == [d for d in every_date if d not in LEFT_OUT.get(key, ())]
    assert len(slots) >= 7303
    assert all(earlier.due_at < later.due_at for earlier, later in pairwise(slots))


@pytest.mark.parametrize("key", zones_by_rules())
def test_around_a_clock_change_the_first_moment_that_shows_the_time_or_has_passed_it_is_chosen(key):
    """Checked against a walk that knows only what the clock on the wall shows, minute by minute."""
    zone = ZoneInfo(key)
    for instant, before, after in changes_of(key)[-6:]:
        walk = [instant + n * MINUTE for n in range(-240, 240)]
        shown = [moment.astimezone(zone).replace(tzinfo=None, fold=0) for moment in walk]
        change = (instant + min(before, after)).replace(tzinfo=None)
        for minutes in (-1, 0, 1, 17, 30, 59, 60, 61):
            wanted = change + minutes * MINUTE
            if not date_exists(wanted.date(), zone):
                assert wanted.date() in LEFT_OUT[key]
                continue
            first = next(moment for moment, wall in zip(walk, shown, strict=True) if wall >= wanted)
            assert first_moment(wanted.date(), wanted.time(), zone) == first, wanted
