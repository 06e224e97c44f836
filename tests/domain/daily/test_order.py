import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.clock import Days
from bot.domain.daily.order import Choice, Heard, NothingToPost, Programme, Reason, Wishes, house_picks

TODAY, DAY = date(2026, 5, 1), timedelta(days=1)  # a Friday
SONGS = tuple(f"song-{n}" for n in range(12))
POOLS = st.sets(st.sampled_from(SONGS), min_size=1)


def play(programme, posts, history=(), start=TODAY, anniversaries=lambda _day: ()):
    """What the next ``posts`` posts choose, one a day."""
    history, choices = list(history), []
    for n in range(posts):
        day = start + n * DAY
        choice = programme.choose(history, day, anniversaries(day))
        history.append(Heard(choice.song_key, choice.round))
        choices.append(choice)
    return choices


def no_anniversaries(_day):
    return ()


def keys(choices):
    return [choice.song_key for choice in choices]


@given(st.integers(), POOLS, st.integers(1, 4))
def test_every_song_is_heard_once_in_each_round(schedule_id, pool, rounds):
    heard = keys(play(Programme(schedule_id, pool), rounds * len(pool)))
    for n in range(rounds):
        assert sorted(heard[n * len(pool) : (n + 1) * len(pool)]) == sorted(pool)


