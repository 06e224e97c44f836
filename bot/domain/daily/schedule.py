"""One server's schedule, and what becomes of its open post when the schedule changes.

A schedule that is stored always has one *open* post: the next one, or the one being sent. Every change here keeps
that, so a date is never owed twice and never forgotten, however often somebody sets up, pauses and sets up again.
Switching off keeps what was heard: whoever sets up again goes on where the order was, and gets no second post on the
same date.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.errors import UserError

from .clock import Agenda, Timing
from .delivery import DEFAULT_GRACE, Post, State, Why
from .pools import Pool
from .trouble import Health, Trouble

_AWARDED, _WELL = Pool(), Health()


class NoSchedule(UserError):
    """The server has no daily pick, or switched it off."""


class BeingPosted(UserError):
    """It is too late to change this post: it is on its way."""


@dataclass
class MissingPermissions(UserError):
    """``names`` are Discord's names of the permissions that the bot lacks in the channel."""

    channel_id: int
    names: tuple[str, ...]


@dataclass
class NotPostable(UserError):
    """A channel that takes no messages."""

    channel_id: int


@dataclass
class NoTagToUse(UserError):
    """A forum that asks for a tag with every post, and has none that the bot may use."""

    channel_id: int


@dataclass
class NotATag(UserError):
    """No tag of that channel, or none that the bot may use."""

    channel_id: int
    text: str


@dataclass
class NotAPool(UserError):
    text: str


@dataclass
class NotADate(UserError):
    """No date, or one that is over."""

    text: str


class Mode(StrEnum):
    ON = "on"
    PAUSED = "paused"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Setup:
    """What a server asked for, besides the timing. ``set_up_by`` is told about trouble if nobody else can be.

    ``tag_id`` is a forum's tag, by :func:`.tags.tagging` not always the one that posts get.
    """

    channel_id: int
    set_up_by: int
    pool: Pool = _AWARDED
    role_id: int | None = None
    opens_thread: bool = False
    publishes: bool = False
    grace: timedelta = DEFAULT_GRACE
    tag_id: int | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """``id`` is 0 until it is stored; ``version`` counts its changes, so that nobody goes on from an older one."""

    guild_id: int
    setup: Setup
    agenda: Agenda
    id: int = 0
    version: int = 0
    mode: Mode = Mode.ON
    health: Health = _WELL

    def following(self, latest: date | None) -> Post:
        """The open post behind ``latest``, the last local date that is settled."""
        slot = self.agenda.next_slot(latest)
        return Post(self.id, slot.local_date, slot.due_at)


@dataclass(frozen=True, slots=True)
class Entry:
    """A post as it is kept: with the channel it went to (a forum post's is its thread) and trouble that left a note."""

    post: Post
    channel_id: int | None = None
    trouble: Trouble | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A schedule with its open post. ``latest`` is the last settled date before it.

    ``closed`` is the post that the last change settled, if it settled one.
    """

    schedule: Schedule
    open: Post
    latest: date | None = None
    closed: Post | None = None

    @classmethod
    def starting(cls, guild_id: int, setup: Setup, timing: Timing, now: datetime) -> "Plan":
        schedule = Schedule(guild_id, setup, Agenda.starting(timing, now))
        return cls(schedule, schedule.following(None))

    def set_up(self, setup: Setup, timing: Timing, now: datetime) -> "Plan":
        """Another setup from ``now`` on; whatever was paused, off or ill starts afresh."""
        old = self.schedule
        if old.mode is not Mode.ON:
            agenda, why = Agenda.starting(timing, now), Why.PAUSED
        else:
            agenda = old.agenda if timing == old.agenda.timing else old.agenda.changed(timing, now)
            why = Why.CHANGED
        schedule = replace(old, setup=setup, agenda=agenda, mode=Mode.ON, health=_WELL)
        return self._under(schedule, now, why)

    def pause(self) -> "Plan":
        self._require(Mode.ON, Mode.PAUSED)
        return replace(self, schedule=replace(self.schedule, mode=Mode.PAUSED), closed=None)

    def resume(self, now: datetime) -> "Plan":
        """Go on with the next date whose time is still to come; one that is on already stays as it is."""
        self._require(Mode.ON, Mode.PAUSED)
        if self.schedule.mode is Mode.ON:
            return replace(self, closed=None)
        agenda = Agenda.starting(self.schedule.agenda.timing, now)
        schedule = replace(self.schedule, agenda=agenda, mode=Mode.ON, health=_WELL)
        return self._under(schedule, now, Why.PAUSED)

    def switch_off(self) -> "Plan":
        self._require(Mode.ON, Mode.PAUSED)
        return replace(self, schedule=replace(self.schedule, mode=Mode.OFF), closed=None)

    def skip(self) -> "Plan":
        """Leave out the next post. Raises BeingPosted when it is on its way."""
        self._require(Mode.ON)
        if self.open.state is not State.DUE:
            raise BeingPosted
        closed = self.open.skip(Why.ASKED)
        return replace(self, open=self.schedule.following(closed.local_date), latest=closed.local_date, closed=closed)

    def _under(self, schedule: Schedule, now: datetime, why: Why) -> "Plan":
        """The open post under a changed schedule: kept, moved, or given up if its date is over."""
        if self.open.state is not State.DUE:
            return Plan(schedule, self.open, self.latest)
        over = self.open.due_at <= now and self.open.local_date < schedule.agenda.first_date
        closed = self.open.skip(why) if over else None
        latest = closed.local_date if closed else self.latest
        following = schedule.following(latest)
        if following.local_date == self.open.local_date:
            following = replace(self.open, due_at=following.due_at, retry_at=None, choice=None)
        return Plan(schedule, following, latest, closed)

    def _require(self, *modes: Mode) -> None:
        if self.schedule.mode not in modes:
            raise NoSchedule
