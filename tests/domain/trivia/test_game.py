import json

import pytest

from bot.domain.trivia.errors import (
    AlreadyAnswered,
    GameOver,
    GameRunning,
    NoMoreHints,
    NotAsked,
    NotPlaying,
    NotYourGame,
    RoundOpen,
    RoundOver,
)
from bot.domain.trivia.game import GRACE, PAUSE, EndReason, Phase, start_game
from bot.domain.trivia.questions.bank import Pool
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.questions.question import Topic
from bot.domain.trivia.round import SETTLE, TRIES_MOST, WINDOW, Answer, Round
from bot.domain.trivia.settings import Mode, Settings

from .builders import (
    ANN,
    BEN,
    CHA,
    DAN,
    NOON,
    OTHER,
    RIGHT,
    WRONG,
    asked_game,
    click,
    new_game,
    play_round,
    question,
    seconds,
)


def points(game) -> dict[int, int]:
    return {standing.user_id: standing.points for standing in game.standings.values()}


class TestAnswering:
    def test_the_quick_get_more_than_the_slow_and_the_wrong_get_nothing(self):
        game = asked_game()
        for user_id, option, after_s in ((ANN, RIGHT, 0), (BEN, RIGHT, 10), (CHA, WRONG, 1), (DAN, RIGHT, 20)):
            game = game.answer(user_id, 1, option, click(after_s))
        assert points(game.close_round(game.due_at)) == {ANN: 100, BEN: 75, CHA: 0, DAN: 50}

    def test_the_last_press_counts_at_its_own_time(self):
        game = asked_game().answer(ANN, 1, RIGHT, click(1)).answer(ANN, 1, WRONG, click(2))
        assert points(game.close_round(game.due_at)) == {ANN: 0}
        game = game.answer(ANN, 1, RIGHT, click(10))
        assert points(game.close_round(game.due_at)) == {ANN: 75}

    def test_pressing_the_same_button_again_costs_no_time(self):
        game = asked_game().answer(ANN, 1, RIGHT, click(0)).answer(ANN, 1, RIGHT, click(15))
        assert points(game.close_round(game.due_at)) == {ANN: 100}

    def test_a_click_heard_twice_changes_nothing_at_all(self):
        game = asked_game().answer(ANN, 1, RIGHT, click(1))
        assert game.answer(ANN, 1, RIGHT, click(1)) is game

    def test_a_first_answer_stands_where_answers_may_not_change(self):
        game = asked_game(may_change=False).answer(ANN, 1, WRONG, click(3))
        with pytest.raises(AlreadyAnswered) as caught:
            game.answer(ANN, 1, RIGHT, click(4))
        assert caught.value.option == WRONG
        earlier = game.answer(ANN, 1, RIGHT, click(2))  # stamped before, heard later
        assert points(earlier.close_round(earlier.due_at)) == {ANN: 95}

    def test_nobody_changes_their_mind_without_end(self):
        game = asked_game()
        for serial in range(TRIES_MOST):
            game = game.answer(ANN, 1, serial % 2, click(1, serial))
        with pytest.raises(AlreadyAnswered):
            game.answer(ANN, 1, RIGHT, click(2))

    def test_what_was_stamped_in_the_last_millisecond_counts_however_late_it_is_heard(self):
        game = asked_game()
        on_time = game.answer(ANN, 1, RIGHT, click(20))
        assert points(on_time.close_round(on_time.due_at)) == {ANN: 50}
        with pytest.raises(RoundOver):
            game.answer(ANN, 1, RIGHT, click(20.001))

    def test_a_button_of_an_earlier_round_says_so(self):
        game = play_round(new_game(), {ANN: RIGHT})
        with pytest.raises(RoundOver) as caught:
            game.answer(BEN, 1, RIGHT, click(3))
        assert caught.value.number == 1
        game = game.ask(question(2), game.due_at)
        with pytest.raises(RoundOver):
            game.answer(BEN, 1, RIGHT, click(30))

    def test_time_runs_from_the_moment_the_question_stands_in_the_channel(self):
        game = asked_game().posted(click(3))
        assert game.round.deadline == NOON + seconds(23)
        assert game.posted(click(3)) is game
        game = game.answer(ANN, 1, RIGHT, click(3))
        assert points(game.close_round(game.due_at)) == {ANN: 100}


