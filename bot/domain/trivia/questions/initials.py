"""초성퀴즈: a title by its initials (ㄷㄲㅂ), or by its consonants where it is in Latin letters (GBLN)."""

from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from random import Random

from bot.domain import hangul
from bot.domain.catalog import Drama, Song

from . import _facts
from .knowledge import Knowledge, plain, ref_of
from .maker import Maker
from .prompt import Prompt
from .question import Fact, Question, QuestionKind, Ref

_LEAST_LETTERS = 3  # fewer could be anything
_MOST_NAMESAKES = 3  # titles that one skeleton may stand for
_LATIN_VOWELS = frozenset("aeiou")


def skeleton(title: str) -> str:
    """Initials of syllables, consonants of Latin words, digits; spaces stay, so that words can be told.

    A Latin word's first letter stays even if it is a vowel: ``It's Okay`` is ``ITS OKY``.
    """
    return " ".join(filter(None, (_word_skeleton(word) for word in title.split())))


def _word_skeleton(word: str) -> str:
    letters = "".join(filter(str.isalnum, word.casefold()))
    kept = (char for index, char in enumerate(letters) if not index or char not in _LATIN_VOWELS)
    return hangul.choseong("".join(kept)).upper()


class _Initials(Maker):
    """Asked without options; right is everything of the kind that has that skeleton in any of its titles."""

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._bearers: dict[str, list[Ref]] = defaultdict(list)
        for entity in knowledge.at_ease(self.everything()):
            titles = filter(None, (entity.title, entity.title_ko, *entity.aliases))
            for bones in {plain(skeleton(title)) for title in titles}:
                self._bearers[bones].append(ref_of(entity))

    @abstractmethod
    def everything(self) -> Iterable[Drama | Song]:
        """All that may be meant."""

    @abstractmethod
    def asked(self) -> Iterable[Drama | Song]:
        """All that is asked for."""

    def prompts(self) -> Iterator[Prompt]:
        for entity in self.asked():
            titles = filter(None, (entity.title_ko, entity.title))
            for clue in dict.fromkeys(skeleton(title) for title in titles if _tells_enough(title)):
                prompt = Prompt(self.kind, (), clue=clue, anchor=ref_of(entity))
                if len(self.right(prompt)) <= _MOST_NAMESAKES:
                    yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return self._bearers[plain(prompt.clue or "")]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:  # noqa: ARG002 (there are no options)
        return ()

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the answer tells all)
        return (_facts.titled(self.knowledge.titled(answer)),)

    def make(self, prompt: Prompt, rng: Random) -> Question:  # noqa: ARG002 (nothing is drawn)
        right = [prompt.anchor, *self.right(prompt)] if prompt.anchor else self.right(prompt)
        return Question(
            key=prompt.key,
            kind=self.kind,
            subject=(),
            options=(),
            right=frozenset(right),
            facts=tuple(fact for ref in dict.fromkeys(right) for fact in self.facts(prompt, ref)),
            difficulty=self.difficulty(prompt),
            clue=prompt.clue,
        )


def _tells_enough(title: str) -> bool:
    """Enough different letters, and something left out: ``1%`` and ``BTS`` would be their own answers."""
    bones = plain(skeleton(title))
    return len(set(bones)) >= _LEAST_LETTERS and bones != plain(title)


class ChoseongDrama(_Initials):
    kind = QuestionKind.CHOSEONG_DRAMA

    def everything(self) -> Iterable[Drama]:
        return self.catalog.dramas.values()

    def asked(self) -> Iterable[Drama]:
        return self.knowledge.dramas


class ChoseongSong(_Initials):
    kind = QuestionKind.CHOSEONG_SONG

    def everything(self) -> Iterable[Song]:
        return self.knowledge.songs

    def asked(self) -> Iterable[Song]:
        return self.knowledge.songs
