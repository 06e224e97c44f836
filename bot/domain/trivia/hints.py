"""Hints for typed answers: first year and network, then one syllable. Vowels would give initials away."""

from dataclasses import dataclass

from bot.domain.catalog import Artist, Catalog, Drama, Song

from .questions.initials import skeleton
from .questions.question import Question, Ref, RefKind
from .round import Round

HIDDEN = "○"


@dataclass(frozen=True, slots=True)
class YearHint:
    """Of a drama, a song's drama, or an artist's first drama in the catalog."""

    year: int
    networks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SyllableHint:
    """The answer with all letters hidden but one syllable, or one letter of a Latin name: ``○깨○``, ``○○○l○○``."""

    text: str


Hint = YearHint | SyllableHint


def hints_out(current: Round, catalog: Catalog) -> tuple[Hint, ...]:
    """The hints that the players of a round have asked for so far."""
    return all_hints(current.question, catalog)[: current.hint_count]


def all_hints(question: Question, catalog: Catalog) -> tuple[Hint, ...]:
    """Both hints, for the first of the right answers; always the same for a question."""
    answer = min(question.right)
    entity = _entity(answer, catalog)
    return (_year_hint(answer, catalog), SyllableHint(masked(_shown(entity, question.clue))))


def masked(name: str) -> str:
    """``name`` with one syllable left, the middle one, or one letter of a Latin name; spaces and signs stay."""
    shown = [index for index, char in enumerate(name) if char.isalnum()]
    kept = shown[len(shown) // 2] if len(shown) > 1 else None  # of a single letter nothing is left to show
    return "".join(HIDDEN if char.isalnum() and index != kept else char for index, char in enumerate(name))


def _entity(answer: Ref, catalog: Catalog) -> Drama | Song | Artist:
    if answer.kind is RefKind.DRAMA:
        return catalog.dramas[answer.key]
    return catalog.songs[answer.key] if answer.kind is RefKind.SONG else catalog.artists[answer.key]


def _year_hint(answer: Ref, catalog: Catalog) -> YearHint:
    if answer.kind is RefKind.DRAMA:
        dramas = [catalog.dramas[answer.key]]
    elif answer.kind is RefKind.SONG:
        dramas = [catalog.drama_of(catalog.songs[answer.key])]
    else:
        dramas = [catalog.drama_of(song) for song in catalog.songs_by_artist(answer.key)]
    first = min(dramas, key=lambda drama: drama.year)
    return YearHint(first.year, first.networks)


def _shown(entity: Drama | Song | Artist, clue: str | None) -> str:
    """The name that is asked for: that of the clue's script, or the Korean one."""
    names = (entity.name_ko, entity.name) if isinstance(entity, Artist) else (entity.title_ko, entity.title)
    if clue is None:
        return names[0]
    return next((name for name in names if name and skeleton(name) == clue), names[0])
