"""What was typed: words, how much each counts, and what the same keys write on the other keyboard."""

import re
from dataclasses import dataclass

from bot.domain import forms, hangul

LONGEST_TEXT = 300
MOST_WORDS = 12

NOISE = frozenset(
    "ost osts soundtrack soundtracks song songs music theme themes bgm kdrama drama korean lyrics mv"
    " 오에스티 노래 주제곡 주제가 삽입곡 브금 음악 드라마 모음 가사 수록곡 테마곡 테마".split()
)
_FUNCTION = frozenset("the a an of from by in to and for on with my me is it".split())
_INITIALS_ONLY = re.compile("[ㄱ-ㅎ]+")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    words: tuple[str, ...]  # folded
    keys: tuple[str, ...]  # loose
    weights: tuple[float, ...]
    swapped: bool = False

    @property
    def years(self) -> int:
        return sum(1 << i for i, word in enumerate(self.words) if _YEAR.fullmatch(word))


def parse(text: str) -> Query:
    words = forms.fold(text[:LONGEST_TEXT]).replace("\n", " ").split()[:MOST_WORDS]
    return _query(words)


def _query(words: list[str], *, swapped: bool = False) -> Query:
    keys = forms.loosen(" ".join(words)).split(" ") if words else []
    return Query(tuple(words), tuple(keys), tuple(map(_weight, words, keys)), swapped)


def _weight(word: str, key: str) -> float:
    if word in NOISE:
        return 0.1
    if word in _FUNCTION:
        return 0.4
    if word.isdigit():
        return max(4.0, len(word))
    return min(max(len(key), 2), 10)


def is_initials(word: str) -> bool:
    return bool(_INITIALS_ONLY.fullmatch(word)) and (len(set(word)) > 1 or len(word) == 1)


def other_keyboard(query: Query, unknown: int) -> Query | None:
    """The query with each word of the mask ``unknown`` as the other keyboard writes it; None if no word is one."""
    words = list(query.words)
    for i, word in enumerate(words):
        if unknown >> i & 1:
            words[i] = _swap(word)
    return None if words == list(query.words) else _query(words, swapped=True)


def _swap(word: str) -> str:
    if len(set(word)) == 1:
        return word  # laughing or crying, ㅋㅋㅋ or ㅠㅠ
    if word.isascii():
        if not word.isalpha():
            return word
        letters = hangul.keys_as_jamo(word)
        plausible = _SYLLABLES.fullmatch(letters)
        return letters if plausible else word
    if hangul.has_hangul(word):
        return hangul.to_latin_keyboard(word)
    return word


_SYLLABLES = re.compile("(?:[ㄱ-ㅎ][ㅏ-ㅣ]{1,2}(?:[ㄱ-ㅎ]{1,2}(?![ㅏ-ㅣ]))?)+[ㄱ-ㅎ]?")
