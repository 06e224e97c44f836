import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.pacer import Pacer


def turns(pacer, arrivals_s):
    """When each arrival, in order, gets its turn."""
    taken_s, now_s = [], 0.0
    for arrival_s in arrivals_s:
        now_s = max(now_s, arrival_s)
        pacer, wait_s = pacer.turn(now_s)
        taken_s.append(now_s + wait_s)
    return taken_s


@given(st.integers(1, 60), st.integers(1, 10), st.lists(st.floats(0, 30), max_size=200).map(sorted))
def test_no_stretch_of_time_sees_more_than_its_share(rate_per_s, burst, arrivals_s):
    taken_s = turns(Pacer(rate_per_s, burst), arrivals_s)
    for first, start_s in enumerate(taken_s):
        for last in range(first, len(taken_s)):
            assert last - first + 1 <= burst + rate_per_s * (taken_s[last] - start_s) + 1e-6


@given(st.integers(1, 60), st.integers(1, 10))
def test_a_crowd_is_served_at_the_full_rate(rate_per_s, burst):
    crowd = 100 + burst
    assert turns(Pacer(rate_per_s, burst), [5.0] * crowd)[-1] == pytest.approx(5 + (crowd - burst) / rate_per_s)


def test_who_comes_alone_does_not_wait():
    assert turns(Pacer(1, 1), [0, 1, 5, 6.5]) == [0, 1, 5, 6.5]


def test_after_a_429_nobody_goes_before_it_is_over_and_none_in_a_burst():
    pacer = Pacer(10, 5).held(now_s=100, retry_after_s=3)
    pacer, first_wait_s = pacer.turn(100)
    _, second_wait_s = pacer.turn(100)
    assert first_wait_s == pytest.approx(3)
    assert second_wait_s == pytest.approx(3.1)


def test_ten_thousand_servers_stay_inside_discords_fifty_a_second():
    taken_s = turns(Pacer(), [0.0] * 10_000)
    assert max(sum(second <= t < second + 1 for t in taken_s) for second in range(5)) <= 46
    assert taken_s[-1] == pytest.approx(10_000 / 45, rel=0.01)
