"""All questions there are, and which of them a game may draw from."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from random import Random

from bot.domain.catalog import Catalog

from .awards import AwardWinner, NomineeWon
from .claims import TrueFalse
from .comparisons import FirstDrama, FirstSong, LastDrama, LastSong, OddDrama, OddNetwork, OddSinger
from .difficulty import Level
from .dramas import LeadsSong, Network
from .initials import ChoseongDrama, ChoseongSong
from .knowledge import Circle, Knowledge
from .maker import Maker
from .prompt import Prompt
from .question import Question, QuestionKind, Topic, topic_of
from .songs import ArtistSong, DramaSong, SongArtist, SongDrama
from .titles import DramaEnglish, MissingWord, SongEnglish
from .years import AwardYear, DramaYear, ReleaseYear

TYPED_KINDS = frozenset({QuestionKind.SONG_DRAMA, QuestionKind.SONG_ARTIST, QuestionKind.AWARD_WINNER})
"""Kinds whose answer can be typed: a name, and the catalog knows all that are right."""

_POOLS_KEPT = 24
CHOSEONG_KINDS = frozenset({QuestionKind.CHOSEONG_DRAMA, QuestionKind.CHOSEONG_SONG})
_CLAIMED: tuple[type[Maker], ...] = (SongDrama, SongArtist, Network, AwardWinner)
_OTHERS: tuple[type[Maker], ...] = (
    *(DramaSong, ArtistSong, NomineeWon, LeadsSong),
    *(AwardYear, DramaYear, ReleaseYear),
    *(DramaEnglish, SongEnglish, MissingWord),
    *(OddSinger, OddDrama, OddNetwork, FirstDrama, LastDrama, FirstSong, LastSong),
    *(ChoseongDrama, ChoseongSong),
)
QUIZ_KINDS = frozenset(QuestionKind) - CHOSEONG_KINDS


@dataclass(frozen=True, slots=True)
class Pool:
    """What a game may ask about.

    A question is in a circle when something it is about is: an awarded song, its drama with all its songs, its
    artists with all theirs. ``topics`` empty means all. ``decade`` is its first year.
    ``level`` leans, it excludes nothing.
    """

    circle: Circle = Circle.NOMINATED
    topics: frozenset[Topic] = frozenset()
    decade: int | None = None
    level: Level = Level.NORMAL


class QuestionBank:
    """Every prompt over a catalog. Building it takes seconds, so build it once, off the event loop.

    ``rest`` is called again and again while it is built, every few tenths of a millisecond of work: for whoever
    builds it beside other work and would rather not hold that up.
    """

    def __init__(self, catalog: Catalog, rest: Callable[[], None] = lambda: None) -> None:
        self.knowledge = Knowledge(catalog, rest)
        self.makers: Mapping[QuestionKind, Maker] = {maker.kind: maker for maker in _makers(self.knowledge)}
        self.prompts: Mapping[QuestionKind, tuple[Prompt, ...]] = {
            kind: maker.all_prompts for kind, maker in self.makers.items()
        }
        every = chain.from_iterable(self.prompts.values())
        self._traits = {prompt: self._traits_of(prompt) for prompt in self.knowledge.at_ease(every)}
        self._drawn_from: dict[tuple[Pool, frozenset[QuestionKind]], Mapping[QuestionKind, Sequence[Prompt]]] = {}

    def draws_from(
        self, pool: Pool, kinds: frozenset[QuestionKind] = QUIZ_KINDS
    ) -> Mapping[QuestionKind, Sequence[Prompt]]:
        """The prompts of ``pool``, by kind; kinds without any are left out."""
        asked_for = replace(pool, level=Level.NORMAL), kinds
        if asked_for not in self._drawn_from:
            rows = {
                kind: [p for p in self.prompts[kind] if self._is_in(p, pool)] for kind in QuestionKind if kind in kinds
            }
            if len(self._drawn_from) >= _POOLS_KEPT:
                self._drawn_from.pop(next(iter(self._drawn_from)))
            self._drawn_from[asked_for] = {kind: row for kind, row in rows.items() if row}
        return self._drawn_from[asked_for]

    def subject_count(self, pool: Pool, kinds: frozenset[QuestionKind]) -> int:
        """About how many questions a game can have before one repeats what another has told."""
        return len({prompt.about for row in self.draws_from(pool, kinds).values() for prompt in row})

    def make(self, prompt: Prompt, rng: Random) -> Question:
        """A question with its options drawn and shuffled by ``rng``."""
        return self.makers[prompt.kind].make(prompt, rng)

    def difficulty(self, prompt: Prompt) -> float:
        """From the catalog alone, 0 to 1."""
        return self._traits[prompt].difficulty

    def _is_in(self, prompt: Prompt, pool: Pool) -> bool:
        traits = self._traits[prompt]
        return (
            traits.circle <= pool.circle
            and (not pool.topics or topic_of(prompt.claimed or prompt.kind) in pool.topics)
            and (pool.decade is None or pool.decade == traits.decade)
        )

    def _traits_of(self, prompt: Prompt) -> "_Traits":
        year = self.knowledge.year(prompt.about[0])
        return _Traits(
            min(self.knowledge.circle_around(ref) for ref in prompt.about),
            year - year % 10 if year else None,
            self.makers[prompt.kind].difficulty(prompt),
        )


@dataclass(frozen=True, slots=True)
class _Traits:
    circle: Circle
    decade: int | None
    difficulty: float


def _makers(knowledge: Knowledge) -> Iterator[Maker]:
    claimed = [maker(knowledge) for maker in _CLAIMED]
    yield from claimed
    yield TrueFalse(knowledge, claimed)
    yield from (maker(knowledge) for maker in _OTHERS)
