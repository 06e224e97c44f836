import heapq
import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pacer import Pacer

WINDOW_S = 1.0
moments_s = st.floats(0, 5, allow_subnormal=False)
delays_s = st.one_of(st.just(0.0), st.floats(0, 3, allow_subnormal=False))


def counted_at(pacer, requests):
    """When Discord counts each request: (wanted at, the way there, the way back, has time), waiting in this order."""
    counted_s, ends_s, now_s = [], [], 0.0
    for wanted_s, there_s, back_s, is_patient in requests:
        now_s = max(now_s, wanted_s)
        while True:
            while ends_s and ends_s[0] <= now_s:
                pacer.end(heapq.heappop(ends_s))
            wait_s = pacer.wait_s(now_s, patient=is_patient)
            if wait_s <= 0:
                break
            assert wait_s < math.inf or ends_s, "waits for what never comes"
            now_s = min(now_s + wait_s, ends_s[0] if ends_s else math.inf)
        pacer.begin(now_s, patient=is_patient)
        counted_s.append(now_s + there_s)
        heapq.heappush(ends_s, now_s + there_s + back_s)
    return sorted(counted_s)


def most_in_any_window(counted_s):
    """The window that slides."""
    return max(sum(start <= moment < start + WINDOW_S for moment in counted_s) for start in counted_s)


def most_in_a_fixed_window(counted_s):
    """A window begins with the first request after the last one."""
    most, ends_at_s, here = 0, -math.inf, 0
    for moment in counted_s:
        if moment >= ends_at_s:
            ends_at_s, here = moment + WINDOW_S, 0
        here += 1
        most = max(most, here)
    return most


@given(
    st.integers(1, 6),
    st.lists(st.tuples(moments_s, delays_s, delays_s, st.booleans()), min_size=1, max_size=40).map(sorted),
)
def test_discord_never_counts_more_than_the_limit_however_requests_bunch_on_their_way(limit, requests):
    counted_s = counted_at(Pacer(limit), requests)
    assert most_in_any_window(counted_s) <= limit
    assert most_in_a_fixed_window(counted_s) <= limit


@given(st.lists(st.sampled_from([0.0, 0.001, 0.05, 0.9, 0.999, 2.0]), min_size=150, max_size=200))
def test_fifty_a_second_hold_when_ways_of_very_different_lengths_end_together(ways_s):
    counted_s = counted_at(Pacer(), [(0.0, way_s, 0.0, False) for way_s in ways_s])
    assert most_in_any_window(counted_s) <= 50


@pytest.mark.parametrize(("latency_s", "rate_per_s"), [(0.005, 49), (0.05, 47), (0.1, 45)])
def test_a_crowd_is_served_at_nearly_the_full_rate(latency_s, rate_per_s):
    counted_s = counted_at(Pacer(), [(0.0, latency_s / 2, latency_s / 2, True)] * 3000)
    assert 3000 / (counted_s[-1] - counted_s[0]) == pytest.approx(rate_per_s, abs=0.6)


def test_who_has_time_is_spread_over_the_second_and_who_has_not_goes_at_once():
    patient = counted_at(Pacer(), [(0.0, 0.0, 0.0, True)] * 50)
    hasty = counted_at(Pacer(), [(0.0, 0.0, 0.0, False)] * 50)
    assert min(late - early for early, late in pairwise(patient)) > 0.018
    assert hasty == [0.0] * 50


def test_a_limit_full_of_requests_under_way_opens_when_the_first_has_ended_and_a_window_is_over():
    pacer = Pacer(limit=1, window_s=1)
    pacer.begin(10)
    assert pacer.wait_s(20) == math.inf
    pacer.end(20)
    assert pacer.wait_s(20) == 1
    assert pacer.wait_s(21) == 0


def test_a_request_that_was_given_up_counts_until_it_can_no_longer_arrive():
    pacer = Pacer(limit=1, window_s=1)
    pacer.begin(10)
    pacer.end(10 + 5)
    assert pacer.wait_s(10) == 6
