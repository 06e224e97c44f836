"""True or false? A claim made from another maker's prompt."""

from collections.abc import Iterable, Iterator, Sequence
from random import Random

from .knowledge import Knowledge
from .maker import Maker
from .prompt import Prompt
from .question import FALSE, TRUE, Claim, Fact, Question, QuestionKind, Ref


class TrueFalse(Maker):
    """Claims that a right or a wrong option of another question answers it; a coin decides which."""

    kind = QuestionKind.TRUE_FALSE

    def __init__(self, knowledge: Knowledge, makers: Iterable[Maker]) -> None:
        super().__init__(knowledge)
        self._makers = {maker.kind: maker for maker in makers}

    def prompts(self) -> Iterator[Prompt]:
        for maker in self._makers.values():
            for prompt in maker.all_prompts:
                yield Prompt(self.kind, prompt.subject, claimed=maker.kind)

    def right(self, prompt: Prompt) -> Sequence[Ref]:  # noqa: ARG002 (either, as the coin falls)
        return (TRUE, FALSE)

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:  # noqa: ARG002 (the other side of the coin)
        return (TRUE, FALSE)

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:
        """``answer`` is the true one's, whether it was claimed or not."""
        maker, inner = self._inner(prompt)
        return maker.facts(inner, answer)

    def make(self, prompt: Prompt, rng: Random) -> Question:
        maker, inner = self._inner(prompt)
        asked = maker.make(inner, rng)
        true_option = next(option for option in asked.options if option in asked.right)
        false_option = next(option for option in asked.options if option not in asked.right)
        truth = rng.choice((TRUE, FALSE))
        return Question(
            key=prompt.key,
            kind=self.kind,
            subject=prompt.subject,
            options=(TRUE, FALSE),
            right=frozenset({truth}),
            facts=asked.facts,
            difficulty=self.difficulty(prompt),
            claim=Claim(maker.kind, true_option if truth == TRUE else false_option),
        )

    def _inner(self, prompt: Prompt) -> tuple[Maker, Prompt]:
        if prompt.claimed is None:
            raise ValueError(prompt)
        return self._makers[prompt.claimed], Prompt(prompt.claimed, prompt.subject)
