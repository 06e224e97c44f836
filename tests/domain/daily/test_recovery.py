"""The rule as a table, and then against a Discord that does its worst."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.daily.delivery import Post, State, Why
from bot.domain.daily.order import Choice, Reason
from bot.domain.daily.recovery import (
    CLAIM_LEASE,
    CLOCK_SKEW,
    SETTLING,
    Adopt,
    Finish,
    Found,
    GiveUp,
    LetBe,
    Look,
    SendAgain,
    Sight,
    Wait,
    finish,
    recover,
)

DUE_AT = datetime(2026, 5, 1, tzinfo=UTC)
GRACE = timedelta(hours=6)
CHOICE = Choice("song", 1, Reason.ORDER)
DUE = Post(7, date(2026, 5, 1), DUE_AT)
CLAIMED = DUE.claim("one", CHOICE, DUE_AT)

SOON, LATER, TOO_LATE = DUE_AT + timedelta(seconds=1), DUE_AT + timedelta(hours=1), DUE_AT + GRACE + timedelta(hours=1)
LOOK_FROM = DUE_AT - CLOCK_SKEW


def decide(sight, now, *, forum=False, gone=True):
    return recover(CLAIMED, sight, now, forum=forum, grace=GRACE, claimant_gone=gone)


@pytest.mark.parametrize(
    ("forum", "now", "sight", "expected"),
    [
        (False, SOON, Sight.NOT_LOOKED, SendAgain()),
        (False, SOON, Found(5), Adopt(5)),
        (False, LATER, Sight.NOT_LOOKED, Look(LATER, LOOK_FROM)),
        (False, LATER, Found(5), Adopt(5)),
        (False, LATER, Sight.ABSENT, SendAgain()),
        (False, LATER, Sight.NOT_ALLOWED, GiveUp(Why.UNKNOWN)),
        (False, LATER, Sight.FAILED, Look(LATER, LOOK_FROM)),
        (False, TOO_LATE, Sight.NOT_LOOKED, Look(TOO_LATE, LOOK_FROM)),
        (False, TOO_LATE, Found(5), Adopt(5)),
        (False, TOO_LATE, Sight.ABSENT, GiveUp(Why.TOO_LATE)),
        (False, TOO_LATE, Sight.NOT_ALLOWED, GiveUp(Why.UNKNOWN)),
        (False, TOO_LATE, Sight.FAILED, GiveUp(Why.UNKNOWN)),
        (True, SOON, Sight.NOT_LOOKED, Look(DUE_AT + SETTLING, LOOK_FROM)),
        (True, LATER, Sight.NOT_LOOKED, Look(LATER, LOOK_FROM)),
        (True, LATER, Found(5), Adopt(5)),
        (True, LATER, Sight.ABSENT, SendAgain()),
        (True, LATER, Sight.NOT_ALLOWED, GiveUp(Why.UNKNOWN)),
        (True, LATER, Sight.FAILED, Look(LATER, LOOK_FROM)),
        (True, TOO_LATE, Sight.ABSENT, GiveUp(Why.TOO_LATE)),
        (True, TOO_LATE, Sight.FAILED, GiveUp(Why.UNKNOWN)),
    ],
)
def test_the_rule(forum, now, sight, expected):
    assert decide(sight, now, forum=forum) == expected


@pytest.mark.parametrize("forum", [False, True])
def test_a_claim_that_another_process_may_be_working_on_is_left_alone_for_a_while(forum):
    lease_ends_at = DUE_AT + CLAIM_LEASE
    assert decide(Sight.NOT_LOOKED, SOON, forum=forum, gone=False) == Wait(lease_ends_at)
    assert not isinstance(decide(Sight.NOT_LOOKED, lease_ends_at, forum=forum, gone=False), Wait)


def test_a_lease_ends_while_the_nonce_still_protects():
    assert decide(Sight.NOT_LOOKED, DUE_AT + CLAIM_LEASE, gone=False) == SendAgain()


def test_what_was_never_tried_is_not_recovered():
    with pytest.raises(ValueError, match="never tried"):
        recover(DUE, Sight.NOT_LOOKED, SOON, forum=False, grace=GRACE, claimant_gone=True)


UNFINISHED = CLAIMED.sent(5, finish_at=DUE_AT + CLAIM_LEASE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [(SOON, Wait(DUE_AT + CLAIM_LEASE)), (LATER, Finish()), (DUE_AT + GRACE, Finish()), (TOO_LATE, LetBe())],
)
def test_the_rule_for_what_a_sent_post_still_owes(now, expected):
    assert finish(UNFINISHED, now, GRACE) == expected


@pytest.mark.parametrize("post", [CLAIMED, CLAIMED.sent(5), UNFINISHED.finished()])
def test_what_owes_nothing_is_not_finished(post):
    with pytest.raises(ValueError, match="owes nothing"):
        finish(post, SOON, GRACE)


class Channel:
    """A Discord that remembers nonces for three minutes, loses answers and sometimes lets nobody look."""

    def __init__(self, forum, answers, looks):
        self.forum, self.answers, self.looks = forum, answers, looks
        self.messages = []

    def send(self, now):
        """Whether the bot learns of it. ``answers``: arrived and known, arrived and lost, never arrived."""
        outcome = self.answers.pop(0) if self.answers else "ok"
        known = [at for at in self.messages if not self.forum and now - at < timedelta(minutes=3)]
        if outcome != "never" and not known:
            self.messages.append(now)
        return outcome == "ok"

    def look(self, look_from):
        sight = self.looks.pop(0) if self.looks else None
        if sight:
            return sight
        return Found(1) if any(at >= look_from for at in self.messages) else Sight.ABSENT


def carry_out(decision, post, channel, now):
    match decision:
        case SendAgain():
            post = post.take_over("two", now)
            return post.sent(1) if channel.send(now) else post
        case Adopt(message_id):
            return post.sent(message_id)
        case GiveUp(why):
            return post.fail(why) if why is Why.UNKNOWN else post.skip(why)
    return post


@settings(max_examples=300)
@given(
    st.booleans(),
    st.lists(st.sampled_from(["lost", "never"]), max_size=6),
    st.lists(st.sampled_from([Sight.FAILED, Sight.FAILED, Sight.NOT_ALLOWED]), max_size=3),
    st.lists(st.timedeltas(timedelta(0), timedelta(hours=2)), max_size=30),
)
def test_whatever_is_lost_there_is_never_a_second_post_and_none_goes_missing_without_a_word(
    forum, answers, looks, delays
):
    channel, now, sight = Channel(forum, answers, list(looks)), DUE_AT, Sight.NOT_LOOKED
    post = CLAIMED.sent(1) if channel.send(now) else CLAIMED
    while not post.settled:
        now += (delays.pop(0) if delays else timedelta(minutes=1)) + timedelta(seconds=1)
        decision = recover(post, sight, now, forum=forum, grace=GRACE, claimant_gone=True)
        now = decision.at if isinstance(decision, Look) else now
        sight = channel.look(decision.look_from) if isinstance(decision, Look) else Sight.NOT_LOOKED
        post = carry_out(decision, post, channel, now)
    assert len(channel.messages) <= 1
    if post.state is State.SENT:
        assert len(channel.messages) == 1
    elif post.why is Why.TOO_LATE:
        assert not channel.messages
        assert now > DUE_AT + GRACE
    else:
        assert Sight.NOT_ALLOWED in looks or now > DUE_AT + GRACE
