"""Who won? Only where the catalog is sure of all winners."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.catalog import Edition, Outcome

from . import _facts
from .knowledge import ref_of
from .maker import OPTION_COUNT, Maker
from .prompt import Prompt
from .question import Fact, QuestionKind, Ref, RefKind


class _Winner(Maker):
    """An edition is named by award, year and category; which song won?"""

    def edition(self, prompt: Prompt) -> Edition:
        return self.catalog.editions[prompt.subject[0].key]

    def winners(self, edition: Edition) -> list[Outcome]:
        return [outcome for outcome in self.catalog.outcomes_in(edition.key) if outcome.won]

    def is_settled(self, edition: Edition) -> bool:
        """Whether the winners on record are all there were: one, or several of a prize that is known to be shared."""
        return len(self.winners(edition)) == (1 if not edition.shared else max(len(self.winners(edition)), 2))

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [Ref(RefKind.SONG, outcome.song_key) for outcome in self.winners(self.edition(prompt))]

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (all winners are told)
        return tuple(_facts.outcome(self.catalog, row) for row in self.winners(self.edition(prompt)))


class AwardWinner(_Winner):
    """The options are songs of about those years that won no prize of that award in that year."""

    kind = QuestionKind.AWARD_WINNER

    def prompts(self) -> Iterator[Prompt]:
        for edition in self.catalog.editions.values():
            prompt = Prompt(self.kind, (ref_of(edition),))
            if self.winners(edition) and self.is_settled(edition):
                yield prompt

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        edition = self.edition(prompt)
        years = _years(edition)
        crowned = [
            Ref(RefKind.SONG, outcome.song_key)
            for other in self.catalog.editions.values()
            if other.award_key == edition.award_key and years & _years(other)
            for outcome in self.winners(other)
        ]
        return self.knowledge.unlike(self.knowledge.song_refs, crowned)

    def distance(self, answer: Ref, other: Ref) -> float:
        """Songs that won or were nominated elsewhere come first."""
        return super().distance(answer, other) + 2 * self.knowledge.circle(other)


class NomineeWon(_Winner):
    """The options are the nominees of an edition of which all are on record; which won?"""

    kind = QuestionKind.NOMINEE_WON

    def prompts(self) -> Iterator[Prompt]:
        for edition in self.catalog.editions.values():
            prompt = Prompt(self.kind, (ref_of(edition),))
            entries = len(self.catalog.outcomes_in(edition.key))
            complete = edition.nominees_complete and entries >= OPTION_COUNT and self.is_settled(edition)
            if complete and self.winners(edition) and self.can_be_asked(prompt):
                yield prompt

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        nominees = (Ref(RefKind.SONG, o.song_key) for o in self.catalog.outcomes_in(prompt.subject[0].key))
        return self.knowledge.unlike(nominees, self.right(prompt))


def _years(edition: Edition) -> set[int]:
    """The year as the body counts it and the year of the night."""
    return {edition.year, edition.date.year} if edition.date else {edition.year}
