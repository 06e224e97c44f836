from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.delivery import (
    DEFAULT_GRACE,
    ImpossibleMove,
    Post,
    Punctuality,
    State,
    Why,
    nonce_for,
    punctuality,
)
from bot.domain.daily.order import Choice, Reason

DUE_AT = datetime(2026, 5, 1, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
CHOICE = Choice("stay-with-me", 1, Reason.ORDER)
POST = Post(7, date(2026, 5, 1), DUE_AT)
CLAIMED = POST.claim("one", CHOICE, DUE_AT)
UNFINISHED = CLAIMED.sent(99, finish_at=DUE_AT + SECOND)
SETTLED = [CLAIMED.sent(99), UNFINISHED, POST.skip(Why.ASKED), CLAIMED.fail(Why.REFUSED)]

IDS = st.integers(1, 2**63 - 1)


@given(IDS, st.dates(), IDS, st.dates())
def test_a_nonce_belongs_to_one_schedule_and_date_and_fits_discords_limit(one_id, one_date, other_id, other_date):
    nonce = nonce_for(one_id, one_date)
    assert len(nonce) <= 25
    assert (nonce == nonce_for(other_id, other_date)) == ((one_id, one_date) == (other_id, other_date))


def test_a_nonce_is_the_same_for_ever():
    assert nonce_for(12345, date(2026, 5, 1)) == "9ix-20260501"


def test_a_schedule_that_is_not_stored_has_no_nonce():
    with pytest.raises(ValueError, match="stored"):
        nonce_for(0, date(2026, 5, 1))


@pytest.mark.parametrize(
    ("late_by", "expected"),
    [
        (-SECOND, Punctuality.EARLY),
        (timedelta(0), Punctuality.ON_TIME),
        (timedelta(minutes=10), Punctuality.ON_TIME),
        (timedelta(minutes=10, seconds=1), Punctuality.LATE),
        (DEFAULT_GRACE, Punctuality.LATE),
        (DEFAULT_GRACE + SECOND, Punctuality.TOO_LATE),
    ],
)
def test_a_post_is_on_time_late_or_too_late(late_by, expected):
    assert punctuality(DUE_AT, DUE_AT + late_by) is expected


def test_a_server_may_want_no_late_posts_at_all():
    assert punctuality(DUE_AT, DUE_AT, timedelta(0)) is Punctuality.ON_TIME
    assert punctuality(DUE_AT, DUE_AT + SECOND, timedelta(0)) is Punctuality.TOO_LATE


def test_a_post_is_claimed_then_sent():
    assert CLAIMED.state is State.CLAIMED
    assert (CLAIMED.choice, CLAIMED.claimed_by, CLAIMED.attempts) == (CHOICE, "one", 1)
    sent = CLAIMED.sent(99)
    assert (sent.state, sent.message_id, sent.choice) == (State.SENT, 99, CHOICE)


def test_a_sent_post_may_owe_something_until_that_is_done_or_given_up():
    assert UNFINISHED.unfinished
    assert UNFINISHED.settled
    assert not CLAIMED.sent(99).unfinished
    later = UNFINISHED.finish_later(DUE_AT + 5 * SECOND)
    assert (later.unfinished, later.serve_at) == (True, DUE_AT + 5 * SECOND)
    assert later.finished() == CLAIMED.sent(99)


@pytest.mark.parametrize("move", [lambda post: post.finished(), lambda post: post.finish_later(DUE_AT)])
def test_only_what_was_sent_can_be_finished(move):
    for post in (POST, CLAIMED, POST.skip(Why.ASKED), CLAIMED.fail(Why.REFUSED)):
        with pytest.raises(ImpossibleMove):
            move(post)


def test_only_one_claim_is_possible():
    with pytest.raises(ImpossibleMove):
        CLAIMED.claim("two", CHOICE, DUE_AT)


@pytest.mark.parametrize("post", SETTLED)
@pytest.mark.parametrize(
    "move",
    [
        lambda post: post.claim("two", CHOICE, DUE_AT),
        lambda post: post.take_over("two", DUE_AT),
        lambda post: post.sent(1),
        lambda post: post.skip(Why.ASKED),
        lambda post: post.fail(Why.UNKNOWN),
        lambda post: post.retry_later(DUE_AT),
        lambda post: post.lapse(),
    ],
)
def test_what_is_settled_stays_settled(post, move):
    assert post.settled
    with pytest.raises(ImpossibleMove):
        move(post)


def test_trouble_that_left_nothing_makes_a_post_due_again_and_its_song_free():
    again = CLAIMED.retry_later(DUE_AT + 5 * SECOND)
    assert (again.state, again.choice, again.first_sent_at) == (State.DUE, None, None)
    assert (again.attempts, again.serve_at) == (1, DUE_AT + 5 * SECOND)


def test_trouble_that_may_have_posted_keeps_the_claim_and_the_song():
    held = CLAIMED.retry_later(DUE_AT + 5 * SECOND, may_be_posted=True)
    assert (held.state, held.choice, held.first_sent_at) == (State.CLAIMED, CHOICE, DUE_AT)
    again = held.take_over("two", DUE_AT + 6 * SECOND)
    assert (again.attempts, again.first_sent_at, again.last_sent_at) == (2, DUE_AT, DUE_AT + 6 * SECOND)


def test_a_harmless_failure_does_not_forget_an_earlier_attempt_that_may_have_posted():
    again = CLAIMED.retry_later(DUE_AT, may_be_posted=True).take_over("one", DUE_AT + SECOND)
    assert again.retry_later(DUE_AT + 5 * SECOND).state is State.CLAIMED


def test_a_song_counts_as_heard_if_it_may_have_been_posted():
    assert CLAIMED.heard
    assert CLAIMED.sent(99).heard
    assert CLAIMED.fail(Why.UNKNOWN).heard
    assert not CLAIMED.fail(Why.REFUSED).heard
    assert not CLAIMED.skip(Why.TOO_LATE).heard
    assert not POST.heard


def test_a_post_that_lapses_says_whether_trouble_or_absence_kept_it():
    assert POST.lapse().why is Why.TOO_LATE
    assert POST.retry_later(DUE_AT + SECOND).lapse().why is Why.TROUBLE
