"""Entities from names, words of different fields together, and the score."""

from dataclasses import dataclass
from heapq import nlargest

from bot.domain.catalog import Kind

from ._match import Matcher, Part

_ORDER = {Kind.DRAMA: 0, Kind.ARTIST: 1, Kind.SONG: 2}


@dataclass(frozen=True, slots=True)
class Ranked:
    subject: int
    score: float
    parts: tuple[Part, ...]


def rank(matcher: Matcher) -> list[Ranked]:
    subjects = matcher.names.subjects
    found = matcher.found
    years = matcher.query.years
    total = matcher.total
    results: dict[int, Ranked] = {}

    def add(number: int, parts: list[Part]) -> None:
        subject = subjects[number]
        mask = 0
        value = 0.0
        used = []
        parts.sort(key=lambda p: -p.value)
        for part in parts:
            fresh = matcher.weight(part.mask & ~mask)
            if fresh > 0:
                value += fresh * part.quality
                mask |= part.mask
                used.append(part)
        year = False
        if years & ~mask and subject.years:
            for i, word in enumerate(matcher.query.words):
                if years & ~mask & 1 << i and word in subject.years:
                    value += matcher.query.weights[i]
                    mask |= 1 << i
                    year = True
        own = any(matcher.names.subject[part.name] == number for part in used)
        factor = 1.0 if own and len(used) == 1 else 0.99 if own else 0.97 if len(used) > 1 or year else 0.7
        score = factor * value / total * (matcher.weight(mask) / total) ** 0.5
        if subject.only_known:
            score *= 0.96
        old = results.get(number)
        if old is None or score > old.score:
            results[number] = Ranked(number, score, tuple(used))

    owners = []
    for number, part in found.items():
        subject = subjects[number]
        if subject.drama is not None:
            add(number, [found[o] for o in (number, subject.drama, *subject.artists) if o in found])
        else:
            add(number, [part])
            if subject.songs and part.quality >= 0.7:
                owners.append((part.value, number))
    for _, number in nlargest(12, owners):
        for song in subjects[number].songs:
            if song not in found and song not in results:
                subject = subjects[song]
                add(song, [found[o] for o in (subject.drama, *subject.artists) if o in found])
    return sorted(
        results.values(),
        key=lambda r: (-int(r.score * 50 + 0.5), _ORDER[subjects[r.subject].kind], r.subject),
    )
