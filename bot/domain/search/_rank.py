"""Entities from names, words of different fields together, and the score."""

from dataclasses import dataclass

from bot.domain.catalog import Kind

from ._match import Matcher, Part

_ORDER = {Kind.DRAMA: 0, Kind.ARTIST: 1, Kind.SONG: 2}


@dataclass(frozen=True, slots=True)
class Ranked:
    subject: int
    score: float
    parts: tuple[Part, ...]


def rank(matcher: Matcher) -> list[Ranked]:
    names = matcher.names
    found = matcher.found
    years = matcher.query.years
    total = matcher.total
    results: dict[int, Ranked] = {}

    def add(subject: int, parts: list[Part], factor: float) -> None:
        mask = 0
        value = 0.0
        used = []
        for part in parts:
            fresh = matcher.weight(part.mask & ~mask)
            if fresh > 0:
                value += fresh * part.quality
                mask |= part.mask
                used.append(part)
        kind = names.subjects[subject]
        if years & ~mask and kind.years:
            for i, word in enumerate(matcher.query.words):
                if years & ~mask & 1 << i and word in kind.years:
                    value += matcher.query.weights[i]
                    mask |= 1 << i
        covered = matcher.weight(mask) / total
        score = factor * value / total * covered**0.5
        if kind.known_only:
            score *= 0.96
        old = results.get(subject)
        if old is None or score > old.score:
            results[subject] = Ranked(subject, score, tuple(used))

    for subject, part in found.items():
        if subject in names.drama_of:
            others = [found[o] for o in (names.drama_of[subject], *names.artists_of[subject]) if o in found]
            add(subject, [part, *others], 1.0 if not others else 0.99)
        else:
            add(subject, [part], 1.0)
    for subject in list(found):
        if subject in names.songs_of:
            part = found[subject]
            if part.quality < 0.7:
                continue
            for song in names.songs_of[subject]:
                others = [found[o] for o in (names.drama_of[song], *names.artists_of[song]) if o in found]
                together = sorted(others, key=lambda p: -p.value)
                adds = len(together) > 1 and together[1].mask & ~together[0].mask
                add(song, together, 0.97 if adds or years & ~part.mask else 0.7)
    order = sorted(
        results.values(),
        key=lambda r: (-int(r.score * 50 + 0.5), _ORDER[names.subjects[r.subject].kind], r.subject),
    )
    return order
