"""From a key to the names that have it."""

from bisect import bisect_left
from collections import defaultdict
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain import hangul

from ._names import ARTICLES, Names

_LAST = "\uffff"
_SHORTEST_MISTYPED, _LONGEST_MISTYPED = 4, 16


class Beginnings:
    """Strings in order, to find all that begin in a certain way."""

    def __init__(self, keys: list[str], names: list[int]) -> None:
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.keys = [keys[i] for i in order]
        self.names = [names[i] for i in order]

    def span(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self.keys, beginning)
        return low, bisect_left(self.keys, beginning + _LAST, low)

    def find(self, beginning: str, limit: int) -> list[int]:
        """Names, most awarded first."""
        low, high = self.span(beginning)
        return nsmallest(limit, self.names[low:high]) if high - low > limit else self.names[low:high]


def _shortened(word: str) -> set[str]:
    return {word[:i] + word[i + 1 :] for i in range(len(word))}


class Lookup:
    def __init__(self, names: Names) -> None:
        self.names = names
        self.whole: dict[str, list[int]] = defaultdict(list)
        self.holders: dict[str, list[int]] = defaultdict(list)
        self.endings: dict[str, list[int]] = defaultdict(list)
        self.acronyms: dict[str, list[int]] = defaultdict(list)
        tails: list[str] = []
        tail_names: list[int] = []
        for name, (key, words) in enumerate(zip(names.key, names.words, strict=True)):
            self.whole[key].append(name)
            self.endings[key[-3:]].append(name)
            rest = key
            for word in words:
                holders = self.holders[word]
                if not holders or holders[-1] != name:
                    holders.append(name)
                if rest is not key:
                    tails.append(rest[:24])
                    tail_names.append(name)
                rest = rest[len(word) :]
            if len(words) > 1:
                if names.folded[name].split(" ", 1)[0] in ARTICLES:
                    self.whole[key[len(words[0]) :]].append(name)
                if len(words) > 2 and key.isascii():
                    initials = "".join([word[0] for word in names.folded[name].split(" ")])
                    self.acronyms[initials].append(name)
                    if names.folded[name].split(" ", 1)[0] in ARTICLES and len(initials) > 3:
                        self.acronyms[initials[1:]].append(name)
        self.heads = Beginnings(names.key, list(range(len(names.key))))
        self.tails = Beginnings(tails, tail_names)
        self._mistyped: dict[str, list[str]] = defaultdict(list)
        for word in self.holders:
            if _SHORTEST_MISTYPED <= len(word) <= _LONGEST_MISTYPED:
                for short in _shortened(word):
                    self._mistyped[short].append(word)
                self._mistyped["".join(sorted(word))].append(word)
        korean = [(name, text) for name, text in enumerate(names.folded) if not text.isascii()]
        self._initials_names = [name for name, _ in korean]
        lines = hangul.choseong("\n".join([text.replace(" ", "") for _, text in korean])).split("\n")
        self._initials = "\n" + "\n".join(lines) + "\n"
        self._initials_starts: list[int] = []
        position = 1
        for line in lines:
            self._initials_starts.append(position)
            position += len(line) + 1

    def near_words(self, word: str) -> list[str]:
        """Words of names one slip of a key away, or with the same letters in another order."""
        if not _SHORTEST_MISTYPED <= len(word) <= _LONGEST_MISTYPED or not word.isalpha():
            return []
        found: dict[str, None] = {}
        shortened = _shortened(word)
        for short in (word, *shortened):
            for candidate in self._mistyped.get(short, ()):
                if candidate[0] == word[0] or len(word) > 4:
                    found[candidate] = None
            if short in self.holders and len(short) >= _SHORTEST_MISTYPED - 1:
                found[short] = None
        for candidate in self._mistyped.get("".join(sorted(word)), ()):
            if candidate[0] == word[0]:
                found[candidate] = None
        return [c for c in found if OSA.distance(c, word, score_cutoff=1) <= 1 or sorted(c) == sorted(word)]

    def near_names(self, key: str, slips: int) -> list[tuple[int, int]]:
        """(name, slips) of names whose whole key is at most ``slips`` away and begins or ends alike."""
        found: dict[str, int] = {}
        low, high = self.heads.span(key[:3])
        pool = self.heads.keys[low:high]
        pool += [self.names.key[name] for name in self.endings.get(key[-3:], ())]
        for candidate, distance, _ in process.extract(
            key, pool, scorer=OSA.distance, score_cutoff=slips, limit=30
        ):
            found[candidate] = int(distance)
        return [(name, distance) for candidate, distance in found.items() for name in self.whole[candidate][:10]]

    def initials(self, initials: str, limit: int) -> list[tuple[int, str]]:
        """(name, "whole" | "head" | "inside") by the initials of syllables."""
        found: dict[int, str] = {}
        text = self._initials
        for how, needle in (("whole", f"\n{initials}\n"), ("head", f"\n{initials}"), ("inside", initials)):
            position = text.find(needle)
            count = 0
            while position >= 0 and count < limit:
                start = position + (needle[0] == "\n")
                line = bisect_left(self._initials_starts, start + 1) - 1
                found.setdefault(self._initials_names[line], how)
                position = text.find(needle, start)
                count += 1
        return list(found.items())
