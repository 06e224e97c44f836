from collections import Counter
from random import Random

import pytest

from bot.domain.trivia.chooser import Memory, choose_question
from bot.domain.trivia.questions.bank import CHOSEONG_KINDS, TYPED_KINDS, Pool
from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.question import QuestionKind


def play(bank, rng, count=10, pool=None, **more):
    played = []
    for _ in range(count):
        question = choose_question(bank, pool or Pool(), rng, played=played, **more)
        if question is None:
            break
        played.append(question)
    return played


@pytest.mark.parametrize("seed", range(12))
def test_a_game_repeats_no_question_no_fact_no_kind_and_no_subject(bank, seed):
    played = play(bank, Random(seed))
    facts = Counter(key for question in played for key in {fact.key for fact in question.facts})
    subjects = Counter(ref for question in played for ref in set(question.subject) if ref.kind in {"song", "drama"})
    assert len({question.key for question in played}) == 10
    assert max(facts.values()) == 1
    assert max(subjects.values()) == 1
    assert len({question.kind for question in played}) == 10


def test_no_kind_is_more_than_a_quarter_of_what_games_ask(bank):
    rng = Random(7)
    kinds = Counter(question.kind for _ in range(60) for question in play(bank, rng))
    assert max(kinds.values()) <= sum(kinds.values()) / 4
    assert len(kinds) >= 12


def test_the_same_randomness_chooses_the_same_questions(bank):
    assert play(bank, Random(3)) == play(bank, Random(3))


def test_what_was_seen_recently_waits_until_nothing_else_is_left(bank):
    kinds = frozenset({QuestionKind.NOMINEE_WON, QuestionKind.ODD_NETWORK})
    keys = [prompt.key for row in bank.draws_from(Pool(), kinds).values() for prompt in row]
    seen, fresh = keys[:-1], keys[-1]
    assert choose_question(bank, Pool(), Random(1), kinds=kinds, memory=Memory(seen)).key == fresh
    again = choose_question(bank, Pool(), Random(1), kinds=kinds, memory=Memory(keys))
    assert again.key in keys[: len(keys) // 2]  # the older half comes back first


def test_a_pool_that_is_used_up_gives_nothing(bank):
    kinds = frozenset({QuestionKind.ODD_NETWORK})
    count = len(bank.draws_from(Pool(), kinds)[QuestionKind.ODD_NETWORK])
    assert len(play(bank, Random(1), count + 3, kinds=kinds)) <= count
    assert choose_question(bank, Pool(decade=1900), Random(1)) is None


@pytest.mark.parametrize("kinds", [TYPED_KINDS, CHOSEONG_KINDS])
def test_a_mode_asks_only_its_kinds(bank, kinds):
    assert {question.kind for question in play(bank, Random(1), kinds=kinds)} <= kinds


def test_a_harder_game_asks_harder_questions(bank):
    def mean(level):
        rng = Random(5)
        asked = [question for _ in range(10) for question in play(bank, rng, pool=Pool(level=level))]
        return sum(question.difficulty for question in asked) / len(asked)

    assert mean(Level.EASY) + 0.05 < mean(Level.NORMAL) < mean(Level.HARD) - 0.05


def test_recorded_answers_take_the_place_of_the_catalog_s_difficulty(bank):
    kinds = frozenset({QuestionKind.DRAMA_YEAR})
    row = bank.draws_from(Pool(), kinds)[QuestionKind.DRAMA_YEAR]
    measured = {prompt.key: 1.0 for prompt in row} | {row[0].key: 0.3}
    rng = Random(2)
    easy = Pool(level=Level.EASY)
    asked = Counter(
        choose_question(bank, easy, rng, kinds=kinds, memory=Memory(measured=measured)).key for _ in range(200)
    )
    assert asked.most_common(1)[0][0] == row[0].key
