"""What holds in every game, whatever comes in whatever order."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from bot.domain.trivia.errors import RoundOver, TriviaError
from bot.domain.trivia.game import EndReason, Phase
from bot.domain.trivia.scoring import FULL_POINTS, STREAK_POINTS_MOST, Standing, ranked
from bot.domain.trivia.settings import Mode

from .builders import NOON, RIGHT, asked_game, click, new_game, question

users = st.integers(1, 6)
presses = st.lists(st.tuples(users, st.integers(0, 3), st.integers(0, 19_999)), max_size=24, unique_by=lambda p: p[2])


def after_all(game, arriving, *, typed=False):
    for user_id, option, ms in arriving:
        interaction_id = click(ms / 1000)
        if typed:
            game = game.guess(user_id, 1, interaction_id, is_right=option == RIGHT)
        else:
            game = game.answer(user_id, 1, option, interaction_id)
    return game


@given(presses, st.randoms(use_true_random=False))
def test_only_the_order_of_stamps_matters_not_that_of_arrival(arriving, rng):
    shuffled = rng.sample(arriving, len(arriving))
    one, other = (after_all(asked_game(), order) for order in (arriving, shuffled))
    assert one.close_round(one.due_at).result == other.close_round(other.due_at).result


@given(presses, st.randoms(use_true_random=False))
def test_nor_does_it_where_answers_are_typed(arriving, rng):
    near = [(user_id, option, 5000 + ms) for user_id, option, ms in arriving if ms < 3000]  # all inside one window
    shuffled = rng.sample(near, len(near))
    one, other = (after_all(asked_game(Mode.TYPE), order, typed=True) for order in (near, shuffled))
    assert one.close_round(one.due_at).result == other.close_round(other.due_at).result


@given(presses)
def test_hearing_every_click_twice_is_hearing_it_once(arriving):
    once = after_all(asked_game(), arriving)
    assert after_all(once, arriving) is once


@given(presses)
def test_the_last_press_of_each_is_what_counts(arriving):
    game = after_all(asked_game(), arriving)
    last = {user_id: option for user_id, option, _ in sorted(arriving, key=lambda press: press[2])}
    result = game.close_round(game.due_at).result
    assert {line.user_id: line.right for line in result} == {user: option == RIGHT for user, option in last.items()}


@given(st.lists(st.integers(0, 5), max_size=12))
def test_ties_share_a_rank_and_the_next_is_left_out(scores):
    places = ranked(Standing(user_id, points) for user_id, points in enumerate(scores))
    for place in places:
        assert place.rank == 1 + sum(points > place.standing.points for points in scores)
    assert sorted(place.standing.user_id for place in places) == list(range(len(scores)))


class AnyGame(RuleBasedStateMachine):
    """Plays at random and keeps books of its own."""

    @initialize(mode=st.sampled_from(Mode), guild_id=st.sampled_from([None, 77]))
    def begin(self, mode, guild_id):
        self.game = new_game(mode, guild_id, round_count=6)
        self.now = NOON
        self.booked: dict[int, int] = {}
        self.closed: set[int] = set()
        self.serial = 0

    def do(self, verb):
        """Apply a verb that may be refused; book what it scored."""
        try:
            after = verb(self.game)
        except TriviaError:
            return
        assert after is self.game or after.version > self.game.version
        if after.result and not self.game.result:
            assert after.round.number not in self.closed
            self.closed.add(after.round.number)
            for line in after.result:
                self.booked[line.user_id] = self.booked.get(line.user_id, 0) + line.points
        self.game = after

    @rule(seconds=st.integers(0, 12))
    def wait(self, seconds):
        self.now += timedelta(seconds=seconds)

    @rule()
    def ask(self):
        self.do(lambda game: game.ask(question(game.next_number), self.now))

    @rule(user_id=users, option=st.integers(0, 3), number=st.integers(0, 1))
    def press(self, user_id, option, number):
        self.serial += 1
        interaction_id = click(0, self.serial, self.now)
        if self.game.settings.mode is Mode.QUIZ:
            self.do(lambda game: game.answer(user_id, game.next_number - 1 - number, option, interaction_id))
        else:
            self.do(lambda game: game.guess(user_id, game.next_number - 1, interaction_id, is_right=option == RIGHT))

    @rule(user_id=users)
    def vote(self, user_id):
        self.do(lambda game: game.vote_skip(user_id, self.now))
        self.do(lambda game: game.vote_hint(user_id))

    @precondition(lambda self: self.game.due_at is not None)
    @rule(in_time=st.booleans())
    def close(self, in_time):
        self.now = max(self.now, self.game.due_at) if in_time else self.now
        self.do(lambda game: game.close_round(self.now))

    @rule()
    def crash_and_resume(self):
        self.do(lambda game: game.resume(self.now))

    @rule(user_id=users, is_moderator=st.booleans())
    def stop(self, user_id, is_moderator):
        if user_id % 3 == 0:  # seldom enough for games to go on
            self.do(lambda game: game.stop(user_id, self.now, is_moderator=is_moderator))

    @invariant()
    def every_point_is_on_the_board_once(self):
        assert {u: s.points for u, s in self.game.standings.items()} == self.booked

    @invariant()
    def no_round_is_worth_more_than_its_most(self):
        assert all(0 <= line.points <= FULL_POINTS + STREAK_POINTS_MOST for line in self.game.result)

    @invariant()
    def over_is_over(self):
        assert (self.game.phase is Phase.OVER) == (self.game.ended is not None) == (self.game.due_at is None)

    @invariant()
    def right_answers_never_outnumber_rounds(self):
        assert all(s.right_count <= s.answer_count <= len(self.closed) for s in self.game.standings.values())


TestAnyGame = AnyGame.TestCase
TestAnyGame.settings = settings(max_examples=60, stateful_step_count=40, deadline=None)


@given(st.sampled_from(EndReason), presses)
def test_however_a_game_ends_what_was_accepted_is_on_its_board(reason, arriving):
    game = after_all(asked_game(), arriving)
    ended = game.abandon(reason, NOON)
    assert {s.user_id for s in ended.standings.values()} == {user_id for user_id, _, _ in arriving}
    try:
        ended.answer(1, 1, RIGHT, click(1))
    except RoundOver:
        return
    raise AssertionError("a game that is over took an answer")
