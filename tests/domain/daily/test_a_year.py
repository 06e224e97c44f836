"""The parts together: a year of posts for many servers, with outages, lost answers and refusals."""

import random
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.daily.clock import Agenda, Timing
from bot.domain.daily.delivery import DEFAULT_GRACE, Post, Punctuality, State, Why, punctuality
from bot.domain.daily.order import Heard, Programme
from bot.domain.daily.recovery import Adopt, Found, GiveUp, Look, Sight, recover
from bot.domain.daily.trouble import Trouble, after_trouble
from tests.domain.daily.test_every_zone import zones_by_rules

START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
POOL = [f"song-{n}" for n in range(40)]
PASSING = [Trouble.NOT_CONNECTED, Trouble.RATE_LIMITED, Trouble.SERVER_ERROR, Trouble.ANSWER_LOST, Trouble.BLOCKED]


class Server:
    """One schedule, what the bot stored about it, and what Discord shows."""

    def __init__(self, schedule_id, zone, rng, outages):
        self.schedule_id, self.rng, self.outages = schedule_id, rng, outages
        timing = Timing(time(rng.randrange(24), rng.randrange(60)), ZoneInfo(zone))
        self.agenda = Agenda.starting(timing, START)
        self.posts, self.history, self.channel = {}, [], Counter()

    def awake_at(self, now):
        """The first moment from ``now`` on at which the bot runs."""
        return next((end for start, end in self.outages if start <= now < end), now)

    def live(self):
        while (slot := self.agenda.next_slot(max(self.posts, default=None))).due_at < END:
            post = Post(self.schedule_id, slot.local_date, slot.due_at)
            while not post.settled:
                post = self.step(post, self.awake_at(post.serve_at))
            self.posts[slot.local_date] = post
            if post.heard:
                self.history.append(Heard(post.choice.song_key, post.choice.round))

    def step(self, post, now):
        if post.state is State.CLAIMED:
            return self.recover(post, now)
        if punctuality(post.due_at, now) is Punctuality.TOO_LATE:
            return post.lapse()
        choice = Programme(self.schedule_id, POOL).choose(self.history, post.local_date)
        return self.send(post.claim("bot", choice, now), now)

    def recover(self, post, now):
        sight = Sight.NOT_LOOKED
        decision = recover(post, sight, now, forum=False, grace=DEFAULT_GRACE, claimant_gone=True)
        if isinstance(decision, Look):
            sight = Found(1) if self.channel[post.nonce] else self.rng.choice([Sight.ABSENT, Sight.NOT_ALLOWED])
            decision = recover(post, sight, now, forum=False, grace=DEFAULT_GRACE, claimant_gone=True)
        if isinstance(decision, Adopt):
            return post.sent(decision.message_id)
        if isinstance(decision, GiveUp):
            return post.fail(decision.why) if decision.why is Why.UNKNOWN else post.skip(decision.why)
        return self.send(post.take_over("bot", now), now)

    def send(self, post, now):
        trouble = self.rng.choice(PASSING) if self.rng.random() < 0.1 else None
        arrived = trouble is None or (trouble is Trouble.ANSWER_LOST and self.rng.random() < 0.5)
        if arrived and not (self.channel[post.nonce] and now - post.first_sent_at < timedelta(minutes=3)):
            self.channel[post.nonce] += 1
        return after_trouble(post, trouble, now, self.rng.random()) if trouble else post.sent(1)


@pytest.fixture(scope="module")
def servers():
    rng = random.Random(20260501)
    starts = sorted(START + timedelta(hours=rng.randrange(24 * 365)) for _ in range(40))
    outages = [(start, start + timedelta(minutes=rng.choice([2, 30, 300, 1000]))) for start in starts]
    zones = rng.sample(zones_by_rules(), 40)
    servers = [Server(n, zones[n % 40], rng, outages) for n in range(1, 201)]
    for server in servers:
        server.live()
    return servers


def test_each_local_date_is_posted_once_or_explained(servers):
    for server in servers:
        dates = sorted(server.posts)
        assert dates == [dates[0] + timedelta(days=n) for n in range(len(dates))]
        assert len(dates) in (364, 365, 366)
        assert dates[0] in {date(2025, 12, 31), date(2026, 1, 1), date(2026, 1, 2)}
        assert all(post.state is State.SENT or post.why for post in server.posts.values())


def test_no_date_stands_in_the_channel_twice_and_what_is_called_sent_is_there(servers):
    for server in servers:
        assert max(server.channel.values()) == 1
        for post in server.posts.values():
            if post.state is State.SENT:
                assert server.channel[post.nonce] == 1
            elif post.why is not Why.UNKNOWN:
                assert server.channel[post.nonce] == 0


def test_only_outages_beyond_the_grace_refusals_and_what_nothing_can_tell_cost_a_post(servers):
    reasons = Counter(post.why for server in servers for post in server.posts.values())
    assert set(reasons) == {None, Why.TOO_LATE, Why.REFUSED, Why.UNKNOWN}
    assert reasons[None] > 0.93 * reasons.total()


def test_no_song_returns_before_the_pool_was_heard(servers):
    for server in servers:
        heard = [entry.song_key for entry in server.history]
        for start in range(0, len(heard) - len(POOL), len(POOL)):
            assert len(set(heard[start : start + len(POOL)])) == len(POOL)
