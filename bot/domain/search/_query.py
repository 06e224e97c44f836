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
_SYLLABLES = re.compile("(?:[ㄱ-ㅎ][ㅏ-ㅣ]{1,2}(?:[ㄱ-ㅎ]{1,2}(?![ㅏ-ㅣ]))?)+[ㄱ-ㅎ]?")
_YEAR = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Query:
    """Words as they were typed, folded, and what they are compared by; masks have a bit for each word."""

    words: tuple[str, ...]
    keys: tuple[str, ...]  # loose
    weights: tuple[float, ...]  # how much each word counts
    years: int  # mask


def parse(text: str) -> Query:
    """The first words of ``text``; of a text too long to be a title nothing is lost that could be found."""
    return _query(forms.fold(text[:LONGEST_TEXT]).replace("\n", " ").split()[:MOST_WORDS])


def _query(words: list[str]) -> Query:
    keys = forms.loosen(" ".join(words)).split(" ") if words else []
    years = sum([1 << i for i, word in enumerate(words) if len(word) == 4 and _YEAR.fullmatch(word)])
    return Query(tuple(words), tuple(keys), tuple(map(_weight, words, keys)), years)


def _weight(word: str, key: str) -> float:
    if word in NOISE:
        return 0.1
    if word in _FUNCTION:
        return 0.4
    if word.isdigit():
        return max(4.0, len(word))
    return min(max(len(key), 2), 10)


def is_initials(word: str) -> bool:
    """Whether ``word`` is ㄷㄲㅂ or the like, and not laughter (ㅋㅋㅋ)."""
    return bool(_INITIALS_ONLY.fullmatch(word)) and (len(set(word)) > 1 or len(word) == 1)


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
    if len(set(word)) == 1:
        return None  # laughing or crying, ㅋㅋㅋ or ㅠㅠ
    if word.isascii():
        letters = hangul.keys_as_jamo(word)
        return letters if _SYLLABLES.fullmatch(letters) else None
    return hangul.to_latin_keyboard(word) if hangul.has_hangul(word) else None
