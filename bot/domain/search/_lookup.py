"""From a key to the names that have it: whole, begun, within, by words, by initials, mistyped."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from heapq import nsmallest

from rapidfuzz import process
from rapidfuzz.distance import OSA

from bot.domain import hangul

from ._names import Names

_AFTER = "\uffff"  # sorts after every letter
_LONGEST_TAIL = 24
_ARTICLES = ("the ", "a ", "an ")
_SHORTEST_ACRONYM = 3
_ENDING = 3


class Sorted:
    """Strings in order with a number each, to find all that are, or begin, as asked."""

    def __init__(self, keys: list[str], numbers: list[int]) -> None:
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.keys = [keys[i] for i in order]
        self._numbers = [numbers[i] for i in order]

    def equal(self, key: str, limit: int) -> list[int]:
        low = bisect_left(self.keys, key)
        if low == len(self.keys) or self.keys[low] != key:
            return []
        return self._numbers[low : min(bisect_right(self.keys, key, low), low + limit)]

    def begun(self, beginning: str, limit: int) -> list[int]:
        """The lowest numbers, in any order."""
        low, high = self.range(beginning)
        numbers = self._numbers[low:high]
        return nsmallest(limit, numbers) if high - low > limit else numbers

    def range(self, beginning: str) -> tuple[int, int]:
        low = bisect_left(self.keys, beginning)
        return low, bisect_left(self.keys, beginning + _AFTER, low)


class Lookup:
    """Numbers of names, which are most awarded first, by whatever one may have of them."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self.words = Vocabulary(names)
        self.initials = Initials(names)
        self.acronyms: dict[str, list[int]] = defaultdict(list)
        self._endings: dict[str, list[str]] = defaultdict(list)
        heads, head_names = list(names.key), list(range(len(names.key)))
        tails: list[str] = []
        tail_names: list[int] = []
        for name, (folded, loose) in enumerate(zip(names.folded, names.loose, strict=True)):
            self._endings[names.key[name][-_ENDING:]].append(names.key[name])
            words = loose.split(" ")
            for i in range(1, len(words)):
                tails.append("".join(words[i:])[:_LONGEST_TAIL])
                tail_names.append(name)
            if folded.startswith(_ARTICLES):
                heads.append("".join(words[1:]))
                head_names.append(name)
            if len(words) >= _SHORTEST_ACRONYM and folded.isascii():
                self._add_acronym(folded, name)
        self.heads = Sorted(heads, head_names)
        self.tails = Sorted(tails, tail_names)

    def _add_acronym(self, folded: str, name: int) -> None:
        acronym = "".join([word[0] for word in folded.split(" ")])
        self.acronyms[acronym].append(name)
        if folded.startswith(_ARTICLES) and len(acronym) > _SHORTEST_ACRONYM:
            self.acronyms[acronym[1:]].append(name)

    def near(self, key: str, slips: int, limit: int) -> list[tuple[int, int]]:
        """(name, slips) of whole names at most ``slips`` away that begin or end alike."""
        low, high = self.heads.range(key[:_ENDING])
        pool = self.heads.keys[low:high] + self._endings.get(key[-_ENDING:], [])
        close = process.extract(key, pool, scorer=OSA.distance, score_cutoff=slips, limit=limit)
        found = {candidate: int(distance) for candidate, distance, _ in close}
        return [(name, found[candidate]) for candidate in found for name in self.heads.equal(candidate, limit)]


class Vocabulary:
    """The words of all names, loose, and who has them."""

    def __init__(self, names: Names) -> None:
        self.holders: dict[str, list[int]] = defaultdict(list)
        self._loose_of: dict[str, str] = {}
        for name, (folded, loose) in enumerate(zip(names.folded, names.loose, strict=True)):
            loose_words = loose.split(" ")
            for word in set(loose_words):
                self.holders[word].append(name)
            self._loose_of.update(zip(folded.split(" "), loose_words, strict=True))
        spellings = [*self.holders, *[word for word in self._loose_of if word.isascii()]]
        self._spellings = sorted(set(spellings))
        self._reversed = sorted([word[::-1] for word in self._spellings])

    def begun(self, beginning: str, limit: int) -> list[str]:
        low = bisect_left(self._spellings, beginning)
        high = bisect_left(self._spellings, beginning + _AFTER, low)
        return [word for word in self._spellings[low : min(high, low + limit)] if word in self.holders]

    def near(self, spelling: str) -> dict[str, int]:
        """Loose words of names, and how many slips of a key ``spelling`` is away from one of their spellings."""
        slips = allowed_slips(spelling)
        if not slips or not spelling.isalpha():
            return {}
        ahead = spelling[: 1 if len(spelling) < 5 else 2]
        behind = spelling[:-3:-1]
        found: dict[str, int] = {}
        for words, beginning, target in (
            (self._spellings, ahead, spelling),
            (self._reversed, behind, spelling[::-1]),
        ):
            low = bisect_left(words, beginning)
            pool = words[low : bisect_left(words, beginning + _AFTER, low)]
            for word, distance, _ in process.extract(target, pool, scorer=OSA.distance, score_cutoff=2, limit=12):
                if distance <= slips or sorted(word) == sorted(target):
                    right = word if words is self._spellings else word[::-1]
                    loose = right if right in self.holders else self._loose_of[right]
                    found[loose] = min(found.get(loose, 2), int(distance))
        return found


def allowed_slips(key: str) -> int:
    """How many slips of a key are forgiven in a text of this length."""
    length = len(key)
    return 0 if length < 4 else 1 if length < 8 else 2 if length < 14 else 3


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
