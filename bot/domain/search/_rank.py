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
_MOST_ARTISTS = 6  # whose songs are gone through for a second field
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
    owners: list[tuple[float, int]] = []
    songs: list[tuple[float, int]] = []
    for number, part in matcher.found.items():
        (owners if subjects[number].drama is None else songs).append((part.value, number))
    owners = nlargest(limit, owners)
    candidates = {number for _, number in nlargest(_MOST_SONGS, songs)}
    candidates.update(_songs_of(matcher, [number for _, number in owners], limit))
    ranked = [_owner(matcher, number) for _, number in owners]
    ranked += [_song(matcher, number) for number in candidates]
    ranked.sort(key=lambda r: (-int(r.score * STEPS + 0.5), _ORDER[subjects[r.subject].kind], r.subject))
    return ranked[:limit]


def _songs_of(matcher: Matcher, owners: list[int], limit: int) -> list[int]:
    """Songs that two fields or the year speak for, and to fill up the first songs of the best owner."""
    subjects, found = matcher.names.subjects, matcher.found
    songs = []
    artists = [number for number in owners if subjects[number].kind is Kind.ARTIST][:_MOST_ARTISTS]
    for artist in artists:
        mask = found[artist].mask
        for song in subjects[artist].songs:
            drama = found.get(subjects[song].drama)
            if (drama and drama.mask & ~mask) or _year(matcher, mask, subjects[song].years):
                songs.append(song)
    for owner in owners[:1]:
        songs += subjects[owner].songs[:limit]
    return songs


def _owner(matcher: Matcher, number: int) -> Ranked:
    part = matcher.found[number]
    subject = matcher.names.subjects[number]
    value, mask = part.value, part.mask
    if matcher.query.years & ~mask:
        year = _year(matcher, mask, subject.years)
        value, mask = value + matcher.weight(year), mask | year
    score = matcher.score(value, mask)
    return Ranked(number, score * ONLY_KNOWN if subject.only_known else score, (part,))


def _song(matcher: Matcher, number: int) -> Ranked:
    subject = matcher.names.subjects[number]
    fields = [found for field in (number, subject.drama, *subject.artists) if (found := matcher.found.get(field))]
    fields.sort(reverse=True)
    mask, value = 0, 0.0
    parts = []
    for part in fields:
        fresh = part.mask & ~mask
        if fresh:
            value += matcher.weight(fresh) * part.quality
            mask |= fresh
            parts.append(part)
    year = _year(matcher, mask, subject.years)
    score = matcher.score(value + matcher.weight(year), mask | year)
    if not any([matcher.names.subject[part.name] == number for part in parts]):
        score *= NO_TITLE if len(parts) > 1 or year else ONLY_OWNER
    elif len(parts) > 1:
        score *= TWO_FIELDS
    return Ranked(number, score, tuple(parts))


def _year(matcher: Matcher, mask: int, years: tuple[str, ...]) -> int:
    """The words of the query, none of ``mask``, that are among ``years``."""
    open_years = matcher.query.years & ~mask
    if not open_years:
        return 0
    words = matcher.query.words
    return sum([1 << i for i, word in enumerate(words) if open_years >> i & 1 and word in years])
