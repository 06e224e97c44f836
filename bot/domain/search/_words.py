"""Names that have words of a query, anywhere and in any order, and guesses at what was mistyped."""

import re
from collections.abc import Sequence
from heapq import nlargest

from rapidfuzz.distance import OSA

from bot.domain import hangul

from . import _weights as weigh
from ._match import MOST, NOTHING, Match
from ._query import NOISE

_FEW = 40  # names that one word may bring
_ENOUGH = 100  # names, to which further words are only looked for
_SHORTEST_BEGINNING = 3
_SHORT_YEAR = re.compile(r"\d\d")  # reply 88
_Collected = dict[int, tuple[float, int]]  # name: value, mask


def match_words(match: Match) -> None:
    """The rarest words bring the names, the others add to them."""
    query = match.query
    postings = []
    for i, word in enumerate(query.words):
        if query.weights[i] > weigh.FUNCTION_WORD:
            for quality, held in _held(match, word, query.keys[i], last=i == len(query.words) - 1):
                postings.append((quality * query.weights[i], i, held, match.lookup.words.holders[held]))
                match.known |= 1 << i
    collected: _Collected = {}
    for value, i, held, names in sorted(postings, key=lambda posting: len(posting[3])):
        for name in names if len(names) <= _FEW else _few(match, names, held, collected):
            others, mask = collected.get(name, (0.0, 0))
            if not mask >> i & 1:
                collected[name] = others + value, mask | 1 << i
    for name, (value, mask) in nlargest(MOST, collected.items(), key=lambda item: item[1][0]):
        letters = sum([len(key) for i, key in enumerate(query.keys) if mask >> i & 1])
        share = min(1.0, letters / len(match.names.key[name]))
        match.offer(name, mask, (weigh.WORD + weigh.WORD_SHARE * share) * value / match.weights[mask], "words")


def _few(match: Match, names: Sequence[int], held: str, collected: _Collected) -> list[int]:
    """Of ``names`` those that are collected already and, unless these are enough, the most awarded."""
    loose = match.names.loose
    members = [name for name in collected if held in loose[name] and f" {held} " in f" {loose[name]} "]
    return [*members, *names[:_FEW]] if len(collected) < _ENOUGH else members


def _held(match: Match, word: str, key: str, *, last: bool) -> list[tuple[float, str]]:
    """Words of names that may be meant, each with a factor for the quality."""
    words = match.lookup.words
    if _SHORT_YEAR.fullmatch(word):
        return [(1.0, number) for number in (word, f"19{word}", f"20{word}") if number in words.holders]
    if key in words.holders:
        return [(1.0, key)]
    if last or len(word) >= _SHORTEST_BEGINNING:
        begun = words.begun(word if word.isascii() else key, 12)
        if begun:
            return [(weigh.WORD_BEGUN, held) for held in dict.fromkeys(begun)]
    if len(match.query.words) == 1:
        return []  # whether it is mistyped is for guess() to say, if nothing better is found
    return [(weigh.WORD_MISTYPED, held) for held in _near(match, word, key)]


def _near(match: Match, word: str, key: str) -> set[str]:
    near = match.lookup.words.near
    return near(key) | near(word) if word.isascii() else near(key)


def guess(match: Match) -> None:
    """Names a few slips of a finger away from the query, with and without its noise, or from what is left of it
    beside a name that is right."""
    spoken = sum([1 << i for i, word in enumerate(match.query.words) if word not in NOISE])
    exact = max((part for part in match.found.values() if part.how == "exact"), default=NOTHING)
    for mask in dict.fromkeys((match.everything, spoken, match.everything & ~exact.mask, spoken & ~exact.mask)):
        _guess(match, mask)


def _guess(match: Match, mask: int) -> None:
    chosen = [i for i in range(len(match.query.words)) if mask >> i & 1]
    letters = "".join([match.query.words[i] for i in chosen])
    key = "".join([match.query.keys[i] for i in chosen])
    typed = hangul.jamo(letters)
    for name in match.lookup.near(letters, key, MOST):
        own = hangul.jamo(match.names.folded[name].replace(" ", ""))
        alike = (_alike(own, typed) + _alike(match.names.key[name], key)) / 2
        if alike > weigh.LEAST_ALIKE and _numbers(own) == _numbers(typed):
            match.offer(name, mask, weigh.FUZZY + weigh.FUZZY_ALIKE * alike, "fuzzy")
    if len(chosen) == 1:
        _guess_word(match, mask, letters, key)


def _guess_word(match: Match, mask: int, word: str, key: str) -> None:
    typed = hangul.jamo(word)
    for held in _near(match, word, key):
        for name in match.lookup.words.holders[held][:MOST]:
            alike = max([_alike(hangul.jamo(own), typed) for own in match.names.folded[name].split(" ")])
            if alike > weigh.LEAST_ALIKE:
                rest = 1 - min(1.0, len(held) / len(match.names.key[name]))
                quality = (weigh.FUZZY + weigh.FUZZY_ALIKE * alike) * (1 - weigh.FUZZY_REST * rest)
                match.offer(name, mask, quality, "fuzzy")


def _alike(own: str, typed: str) -> float:
    """From 0 to 1; the same letters in another order count as one slip."""
    alike = OSA.normalized_similarity(own, typed)
    if alike < 1 and len(own) == len(typed) and sorted(own) == sorted(typed):
        return 1 - 1 / len(own)
    return float(alike)


def _numbers(letters: str) -> list[str]:
    return re.findall(r"\d+", letters)
