from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.daily.delivery import Post, State, Why
from bot.domain.daily.order import Choice, Reason
from bot.domain.daily.recovery import NONCE_WINDOW
from bot.domain.daily.trouble import RULINGS, Course, Health, Trouble, after_trouble, backoff, trouble_of

NOW = datetime(2026, 5, 1, tzinfo=UTC)
CLAIMED = Post(7, date(2026, 5, 1), NOW).claim("one", Choice("song", 1, Reason.ORDER), NOW)


@pytest.mark.parametrize(
    ("status", "code", "expected"),
    [
        (404, 10003, Trouble.CHANNEL_GONE),
        (401, 0, Trouble.NOT_CONNECTED),
        (404, 0, Trouble.CHANNEL_GONE),
        (403, 50001, Trouble.NO_PERMISSION),
        (403, 50013, Trouble.NO_PERMISSION),
        (403, 0, Trouble.NO_PERMISSION),
        (400, 50083, Trouble.THREAD_CLOSED),
        (400, 40067, Trouble.TAG_REQUIRED),
        (400, 200000, Trouble.BLOCKED),
        (400, 50035, Trouble.REFUSED),
        (429, 0, Trouble.RATE_LIMITED),
        (500, 0, Trouble.SERVER_ERROR),
        (503, 0, Trouble.SERVER_ERROR),
        (524, 0, Trouble.SERVER_ERROR),
    ],
)
def test_discords_answer_is_understood(status, code, expected):
    assert trouble_of(status, code) is expected


def test_each_trouble_has_its_rule():
    assert set(RULINGS) == set(Trouble)


def test_only_lost_answers_and_server_errors_may_have_posted():
    assert {t for t, ruling in RULINGS.items() if ruling.may_be_posted} == {Trouble.SERVER_ERROR, Trouble.ANSWER_LOST}


@pytest.mark.parametrize("trouble", Trouble)
def test_a_post_is_tried_again_unless_discord_refused_it(trouble):
    after = after_trouble(CLAIMED, trouble, NOW, jitter=0)
    ruling = RULINGS[trouble]
    if ruling.course is Course.FAIL:
        assert (after.state, after.why) == (State.FAILED, Why.REFUSED)
    else:
        assert after.state is (State.CLAIMED if ruling.may_be_posted else State.DUE)
        assert after.retry_at == (NOW if trouble is Trouble.ROLE_GONE else NOW + timedelta(seconds=5))


@pytest.mark.parametrize("trouble", Trouble)
def test_no_trouble_ends_a_post_whose_earlier_attempt_may_have_gone_through(trouble):
    again = after_trouble(CLAIMED, Trouble.ANSWER_LOST, NOW, jitter=0).take_over("one", NOW + timedelta(seconds=5))
    assert after_trouble(again, trouble, NOW + timedelta(seconds=6), jitter=0).state is State.CLAIMED


@pytest.mark.parametrize("trouble", [Trouble.SERVER_UNAVAILABLE, Trouble.NO_PERMISSION, Trouble.NOTHING_TO_POST])
def test_trouble_seen_before_anything_was_sent_leaves_the_post_due(trouble):
    post = Post(7, date(2026, 5, 1), NOW)
    assert after_trouble(post, trouble, NOW, jitter=0).state is State.DUE


def test_waiting_doubles_to_ten_minutes_and_varies_by_a_quarter():
    assert [backoff(n, 0).total_seconds() for n in range(1, 10)] == [5, 10, 20, 40, 80, 160, 320, 600, 600]
    assert backoff(10_000, 0).total_seconds() == 600
    assert backoff(1, 0.999).total_seconds() == pytest.approx(3.75, abs=0.01)


def test_four_retries_come_while_the_nonce_alone_keeps_a_post_single():
    assert sum((backoff(n, 0) for n in range(1, 5)), timedelta()) < NONCE_WINDOW


def test_a_server_is_told_once_of_an_illness_and_again_of_another():
    health = Health().after_trouble(Trouble.NO_PERMISSION, NOW)
    assert health.ill
    assert health.to_tell
    told = replace(health, told=True)
    assert not told.after_trouble(Trouble.NO_PERMISSION, NOW + timedelta(days=1)).to_tell
    assert told.after_trouble(Trouble.NO_PERMISSION, NOW + timedelta(days=1)).since == NOW
    assert told.after_trouble(Trouble.CHANNEL_GONE, NOW).to_tell


def test_passing_trouble_makes_no_schedule_ill_and_heals_none():
    for trouble in Trouble:
        if RULINGS[trouble].course is not Course.PAUSE:
            assert not Health().after_trouble(trouble, NOW).ill
            ill = Health(Trouble.CHANNEL_GONE, NOW)
            assert ill.after_trouble(trouble, NOW) == ill
