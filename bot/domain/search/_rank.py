"""Subjects from names, words of different fields together, and the score."""

from dataclasses import dataclass
from heapq import nlargest

from bot.domain.catalog import Kind

from ._match import Matcher, Part

TWO_FIELDS = 0.99  # a song by its title and its singer or drama
NO_TITLE = 0.97  # a song by its singer and its drama, or by one of them and the year
ONLY_OWNER = 0.7  # a song of the drama or the singer that was asked for
ONLY_KNOWN = 0.96  # a drama we have no song of
STEPS = 50  # scores are compared in fiftieths: what differs by less is decided by awards and charts

_MOST_SONGS = 24  # whose fields are put together
_MOST_ARTISTS = 8  # whose songs are gone through for a second field
_ORDER = {Kind.DRAMA: 0, Kind.ARTIST: 1, Kind.SONG: 2}


@dataclass(frozen=True, slots=True)
class Ranked:
    """``parts`` are the names that matched, the weightiest first; ``score`` is 0 to 1."""

    subject: int
    score: float
    parts: tuple[Part, ...]


def rank(matcher: Matcher, limit: int) -> list[Ranked]:
    """Best first."""
    subjects = matcher.names.subjects
    found: dict[Kind, list[tuple[float, int]]] = {kind: [] for kind in Kind}
    for number, part in matcher.found.items():
        found[subjects[number].kind].append((part.value, number))
    artists = [number for _, number in nlargest(max(limit, _MOST_ARTISTS), found[Kind.ARTIST])]
    dramas = [number for _, number in nlargest(limit, found[Kind.DRAMA])]
    songs = {number for _, number in nlargest(_MOST_SONGS, found[Kind.SONG])}
    songs.update(_songs_of_two(matcher, artists[:_MOST_ARTISTS]))
    songs.update(_songs_of_two(matcher, dramas[:1]))
    owners = [_owner(matcher, number) for number in artists + dramas]
    ranked = owners + [_song(matcher, number) for number in songs]
    if owners:
        best = max(owners, key=lambda r: r.score)
        more = [song for song in subjects[best.subject].songs[:limit] if song not in songs]
        ranked += [Ranked(song, ONLY_OWNER * best.score, best.parts) for song in more]
    ranked.sort(key=lambda r: (-int(r.score * STEPS + 0.5), _ORDER[subjects[r.subject].kind], r.subject))
    return ranked[:limit]


def _songs_of_two(matcher: Matcher, owners: list[int]) -> list[int]:
    """Songs for which both their singer and their drama, or one of them and the year or the part, speak."""
    subjects, found = matcher.names.subjects, matcher.found
    songs = []
    for owner in owners:
        mask = found[owner].mask
        for song in subjects[owner].songs:
            drama = found.get(subjects[song].drama)
            if (drama and drama.mask & ~mask) or _marked(matcher, mask, subjects[song].marks):
                songs.append(song)
    return songs


def _owner(matcher: Matcher, number: int) -> Ranked:
    subject = matcher.names.subjects[number]
    parts, value, mask = _together(matcher, (number,))
    mark = _marked(matcher, mask, subject.marks)
    score = matcher.score(value + matcher.weights[mark], mask | mark)
    return Ranked(number, score * ONLY_KNOWN if subject.only_known else score, parts)


def _song(matcher: Matcher, number: int) -> Ranked:
    subject = matcher.names.subjects[number]
    parts, value, mask = _together(matcher, (number, subject.drama, *subject.artists))
    mark = _marked(matcher, mask, subject.marks)
    score = matcher.score(value + matcher.weights[mark], mask | mark)
    if not any([matcher.names.subject[part.name] == number for part in parts]):
        score *= NO_TITLE if len(parts) > 1 or mark else ONLY_OWNER
    elif len(parts) > 1:
        score *= TWO_FIELDS
    return Ranked(number, score, parts)


def _together(matcher: Matcher, subjects: tuple[int | None, ...]) -> tuple[tuple[Part, ...], float, int]:
    """The parts of ``subjects`` that add words to each other, weightiest first; their value, and their mask."""
    parts = [part for subject in subjects for found in (matcher.found, matcher.more) if (part := found.get(subject))]
    if len(parts) == 1:
        return (parts[0],), parts[0].value, parts[0].mask
    parts.sort(reverse=True)
    used, mask, value = [], 0, 0.0
    for part in parts:
        fresh = part.mask & ~mask
        if not used or matcher.weights[fresh] >= 1 or (part.how == "exact" and fresh == part.mask):
            value += matcher.weights[fresh] * part.quality
            mask |= fresh
            used.append(part)
    return tuple(used), value, mask


def _marked(matcher: Matcher, mask: int, marks: tuple[str, ...]) -> int:
    """The years and parts in the query, none of ``mask``, that are among ``marks``."""
    left = matcher.query.marks & ~mask
    if not left:
        return 0
    words = matcher.query.words
    return sum([1 << i for i, word in enumerate(words) if left >> i & 1 and word in marks])
