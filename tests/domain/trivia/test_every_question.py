"""Walks every question that every maker can produce over the whole shipped catalog, against an oracle of its own."""

import json
from collections import Counter
from random import Random

import pytest

from bot.domain.trivia.questions.bank import CHOSEONG_KINDS, QUIZ_KINDS, Pool, QuestionBank
from bot.domain.trivia.questions.claims import TrueFalse
from bot.domain.trivia.questions.prompt import Prompt
from bot.domain.trivia.questions.question import FALSE, TRUE, Fact, Question, QuestionKind, RefKind

from .oracle import Oracle, flat

ORDER_KINDS = {QuestionKind.FIRST_DRAMA, QuestionKind.LAST_DRAMA, QuestionKind.FIRST_SONG, QuestionKind.LAST_SONG}
KNOWN_KINDS = sorted(QUIZ_KINDS - ORDER_KINDS - {QuestionKind.TRUE_FALSE, QuestionKind.MISSING_WORD})


@pytest.fixture(scope="module")
def oracle(shipped) -> Oracle:
    return Oracle(shipped)


@pytest.mark.parametrize("kind", KNOWN_KINDS)
def test_right_is_all_that_is_right_and_no_wrong_option_is(kind, bank, oracle):
    maker = bank.makers[kind]
    for prompt in bank.prompts[kind]:
        right = oracle.right(prompt)
        assert {ref.key for ref in maker.right(prompt)} <= right
        if kind is not QuestionKind.ODD_NETWORK:  # which leaves out dramas on several networks
            assert {ref.key for ref in maker.right(prompt)} == right, prompt
        assert right.isdisjoint(ref.key for ref in maker.wrong(prompt)), prompt
        assert {ref.key for ref in maker.showable(prompt)} <= right


def test_a_missing_word_is_the_only_option_that_makes_a_title(bank, oracle):
    maker = bank.makers[QuestionKind.MISSING_WORD]
    for prompt in bank.prompts[QuestionKind.MISSING_WORD]:
        before, after = map(flat, prompt.clue.split("＿＿"))
        assert all(before + flat(ref.key) + after in oracle.spelled for ref in maker.showable(prompt)), prompt
        assert not any(before + flat(ref.key) + after in oracle.spelled for ref in maker.wrong(prompt)), prompt


@pytest.mark.parametrize("kind", sorted(ORDER_KINDS))
def test_the_first_is_before_and_the_last_after_all_that_stand_beside_it(kind, bank, shipped):
    def year(ref):
        return shipped.dramas[ref.key].year if ref.kind is RefKind.DRAMA else shipped.songs[ref.key].released.year

    for prompt in bank.prompts[kind]:
        (answer,) = bank.makers[kind].right(prompt)
        others = [year(ref) for ref in bank.makers[kind].wrong(prompt)]
        assert year(answer) < min(others) if kind.startswith("first") else year(answer) > max(others)


def test_a_claim_is_true_exactly_when_the_catalog_says_so(bank, oracle):
    maker = bank.makers[QuestionKind.TRUE_FALSE]
    assert isinstance(maker, TrueFalse)
    for prompt in bank.prompts[QuestionKind.TRUE_FALSE]:
        right = oracle.right(prompt, prompt.claimed)
        claimed, inner = bank.makers[prompt.claimed], Prompt(prompt.claimed, prompt.subject)
        true_ones, false_ones = claimed.showable(inner), claimed.wrong(inner)
        assert {ref.key for ref in true_ones} <= right
        assert right.isdisjoint(ref.key for ref in false_ones)
        question = maker.make(prompt, Random(prompt.key))
        assert question.right == {TRUE if question.claim.option.key in right else FALSE}


@pytest.mark.parametrize("kind", sorted(CHOSEONG_KINDS))
def test_initials_mean_every_title_that_has_them(kind, bank, oracle):
    for prompt in bank.prompts[kind]:
        assert {ref.key for ref in bank.makers[kind].make(prompt, Random(1)).right} == oracle.right(prompt)


@pytest.mark.parametrize("kind", sorted(QUIZ_KINDS))
def test_every_question_can_be_asked_with_four_different_options_one_right(kind, bank):
    for prompt in bank.prompts[kind]:
        for seed in range(1 if kind is QuestionKind.TRUE_FALSE else 2):
            question = bank.make(prompt, Random(f"{prompt.key} {seed}"))
            assert len(set(question.options)) == (2 if kind is QuestionKind.TRUE_FALSE else 4), prompt
            assert sum(option in question.right for option in question.options) == 1
            assert question.key == prompt.key
            assert_told(question, bank)


def assert_told(question: Question, bank: QuestionBank) -> None:
    """Options look different, the reveal has a fact with its source, and the snapshot brings all of it back."""
    names = [bank.knowledge.names(option) for option in question.options]
    assert sum(map(len, names)) == len(frozenset().union(*names))
    assert question.facts
    assert all(fact.sources for fact in question.facts)
    assert 0 <= question.difficulty <= 1
    assert Question.from_snapshot(json.loads(json.dumps(question.snapshot()))) == question


def test_where_the_right_option_stands_tells_nothing(bank):
    rng = Random(20160902)
    kinds = sorted(QUIZ_KINDS - {QuestionKind.TRUE_FALSE})
    prompts = rng.sample([prompt for kind in kinds for prompt in bank.prompts[kind]], 3000)
    places = Counter(bank.make(prompt, rng).right_option for prompt in prompts)
    assert all(0.21 < places[place] / len(prompts) < 0.29 for place in range(4))


def test_claims_are_true_as_often_as_false(bank):
    rng = Random(20160902)
    prompts = rng.sample(bank.prompts[QuestionKind.TRUE_FALSE], 1000)
    assert 0.45 < sum(TRUE in bank.make(prompt, rng).right for prompt in prompts) / len(prompts) < 0.55


def test_no_two_questions_share_a_key(bank):
    keys = [prompt.key for prompts in bank.prompts.values() for prompt in prompts]
    assert len(keys) == len(set(keys))


def test_the_default_pool_is_wide_enough(bank):
    pool = bank.draws_from(Pool())
    prompts = [prompt for row in pool.values() for prompt in row]
    facts = {fact.key for prompt in prompts for fact in first_facts(bank, prompt)}
    assert len(pool) >= 12
    assert len({prompt.key for prompt in prompts}) >= 3000
    assert len(facts) >= 1500
    assert max(map(len, pool.values())) <= len(prompts) / 4


def first_facts(bank: QuestionBank, prompt: Prompt) -> tuple[Fact, ...]:
    """What the reveal tells about the first right option: a claim's are those of the question it is made from."""
    inner = Prompt(prompt.claimed, prompt.subject) if prompt.claimed else prompt
    maker = bank.makers[inner.kind]
    return maker.facts(inner, maker.showable(inner)[0])
