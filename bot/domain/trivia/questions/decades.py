"""Which decade a question is about."""

from bot.domain.catalog import Catalog

from .question import Question, Ref, RefKind


def decade_of(question: Question, catalog: Catalog) -> int | None:
    """The first year of the decade of the first drama, song or edition it names or tells of; None if there is none."""
    refs = (*question.subject, *(ref for fact in question.facts for ref in (fact.subject, fact.object)))
    years = (_year(ref, catalog) for ref in refs)
    return next((year - year % 10 for year in years if year), None)


def _year(ref: Ref, catalog: Catalog) -> int | None:
    """None as well where the catalog has changed since the question was made."""
    if ref.kind is RefKind.DRAMA and (drama := catalog.dramas.get(ref.key)):
        return drama.year
    if ref.kind is RefKind.SONG and (song := catalog.songs.get(ref.key)):
        return catalog.drama_of(song).year
    if ref.kind is RefKind.EDITION and (edition := catalog.editions.get(ref.key)):
        return edition.year
    return None
