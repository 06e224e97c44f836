"""Which names a query meets, and how well."""

import re
from collections.abc import Iterator
from heapq import nlargest
from typing import NamedTuple

from rapidfuzz.distance import OSA, Indel

from bot.domain import forms, hangul

from ._lookup import Lookup, allowed_slips
from ._query import NOISE, Query, is_initials

# What a match is worth, from 0 to 1: exact > prefix > word > fuzzy. ``share`` is how much of the name was typed.
EXACT = 1.0
ARTICLE_LEFT_OUT = 0.985
LOOSE, LOOSE_BY_LETTERS = 0.66, 0.32  # spelled differently: plus how alike the letters are
LEAST_ALIKE_BEGUN = 0.6
ABBREVIATION, SKIPPED_WORD = 0.85, 0.03
PREFIX, PREFIX_SHARE = 0.84, 0.1
WORD, WORD_SHARE = 0.7, 0.16
WORD_BEGUN, WORD_MISTYPED = 0.9, 0.88  # times
FUZZY, FUZZY_BY_LETTERS = 0.5, 0.4
LEAST_ALIKE = 0.75
FUZZY_REST = 0.35  # less for a name of which only a mistyped word is known

_MOST = 40  # names taken from one look-up
_FEW = 60  # so many names can be gone through one by one
_POOL = 100
_SYLLABLES = re.compile("[가-힣]{2,5}")


class Part(NamedTuple):
    """A name that covers some words of the query (a bit mask); ``value`` is their weight times ``quality``."""

    value: float
    mask: int
    quality: float
    name: int
    how: str


_NOTHING = Part(0.0, 0, 0.0, -1, "")


class _Weights(dict[int, float]):
    """What the words of a mask count together; works out each mask once."""

    def __init__(self, words: tuple[float, ...]) -> None:
        super().__init__()
        self._words = words

    def __missing__(self, mask: int) -> float:
        self[mask] = sum([weight for i, weight in enumerate(self._words) if mask >> i & 1])
        return self[mask]


