"""One post's life, from due to done. Every change is saved before the next thing is tried.

::

    due ──claim──▶ claimed ──sent──▶ sent(message) ──finished──▶ nothing owed
     │ ◀─retry_later┘ │  └───fail──▶ failed(why)
     └──────skip──────┴──────skip──▶ skipped(why)

A claim is saved *before* anything is sent, and only one process wins it (storage compares and sets on state and
attempts). So a claimed post may have reached Discord and a due one has not: ``first_sent_at`` remembers since when.
A sent post may still owe its being published and its thread: until that is done it is *unfinished*.
What to do about a claim, or an unfinished post, whose process is gone is decided in :mod:`.recovery`, and nowhere else.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from .order import Choice

DEFAULT_GRACE = timedelta(hours=6)
MAX_GRACE = timedelta(hours=23)  # less than a day, so that yesterday's pick never stands beside today's
ON_TIME = timedelta(minutes=10)  # what queueing behind ten thousand other servers may take without an apology


class State(StrEnum):
    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    SKIPPED = "skipped"
    FAILED = "failed"


SETTLED = frozenset({State.SENT, State.SKIPPED, State.FAILED})


class Why(StrEnum):
    """Why a date has no post; shown in ``status``. A post that trouble kept away names the trouble besides."""

    ASKED = "asked"  # an admin skipped it
    PAUSED = "paused"
    CHANGED = "changed"  # the schedule changed while an earlier date was still open
    TOO_LATE = "too_late"  # the bot was away for longer than the grace
    TROUBLE = "trouble"  # Discord or the server did not let it through within the grace
    REFUSED = "refused"  # Discord refused this very post
    UNKNOWN = "unknown"  # it may have been posted, and nothing can tell


class Punctuality(StrEnum):
    EARLY = "early"
    ON_TIME = "on_time"
    LATE = "late"  # posted with a note
    TOO_LATE = "too_late"


class ImpossibleMove(Exception):
    """A change that a post in its state cannot make: a mistake in our code, or a lost race."""


def nonce_for(schedule_id: int, local_date: date) -> str:
    """What Discord tells two attempts at the same post apart from two posts by; at most 25 characters.

    The post also carries it in a button's ``custom_id``, for that is what can be read back from a channel's history.
    """
    if schedule_id <= 0:
        raise ValueError(f"not a stored schedule: {schedule_id}")
    digits, rest = "", schedule_id
    while rest:
        rest, digit = divmod(rest, 36)
        digits = "0123456789abcdefghijklmnopqrstuvwxyz"[digit] + digits
    return f"{digits}-{local_date:%Y%m%d}"


def punctuality(due_at: datetime, now: datetime, grace: timedelta = DEFAULT_GRACE) -> Punctuality:
    """Whether a post due then may still go out now, and whether it must say that it is late."""
    if now < due_at:
        return Punctuality.EARLY
    if now - due_at <= min(ON_TIME, grace):
        return Punctuality.ON_TIME
    return Punctuality.LATE if now - due_at <= grace else Punctuality.TOO_LATE


@dataclass(frozen=True, slots=True)
class Post:
    """A schedule's post of one local date. Instants are aware UTC.

    ``attempts`` counts claims; ``first_sent_at`` is the earliest claim of which it is not known that nothing came of
    it; ``last_sent_at`` the latest; ``retry_at`` when to try next after trouble, or when to see to what an unfinished
    one owes.
    """

    schedule_id: int
    local_date: date
    due_at: datetime
    state: State = State.DUE
    choice: Choice | None = None
    attempts: int = 0
    claimed_by: str | None = None
    first_sent_at: datetime | None = None
    last_sent_at: datetime | None = None
    retry_at: datetime | None = None
    message_id: int | None = None
    why: Why | None = None

    @property
    def nonce(self) -> str:
        return nonce_for(self.schedule_id, self.local_date)

    @property
    def settled(self) -> bool:
        return self.state in SETTLED

    @property
    def unfinished(self) -> bool:
        """Whether it is sent, and publishing it or opening its thread may still be owed."""
        return self.state is State.SENT and self.retry_at is not None

    @property
    def heard(self) -> bool:
        """Whether its song counts as heard: it was posted, is being posted, or may have been."""
        return self.state in (State.CLAIMED, State.SENT) or self.why is Why.UNKNOWN

    @property
    def serve_at(self) -> datetime:
        return self.retry_at or self.due_at

    def claim(self, claimant: str, choice: Choice, now: datetime) -> "Post":
        """Take it on, to be saved before sending."""
        self._require(State.DUE)
        return self._sending(claimant, choice, now)

    def take_over(self, claimant: str, now: datetime) -> "Post":
        """Send a claimed post again, with its song, as :func:`.recovery.recover` said; to be saved before sending."""
        self._require(State.CLAIMED)
        if self.choice is None:
            raise ImpossibleMove("claimed without a song")
        return self._sending(claimant, self.choice, now)

    def _sending(self, claimant: str, choice: Choice, now: datetime) -> "Post":
        return replace(
            self,
            state=State.CLAIMED,
            choice=choice,
            attempts=self.attempts + 1,
            claimed_by=claimant,
            first_sent_at=self.first_sent_at or now,
            last_sent_at=now,
            retry_at=None,
        )

    def sent(self, message_id: int, finish_at: datetime | None = None) -> "Post":
        """It is there: Discord said so, or it was found in the channel.

        ``finish_at`` leaves it unfinished: the moment from which somebody else may see to what it owes.
        """
        self._require(State.CLAIMED)
        return replace(self, state=State.SENT, message_id=message_id, retry_at=finish_at)

    def finish_later(self, finish_at: datetime) -> "Post":
        """What it owes could not be done yet, or somebody is at it until then."""
        self._require(State.SENT)
        return replace(self, retry_at=finish_at)

    def finished(self) -> "Post":
        """All that it owed is done, or will not be."""
        self._require(State.SENT)
        return replace(self, retry_at=None)

    def retry_later(self, retry_at: datetime, *, may_be_posted: bool = False) -> "Post":
        """After trouble. Due again if nothing of it can be in the channel, else still claimed, to be recovered.

        ``may_be_posted`` speaks of the latest attempt; an earlier one whose fate is unknown is not forgotten for it.
        """
        self._require(State.DUE, State.CLAIMED)
        if may_be_posted or self.first_sent_at != self.last_sent_at:
            return replace(self, retry_at=retry_at)
        fresh = Post(self.schedule_id, self.local_date, self.due_at)
        return replace(fresh, attempts=self.attempts, retry_at=retry_at)

    def lapse(self) -> "Post":
        """The grace is over and it is still due."""
        self._require(State.DUE)
        return self.skip(Why.TROUBLE if self.retry_at else Why.TOO_LATE)

    def skip(self, why: Why) -> "Post":
        """No post on this date; nothing was sent."""
        self._require(State.DUE, State.CLAIMED)
        return replace(self, state=State.SKIPPED, why=why, retry_at=None)

    def fail(self, why: Why) -> "Post":
        """It was tried, and will not be again."""
        self._require(State.CLAIMED)
        return replace(self, state=State.FAILED, why=why, retry_at=None)

    def _require(self, *states: State) -> None:
        if self.state not in states:
            raise ImpossibleMove(f"{self.nonce} is {self.state}")
