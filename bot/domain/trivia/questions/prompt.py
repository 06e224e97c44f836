"""What could be asked, before options are drawn."""

from dataclasses import dataclass

from .question import QuestionKind, Ref


@dataclass(frozen=True, slots=True)
class Prompt:
    """What could be asked: a kind and what it names; options are drawn when it is asked."""

    kind: QuestionKind
    subject: tuple[Ref, ...]
    clue: str | None = None
    claimed: QuestionKind | None = None
    """For a claim: which question's answer is claimed."""
    anchor: Ref | None = None
    """For questions that name nothing: what the answer is. It must not be shown."""

    @property
    def about(self) -> tuple[Ref, ...]:
        """What is named, and the anchor."""
        return (*self.subject, self.anchor) if self.anchor else self.subject

    @property
    def key(self) -> str:
        """The same as its questions' ``key``."""
        parts = [self.kind.value, self.claimed.value if self.claimed else None, *map(str, self.about), self.clue]
        return "|".join(part for part in parts if part)