class Matcher:
    """Collects the best part of each subject in ``found``."""

    def __init__(self, lookup: Lookup, query: Query) -> None:
        self.names = lookup.names
        self.query = query
        self.found: dict[int, Part] = {}
        self.more: dict[int, Part] = {}  # for other words of the query: 도깨비 goblin names one drama twice
        self.known = 0  # a bit for each word that some name has
        self.everything = (1 << len(query.words)) - 1
        self._lookup = lookup
        self.weights = _Weights(query.weights)
        self._exact = 0  # a bit for each word that is, or is in, a whole name

    def score(self, value: float, mask: int) -> float:
        """Quality times coverage, and coverage again by its root: what was typed and not found counts against."""
        total = self.weights[self.everything]
        return float(value / total * (self.weights[mask] / total) ** 0.5)

    def run(self) -> None:
        """Every match that is more than a guess."""
        self._whole()
        self._begun()
        self._initials()
        self._abbreviated()
        self._by_words()

    def guess(self) -> None:
        """Names that are a few slips of a key away from the whole query, from it without its noise, or from what
        is left of it beside a name that is right."""
        words = self.query.words
        spoken = sum([1 << i for i, word in enumerate(words) if word not in NOISE])
        exact = max((part for part in self.found.values() if part.how == "exact"), default=_NOTHING)
        for mask in dict.fromkeys((self.everything, spoken, self.everything & ~exact.mask, spoken & ~exact.mask)):
            self._guess(mask)

    def _guess(self, mask: int) -> None:
        chosen = [i for i in range(len(self.query.words)) if mask >> i & 1]
        letters = "".join([self.query.words[i] for i in chosen])
        key = "".join([self.query.keys[i] for i in chosen])
        names = self._lookup.heads.near(key, allowed_slips(key), _MOST)
        if letters.isascii():
            names += self._lookup.letters.near(letters, allowed_slips(letters), _MOST)
        typed = hangul.jamo(letters)
        numbers = _numbers(typed)
        for name in dict.fromkeys(names):
            own = self._letters(name)
            if _numbers(own) == numbers:
                alike = (_alike(own, typed) + _alike(self.names.key[name], key)) / 2
                if alike > LEAST_ALIKE:
                    self._offer(name, mask, FUZZY + FUZZY_BY_LETTERS * alike, "fuzzy")
        if len(chosen) == 1:
            self._guess_word(mask, letters, key)

    def _guess_word(self, mask: int, letters: str, key: str) -> None:
        typed = hangul.jamo(letters)
        for held in self._near(letters, key):
            for name in self._lookup.words.holders[held][:_MOST]:
                alike = max(_alike(hangul.jamo(word), typed) for word in self.names.folded[name].split(" "))
                if alike > LEAST_ALIKE:
                    share = min(1.0, len(held) / len(self.names.key[name]))
                    quality = (FUZZY + FUZZY_BY_LETTERS * alike) * (1 - FUZZY_REST * (1 - share))
                    self._offer(name, mask, quality, "fuzzy")

    def _letters(self, name: int) -> str:
        return hangul.jamo(self.names.folded[name].replace(" ", ""))

    def _offer(self, name: int, mask: int, quality: float, how: str) -> None:
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
        if part.mask & ~best.mask and part.value > self.more.get(subject, _NOTHING).value:
            self.more[subject] = part

    def _whole(self) -> None:
        words, keys = self.query.words, self.query.keys
        equal = self._lookup.heads.equal
        for i in range(len(keys)):
            key = ""
            for j in range(i, len(keys)):
                key += keys[j]
                if names := equal(key):
                    mask = (1 << j + 1) - (1 << i)
                    self.known |= mask
                    self._exact |= mask
                    letters = "".join(words[i : j + 1])
                    for name in names[:_MOST]:
                        quality = self._exactness(name, letters)
                        self._offer(name, mask, quality, "exact" if quality >= ARTICLE_LEFT_OUT else "sounds alike")

    def _exactness(self, name: int, letters: str) -> float:
        own = self.names.folded[name].replace(" ", "")
        if own == letters:
            return EXACT
        if own.endswith(letters):
            return ARTICLE_LEFT_OUT
        return LOOSE + LOOSE_BY_LETTERS * Indel.normalized_similarity(own, letters)

    def _begun(self) -> None:
        words, keys = self.query.words, self.query.keys
        for i in range(len(keys)):
            key, letters = "".join(keys[i:]), "".join(words[i:])
            if len(letters) < 2 <= len(keys):
                continue
            mask = self.everything & -(1 << i)
            if letters.isascii():
                self._begun_in_latin(mask, letters, key)
                continue
            for name in self._lookup.heads.begun(key, _MOST):
                self._offer(name, mask, PREFIX + PREFIX_SHARE * len(key) / len(self.names.key[name]), "prefix")
                self.known |= mask
            for name in self._lookup.tails.begun(key, _MOST):
                self._offer(name, mask, WORD + WORD_SHARE * len(key) / len(self.names.key[name]), "word")
                self.known |= mask

    def _begun_in_latin(self, mask: int, letters: str, key: str) -> None:
        for name in self._lookup.letters.begun(letters, _MOST):
            self._offer(name, mask, PREFIX + PREFIX_SHARE * len(key) / len(self.names.key[name]), "prefix")
            self.known |= mask
        for name in self._lookup.heads.begun(key, _MOST):
            own = self.names.folded[name].replace(" ", "")[: len(letters)]
            alike = Indel.normalized_similarity(own, letters)
            if LEAST_ALIKE_BEGUN < alike < 1:
                quality = (LOOSE + LOOSE_BY_LETTERS * alike) * PREFIX
                self._offer(name, mask, quality + PREFIX_SHARE * len(key) / len(self.names.key[name]), "prefix")
                self.known |= mask

    def _initials(self) -> None:
        for first, last in self._runs_of_initials():
            initials = "".join(self.query.words[first:last])
            mask = (1 << last) - (1 << first)
            for name, how in self._lookup.initials.find(initials, _MOST):
                share = len(initials) / len(self.names.folded[name])
                quality = {
                    "whole": LOOSE + LOOSE_BY_LETTERS,
                    "head": PREFIX + PREFIX_SHARE * share,
                    "inside": WORD + WORD_SHARE * share,
                }[how]
                self._offer(name, mask, 0.98 * quality, "initials")
                self.known |= mask

    def _runs_of_initials(self) -> Iterator[tuple[int, int]]:
        words = self.query.words
        first = 0
        while first < len(words):
            last = first
            while last < len(words) and (is_initials(words[last]) or (last > first and words[last].isdigit())):
                last += 1
            if sum(map(len, words[first:last])) > 1:
                yield first, last
            first = max(last, first + 1)

    def _abbreviated(self) -> None:
        for i, word in enumerate(self.query.words):
            if word in self._lookup.acronyms:
                self.known |= 1 << i
                for name in self._lookup.acronyms[word][:_MOST]:
                    self._offer(name, 1 << i, ABBREVIATION, "acronym")
            elif not self._exact >> i & 1 and _SYLLABLES.fullmatch(word):
                for name in self._lookup.heads.begun(forms.loosen(word[0]), 4 * _MOST):
                    skipped = skipped_words(word, self.names.folded[name])
                    if skipped is not None:
                        self.known |= 1 << i
                        self._offer(name, 1 << i, ABBREVIATION - SKIPPED_WORD * skipped, "abbreviation")

    def _by_words(self) -> None:
        """Names that have words of the query, anywhere; the rarest words bring the names, the others add to them."""
        query = self.query
        postings = []
        for i, (word, key) in enumerate(zip(query.words, query.keys, strict=True)):
            if query.weights[i] >= 1:
                for quality, held in self._held(word, key, last=i == len(query.words) - 1):
                    postings.append((quality, i, held, self._lookup.words.holders[held]))
                    self.known |= 1 << i
        postings.sort(key=lambda posting: len(posting[3]))
        collected: dict[int, tuple[float, int]] = {}
        for quality, i, held, names in postings:
            bit = 1 << i
            for name in self._few(names, held, collected):
                total, mask = collected.get(name, (0.0, 0))
                if not mask & bit:
                    collected[name] = total + quality * query.weights[i], mask | bit
        for name, (total, mask) in nlargest(_MOST, collected.items(), key=lambda item: item[1][0]):
            letters = sum([len(key) for i, key in enumerate(query.keys) if mask >> i & 1])
            share = min(1.0, letters / len(self.names.key[name]))
            self._offer(name, mask, (WORD + WORD_SHARE * share) * total / self.weights[mask], "words")

    def _few(self, names: list[int], held: str, collected: dict[int, tuple[float, int]]) -> list[int]:
        """``names``; if they are many, those that are collected already and the most awarded few."""
        if len(names) <= _FEW:
            return names
        loose = self.names.loose
        members = [name for name in collected if held in loose[name] and f" {held} " in f" {loose[name]} "]
        return members + names[:_MOST] if len(collected) < _POOL else members

    def _held(self, word: str, key: str, *, last: bool) -> list[tuple[float, str]]:
        """Words of names that may be meant, each with a factor for the quality."""
        words = self._lookup.words
        if key in words.holders:
            return [(1.0, key)]
        if last or len(key) > 2:
            begun = words.begun(key if not word.isascii() else word, 12)
            if begun:
                return [(WORD_BEGUN, held) for held in dict.fromkeys(begun)]
        if len(self.query.words) == 1:
            return []
        return [(WORD_MISTYPED, held) for held in self._near(word, key)]

    def _near(self, word: str, key: str) -> dict[str, int]:
        near = self._lookup.words.near
        return {**near(key), **near(word)} if word.isascii() else near(key)


def _alike(own: str, typed: str) -> float:
    """How alike two texts are; the same letters in another order count as one slip."""
    alike = OSA.normalized_similarity(own, typed)
    if alike < 1 and len(own) == len(typed) and sorted(own) == sorted(typed):
        return 1 - 1 / len(own)
    return float(alike)


def _numbers(key: str) -> list[str]:
    return re.findall(r"\d+", key)


def skipped_words(short: str, title: str) -> int | None:
    """How many words of ``title`` are skipped when each syllable of ``short`` begins a word or goes on with one.

    별그대 skips none of 별에서 온 그대 but one; None if it is no such abbreviation.
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