class TestClosing:
    def test_a_round_cannot_be_closed_before_its_time_nor_twice(self):
        game = asked_game().answer(ANN, 1, RIGHT, click(1))
        assert game.due_at == NOON + seconds(20) + GRACE
        with pytest.raises(RoundOpen):
            game.close_round(NOON + seconds(20))
        closed = game.close_round(game.due_at)
        assert closed.phase is Phase.REVEALED
        with pytest.raises(NotAsked):
            closed.close_round(game.due_at)

    def test_the_first_round_waits_for_whoever_may_join(self):
        assert asked_game().answer(ANN, 1, RIGHT, click(1)).round.closes_at == NOON + seconds(20)

    def test_later_rounds_end_a_moment_after_all_who_play_have_answered(self):
        game = play_round(new_game(), {ANN: RIGHT, BEN: WRONG})
        game = game.ask(question(2), NOON)
        game = game.answer(ANN, 2, RIGHT, click(2))
        assert game.round.closes_at == NOON + seconds(20)
        game = game.answer(BEN, 2, RIGHT, click(4))
        assert game.round.closes_at == NOON + seconds(4) + SETTLE
        game.answer(CHA, 2, RIGHT, click(4.5))  # who joins meanwhile is in time
        with pytest.raises(RoundOver):
            game.answer(CHA, 2, RIGHT, click(5.1))

    def test_who_missed_two_rounds_is_not_waited_for(self):
        game = play_round(new_game(), {ANN: RIGHT, BEN: RIGHT})
        for _ in range(2):
            game = play_round(game, {ANN: RIGHT})
        assert game.active_user_ids == {ANN}
        assert BEN in game.standings

    def test_in_a_direct_message_the_only_answer_ends_the_round(self):
        game = new_game(guild_id=None).ask(question(), NOON).answer(ANN, 1, RIGHT, click(2))
        assert game.round.closes_at == NOON + seconds(2) + SETTLE

    def test_the_next_question_is_due_after_a_pause(self):
        game = play_round(new_game(), {ANN: RIGHT})
        assert game.due_at == game.changed_at + PAUSE
        with pytest.raises(RoundOpen):
            game.ask(question(2), game.due_at).ask(question(3), game.due_at)

    def test_streaks_add_and_end_with_a_wrong_or_a_missing_answer(self):
        game = new_game()
        for options in ({ANN: RIGHT, BEN: RIGHT}, {ANN: RIGHT, BEN: WRONG}, {ANN: RIGHT}, {BEN: RIGHT}):
            game = play_round(game, options)
        assert points(game) == {ANN: 95 + 105 + 115, BEN: 95 + 95}
        assert game.standings[ANN].best_streak == 3
        assert game.standings[ANN].streak == 0


class TestTyping:
    def test_the_first_takes_all_others_in_the_window_a_part(self):
        game = asked_game(Mode.TYPE).guess(ANN, 1, click(5), is_right=False).guess(BEN, 1, click(10), is_right=True)
        assert game.round.closes_at == NOON + seconds(10) + WINDOW
        game = game.guess(ANN, 1, click(12), is_right=True)
        with pytest.raises(RoundOver):
            game.guess(CHA, 1, click(13.1), is_right=True)
        assert points(game.close_round(game.due_at)) == {BEN: 75, ANN: 35}

    def test_first_is_who_was_stamped_first_not_who_was_heard_first(self):
        game = asked_game(Mode.TYPE).guess(BEN, 1, click(10), is_right=True).guess(ANN, 1, click(9), is_right=True)
        assert [line.user_id for line in game.close_round(game.due_at).result] == [ANN, BEN]

    def test_wrong_guesses_are_free_and_do_not_pile_up(self):
        game = asked_game(Mode.TYPE)
        for serial in range(40):
            game = game.guess(ANN, 1, click(1, serial), is_right=False)
        assert len(game.round.answers[ANN].tries) == 1
        game = game.guess(ANN, 1, click(20), is_right=True)
        assert points(game.close_round(game.due_at)) == {ANN: 50}

    def test_each_hint_costs_a_quarter_and_there_are_two(self):
        game = asked_game(Mode.CHOSEONG).vote_hint(ANN).vote_hint(ANN)
        assert game.round.hint_count == 2
        with pytest.raises(NoMoreHints):
            game.vote_hint(ANN)
        game = game.guess(ANN, 1, click(0), is_right=True)
        assert points(game.close_round(game.due_at)) == {ANN: 50}

    def test_a_quiz_has_no_hints(self):
        with pytest.raises(NoMoreHints):
            asked_game().vote_hint(ANN)


class TestVotes:
    def test_more_than_half_of_those_who_play_skip(self):
        game = play_round(new_game(), {ANN: RIGHT, BEN: RIGHT, CHA: WRONG, DAN: WRONG})
        game = game.ask(question(2), game.due_at)
        for user_id in (ANN, BEN, BEN):
            game = game.vote_skip(user_id, NOON)
        assert not game.round.is_skipped
        with pytest.raises(NotPlaying):
            game.vote_skip(99, NOON)
        game = game.vote_skip(CHA, NOON)
        assert game.due_at == NOON
        assert game.close_round(NOON).silent_rounds == 0

    def test_where_nobody_plays_yet_one_is_enough(self):
        assert asked_game().vote_skip(BEN, NOON).round.is_skipped


