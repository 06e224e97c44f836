"""From a key to the names that have it: whole, begun, by words, by initials, mistyped."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from heapq import nsmallest
from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain import hangul

from ._names import Names, Shared

_AFTER = "\uffff"  # sorts after every letter
_ARTICLES = frozenset({"the", "a", "an"})
_SHORTEST_ACRONYM = 3
_BEGINNING = _ENDING = 3
_LENGTHS_OF_SLIPS = (4, 8, 14)  # from so many letters on one is forgiven, two, three
_SLIPS_OF_A_WORD = 2


class Sorted:
    """Strings in order with a number each, to find all that are, or begin, as asked."""

    def __init__(self, keys: list[str], numbers: list[int]) -> None:
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self._keys = [keys[i] for i in order]
        self._numbers = [numbers[i] for i in order]

    def equal(self, key: str) -> list[int]:
        """All numbers of ``key``, lowest first."""
        keys = self._keys
        low = bisect_left(keys, key)
        if low == len(keys) or keys[low] != key:
            return []
        return self._numbers[low : bisect_right(keys, key, low)]

    def begun(self, beginning: str, limit: int) -> list[int]:
        """The lowest numbers, in any order."""
        low, high = self._range(beginning)
        numbers = self._numbers[low:high]
        return nsmallest(limit, numbers) if high - low > limit else numbers

    def near(self, key: str, slips: int, limit: int, others: list[str]) -> list[int]:
        """Numbers of keys at most ``slips`` slips of a finger away, nearest first; those that begin alike are
        looked through, and the ``others``."""
        if not slips:
            return []
        low, high = self._range(key[:_BEGINNING])
        pool = self._keys[low:high] + others
        close = process.extract(key, pool, scorer=OSA.distance, score_cutoff=slips, limit=limit)
        return [
            number for candidate in dict.fromkeys([match[0] for match in close]) for number in self.equal(candidate)
        ]

    def _range(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self._keys, beginning)
        return low, bisect_left(self._keys, beginning + _AFTER, low)


class Lookup:
    """Numbers of names, which are most awarded first, by whatever one may have of them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.words = Words(names)
        self.initials = Initials(names)
        self.acronyms: dict[str, list[int]] = defaultdict(list)
        heads = _Pairs(list(names.key), list(range(len(names.key))))
        letters, tails = _Pairs([], []), _Pairs([], [])
        for name, (folded, loose, key) in enumerate(zip(names.folded, names.loose, names.key, strict=True)):
            if not folded.isascii():
                words = loose.split(" ")
                tails.keys.extend(["".join(words[i:]) for i in range(1, len(words))])
                tails.numbers.extend([name] * (len(words) - 1))
                continue
            letters.add(folded.replace(" ", ""), name)
            words = folded.split(" ")
            if words[0] in _ARTICLES and len(words) > 1:
                heads.add(key[loose.index(" ") :], name)
                letters.add("".join(words[1:]), name)
            if len(words) >= _SHORTEST_ACRONYM:
                self.acronyms["".join([word[0] for word in words])].append(name)
        self._endings = _by_ending(names.key, _ENDING)
        self.heads = Sorted(*heads)  # loose
        self.letters = Sorted(*letters)  # Latin as it is spelled
        self.tails = Sorted(*tails)  # loose, from each word on; Korean only: there nobody agrees where the spaces go

    def near(self, letters: str, key: str, limit: int) -> list[int]:
        """Names a few slips of a finger from ``letters`` as they are spelled, or from ``key`` loosely."""
        names = self.heads.near(key, allowed_slips(key), limit, self._endings.get(key[-_ENDING:], []))
        if letters.isascii():
            names += self.letters.near(letters, allowed_slips(letters), limit, [])
        return list(dict.fromkeys(names))


class _Pairs(NamedTuple):
    keys: list[str]
    numbers: list[int]

    def add(self, key: str, number: int) -> None:
        self.keys.append(key)
        self.numbers.append(number)


def _by_ending(texts: Iterable[str], length: int) -> dict[str, list[str]]:
    """The texts by their last letters."""
    endings: dict[str, list[str]] = defaultdict(list)
    for text in texts:
        endings[text[-length:]].append(text)
    return dict(endings)


class Words:
    """The words of all names, loose, and who has them."""

    def __init__(self, names: Names) -> None:
        share = Shared()
        holders: dict[str, list[int]] = defaultdict(list)
        self._loose_of: dict[str, str] = {}
        for name, (folded, loose) in enumerate(zip(names.folded, names.loose, strict=True)):
            words = [share(word) for word in loose.split(" ")]
            for word in words:
                holders[word].append(name)
            self._loose_of.update(zip(map(share, folded.split(" ")), words, strict=True))
        self.holders = {word: tuple(having) for word, having in holders.items()}
        self._loose_of.update({word: word for word in self.holders})
        self._sorted = sorted(self._loose_of)
        self._endings = _by_ending(self._sorted, 2)

    def begun(self, beginning: str, limit: int) -> list[str]:
        """Loose words of names, of which ``beginning`` begins the loose or the folded spelling."""
        return [self._loose_of[spelling] for spelling in self._begun(beginning)[:limit]]

    def near(self, spelling: str) -> set[str]:
        """Loose words of names that ``spelling`` may be a slip for, or has the letters of in another order."""
        slips = allowed_slips(spelling)
        if not slips or not spelling.isalpha():
            return set()
        pool = self._begun(spelling[:2]) + self._endings.get(spelling[-2:], [])
        close = process.extract(spelling, pool, scorer=OSA.distance, score_cutoff=_SLIPS_OF_A_WORD, limit=12)
        letters = sorted(spelling)
        return {self._loose_of[word] for word, distance, _ in close if distance <= slips or sorted(word) == letters}

    def _begun(self, beginning: str) -> list[str]:
        low = bisect_left(self._sorted, beginning)
        return self._sorted[low : bisect_left(self._sorted, beginning + _AFTER, low)]


def allowed_slips(key: str) -> int:
    """How many slips of a finger are forgiven in a text of this length."""
    return bisect_right(_LENGTHS_OF_SLIPS, len(key))


class Initials:
    """The initials of the syllables of Korean names, all in one text, for that is the fastest to look through."""

    def __init__(self, names: Names) -> None:
        korean = [(name, folded) for name, folded in enumerate(names.folded) if not folded.isascii()]
        self._names = [name for name, _ in korean]
        lines = hangul.choseong("\n".join([folded.replace(" ", "") for _, folded in korean])).split("\n")
        self._text = "\n" + "\n".join(lines) + "\n"
        self._starts: list[int] = []
        position = 1
        for line in lines:
            self._starts.append(position)
            position += len(line) + 1

    def find(self, initials: str, limit: int) -> list[tuple[int, str]]:
        """(name, "whole" | "head" | "inside")."""
        found: dict[int, str] = {}
        for how, needle in (("whole", f"\n{initials}\n"), ("head", f"\n{initials}"), ("inside", initials)):
            start = self._text.find(needle)
            for _ in range(limit):
                if start < 0:
                    break
                line = bisect_right(self._starts, start + needle.startswith("\n")) - 1
                found.setdefault(self._names[line], how)
                start = self._text.find(needle, start + 1)
        return list(found.items())
