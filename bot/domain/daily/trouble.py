"""What each kind of trouble means for a post and its schedule, decided in one table.

==================  =================  ==========================================================================
course              the post           the schedule
==================  =================  ==========================================================================
RETRY               tried again        stays well; backoff inside the grace
WAIT                stays due          stays well; goes on by itself once the server is available
PAUSE               stays due          ill: the server is told once; it goes on trying as far as the cache shows that
                                       it may, and a post that goes through heals it
WITHOUT_ROLE        sent without ping  stays well, with a note
FAIL                failed(refused)    stays well, with a note: the next song may pass
==================  =================  ==========================================================================

Whatever is still due when the grace ends is skipped (``Post.lapse``). Trouble found before anything was sent (the
cache shows no permission, the pool is empty) takes the same way without a claim; asking the cache first matters, for
Discord bans a bot for 10,000 refused requests in ten minutes.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from .delivery import Post, State, Why

FIRST_RETRY_S = 5.0
LONGEST_RETRY_S = 600.0
UNKNOWN_CHANNEL, UNKNOWN_GUILD, UNKNOWN_ROLE = 10003, 10004, 10011
UNAUTHORIZED, TOO_MANY_REQUESTS, FIRST_SERVER_ERROR = 401, 429, 500


class Trouble(StrEnum):
    CHANNEL_GONE = "channel_gone"
    NO_PERMISSION = "no_permission"
    WRONG_CHANNEL_TYPE = "wrong_channel_type"
    THREAD_CLOSED = "thread_closed"
    TAG_REQUIRED = "tag_required"
    NOTHING_TO_POST = "nothing_to_post"
    SERVER_LEFT = "server_left"
    SERVER_UNAVAILABLE = "server_unavailable"
    ROLE_GONE = "role_gone"
    RATE_LIMITED = "rate_limited"
    NOT_CONNECTED = "not_connected"
    SERVER_ERROR = "server_error"
    ANSWER_LOST = "answer_lost"
    BLOCKED = "blocked"
    REFUSED = "refused"


class Course(StrEnum):
    RETRY = "retry"
    WAIT = "wait"
    PAUSE = "pause"
    WITHOUT_ROLE = "without_role"
    FAIL = "fail"


@dataclass(frozen=True, slots=True)
class Ruling:
    """``may_be_posted``: the post may be in the channel all the same, so it stays claimed and is recovered."""

    course: Course
    may_be_posted: bool = False


_PAUSE, _FAIL = Ruling(Course.PAUSE), Ruling(Course.FAIL)
RULINGS = MappingProxyType(
    {
        Trouble.CHANNEL_GONE: _PAUSE,
        Trouble.NO_PERMISSION: _PAUSE,
        Trouble.WRONG_CHANNEL_TYPE: _PAUSE,
        Trouble.THREAD_CLOSED: _PAUSE,
        Trouble.TAG_REQUIRED: _PAUSE,
        Trouble.NOTHING_TO_POST: _PAUSE,
        Trouble.SERVER_LEFT: Ruling(Course.WAIT),
        Trouble.SERVER_UNAVAILABLE: Ruling(Course.WAIT),
        Trouble.ROLE_GONE: Ruling(Course.WITHOUT_ROLE),
        Trouble.RATE_LIMITED: Ruling(Course.RETRY),
        Trouble.NOT_CONNECTED: Ruling(Course.RETRY),
        Trouble.SERVER_ERROR: Ruling(Course.RETRY, may_be_posted=True),
        Trouble.ANSWER_LOST: Ruling(Course.RETRY, may_be_posted=True),
        Trouble.BLOCKED: _FAIL,
        Trouble.REFUSED: _FAIL,
    }
)
# Discord's JSON error codes (its API reference, "Opcodes and Status Codes").
_BY_CODE = MappingProxyType(
    {
        UNKNOWN_CHANNEL: Trouble.CHANNEL_GONE,
        UNKNOWN_GUILD: Trouble.SERVER_LEFT,
        UNKNOWN_ROLE: Trouble.ROLE_GONE,
        40058: Trouble.WRONG_CHANNEL_TYPE,  # cannot send a message in a forum channel
        50008: Trouble.WRONG_CHANNEL_TYPE,  # cannot send messages in a non-text channel
        50024: Trouble.WRONG_CHANNEL_TYPE,  # cannot execute action on this channel type
        40067: Trouble.TAG_REQUIRED,
        50001: Trouble.NO_PERMISSION,  # missing access
        50013: Trouble.NO_PERMISSION,  # missing permissions
        50083: Trouble.THREAD_CLOSED,  # thread is archived
        160005: Trouble.THREAD_CLOSED,  # thread is locked
        160006: Trouble.THREAD_CLOSED,  # the most active threads a server may have
        200000: Trouble.BLOCKED,  # AutoMod
        200001: Trouble.BLOCKED,  # AutoMod, a thread's title
    }
)


def trouble_of(status: int, code: int) -> Trouble:
    """What an HTTP error answer to a post means: its status and Discord's own code (0 where there is none)."""
    if status == TOO_MANY_REQUESTS:
        return Trouble.RATE_LIMITED
    if status == UNAUTHORIZED:
        return Trouble.NOT_CONNECTED  # the bot's token was reset: nothing is wrong with the post
    if status >= FIRST_SERVER_ERROR:
        return Trouble.SERVER_ERROR
    if trouble := _BY_CODE.get(code):
        return trouble
    return {403: Trouble.NO_PERMISSION, 404: Trouble.CHANNEL_GONE}.get(status, Trouble.REFUSED)


def backoff(attempts: int, jitter: float) -> timedelta:
    """How long to wait after the ``attempts``-th failed attempt (from 1): doubling, then capped.

    ``jitter`` in [0, 1) takes up to a quarter off, so that servers that failed together do not return together.
    The first four retries fall into the window in which the nonce alone keeps a post single.
    """
    doublings = min(attempts - 1, 20)
    return timedelta(seconds=min(FIRST_RETRY_S * 2**doublings, LONGEST_RETRY_S) * (1 - jitter / 4))


def after_trouble(post: Post, trouble: Trouble, now: datetime, jitter: float) -> Post:
    """The post after trouble with it. A refusal is final only if no earlier attempt may have gone through."""
    ruling = RULINGS[trouble]
    if ruling.course is Course.WITHOUT_ROLE:
        return post.retry_later(now)
    later = post.retry_later(now + backoff(max(1, post.attempts), jitter), may_be_posted=ruling.may_be_posted)
    if ruling.course is Course.FAIL and later.state is State.DUE and post.state is State.CLAIMED:
        return post.fail(Why.REFUSED)
    return later


@dataclass(frozen=True, slots=True)
class Health:
    """How a schedule does, beside what its admins set. ``told`` says that the server knows of this illness."""

    trouble: Trouble | None = None
    since: datetime | None = None
    told: bool = False

    @property
    def ill(self) -> bool:
        return self.trouble is not None

    def after_trouble(self, trouble: Trouble, now: datetime) -> "Health":
        """Ill, if the ruling on ``trouble`` says so. The same illness goes on; another one is news to tell."""
        if RULINGS[trouble].course is not Course.PAUSE or trouble is self.trouble:
            return self
        return Health(trouble, now)

    @property
    def to_tell(self) -> bool:
        return self.ill and not self.told
