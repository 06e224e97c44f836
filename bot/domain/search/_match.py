"""Which names a query meets, and how well."""

from typing import NamedTuple

from rapidfuzz.distance import Indel

from bot.domain import hangul

from ._lookup import Lookup, allowed_slips
from ._query import NOISE, Query, is_initials

_MOST = 40
_FEW = 300


class Part(NamedTuple):
    """A name that covers some words of the query (a bit mask), with quality 0 to 1."""

    value: float
    mask: int
    quality: float
    name: int
    how: str


class Matcher:
    def __init__(self, lookup: Lookup, query: Query) -> None:
        self.lookup = lookup
        self.names = lookup.names
        self.query = query
        self.found: dict[int, Part] = {}
        self._weights: dict[int, float] = {0: 0.0}
        self.known = 0  # words that some name has
        self.everything = (1 << len(query.words)) - 1
        self.total = self.weight(self.everything)

    def weight(self, mask: int) -> float:
        weight = self._weights.get(mask)
        if weight is None:
            weight = sum(w for i, w in enumerate(self.query.weights) if mask >> i & 1)
            self._weights[mask] = weight
        return weight

    def offer(self, name: int, mask: int, quality: float, how: str) -> None:
        quality *= self.names.trust[name]
        value = self.weight(mask) * quality
        subject = self.names.subject[name]
        best = self.found.get(subject)
        if best is None or value > best.value:
            self.found[subject] = Part(value, mask, quality, name, how)

    def run(self) -> None:
        self._whole()
        self._begun()
        self._initials()
        if len(self.query.words) > 1:
            self._by_words()
        self._abbreviated()

    def _whole(self) -> None:
        words, keys = self.query.words, self.query.keys
        for i in range(len(keys)):
            key = letters = ""
            for j in range(i, len(keys)):
                key += keys[j]
                letters += words[j]
                names = self.lookup.heads.equal(key, _MOST)
                if names:
                    mask = (1 << j + 1) - (1 << i)
                    self.known |= mask
                    for name in names:
                        self.offer(name, mask, self._exactness(name, letters), "exact")

    def _exactness(self, name: int, letters: str) -> float:
        own = self.names.folded[name].replace(" ", "")
        if own == letters:
            return 1.0
        if own.endswith(letters):
            return 0.985
        return 0.66 + 0.32 * Indel.normalized_similarity(own, letters)

    def _begun(self) -> None:
        keys = self.query.keys
        last = len(keys)
        for i in range(last):
            key = "".join(keys[i:])
            if len(key) < 2 and last > 1:
                continue
            mask = (1 << last) - (1 << i)
            heads = self.lookup.heads.begun(key, _MOST)
            tails = self.lookup.tails.begun(key[:24], _MOST) if len(key) > 1 else ()
            if heads or tails:
                self.known |= mask
            for name in heads:
                self.offer(name, mask, 0.84 + 0.1 * len(key) / len(self.names.key[name]), "prefix")
            for name in tails:
                if key in self.names.key[name]:
                    self.offer(name, mask, 0.72 + 0.12 * len(key) / len(self.names.key[name]), "word")

    def _initials(self) -> None:
        words = self.query.words
        i = 0
        while i < len(words):
            j = i
            while j < len(words) and (is_initials(words[j]) or (j > i and words[j].isdigit())):
                j += 1
            if j > i:
                initials = "".join(words[i:j])
                mask = (1 << j) - (1 << i)
                if len(initials) > 1:
                    for name, how in self.lookup.initials.find(initials, _MOST):
                        share = len(initials) / len(self.names.folded[name])
                        base = {"whole": 0.93, "head": 0.84 + 0.06 * share, "inside": 0.72 + 0.1 * share}[how]
                        self.offer(name, mask, base, "initials")
                        self.known |= mask
            i = max(j, i + 1)

    def _by_words(self) -> None:
        """Names that have words of the query, anywhere; the rarest words bring the names, the others add to them."""
        query = self.query
        postings = []
        for i, (word, key) in enumerate(zip(query.words, query.keys, strict=True)):
            if query.weights[i] >= 1:
                for quality, held, names in self._holders(word, key):
                    postings.append((len(names), i, quality, held, names))
                    self.known |= 1 << i
        postings.sort(key=lambda posting: posting[0])
        collected: dict[int, tuple[int, float]] = {}
        for size, i, quality, held, names in postings:
            if size > _FEW:
                names = [name for name in collected if f" {held} " in f" {self.names.loose[name]} "] + names[:_MOST]
            bit = 1 << i
            for name in names:
                mask, total = collected.get(name, (0, 0.0))
                if not mask & bit:
                    collected[name] = mask | bit, total + quality * query.weights[i]
        for name, (mask, total) in collected.items():
            letters = sum(len(key) for i, key in enumerate(query.keys) if mask >> i & 1)
            share = min(1.0, letters / len(self.names.key[name]))
            self.offer(name, mask, (0.7 + 0.16 * share) * total / self.weight(mask), "words")

    def _holders(self, word: str, key: str) -> list[tuple[float, str, list[int]]]:
        holders = self.lookup.words.holders
        if key in holders:
            return [(1.0, key, holders[key])]
        if len(key) >= 3:
            begun = self.lookup.words.begun(key, 12)
            if begun:
                return [(0.9, held, holders[held]) for held in begun]
        near = {**self.lookup.words.near(key), **(self.lookup.words.near(word) if word.isascii() else {})}
        return [(0.88, held, holders[held]) for held in near]

    def _abbreviated(self) -> None:
        lookup = self.lookup
        for i, word in enumerate(self.query.words):
            if word.isascii():
                if 3 <= len(word) <= 9:
                    for name in lookup.acronyms.get(word, ())[:_MOST]:
                        self.known |= 1 << i
                        self.offer(name, 1 << i, 0.9, "acronym")
            elif 2 <= len(word) <= 5 and all("가" <= char <= "힣" for char in word):
                beginning = self.query.keys[i][: len(self.lookup_key(word[0]))]
                low, high = lookup.heads.range(beginning)
                for name in lookup.heads._numbers[low : min(high, low + 400)]:
                    skipped = abbreviates(word, self.names.folded[name])
                    if skipped is not None:
                        self.known |= 1 << i
                        self.offer(name, 1 << i, 0.9 - 0.04 * skipped, "abbreviation")

    def lookup_key(self, syllable: str) -> str:
        from bot.domain import forms
        return forms.loosen(syllable)

    def guess(self) -> None:
        """Names that are a few slips of a key away from the whole query, without its noise."""
        pairs = [(w, k) for w, k in zip(self.query.words, self.query.keys, strict=True) if w not in NOISE]
        key = "".join([k for _, k in pairs])
        slips = allowed_slips(key)
        if not slips:
            return
        digits = _digits(key)
        for name, distance in self.lookup.near(key, slips, 30):
            own = self.names.key[name]
            if _digits(own) == digits:
                similarity = 1 - distance / max(len(key), len(own))
                self.offer(name, self.everything, 0.5 + 0.4 * similarity, "fuzzy")
        if len(pairs) == 1:
            word = pairs[0][0]
            near = {**self.lookup.words.near(key), **(self.lookup.words.near(word) if word.isascii() else {})}
            for held in near:
                for name in self.lookup.words.holders[held][:_MOST]:
                    share = min(1.0, len(held) / len(self.names.key[name]))
                    self.offer(name, self.everything, 0.44 + 0.02 * min(len(held), 8) + 0.28 * share, "fuzzy")


def _digits(key: str) -> str:
    return "".join(char for char in key if char.isdigit())


def abbreviates(short: str, title: str) -> int | None:
    """How many words of ``title`` are skipped when each syllable of ``short`` begins a word or goes on with one."""
    words = title.split(" ")
    if len(words) < 2 or not title.startswith(short[0]):
        return None
    word = position = 0
    used = 1
    position = 1
    for syllable in short[1:]:
        if position < len(words[word]) and words[word][position] == syllable:
            position += 1
            continue
        for later in range(word + 1, len(words)):
            if words[later][0] == syllable:
                word, position, used = later, 1, used + 1
                break
        else:
            return None
    return len(words) - used if used > 1 else None
