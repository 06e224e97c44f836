"""Which names a query meets, and how well."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from rapidfuzz.distance import Indel

from bot.domain import forms, hangul

from . import _weights as weigh
from ._lookup import Lookup
from ._query import Query, is_initials

MOST = 40  # names taken from one look-up
_PLENTY = 10
_SYLLABLES = re.compile("[가-힣]{2,5}")


class Part(NamedTuple):
    """A name that covers some words of the query (a bit mask); ``value`` is their weight times ``quality``."""

    value: float
    mask: int
    quality: float
    name: int
    how: str


NOTHING = Part(0.0, 0, 0.0, -1, "")


class _Weights(dict[int, float]):
    """What the words of a mask count together; works out each mask once."""

    def __init__(self, words: tuple[float, ...]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, mask: int) -> float:
        self[mask] = sum([weight for i, weight in enumerate(self._words) if mask >> i & 1])
        return self[mask]


class Match:
    """What is found for a query: the best part of each subject, and another for other words of the query.

    ``known`` has a bit for each word that some name has, ``exact`` for each that is one or is in one that is right.
    """

    def __init__(self, lookup: Lookup, query: Query) -> None:
        self.lookup = lookup
        self.names = lookup.names
        self.query = query
        self.weights = _Weights(query.weights)
        self.everything = (1 << len(query.words)) - 1
        self.found: dict[int, Part] = {}
        self.more: dict[int, Part] = {}  # 도깨비 goblin names one drama twice
        self.known = 0
        self.exact = 0

    def score(self, value: float, mask: int) -> float:
        """Of 1, for parts of ``value`` that cover ``mask``."""
        total = self.weights[self.everything]
        return float(value / total * (self.weights[mask] / total) ** 0.5)

    def offer(self, name: int, mask: int, quality: float, how: str) -> None:
        """Keep the name if it is the best of its subject, or the best for words that the best does not cover."""
        quality *= self.names.trust[name]
        part = Part(self.weights[mask] * quality, mask, quality, name, how)
        subject = self.names.subject[name]
        best = self.found.get(subject)
        if best is None:
            self.found[subject] = part
            return
        if part.value > best.value:
            self.found[subject] = part
            best, part = part, best
        if part.mask & ~best.mask and part.value > self.more.get(subject, NOTHING).value:
            self.more[subject] = part


def match_names(match: Match) -> None:
    """Whole names, beginnings, initials and abbreviations, in any run of words of the query."""
    _whole(match)
    _begun(match)
    _initials(match)
    _abbreviated(match)


def _whole(match: Match) -> None:
    words, keys = match.query.words, match.query.keys
    for first in range(len(keys)):
        key = ""
        for last in range(first, len(keys)):
            key += keys[last]
            if names := match.lookup.heads.equal(key):
                mask = (2 << last) - (1 << first)
                match.known |= mask
                match.exact |= mask
                letters = "".join(words[first : last + 1])
                for name in names[:MOST]:
                    quality = _exactness(match.names.folded[name].replace(" ", ""), letters)
                    how = "exact" if quality >= weigh.ARTICLE_LEFT_OUT else "sounds alike"
                    match.offer(name, mask, quality, how)


def _exactness(own: str, letters: str) -> float:
    if own == letters:
        return weigh.EXACT
    if own.endswith(letters):
        return weigh.ARTICLE_LEFT_OUT
    if not letters.isascii():
        own, letters = hangul.jamo(own), hangul.jamo(letters)
    return weigh.SOUNDS_ALIKE + weigh.SOUNDS_ALIKE_BY_LETTERS * Indel.normalized_similarity(own, letters)


def _begun(match: Match) -> None:
    words, keys = match.query.words, match.query.keys
    for first in range(len(keys)):
        key, letters = "".join(keys[first:]), "".join(words[first:])
        mask = match.everything & -(1 << first)
        if len(letters) == 1 < len(keys):
            continue
        if letters.isascii():
            _begun_in_latin(match, mask, letters, key)
            continue
        for name in match.lookup.heads.begun(key, MOST):
            match.offer(name, mask, weigh.PREFIX + weigh.PREFIX_SHARE * _share(match, key, name), "prefix")
            match.known |= mask
        for name in match.lookup.tails.begun(key, MOST):
            match.offer(name, mask, weigh.WORD + weigh.WORD_SHARE * _share(match, key, name), "word")
            match.known |= mask


def _begun_in_latin(match: Match, mask: int, letters: str, key: str) -> None:
    spelled = match.lookup.letters.begun(letters, MOST)
    for name in spelled:
        match.offer(name, mask, weigh.PREFIX + weigh.PREFIX_SHARE * _share(match, key, name), "prefix")
        match.known |= mask
    if match.exact & mask == mask or len(spelled) >= _PLENTY:
        return  # what only sounds like the beginning is no help then
    for name in set(match.lookup.heads.begun(key, MOST)).difference(spelled):
        own = match.names.folded[name].replace(" ", "")[: len(letters)]
        alike = Indel.normalized_similarity(own, letters)
        if weigh.LEAST_ALIKE_BEGUN < alike < 1:
            quality = weigh.PREFIX * (weigh.SOUNDS_ALIKE + weigh.SOUNDS_ALIKE_BY_LETTERS * alike)
            match.offer(name, mask, quality + weigh.PREFIX_SHARE * _share(match, key, name), "prefix, sounds alike")
            match.known |= mask


def _share(match: Match, key: str, name: int) -> float:
    return min(1.0, len(key) / len(match.names.key[name]))


def _initials(match: Match) -> None:
    for first, last in _runs_of_initials(match.query.words):
        initials = "".join(match.query.words[first:last])
        mask = (1 << last) - (1 << first)
        for name, where in match.lookup.initials.find(initials, MOST):
            share = len(initials) / len(match.names.folded[name])
            quality = {
                "whole": weigh.EXACT,
                "head": weigh.PREFIX + weigh.PREFIX_SHARE * share,
                "inside": weigh.WORD + weigh.WORD_SHARE * share,
            }[where]
            match.offer(name, mask, weigh.INITIALS * quality, f"initials, {where}")
            match.known |= mask


def _runs_of_initials(words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """From and to: words that are initials, and numbers after them."""
    first = 0
    while first < len(words):
        last = first
        while last < len(words) and (is_initials(words[last]) or (last > first and words[last].isdigit())):
            last += 1
        if sum(map(len, words[first:last])) > 1:
            yield first, last
        first = max(last, first + 1)


def _abbreviated(match: Match) -> None:
    for i, word in enumerate(match.query.words):
        if word in match.lookup.acronyms:
            match.known |= 1 << i
            for name in match.lookup.acronyms[word][:MOST]:
                match.offer(name, 1 << i, weigh.ABBREVIATION, "acronym")
        elif not match.exact >> i & 1 and _SYLLABLES.fullmatch(word):
            _abbreviated_in_korean(match, 1 << i, word)


def _abbreviated_in_korean(match: Match, mask: int, word: str) -> None:
    titles = match.names.folded
    for name in match.lookup.heads.begun(forms.loosen(word[0]), 3 * MOST):
        if " " in titles[name] and (skipped := skipped_words(word, titles[name])) is not None:
            match.known |= mask
            match.offer(name, mask, weigh.ABBREVIATION - weigh.SKIPPED_WORD * skipped, "abbreviation")


def skipped_words(short: str, title: str) -> int | None:
    """How many words of ``title`` are left out when each syllable of ``short`` begins a word or goes on with one.

    별그대 leaves out one of 별에서 온 그대; None if it is no such abbreviation.
    """
    words = title.split(" ")
    if not words[0].startswith(short[0]):
        return None
    word, position, used = 0, 1, 1
    for syllable in short[1:]:
        if words[word][position : position + 1] == syllable:
            position += 1
            continue
        later = next((i for i in range(word + 1, len(words)) if words[i].startswith(syllable)), None)
        if later is None:
            return None
        word, position, used = later, 1, used + 1
    return len(words) - used if used > 1 else None
