"""Subjects from names, words of different fields together, and the score."""

from dataclasses import dataclass
from heapq import nlargest

from bot.domain.catalog import Kind

from . import _weights as weigh
from ._match import Match, Part
from ._query import Query

_MOST_SONGS = 16  # whose fields are put together
_MOST_ARTISTS = 8  # whose songs are gone through for a second field
_ORDER = {Kind.DRAMA: 0, Kind.ARTIST: 1, Kind.SONG: 2}


@dataclass(frozen=True, slots=True)
class Ranked:
    """``parts`` are the names that matched ``query``, the weightiest first; ``score`` is 0 to 1."""

    subject: int
    score: float
    parts: tuple[Part, ...]
    query: Query


def rank(match: Match, limit: int) -> list[Ranked]:
    """Best first."""
    subjects = match.names.subjects
    found: dict[Kind, list[tuple[float, int]]] = {kind: [] for kind in Kind}
    for number, part in match.found.items():
        found[subjects[number].kind].append((part.value, number))
    artists = [number for _, number in nlargest(_MOST_ARTISTS, found[Kind.ARTIST])]
    dramas = [number for _, number in nlargest(1, found[Kind.DRAMA])]
    songs = {number for _, number in nlargest(_MOST_SONGS, found[Kind.SONG])}
    songs.update(_songs_of_two(match, artists + dramas))
    owners = [_owner(match, number) for _, number in nlargest(limit, found[Kind.ARTIST] + found[Kind.DRAMA])]
    ranked = owners + [_song(match, number) for number in songs]
    if owners:
        best = max(owners, key=lambda r: r.score)
        more = [song for song in subjects[best.subject].songs[:limit] if song not in songs]
        ranked += [Ranked(song, weigh.ONLY_OWNER * best.score, best.parts, match.query) for song in more]
    ranked.sort(key=lambda r: (-stepped(r.score), _ORDER[subjects[r.subject].kind], r.subject))
    return ranked[:limit]


def stepped(score: float) -> float:
    """The score as it is compared and shown: what differs by less than a step is equal."""
    return int(score * weigh.STEPS + 0.5) / weigh.STEPS


def _songs_of_two(match: Match, owners: list[int]) -> list[int]:
    """Songs for which a singer and the drama, two singers, or one of them and the year or the part, speak."""
    subjects, found = match.names.subjects, match.found
    songs = []
    for owner in owners:
        mask = found[owner].mask
        if mask == match.everything:
            continue  # there is nothing that another could add
        for song in subjects[owner].songs:
            others = [found[field] for field in subjects[song].fields if field in found]
            if any(part.mask & ~mask for part in others) or _marked(match, mask, subjects[song].marks):
                songs.append(song)
    return songs


def _owner(match: Match, number: int) -> Ranked:
    subject = match.names.subjects[number]
    parts, value, mask = _together(match, (number,))
    mark = _marked(match, mask, subject.marks)
    score = match.score(value + match.weights[mark], mask | mark)
    return Ranked(number, score * weigh.ONLY_KNOWN if subject.only_known else score, parts, match.query)


def _song(match: Match, number: int) -> Ranked:
    subject = match.names.subjects[number]
    parts, value, mask = _together(match, (number, *subject.fields))
    mark = _marked(match, mask, subject.marks)
    score = match.score(value + match.weights[mark], mask | mark)
    if all(match.names.subject[part.name] != number for part in parts):
        score *= weigh.NO_TITLE if len(parts) > 1 or mark else weigh.ONLY_OWNER
    elif len(parts) > 1:
        score *= weigh.TWO_FIELDS
    return Ranked(number, score, parts, match.query)


def _together(match: Match, subjects: tuple[int, ...]) -> tuple[tuple[Part, ...], float, int]:
    """The parts of ``subjects`` that add words to each other, weightiest first; their value, and their mask."""
    parts = [part for subject in subjects for found in (match.found, match.more) if (part := found.get(subject))]
    if len(parts) == 1:
        return tuple(parts), parts[0].value, parts[0].mask
    parts.sort(reverse=True)
    used: list[Part] = []
    mask, value = 0, 0.0
    for part in parts:
        fresh = part.mask & ~mask
        if not used or match.weights[fresh] > weigh.FUNCTION_WORD or (part.how == "exact" and fresh == part.mask):
            value += match.weights[fresh] * part.quality
            mask |= fresh
            used.append(part)
    return tuple(used), value, mask


def _marked(match: Match, mask: int, marks: tuple[str, ...]) -> int:
    """The years and parts in the query, none of ``mask``, that are among ``marks``."""
    left = match.query.marks & ~mask
    if not left:
        return 0
    words = match.query.words
    return sum([1 << i for i, word in enumerate(words) if left >> i & 1 and word in marks])
