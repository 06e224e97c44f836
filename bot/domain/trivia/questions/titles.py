"""Titles: a Korean one and its English one, and words missing from them."""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence

from bot.domain import hangul
from bot.domain.catalog import Drama, Song

from . import _facts
from .knowledge import Knowledge, plain, ref_of
from .maker import Maker
from .prompt import Prompt
from .question import GAP, Fact, QuestionKind, Ref, RefKind

_LEAST_WORDS = 3
_LEAST_WORD_LETTERS = 2
_ENGLISH_FUNCTION_WORDS = (
    "the and for you your with from this that are was not but can will all our his her its "
    "of to in on at is it my me be we an as or so by do go no up"
)
_KOREAN_FUNCTION_WORDS = "그 이 저 더 내 나 너 널 난 넌 날 네 수 한 것 두 때"
_TOO_PLAIN = frozenset(f"{_ENGLISH_FUNCTION_WORDS} {_KOREAN_FUNCTION_WORDS}".split())


class _EnglishTitle(Maker):
    """The Korean title is shown; which is the English one? Right is all that bears the Korean title."""

    @abstractmethod
    def entities(self) -> Iterable[Drama | Song]:
        """All that is asked about and offered."""

    @abstractmethod
    def namesakes(self, prompt: Prompt) -> Iterable[Drama | Song]:
        """All that shares a title with the subject."""

    def prompts(self) -> Iterator[Prompt]:
        for entity in self.entities():
            prompt = Prompt(self.kind, (ref_of(entity),))
            if _translated(entity) and self.can_be_asked(prompt):
                yield prompt

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        shown = plain(self.subject(prompt).title_ko)
        return [ref_of(e) for e in self.namesakes(prompt) if e.title and plain(e.title_ko) == shown]

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        return prompt.subject

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        namesakes = list(self.namesakes(prompt))
        aliases = {plain(alias) for entity in namesakes for alias in entity.aliases}
        others = (ref_of(e) for e in self.entities() if _translated(e) and plain(e.title or "") not in aliases)
        return self.knowledge.unlike(others, map(ref_of, namesakes))

    def subject(self, prompt: Prompt) -> Drama | Song:
        return self.knowledge.titled(prompt.subject[0])

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the subject is the answer)
        return (_facts.titled(self.subject(prompt)),)


class DramaEnglish(_EnglishTitle):
    kind = QuestionKind.DRAMA_ENGLISH

    def entities(self) -> Iterable[Drama]:
        return self.knowledge.dramas

    def namesakes(self, prompt: Prompt) -> Iterable[Drama]:
        return self.knowledge.dramas_called_like(self.catalog.dramas[prompt.subject[0].key])


class SongEnglish(_EnglishTitle):
    kind = QuestionKind.SONG_ENGLISH

    def entities(self) -> Iterable[Song]:
        return self.knowledge.songs

    def namesakes(self, prompt: Prompt) -> Iterable[Song]:
        return self.knowledge.songs_called_like(self.catalog.songs[prompt.subject[0].key])


class MissingWord(Maker):
    """A title with a gap; which word is missing? Right is every word that makes the title of some song or drama."""

    kind = QuestionKind.MISSING_WORD

    def __init__(self, knowledge: Knowledge) -> None:
        super().__init__(knowledge)
        self._asked: tuple[Drama | Song, ...] = (*knowledge.songs, *knowledge.dramas)
        asked_titles = [title for entity in knowledge.at_ease(self._asked) for title in _titles(entity)]
        telling = (_telling_words(title) for title in knowledge.at_ease(asked_titles))
        self._offered = sorted({word.group() for words in telling for word in words})
        self._fillings: dict[tuple[str, str], set[str]] = {
            _around(clue): set() for clue in map(_clue, knowledge.at_ease(asked_titles)) if clue
        }
        named: tuple[Drama | Song, ...] = (*knowledge.songs, *self.catalog.dramas.values())
        for title in (title for entity in knowledge.at_ease(named) for title in (*_titles(entity), *entity.aliases)):
            for word in _words(title):
                if (fillings := self._fillings.get(_around(_with_gap(title, word)))) is not None:
                    fillings.add(word.group())

    def prompts(self) -> Iterator[Prompt]:
        for entity in self._asked:
            clues = (_clue(title) for title in _titles(entity))
            for clue in dict.fromkeys(filter(None, clues)):
                yield Prompt(self.kind, (ref_of(entity),), clue)

    def right(self, prompt: Prompt) -> Sequence[Ref]:
        return [Ref(RefKind.WORD, word) for word in sorted(self._fillings[_around(prompt.clue or "")])]

    def showable(self, prompt: Prompt) -> Sequence[Ref]:
        """The word that the subject itself has."""
        titles = _titles(self.knowledge.titled(prompt.subject[0]))
        found = (word for title in titles for word in _words(title) if _with_gap(title, word) == prompt.clue)
        return [Ref(RefKind.WORD, word.group()) for word in found]

    def wrong(self, prompt: Prompt) -> Iterable[Ref]:
        """Words of other titles in the same script."""
        korean = hangul.has_hangul(self.showable(prompt)[0].key)
        others = (Ref(RefKind.WORD, word) for word in self._offered if hangul.has_hangul(word) == korean)
        return self.knowledge.unlike(others, self.right(prompt))

    def distance(self, answer: Ref, other: Ref) -> float:
        return abs(len(answer.key) - len(other.key))

    def facts(self, prompt: Prompt, answer: Ref) -> tuple[Fact, ...]:  # noqa: ARG002 (the subject is the answer)
        return (_facts.titled(self.knowledge.titled(prompt.subject[0])),)


def _words(title: str) -> list[re.Match[str]]:
    return list(re.finditer(r"\w+(?:['’.-]\w+)*", title))


def _telling_words(title: str) -> list[re.Match[str]]:
    """Words worth asking for: long enough, not a mere function word, and only once in the title."""
    return [
        word
        for word in _words(title)
        if len(word.group()) >= _LEAST_WORD_LETTERS
        and word.group().casefold() not in _TOO_PLAIN
        and plain(title).count(plain(word.group())) == 1
    ]


def _clue(title: str) -> str | None:
    """The title without its longest telling word; None where that would be guesswork."""
    words = _telling_words(title) if len(_words(title)) >= _LEAST_WORDS else []
    return _with_gap(title, max(words, key=lambda word: len(word.group()))) if words else None


def _with_gap(title: str, word: re.Match[str]) -> str:
    return title[: word.start()] + GAP + title[word.end() :]


def _around(clue: str) -> tuple[str, str]:
    """What is read before and after the gap."""
    before, _, after = clue.partition(GAP)
    return plain(before), plain(after)


def _titles(entity: Drama | Song) -> list[str]:
    return [title for title in (entity.title, entity.title_ko) if title]


def _translated(entity: Drama | Song) -> bool:
    """Whether the two titles differ, and each is in its own script."""
    return (
        entity.title is not None
        and plain(entity.title) != plain(entity.title_ko)
        and hangul.has_hangul(entity.title_ko)
        and not hangul.has_hangul(entity.title)
    )
