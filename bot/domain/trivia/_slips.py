"""How near a guess is to a name: slips of the finger, never another word or another number."""

import re
from bisect import bisect_right
from enum import IntEnum

from rapidfuzz.distance import OSA

from bot.domain import hangul
from bot.domain.forms import loosen

from ._names import Name, without_article

_SMALL_WORDS = frozenset({"a", "an", "and", "at", "for", "in", "of", "on", "the", "to"})
_ANOTHER_WORD_BELOW = 0.5  # less alike than that, it is no slip
_PART_LEAST = 0.45  # of a name's letters: less than that says little
_LATIN_SLIPS = (5, 10, 16)  # lengths from which a name, without spaces, allows one slip more
_WORD_SLIPS = (4, 8)
_KOREAN_SLIPS = (3, 6, 10)  # in syllables
_LONG_WORD_SYLLABLES = 4
_ROMANIZED_SLIPS = (8,)
_ROMANIZED_LEAST = 4  # letters: shorter ones could be anything
_NEAR_LEAST_LETTERS, _NEAR_LEAST_SYLLABLES = 3, 2


class Nearness(IntEnum):
    FAR = 0
    NEAR = 1
    SAME = 2


def nearness(folded: str, name: Name) -> Nearness:
    """How near a folded guess that is not the name itself comes to it."""
    text = without_article(folded)
    if _numbers(text) != _numbers(" ".join(name.words)):
        return Nearness.FAR
    is_hangul = hangul.has_hangul(text)
    if is_hangul != name.is_hangul:
        return Nearness.FAR if is_hangul else _as_romanized(text.replace(" ", ""), name.romanized)
    near = _korean(text, name) if is_hangul else _latin(text, name)
    return near or _as_part(text, name)


def _numbers(text: str) -> list[str]:
    return re.findall(r"\d+", text)


def _as_romanized(compact: str, romanized: str) -> Nearness:
    """A Korean name in Latin letters, as each writes them."""
    if len(romanized) < _ROMANIZED_LEAST:
        return Nearness.FAR
    slips = OSA.distance(loosen(compact), romanized)
    return Nearness.SAME if slips <= _allowed(len(romanized), _ROMANIZED_SLIPS) else Nearness.FAR


def _korean(text: str, name: Name) -> Nearness:
    """Slips counted in keystrokes, by the number of syllables and by word; spacing is free."""
    compact = text.replace(" ", "")
    allowed = _allowed(len(name.compact), _KOREAN_SLIPS)
    if allowed and loosen(compact) == loosen(name.compact):  # vowels that sound alike, and tense consonants
        return Nearness.SAME
    slips = OSA.distance(hangul.jamo(compact), hangul.jamo(name.compact))
    if slips <= allowed and (slips <= 1 or _in_different_words(text.split(), name.words)):
        return Nearness.SAME
    return _if_few(slips, allowed) if len(name.compact) >= _NEAR_LEAST_SYLLABLES else Nearness.FAR


def _in_different_words(words: list[str], meant: tuple[str, ...]) -> bool:
    """Whether no short word has two slips: 그녀 is not 그대."""
    pairs = zip(words, meant, strict=True) if len(words) == len(meant) else ()
    counts = [(OSA.distance(hangul.jamo(word), hangul.jamo(right)), len(right)) for word, right in pairs]
    return bool(counts) and all(slips <= 1 or syllables >= _LONG_WORD_SYLLABLES for slips, syllables in counts)


def _latin(text: str, name: Name) -> Nearness:
    """Slips by word and on the whole; where words were joined or parted, one slip at most."""
    words = text.split()
    allowed = _allowed(len(name.compact), _LATIN_SLIPS)
    if len(words) != len(name.words):
        slips = OSA.distance(text.replace(" ", ""), name.compact)
        return Nearness.SAME if slips <= min(1, allowed) else Nearness.FAR
    pairs = list(zip(words, name.words, strict=True))
    if any(_is_another(word, meant) for word, meant in pairs):
        return Nearness.FAR
    counts = [OSA.distance(word, meant) for word, meant in pairs]
    within = all(count <= _allowed_in_word(meant) for count, (_, meant) in zip(counts, pairs, strict=True))
    if within and sum(counts) <= allowed:
        return Nearness.SAME
    return _if_few(sum(counts), allowed) if len(name.compact) >= _NEAR_LEAST_LETTERS else Nearness.FAR


def _if_few(slips: int, allowed: int) -> Nearness:
    return Nearness.NEAR if slips <= max(2 * allowed, 1) else Nearness.FAR


def _is_another(word: str, meant: str) -> bool:
    return meant not in _SMALL_WORDS and OSA.normalized_similarity(word, meant) < _ANOTHER_WORD_BELOW


def _allowed_in_word(word: str) -> int:
    return 1 if word in _SMALL_WORDS else _allowed(len(word), _WORD_SLIPS)


def _allowed(length: int, steps: tuple[int, ...]) -> int:
    """One slip more from each of the lengths in ``steps``."""
    return bisect_right(steps, length)


def _as_part(text: str, name: Name) -> Nearness:
    """A good part of the name, word for word, or of a Korean one syllable for syllable."""
    compact = text.replace(" ", "")
    within = compact in name.compact if name.is_hangul else f" {text} " in f" {' '.join(name.words)} "
    return Nearness.NEAR if within and len(compact) >= _PART_LEAST * len(name.compact) else Nearness.FAR
