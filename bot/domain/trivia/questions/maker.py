"""The common part of all makers: from a prompt and a source of randomness to a question."""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from heapq import nsmallest
from random import Random
from typing import ClassVar

from .difficulty import difficulty_from_catalog
from .knowledge import Knowledge
from .prompt import Prompt
from .question import Fact, Question, QuestionKind, Ref

OPTION_COUNT = 4
_LOOKED_AT = 200  # enough to find near ones among, and quick
_PLAUSIBLE_COUNT = 12  # wrong options are drawn from this many of the nearest


class Maker(ABC):
    """Makes the questions of one kind.

    A maker yields a prompt only when the catalog holds the complete set of its right answers and at least
    three wrong options, so that every prompt it yields can be asked.
    """

    kind: ClassVar[QuestionKind]
    depends_on_options: ClassVar[bool] = False
    """Whether it asks to compare the options, so that only the one drawn is right."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.catalog = knowledge.catalog

    @cached_property
    def all_prompts(self) -> tuple[Prompt, ...]:
        """``prompts``, made once."""
        return tuple(self.knowledge.at_ease(self.prompts()))

    @abstractmethod
    def prompts(self) -> Iterator[Prompt]:
        """Everything this maker can ask."""

    @abstractmethod
    def right(self, prompt: Prompt) -> Sequence[Ref]:
        """Every right answer there is; for a comparison of the options, everything that may stand as the right one."""

    @abstractmethod
    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        """Everything that may stand as a wrong option."""

    @abstractmethod
    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        """What the reveal tells when ``answer`` stood as the right option."""

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        """Those of ``right`` that may stand among the options."""
        return self.right(prompt)

    def all_right(self, prompt: Prompt, answer: Ref) -> frozenset[Ref]:
        """The question's ``right``."""
        return frozenset({answer} if self.depends_on_options else (*self.right(prompt), answer))

    def distance(self, answer: Ref, other: Ref) -> float:
        """How far a wrong option is from the right one, for near ones are plausible; by years if not overridden."""
        mine, yours = self.knowledge.year(answer), self.knowledge.year(other)
        return abs(mine - yours) if mine is not None and yours is not None else 10

    def difficulty(self, prompt: Prompt) -> float:
        """0 to 1, from the catalog alone."""
        return difficulty_from_catalog(prompt, self.knowledge)

    def make(self, prompt: Prompt, rng: Random) -> Question:
        """A question with its options drawn and shuffled by ``rng``."""
        answer = rng.choice(self.showable(prompt))
        options = [answer, *self._draw_wrong(prompt, answer, rng)]
        rng.shuffle(options)
        return Question(
            key=prompt.key,
            kind=self.kind,
            subject=prompt.subject,
            options=tuple(options),
            right=self.all_right(prompt, answer),
            facts=self.facts(prompt, answer),
            difficulty=self.difficulty(prompt),
            clue=prompt.clue,
        )

    def _draw_wrong(self, prompt: Prompt, answer: Ref, rng: Random) -> list[Ref]:
        """Three of the nearest wrong options that do not look alike; farther ones only where near ones do."""
        candidates = list(self.wrong(prompt))
        rng.shuffle(candidates)
        near = nsmallest(_PLAUSIBLE_COUNT, candidates[:_LOOKED_AT], key=lambda ref: self.distance(answer, ref))
        rng.shuffle(near)
        chosen: list[Ref] = []
        for ref in (*near, *candidates):
            if not any(self.knowledge.look_alike(ref, other) for other in (answer, *chosen)):
                chosen.append(ref)
            if len(chosen) == OPTION_COUNT - 1:
                break
        return chosen

    def can_be_asked(self, prompt: Prompt) -> bool:
        """Whether some right answer and three wrong options that look different stand ready."""
        if not (rights := self.showable(prompt)):
            return False
        groups = [self.knowledge.names(rights[0])]
        for ref in self.wrong(prompt):
            names = self.knowledge.names(ref)
            if all(names.isdisjoint(group) for group in groups):
                groups.append(names)
            if len(groups) == OPTION_COUNT:
                return True
        return False
