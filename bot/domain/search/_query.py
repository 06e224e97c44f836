"""What was typed: words, how much each counts, and what the same keys write on the other keyboard."""

import re
import string
from dataclasses import dataclass, replace

from bot.domain import forms, hangul

from . import _weights as weigh

LONGEST_TEXT = 300  # letters; loose Korean from a Mac takes three for one
MOST_WORDS = 12
_A_WORD = re.compile(r"\S+")

# Words that say what kind of thing is wanted, and those that only hold others together.
NOISE = frozenset(
    _A_WORD.findall("ost osts soundtrack soundtracks song songs music theme themes bgm kdrama drama korean lyrics mv")
    + _A_WORD.findall("오에스티 노래 주제곡 주제가 삽입곡 브금 음악 드라마 모음 가사 수록곡 테마곡 테마")
)
_FUNCTION = frozenset(_A_WORD.findall("the a an of from by in to and for on with my me is it"))
_INITIALS_ONLY = re.compile("[ㄱ-ㅎ]+")
_LAUGHTER = re.compile("ㅋ{2,}|ㅎ{2,}")
_SYLLABLES = re.compile("(?:[ㄱ-ㅎ][ㅏ-ㅣ]{1,2}(?:[ㄱ-ㅎ]{1,2}(?![ㅏ-ㅣ]))?)+[ㄱ-ㅎ]?")
_PART = re.compile(r"\b(?:part|pt|파트) ?(\d+)\b")
_MARK = re.compile(r"(?:19|20)\d\d|part\d+")


@dataclass(frozen=True, slots=True)
class Query:
    """Words as they were typed, folded, and what they are compared by; masks have a bit for each word."""

    words: tuple[str, ...]
    keys: tuple[str, ...]  # loose
    weights: tuple[float, ...]  # how much each word counts
    marks: int  # mask of the years, and of "part 9"

    def without_marks(self) -> "Query":
        """The query as if it hardly mattered which year or part."""
        weights = [weigh.HINT if self.marks >> i & 1 else weight for i, weight in enumerate(self.weights)]
        return replace(self, weights=tuple(weights), marks=0)


def parse(text: str) -> Query:
    """The first words of ``text``; of a text too long to be a title nothing is lost that could be found."""
    folded = forms.fold(text[:LONGEST_TEXT].replace("\n", " "))
    return _query(_PART.sub(r"part\1", folded).split()[:MOST_WORDS])


def _query(words: list[str]) -> Query:
    keys = forms.loosen(" ".join(words)).split(" ") if words else []
    marks = sum([1 << i for i, word in enumerate(words) if _MARK.fullmatch(word)])
    return Query(tuple(words), tuple(keys), tuple(map(_weight, words, keys)), marks)


def _weight(word: str, key: str) -> float:
    if word in NOISE:
        return weigh.NOISE_WORD
    if word in _FUNCTION:
        return weigh.FUNCTION_WORD
    if word.isdigit():
        return max(weigh.LEAST_NUMBER, len(word))
    if _MARK.fullmatch(word):
        return weigh.PART_NUMBER
    return min(max(len(key), weigh.LEAST_WORD), weigh.MOST_WORD)


def is_initials(word: str) -> bool:
    """Whether ``word`` is ㄷㄲㅂ or the like, and not laughter (ㅋㅋㅋ)."""
    return bool(_INITIALS_ONLY.fullmatch(word)) and not _LAUGHTER.fullmatch(word)


def other_keyboard(query: Query, unknown: int) -> Query | None:
    """The query with each word of the mask ``unknown`` as the other keyboard writes it; None if one cannot be."""
    words = list(query.words)
    for i, word in enumerate(words):
        if unknown >> i & 1 and not word.isdigit():
            swapped = _swap(word)
            if swapped is None:
                return None
            words[i] = swapped
    return None if words == list(query.words) else _query(words)


def _swap(word: str) -> str | None:
    if len(word) > 1 and len(set(word)) == 1:
        return None  # laughing or crying, ㅋㅋㅋ or ㅠㅠ
    if word.isascii():
        letters = hangul.keys_as_jamo(word)
        return letters if _SYLLABLES.fullmatch(letters.strip(string.digits)) else None
    return hangul.to_latin_keyboard(word) if hangul.has_hangul(word) else None
