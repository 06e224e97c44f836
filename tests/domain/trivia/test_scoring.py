from datetime import UTC, datetime, timedelta

from bot.domain.trivia.boards import AnsweredQuestion, Period, profile
from bot.domain.trivia.questions.question import Topic
from bot.domain.trivia.recap import PlayedRound, missed, recap
from bot.domain.trivia.scoring import Scored, Standing, podium, points_for_time, ranked, streak_bonus

from .builders import ANN, BEN, CHA, DAN, question, seconds


def test_points_fall_evenly_from_a_hundred_to_fifty():
    assert [points_for_time(seconds(s), seconds(20)) for s in (0, 5, 10, 20, 99, -1)] == [100, 88, 75, 50, 50, 100]


def test_a_streak_adds_up_to_fifty():
    assert [streak_bonus(length) for length in (0, 1, 2, 6, 20)] == [0, 0, 10, 50, 50]


def test_ties_share_a_rank():
    board = [Standing(ANN, 90), Standing(BEN, 120), Standing(CHA, 90), Standing(DAN, 10)]
    assert [(place.rank, place.standing.user_id) for place in ranked(board)] == [(1, BEN), (2, ANN), (2, CHA), (4, DAN)]


def test_the_podium_holds_three_ranks_and_nobody_without_points():
    assert [place.standing.user_id for place in podium([Standing(1, 5), Standing(2, 5), Standing(3, 0)])] == [1, 2]
    assert len(podium([Standing(user_id, 10 - user_id) for user_id in range(6)])) == 3


def rounds() -> list[PlayedRound]:
    return [
        PlayedRound(1, question(1), (Scored(ANN, 90, 1, seconds(4)), Scored(BEN, 0, 0))),
        PlayedRound(2, question(2, 0.9), (Scored(ANN, 0, 0), Scored(BEN, 99, 1, seconds(1)))),
        PlayedRound(3, question(3), (Scored(BEN, 99, 2, seconds(2)), Scored(ANN, 0, 0, answered=False))),
    ]


def test_a_recap_tells_the_fastest_the_longest_streak_and_the_hardest_question():
    told = recap(rounds(), [Standing(ANN, 90, best_streak=1), Standing(BEN, 198, best_streak=2)])
    assert (told.fastest.user_id, told.fastest.number, told.fastest.elapsed) == (BEN, 2, seconds(1))
    assert (told.longest_streak.user_ids, told.longest_streak.length) == ((BEN,), 2)
    assert told.hardest.number == 2
    assert [place.standing.user_id for place in told.places] == [BEN, ANN]


def test_a_game_nobody_played_has_nothing_to_tell():
    told = recap([], [])
    assert (told.places, told.fastest, told.longest_streak, told.hardest) == ((), None, None, None)


def test_what_was_missed_can_be_looked_at_again():
    assert [one.number for one in missed(rounds(), ANN)] == [2, 3]
    assert not missed(rounds(), CHA)


def test_boards_begin_at_midnight_on_monday_and_on_the_first():
    now = datetime(2026, 9, 3, 15, 30, tzinfo=UTC)
    assert Period.TODAY.begins_at(now) == datetime(2026, 9, 3, tzinfo=UTC)
    assert Period.WEEK.begins_at(now) == datetime(2026, 8, 31, tzinfo=UTC)
    assert Period.MONTH.begins_at(now) == datetime(2026, 9, 1, tzinfo=UTC)
    assert Period.ALL.begins_at(now) is None


def test_a_profile_counts_by_topic_and_finds_streak_decade_and_hardest():
    answers = [
        AnsweredQuestion("a", Topic.SONGS, 2010, is_right=True, share_right=0.5),
        AnsweredQuestion("b", Topic.SONGS, 2010, is_right=True, share_right=0.2),
        AnsweredQuestion("c", Topic.AWARDS, 2000, is_right=False, share_right=0.1),
        AnsweredQuestion("d", Topic.AWARDS, None, is_right=True, share_right=0.9),
    ]
    told = profile(answers)
    assert {topic: (row.right_count, row.answer_count) for topic, row in told.by_topic.items()} == {
        Topic.SONGS: (2, 2),
        Topic.AWARDS: (1, 2),
    }
    assert (told.best_streak, told.favourite_decade, told.hardest_right) == (2, 2010, "b")
    assert profile([]).hardest_right is None


def test_elapsed_is_measured_in_full():
    assert points_for_time(timedelta(milliseconds=10_000), timedelta(seconds=20)) == 75
