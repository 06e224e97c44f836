"""THE RULE for a post whose sending was cut short: by a crash, a kill, or an answer that never came.

A claimed post may be in the channel or not. Two things can tell: Discord itself, which for a few minutes answers a
second message of the same nonce with the first (``enforce_nonce``), and the channel's recent history, where our posts
are known by the mark in their button.

================================  ==========================  ========================================================
what is known                     a message (has a nonce)     a forum post (has none)
================================  ==========================  ========================================================
claimed by another, moments ago   wait: it may be at it       wait: it may be at it
within the nonce's window         send again: never a double  look
later                             look                        look
looked: it is there               adopt it                    adopt it
looked: it is not there           send again; past the grace  send again; past the grace skip
                                  skip
may not look                      keep silent                 keep silent
looking failed                    look again; past the grace  look again; past the grace keep silent
                                  keep silent
================================  ==========================  ========================================================

A post that is recorded as sent may still owe its being published and its thread. Discord refuses to do either twice,
and says so by a code of its own, so there is no need to look:

================================  ====================================================================================
what is known                     what is done
================================  ====================================================================================
recorded moments ago              wait: whoever sent it may be at it
later, inside the grace           publish it, open its thread; "done before" is as good as done
past the grace                    let it be: the post is there, and the talk has moved on
================================  ====================================================================================

*Keep silent* is ``failed(unknown)`` and a note in ``status``: a missing post is a smaller evil than a second one.
A look comes no sooner than SETTLING after the last attempt: a request cut off on our side may still be on its way in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from .delivery import Post, Why

# Discord promises uniqueness for "the past few minutes"; our clock against its clock and its caches take some of that.
NONCE_WINDOW = timedelta(minutes=2)
# What one attempt takes at most: five tries of discord.py with their pauses, behind a full rate-limit bucket.
CLAIM_LEASE = timedelta(seconds=45)
SETTLING = timedelta(seconds=10)
# How far our clock may run ahead of Discord's before a look into history, from first_sent_at on, misses a message.
CLOCK_SKEW = timedelta(minutes=5)


class Sight(Enum):
    """What a look into the channel showed."""

    NOT_LOOKED = auto()
    ABSENT = auto()  # history was read back to `look_from` and no post bears the nonce
    NOT_ALLOWED = auto()  # history may not be read, or the channel is gone
    FAILED = auto()  # the look itself failed; another may not


@dataclass(frozen=True, slots=True)
class Found:
    message_id: int


@dataclass(frozen=True, slots=True)
class SendAgain:
    """With the same song and nonce: ``Post.take_over``, then send."""


@dataclass(frozen=True, slots=True)
class Look:
    """For a message of ours that bears the nonce, from ``look_from`` on, and not before ``at``."""

    at: datetime
    look_from: datetime


@dataclass(frozen=True, slots=True)
class Wait:
    until: datetime


@dataclass(frozen=True, slots=True)
class Adopt:
    """``Post.sent`` with the message that is there."""

    message_id: int


@dataclass(frozen=True, slots=True)
class GiveUp:
    """``Post.skip`` (nothing is in the channel) or, for ``Why.UNKNOWN``, ``Post.fail``."""

    why: Why


@dataclass(frozen=True, slots=True)
class Finish:
    """Do what the sent post still owes, then ``Post.finished``."""


@dataclass(frozen=True, slots=True)
class LetBe:
    """``Post.finished`` with nothing more done."""


Decision = SendAgain | Look | Wait | Adopt | GiveUp


def recover(
    post: Post,
    sight: Sight | Found,
    now: datetime,
    *,
    forum: bool,
    grace: timedelta,
    claimant_gone: bool,
) -> Decision:
    """What to do about a claimed ``post``; ``sight`` is what looking for it showed, if anybody looked.

    ``claimant_gone``: whoever claimed it is known to have ended, or it is the caller itself, whose attempt is over.
    Raises ValueError for a post that nobody tried to send.
    """
    if post.first_sent_at is None or post.last_sent_at is None:
        raise ValueError(f"{post.nonce} was never tried")
    if isinstance(sight, Found):
        return Adopt(sight.message_id)
    lease_ends_at = post.last_sent_at + CLAIM_LEASE
    if not claimant_gone and now < lease_ends_at:
        return Wait(lease_ends_at)
    too_late = now > post.due_at + grace
    if sight is Sight.ABSENT:
        return GiveUp(Why.TOO_LATE) if too_late else SendAgain()
    if not forum and not too_late and now < post.first_sent_at + NONCE_WINDOW:
        return SendAgain()
    if sight is Sight.NOT_ALLOWED or (sight is Sight.FAILED and too_late):
        return GiveUp(Why.UNKNOWN)
    return Look(at=max(now, post.last_sent_at + SETTLING), look_from=post.first_sent_at - CLOCK_SKEW)


def finish(post: Post, now: datetime, grace: timedelta) -> Wait | Finish | LetBe:
    """What to do about an unfinished ``post``. Raises ValueError for any other."""
    if not post.unfinished or post.retry_at is None:
        raise ValueError(f"{post.nonce} owes nothing")
    if now > post.due_at + grace:
        return LetBe()
    return Wait(post.retry_at) if now < post.retry_at else Finish()