class TestEnding:
    def test_it_ends_with_its_last_round(self):
        game = play_round(play_round(new_game(round_count=2), {ANN: RIGHT}), {ANN: RIGHT})
        assert (game.phase, game.ended, game.due_at) == (Phase.OVER, EndReason.COMPLETED, None)
        for verb in (lambda: game.ask(question(), NOON), lambda: game.resume(NOON), lambda: game.vote_skip(ANN, NOON)):
            with pytest.raises(GameOver):
                verb()
        with pytest.raises(RoundOver):
            game.answer(ANN, 2, RIGHT, click(1))

    def test_it_ends_after_three_rounds_without_an_answer_in_a_row(self):
        game = play_round(play_round(new_game(), {}), {})
        game = play_round(game, {ANN: WRONG})
        for _ in range(3):
            assert game.phase is Phase.REVEALED
            game = play_round(game, {})
        assert game.ended is EndReason.UNANSWERED

    def test_its_starter_and_moderators_stop_it_and_what_was_answered_counts(self):
        game = asked_game().answer(BEN, 1, RIGHT, click(0))
        with pytest.raises(NotYourGame):
            game.stop(BEN, NOON, is_moderator=False)
        assert points(game.stop(ANN, NOON, is_moderator=False)) == {BEN: 100}
        assert game.stop(BEN, NOON, is_moderator=True).ended is EndReason.STOPPED

    def test_it_ends_when_its_channel_goes(self):
        assert asked_game().abandon(EndReason.CHANNEL_GONE, NOON).ended is EndReason.CHANNEL_GONE

    def test_a_second_start_is_refused_and_tells_which_game_runs(self):
        running = asked_game()
        begin = {"channel_id": 9, "guild_id": 77, "started_by": BEN, "settings": Settings(), "now": NOON}
        with pytest.raises(GameRunning) as caught:
            start_game(6, **begin, running=running)
        assert caught.value.game_id == running.id
        assert start_game(6, **begin, running=running.stop(ANN, NOON, is_moderator=False)).phase is Phase.STARTED


class TestResuming:
    def test_the_interrupted_round_is_asked_again_and_keeps_its_answers(self):
        game = asked_game().posted(click(0)).answer(ANN, 1, RIGHT, click(2))
        resumed = game.resume(NOON + seconds(60))
        assert resumed.round.deadline == NOON + seconds(80)
        assert resumed.round.message_id is None
        resumed = resumed.answer(BEN, 1, RIGHT, click(62))
        assert points(resumed.close_round(resumed.due_at)) == {ANN: 95, BEN: 95}

    def test_a_round_that_has_all_its_answers_is_not_asked_again(self):
        game = asked_game(Mode.TYPE).guess(ANN, 1, click(2), is_right=True)
        assert game.resume(NOON + seconds(60)) is game

    def test_between_rounds_it_goes_on_with_the_next(self):
        game = play_round(new_game(), {ANN: RIGHT})
        assert game.resume(game.changed_at + seconds(60)) is game

    def test_after_more_than_ten_minutes_it_closes_with_its_scores(self):
        game = asked_game().answer(ANN, 1, RIGHT, click(2))
        assert game.resume(NOON + seconds(600)).phase is Phase.ASKED
        late = game.resume(NOON + seconds(601))
        assert (late.ended, points(late)) == (EndReason.INTERRUPTED, {ANN: 95})


def test_every_change_counts_the_version_up():
    game = new_game()
    versions = [game.version]
    for verb in (
        lambda g: g.ask(question(), NOON),
        lambda g: g.posted(click(0)),
        lambda g: g.answer(ANN, 1, OTHER, click(1)),
        lambda g: g.vote_skip(ANN, NOON),
        lambda g: g.close_round(NOON),
        lambda g: g.stop(ANN, NOON, is_moderator=False),
    ):
        game = verb(game)
        versions.append(game.version)
    assert versions == sorted(set(versions))


def test_round_and_settings_come_back_from_plain_json():
    game = asked_game().posted(click(0)).answer(ANN, 1, RIGHT, click(2)).vote_skip(ANN, NOON)
    stored = json.loads(json.dumps(game.round.snapshot()))
    rows = {user_id: json.loads(json.dumps(answer.snapshot())) for user_id, answer in game.round.answers.items()}
    answers = {user_id: Answer.from_snapshot(user_id, row) for user_id, row in rows.items()}
    assert Round.from_snapshot(stored, answers) == game.round
    settings = Settings(Mode.TYPE, 5, 30, Pool(Circle.CHARTED, frozenset({Topic.AWARDS}), 2010), may_change=False)
    assert Settings.from_snapshot(json.loads(json.dumps(settings.snapshot()))) == settings
