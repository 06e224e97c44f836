"""When a schedule is due: wall-clock time in an IANA zone, one post for each local date.

The rule, which the tests prove for every zone and twenty years:

* A schedule owes a post for each local date its days name. The date, not the instant, is what a post is known by,
  so no clock change, no changed time or zone and no clock that jumps back can make two of one date.
* A time that does not exist that day (clocks go forward) is due at the first moment after the gap.
* A time that exists twice (clocks go back) is due at the first of the two.
* A date that a zone left out altogether (Samoa had no 30 December 2011) is owed nothing.
* A schedule set up, or resumed, after today's time has passed starts with the next date.
* A changed time, zone or set of days counts at once. If today was already owed and its new time has passed,
  today's post is due at the moment of the change: still one post that date.

Instants are aware; those handed out are in UTC.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

_ONE_DAY = timedelta(days=1)
_ONE_SECOND = timedelta(seconds=1)


class Days(StrEnum):
    """On which days of the week a schedule posts."""

    EVERY_DAY = "every_day"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"
    MONDAY = "monday"
    TUESDAY = "tuesday"
    WEDNESDAY = "wednesday"
    THURSDAY = "thursday"
    FRIDAY = "friday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def weekdays(self) -> frozenset[int]:
        """As :meth:`datetime.date.weekday` counts: Monday is 0."""
        return _WEEKDAYS[self]

    def include(self, local_date: date) -> bool:
        return local_date.weekday() in _WEEKDAYS[self]

    def how_many(self, start: date, end: date) -> int:
        """How many of these days there are from ``start`` up to, not with, ``end``."""
        whole_weeks, rest = divmod(max(0, (end - start).days), 7)
        weekdays = self.weekdays
        return whole_weeks * len(weekdays) + sum((start.weekday() + n) % 7 in weekdays for n in range(rest))


_GROUPS = {Days.EVERY_DAY: range(7), Days.WEEKDAYS: range(5), Days.WEEKENDS: range(5, 7)}
_SINGLE_DAYS = [days for days in Days if days not in _GROUPS]
_WEEKDAYS = {
    **{days: frozenset(group) for days, group in _GROUPS.items()},
    **{day: frozenset({weekday}) for weekday, day in enumerate(_SINGLE_DAYS)},
}


def first_moment(local_date: date, at: time, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) at which clocks in ``zone`` show that date and time, or have just jumped over them."""
    wall = datetime.combine(local_date, at)
    instant = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if _wall_clock(instant, zone) == wall:
        return instant
    # In a gap: read with the offset from after it, the time lies before the jump; with the one from before, behind it.
    before, behind = wall.replace(tzinfo=zone, fold=1).astimezone(UTC), instant
    while behind - before > _ONE_SECOND:
        middle = (before + (behind - before) / 2).replace(microsecond=0)
        before, behind = (before, middle) if _wall_clock(middle, zone) > wall else (middle, behind)
    return behind


def date_exists(local_date: date, zone: ZoneInfo) -> bool:
    """Whether clocks in ``zone`` ever showed that date."""
    return _wall_clock(first_moment(local_date, time(), zone), zone).date() == local_date


def local_date_of(instant: datetime, zone: ZoneInfo) -> date:
    """The date that calendars in ``zone`` show at that instant."""
    return instant.astimezone(zone).date()


def _wall_clock(instant: datetime, zone: ZoneInfo) -> datetime:
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True, slots=True)
class Timing:
    """What a server asked for. ``at`` is a whole minute."""

    at: time
    zone: ZoneInfo
    days: Days = Days.EVERY_DAY

    def instant_on(self, local_date: date) -> datetime | None:
        """The instant (UTC) a post of that date belongs to; None on other days and for a date the zone left out."""
        if not self.days.include(local_date):
            return None
        instant = first_moment(local_date, self.at, self.zone)
        shown_date = local_date_of(instant, self.zone)
        return instant if shown_date == local_date or date_exists(local_date, self.zone) else None


@dataclass(frozen=True, slots=True)
class Slot:
    """One local date and the instant (UTC) its post is due."""

    local_date: date
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """A timing and since when it holds; all three fields are to be stored.

    ``first_date`` is the first local date owed, ``not_before`` the instant (UTC) before which nothing is due.
    """

    timing: Timing
    first_date: date
    not_before: datetime

    @classmethod
    def starting(cls, timing: Timing, now: datetime) -> "Agenda":
        """For a schedule set up or resumed at ``now``: today counts only if its time is still to come."""
        today = local_date_of(now, timing.zone)
        instant = timing.instant_on(today)
        to_come = instant is not None and instant >= now
        return cls(timing, today if to_come else today + _ONE_DAY, now.astimezone(UTC))

    def changed(self, timing: Timing, now: datetime) -> "Agenda":
        """The same schedule with another timing from ``now`` on.

        Open posts of earlier dates are given up by this; settle them first.
        """
        today = local_date_of(now, timing.zone)
        if self.due_at(today):
            return Agenda(timing, today, now.astimezone(UTC))
        return Agenda.starting(timing, now)

    def due_at(self, local_date: date) -> datetime | None:
        """When that date's post is due (UTC); None if none is owed."""
        instant = self.timing.instant_on(local_date) if local_date >= self.first_date else None
        return max(instant, self.not_before) if instant else None

    def next_slot(self, after: date | None = None) -> Slot:
        """The earliest slot behind ``after``, the latest local date that has a post in any state."""
        local_date = self.first_date if after is None else max(self.first_date, after + _ONE_DAY)
        while (due_at := self.due_at(local_date)) is None:
            local_date += _ONE_DAY
        return Slot(local_date, due_at)
