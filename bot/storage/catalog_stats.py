"""What the catalog holds, in numbers: the text of ``python -m bot catalog stats``."""

from collections import Counter
from collections.abc import Iterable, Iterator

from bot.domain.catalog import Catalog, Edition, Gap

_GAP_WORDS = {
    Gap.NO_PRIZE: "gave no OST prize",
    Gap.OTHER_WORK: "went to the song of a film, a game, a web toon or an animation",
    Gap.NOT_ONE_SONG: "went to an artist, a composer or a whole soundtrack",
    Gap.UNKNOWN: "its winner, or the song it won with, was found on no page",
}


def statistics(catalog: Catalog) -> dict[str, dict[str, int]]:
    """Counts by heading, each in the order it is best read in; ``songs by circle`` counts every song once."""
    editions = [catalog.editions[outcome.edition_key] for outcome in catalog.outcomes]
    gaps = [edition.gap for edition in catalog.editions.values() if edition.gap]
    return {
        "entries": {
            "dramas with songs": sum(bool(catalog.songs_of_drama(key)) for key in catalog.dramas),
            "dramas known by name": sum(not catalog.songs_of_drama(key) for key in catalog.dramas),
            "songs": len(catalog.songs),
            "artists": len(catalog.artists),
            "awarding bodies": len(catalog.awards),
            "editions": len(catalog.editions),
            "outcomes": len(catalog.outcomes),
            "songs with a video": sum(bool(song.video) for song in catalog.songs.values()),
        },
        "songs by circle": _most_first(catalog.circle(key) for key in catalog.songs),
        "outcomes by result": _most_first(outcome.result for outcome in catalog.outcomes),
        "outcomes by confidence": _most_first(outcome.confidence for outcome in catalog.outcomes),
        "outcomes by who decides": _most_first(edition.nature for edition in editions),
        "outcomes by award": _most_first(catalog.award_of(edition).name for edition in editions),
        "outcomes by year": dict(sorted(Counter(str(edition.year) for edition in editions).items())),
        "editions without a winner": _most_first(_GAP_WORDS[gap] for gap in gaps),
    }


def statistics_lines(catalog: Catalog) -> Iterator[str]:
    """``statistics`` and every gap by name, as lines to print."""
    for heading, counts in statistics(catalog).items():
        yield heading
        yield from (f"  {number:5}  {name}" for name, number in counts.items())
        yield ""
    yield "gaps to fill: an outcome with a page that states it is welcome"
    unknown = (edition for edition in catalog.editions.values() if edition.gap is Gap.UNKNOWN)
    for edition in sorted(unknown, key=lambda edition: (edition.award_key, edition.year)):
        yield f"  {_edition_line(catalog, edition)}"


def _edition_line(catalog: Catalog, edition: Edition) -> str:
    details = ", ".join(text for text in (edition.category, edition.note) if text)
    return f"{catalog.award_of(edition).name} {edition.year}" + (f" ({details})" if details else "")


def _most_first(values: Iterable[str]) -> dict[str, int]:
    return {str(value): number for value, number in Counter(values).most_common()}
