"""Which question comes next: spread over kinds and subjects, nothing twice, what was seen recently waits."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import exp, sqrt
from random import Random

from .questions.bank import QUIZ_KINDS, Pool, QuestionBank
from .questions.difficulty import Level
from .questions.prompt import Prompt
from .questions.question import Question, QuestionKind, Ref, RefKind

_AIM = {Level.EASY: 0.3, Level.NORMAL: 0.5, Level.HARD: 0.75}
_SPREAD = 0.2  # how far from the aim a difficulty may be before it becomes rare
_FLOOR = 0.03  # no difficulty is ever impossible
_TRIES = 20
_SAMPLE = 30  # prompts looked at in one try
_COMMON = frozenset({RefKind.NETWORK, RefKind.YEAR, RefKind.AWARD, RefKind.EDITION, RefKind.TRUTH, RefKind.WORD})


@dataclass(frozen=True, slots=True)
class Memory:
    """What a server's players saw and how they did.

    ``recent`` are keys of questions seen lately, oldest first. ``measured`` are difficulties from recorded answers
    (:func:`~.questions.difficulty.difficulty_from_answers`), by question key.
    """

    recent: Sequence[str] = ()
    measured: Mapping[str, float] | None = None


_NOTHING_SEEN = Memory()


def choose_question(
    bank: QuestionBank,
    pool: Pool,
    rng: Random,
    *,
    kinds: frozenset[QuestionKind] = QUIZ_KINDS,
    played: Sequence[Question] = (),
    memory: Memory = _NOTHING_SEEN,
) -> Question | None:
    """The next question of a game, or None when the pool holds nothing that was not played in it.

    ``played`` are this game's questions so far: none of them and none of their facts comes again, nor, while there is
    a choice, any of their subjects. What was seen recently waits until nothing else is left, the oldest shortest.
    """
    choice = _Choice(bank, pool, rng, played, memory)
    prompts = bank.draws_from(pool, kinds)
    asked = {question.key for question in played}
    newer_half = set(memory.recent[len(memory.recent) // 2 :])
    for barred in (asked | set(memory.recent), asked | newer_half, asked):
        if question := choice.draw(prompts, barred):
            return question
    return None


class _Choice:
    def __init__(self, bank: QuestionBank, pool: Pool, rng: Random, played: Sequence[Question], memory: Memory) -> None:
        self._bank = bank
        self._rng = rng
        self._aim = _AIM[pool.level]
        self._measured = memory.measured or {}
        self._kind_counts = Counter(question.kind for question in played)
        self._told = {fact.key for question in played for fact in question.facts}
        self._touched = {ref for question in played for ref in _touched(question)}

    def draw(self, prompts: Mapping[QuestionKind, Sequence[Prompt]], barred: Collection[str]) -> Question | None:
        """A few tries at a spread choice, then whatever is left."""
        for prompt in chain(self._spread(prompts, barred), self._leftovers(prompts, barred)):
            question = self._bank.make(prompt, self._rng)
            if self._told.isdisjoint(fact.key for fact in question.facts):
                return question
        return None

    def _spread(self, prompts: Mapping[QuestionKind, Sequence[Prompt]], barred: Collection[str]) -> Iterator[Prompt]:
        """Of the kinds asked least so far, prompts on new subjects, near the difficulty aimed at."""
        fewest = min((self._kind_counts[kind] for kind in prompts), default=0)
        kinds = [kind for kind in prompts if self._kind_counts[kind] == fewest]
        weights = [sqrt(len(prompts[kind])) for kind in kinds]  # small kinds come up, but not as often as great ones
        for kind in self._rng.choices(kinds, weights, k=_TRIES) if kinds else ():
            sample = self._rng.sample(prompts[kind], min(_SAMPLE, len(prompts[kind])))
            if new := [p for p in sample if p.key not in barred and self._touched.isdisjoint(p.about)]:
                yield self._rng.choices(new, [self._weight(prompt) for prompt in new])[0]

    def _leftovers(self, prompts: Mapping[QuestionKind, Sequence[Prompt]], barred: Collection[str]) -> Iterator[Prompt]:
        left = [prompt for row in prompts.values() for prompt in row if prompt.key not in barred]
        self._rng.shuffle(left)
        yield from sorted(left, key=lambda prompt: not self._touched.isdisjoint(prompt.about))

    def _weight(self, prompt: Prompt) -> float:
        difficulty = self._measured.get(prompt.key, self._bank.difficulty(prompt))
        return _FLOOR + exp(-(((difficulty - self._aim) / _SPREAD) ** 2))


def _touched(question: Question) -> Iterator[Ref]:
    """Songs, dramas, artists and actors that a question and its reveal named; what many questions share is left out."""
    told = (ref for fact in question.facts for ref in (fact.subject, fact.object))
    return (ref for ref in (*question.subject, *told) if ref.kind not in _COMMON)
