"""SearchIndex: what /ost, autocomplete, the command line and trivia's judge share."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bot.domain.catalog import Catalog, Kind

from . import _weights as weigh
from ._lookup import Lookup
from ._match import Match, match_names
from ._names import collect
from ._query import Query, other_keyboard, parse
from ._rank import Ranked, rank, stepped
from ._words import guess, match_words

_EXPLAINED = 50  # hits deep enough to explain any that was shown


@dataclass(frozen=True, slots=True)
class Hit:
    """``score`` is 0 to 100, best first; ``why`` says in a few words what matched."""

    kind: Kind
    key: str
    score: float
    why: tuple[str, ...] = ()


class SearchIndex:
    """Everything a catalog can be asked for; built once, then read by all."""

    def __init__(self, catalog: Catalog) -> None:
        with _collector_at_rest():
            self._names = collect(catalog)
            self._lookup = Lookup(self._names)
        self._suggestions = self._varied()

    def find(self, text: str, limit: int = 10) -> list[Hit]:
        """Hits good enough to be shown, best first; empty when nothing is."""
        return [self._hit(ranked) for ranked in self._ranked(text, limit) if ranked.score >= weigh.SHOWN]

    def nearest(self, text: str, limit: int = 3) -> list[Hit]:
        """What may have been meant when ``find`` finds nothing; empty when nothing is near."""
        return [self._hit(ranked) for ranked in self._ranked(text, limit) if _is_near(ranked)]

    def complete(self, text: str, limit: int = 25) -> list[Hit]:
        """Suggestions while ``text`` is being typed; well-chosen ones when it is empty."""
        if not text.strip():
            return self._suggestions[:limit]
        return [self._hit(ranked) for ranked in self._ranked(text, limit) if ranked.score >= weigh.COMPLETED]

    def explain(self, text: str, hit: Hit) -> list[str]:
        """Lines that say how ``hit`` came to its score for ``text``; none if it did not."""
        typed = parse(text).words
        for ranked in self._ranked(text, _EXPLAINED):
            subject = self._names.subjects[ranked.subject]
            if (subject.kind, subject.key) == (hit.kind, hit.key):
                keyboard = [] if ranked.query.words == typed else [f"read as: {' '.join(ranked.query.words)}"]
                return keyboard + self._reasons(ranked)
        return []

    def _reasons(self, ranked: Ranked) -> list[str]:
        words, weights = ranked.query.words, ranked.query.weights
        lines = []
        covered = 0
        for part in ranked.parts:
            owner = self._names.subjects[self._names.subject[part.name]]
            heard = " ".join([word for i, word in enumerate(words) if part.mask >> i & 1])
            lines.append(f"{part.how}: {heard!r} is {owner.kind} {self._names.folded[part.name]!r}, {part.quality:.2f}")
            covered |= part.mask
        marks = [i for i, word in enumerate(words) if word in self._names.subjects[ranked.subject].marks]
        lines += [f"year or part: {words[i]!r}" for i in marks if not covered >> i & 1]
        lines += [
            f"nothing for: {word!r}, which counts {weights[i]:g} of {sum(weights):g}"
            for i, word in enumerate(words)
            if not covered >> i & 1 and i not in marks
        ]
        return lines

    def _ranked(self, text: str, limit: int) -> list[Ranked]:
        query = parse(text)
        if not query.words:
            return []
        order = self._best(query, limit)
        if query.marks and _score(order) < weigh.SHOWN:
            return self._best(query.without_marks(), limit)
        return order

    def _best(self, query: Query, limit: int) -> list[Ranked]:
        match, order = self._match(query, limit)
        if _score(order) >= weigh.GOOD and order[0].parts[0].quality >= weigh.AS_TYPED:
            return order
        for words in {match.everything & ~match.known, match.everything}:
            if other := other_keyboard(query, words):
                order = max(order, self._match(other, limit)[1], key=_score)
        if _score(order) >= weigh.GOOD:
            return order
        guess(match)
        return max(order, rank(match, limit), key=_score)

    def _match(self, query: Query, limit: int) -> tuple[Match, list[Ranked]]:
        match = Match(self._lookup, query)
        match_names(match)
        match_words(match)
        return match, rank(match, limit)

    def _hit(self, ranked: Ranked) -> Hit:
        subject = self._names.subjects[ranked.subject]
        why = tuple([f"{part.how}: {self._names.folded[part.name]}" for part in ranked.parts])
        return Hit(subject.kind, subject.key, round(100 * stepped(ranked.score), 1), why)

    def _varied(self) -> list[Hit]:
        kinds: dict[Kind, list[Hit]] = {kind: [] for kind in Kind}
        for subject in self._names.subjects:
            if not subject.only_known:
                kinds[subject.kind].append(Hit(subject.kind, subject.key, 100.0))
        mixed: list[Hit] = []
        for row in zip(*kinds.values(), strict=False):
            mixed.extend(row)
        return mixed[:50]


def _is_near(ranked: Ranked) -> bool:
    return ranked.score >= (weigh.NEAR_BY_NAME if ranked.parts[0].how == "exact" else weigh.NEAR)


def _score(order: list[Ranked]) -> float:
    return order[0].score if order else 0.0


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """Building makes a hundred thousand objects and no cycle; looking for one takes a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