@given(st.integers(), POOLS)
def test_at_least_half_the_pool_lies_between_two_hearings_of_a_song(schedule_id, pool):
    heard = keys(play(Programme(schedule_id, pool), 4 * len(pool)))
    for n, song_key in enumerate(heard):
        assert song_key not in heard[max(0, n - len(pool) // 2) : n]


@given(st.integers(), POOLS, st.data())
def test_on_this_day_moves_a_song_forward_without_breaking_its_round(schedule_id, pool, data):
    celebrated = {TODAY + n * DAY: data.draw(st.sets(st.sampled_from(SONGS), max_size=3)) for n in range(2 * len(pool))}
    choices = play(Programme(schedule_id, pool), 2 * len(pool), anniversaries=celebrated.__getitem__)
    for n in (0, len(pool)):
        assert sorted(keys(choices[n : n + len(pool)])) == sorted(pool)
    for n, choice in enumerate(choices):
        assert (choice.reason is Reason.ANNIVERSARY) == (choice.song_key in celebrated[TODAY + n * DAY])


def test_a_song_with_an_anniversary_today_comes_today():
    programme = Programme(1, SONGS)
    later = play(programme, len(SONGS))[-1].song_key
    assert programme.choose([], TODAY, {later}) == Choice(later, 1, Reason.ANNIVERSARY)


@given(st.integers(), st.lists(POOLS, min_size=1, max_size=40))
def test_however_the_pool_changes_no_song_returns_while_another_of_the_pool_is_further_behind(schedule_id, pools):
    history = []
    for n, pool in enumerate(pools):
        choice = Programme(schedule_id, pool).choose(history, TODAY + n * DAY)
        latest = {key: max((h.round for h in history if h.song_key == key), default=0) for key in pool}
        assert choice.song_key in pool
        assert latest[choice.song_key] == min(latest.values())
        history.append(Heard(choice.song_key, choice.round))


def test_new_songs_join_the_round_that_is_running():
    first = play(Programme(7, SONGS[:8]), 5)
    history = [Heard(choice.song_key, choice.round) for choice in first]
    rest = play(Programme(7, SONGS), 7, history)
    assert sorted(keys(first) + keys(rest)) == sorted(SONGS)
    assert {choice.round for choice in rest} == {1}


def test_after_hearing_one_artist_for_a_while_the_old_pool_goes_on_where_it_was():
    before = play(Programme(7, SONGS), 6)
    history = [Heard(choice.song_key, choice.round) for choice in before]
    history += [Heard(c.song_key, c.round) for c in play(Programme(7, SONGS[:2]), 9, history)]
    heard = set(keys(before)) | set(SONGS[:2])
    after = keys(play(Programme(7, SONGS), len(SONGS) - len(heard), history))
    assert set(after) == set(SONGS) - heard


def test_an_excluded_song_is_never_chosen_and_returns_when_it_may():
    history = []
    wishes = Wishes(excluded={"song-3"})
    for choice in play(Programme(7, SONGS, wishes=wishes), 3 * len(SONGS)):
        assert choice.song_key != "song-3"
        history.append(Heard(choice.song_key, choice.round))
    assert Programme(7, SONGS).choose(history, TODAY).song_key == "song-3"


def test_with_everything_excluded_or_an_empty_pool_there_is_nothing_to_post():
    for programme in (Programme(7, ()), Programme(7, SONGS, wishes=Wishes(excluded=SONGS))):
        with pytest.raises(NothingToPost):
            programme.choose([], TODAY)


def test_a_queued_song_comes_next_even_from_outside_the_pool_and_with_an_empty_one():
    wishes = Wishes(queued=("other", "song-1"))
    assert Programme(7, SONGS, wishes=wishes).choose([], TODAY) == Choice("other", 1, Reason.QUEUED)
    assert Programme(7, (), wishes=wishes).choose([], TODAY) == Choice("other", 1, Reason.QUEUED)


def test_a_queued_song_is_not_heard_a_second_time_in_its_round():
    history = [Heard(c.song_key, c.round) for c in play(Programme(7, SONGS, wishes=Wishes(queued=("song-5",))), 1)]
    rest = keys(play(Programme(7, SONGS), len(SONGS) - 1, history))
    assert sorted(["song-5", *rest]) == sorted(SONGS)


def test_the_date_of_a_dated_song_goes_before_the_queue():
    wishes = Wishes(dated={TODAY: "song-2"}, queued=("song-1",))
    assert Programme(7, SONGS, wishes=wishes).choose([], TODAY).reason is Reason.DATED


@given(
    st.integers(),
    st.dictionaries(st.integers(1, len(SONGS) - 1), st.sampled_from(SONGS), max_size=6),
    st.integers(0, 9),
)
def test_dated_songs_wait_for_their_day_within_the_round(schedule_id, wanted, heard_before):
    one_day_each = {song_key: TODAY + n * DAY for n, song_key in wanted.items()}
    wishes = Wishes(dated={day: song_key for song_key, day in one_day_each.items()})
    history = [Heard(song_key, 1) for song_key in SONGS]  # a second round, so that rounds meet
    choices = play(Programme(schedule_id, SONGS, wishes=wishes), len(SONGS), history[: len(history) - heard_before])
    heard = keys(choices)
    for song_key, day in one_day_each.items():
        assert heard[(day - TODAY).days] == song_key
        if heard_before == 0:
            assert heard.count(song_key) == 1


def test_a_song_dated_beyond_the_round_is_heard_in_both():
    wishes = Wishes(dated={TODAY + 15 * DAY: "song-4"})
    heard = keys(play(Programme(7, SONGS, wishes=wishes), 16))
    assert "song-4" in heard[:12]
    assert heard[15] == "song-4"


def test_waiting_counts_only_days_on_which_the_schedule_posts():
    pool = SONGS[:2]
    for days, waits in ((Days.FRIDAY, True), (Days.EVERY_DAY, False)):
        programme = Programme(7, pool, days, Wishes(dated={TODAY + 7 * DAY: "song-1"}))
        first, second = play(programme, 1)[0], play(Programme(7, pool, days), 1)[0]
        assert (first.song_key == "song-0") if waits else (first == second)


def test_a_new_song_dated_for_later_is_kept_though_it_is_furthest_behind():
    history = [Heard(song_key, 1) for song_key in SONGS[:6]] + [Heard("song-0", 2)]
    programme = Programme(7, SONGS[:7], wishes=Wishes(dated={TODAY + 3 * DAY: "song-6"}))
    assert keys(play(programme, 4, history)).index("song-6") == 3


def test_a_later_hearing_in_a_lower_round_of_another_pool_does_not_bring_a_song_back_early():
    history = [Heard("song-0", 7), *(Heard(song_key, 6) for song_key in SONGS[1:]), Heard("song-0", 2)]
    assert "song-0" not in keys(play(Programme(7, SONGS), len(SONGS) - 1, history))


def test_each_server_has_its_own_order():
    orders = {tuple(keys(play(Programme(schedule_id, SONGS), len(SONGS)))) for schedule_id in range(50)}
    assert len(orders) == 50


def test_rounds_differ_from_one_another():
    heard = keys(play(Programme(7, SONGS), 24))
    assert heard[:12] != heard[12:]


@given(st.integers(), st.permutations(SONGS))
def test_the_order_does_not_depend_on_how_the_pool_is_listed(schedule_id, shuffled):
    expected = play(Programme(schedule_id, SONGS), 15)
    assert play(Programme(schedule_id, shuffled), 15) == expected
    assert play(Programme(schedule_id, frozenset(shuffled)), 15) == expected


def test_another_process_with_another_hash_seed_chooses_the_same():
    script = (
        "from datetime import date; from bot.domain.daily.order import Programme, Heard\n"
        "history = []\n"
        "for n in range(1, 20):\n"
        "    pool = {f'song-{n}' for n in range(12)}\n"
        "    c = Programme(7, pool).choose(history, date(2026, 5, n), {'song-3', 'song-4'})\n"
        "    history.append(Heard(c.song_key, c.round))\n"
        "print(' '.join(h.song_key for h in history))"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], env={"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("0", "1", "4242")
    }
    assert len(runs) == 1
    assert len(runs.pop().split()) == 19


def test_the_order_of_a_server_is_the_same_for_ever():
    """A golden value: another order is another promise, so it changes on purpose or not at all."""
    assert keys(play(Programme(7, SONGS), 4)) == ["song-3", "song-7", "song-9", "song-5"]


def test_without_a_schedule_everybody_hears_the_same_and_each_song_once_a_round():
    start = date.fromordinal(739_000 // len(SONGS) * len(SONGS))
    *_, (_, first) = house_picks(SONGS, start, no_anniversaries)
    round_of_picks = list(house_picks(SONGS, start + 11 * DAY, no_anniversaries))
    assert round_of_picks[0] == (start, first)
    assert sorted(choice.song_key for _, choice in round_of_picks) == sorted(SONGS)
    assert [day for day, _ in round_of_picks] == [start + n * DAY for n in range(12)]
    assert [c for _, c in house_picks(SONGS, start + 23 * DAY, no_anniversaries)] != [c for _, c in round_of_picks]
    assert list(house_picks((), start, no_anniversaries)) == []


def test_without_a_schedule_an_anniversary_is_kept_too():
    day = date.fromordinal(739_000 // len(SONGS) * len(SONGS))
    *_, (_, choice) = house_picks(SONGS, day, lambda _day: ["song-9"])
    assert choice == Choice("song-9", 1, Reason.ANNIVERSARY)
