"""Which rows of the research notes are not in the catalog, and why.

Run ``python -m tests.benchmarks.catalog_left_out [FOLDER]``. FOLDER holds ``awards.jsonl``, ``charted.jsonl`` and their
kin (by default ``../shared/catalog``). A row that qualifies and is not found is
printed as MISSING; the exit code is then 1.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from bot.domain.catalog import Catalog, Drama, Song
from bot.domain.catalog_check import folded
from bot.storage.catalog_text import read_catalog

DEFAULT_FOLDER = Path("../shared/catalog")
MISSING = "MISSING"
Row = dict[str, Any]
Verdict = tuple[str, str]  # (what the row is, why it is left out; empty when it is in)


class Lookup:
    """The catalog by folded names; ``named`` are (title, drama) of each row of awards and charts."""

    def __init__(self, catalog: Catalog, named: set[tuple[str, str]]) -> None:
        self.catalog = catalog
        self.named = named
        self.drama_names: dict[str, list[str]] = {}
        self.dramas = _by_name(catalog.dramas.values(), lambda drama: (drama.title, drama.title_ko, *drama.aliases))
        self.songs = _by_name(catalog.songs.values(), lambda song: (song.title, song.title_ko, *song.aliases))
        self.artists = _by_name(catalog.artists.values(), lambda artist: (artist.name, artist.name_ko, *artist.aliases))
        self.awards = _by_name(catalog.awards.values(), lambda award: (award.name, award.name_ko, *award.aliases))

    def drama(self, names: Iterable[str | None], year: int | None) -> list[Drama]:
        found = [drama for name in names if name for drama in self.dramas[folded(name)]]
        return [drama for drama in found if year is None or abs(drama.year - year) <= 1]

    def songs_of(self, names: Iterable[str | None], dramas: Iterable[Drama]) -> list[Song]:
        keys = {drama.key for drama in dramas}
        found = [song for name in names if name for song in self.songs[folded(name)]]
        return [song for song in found if song.drama_key in keys]


def _named(row: Row) -> Iterator[tuple[str, str]]:
    """The row's (title, drama), folded; none where the drama is not known."""
    for field in ("song_ko", "song_en", "title_ko", "title_en"):
        if row.get(field) and row["drama_ko"]:
            yield folded(row[field]), folded(row["drama_ko"])


def _by_name(entities: Iterable[Any], names: Any) -> defaultdict[str, list[Any]]:
    table: defaultdict[str, list[Any]] = defaultdict(list)
    for entity in entities:
        for name in {folded(name) for name in names(entity) if name}:
            table[name].append(entity)
    return table


def award_verdict(row: Row, lookup: Lookup) -> Verdict:
    what = f"{row['award']} {row['year']} {row['result']}: {row['song_en'] or row['song_ko']} – {row['artist_en']}"
    awards = {award.key for award in lookup.awards[folded(row["award"])]}
    editions = [e for e in lookup.catalog.editions.values() if e.award_key in awards and e.year == row["year"]]
    if row["result"] == "none":
        return what, "" if editions else MISSING
    if not (row["song_en"] or row["song_ko"]):
        return what, _explained(editions, "no page names the song")
    if not (row["drama_en"] or row["drama_ko"]):
        return what, _explained(editions, "not a drama's song, or no page names the drama")
    dramas = lookup.drama((row["drama_ko"], row["drama_en"]), row["drama_year"])
    keys = {song.key for song in lookup.songs_of((row["song_ko"], row["song_en"]), dramas)}
    outcomes = [o for e in editions for o in lookup.catalog.outcomes_in(e.key) if o.song_key in keys]
    return what, "" if any(o.won or o.result == row["result"] for o in outcomes) else MISSING


def _explained(editions: list[Any], reason: str) -> str:
    recorded = any(edition.gap for edition in editions)
    return reason + ("; the edition says so as a gap" if recorded else "")


def charted_verdict(row: Row, lookup: Lookup) -> Verdict:
    what = f"{row['title_ko']} – {row['artist_ko']} ({row['drama_ko']} {row['drama_year']})"
    if row["artist_ko"] == "Various Artists":
        return what, "the data set names no singer"
    dramas = lookup.drama((row["drama_ko"], row["drama_en"]), row["drama_year"])
    bare = row["title_ko"].split(" (")[0]
    songs = lookup.songs_of((row["title_ko"], row["title_en"], bare, bare.split("(")[0], bare.split("[")[0]), dramas)
    return what, "" if any(song.chart for song in songs) else MISSING


def song_verdict(row: Row, lookup: Lookup) -> Verdict:
    what = f"{row['title_en'] or row['title_ko']} ({row['slug']})"
    if row["slug"] in lookup.catalog.songs:
        return what, ""
    if row["notes"].startswith("Candidate only"):
        charted = any(song.chart for song in lookup.songs[folded(row["title_ko"])])
        return what, "" if charted else "a candidate only, no award names it"
    if not row["drama"]:
        return what, "no drama: a film, a web toon, or not found"
    titles = {folded(title) for title in (row["title_ko"], row["title_en"]) if title}
    dramas = {folded(name) for name in lookup.drama_names.get(row["drama"], ())}
    named = any((title, drama) in lookup.named for title in titles for drama in dramas)
    return what, MISSING if named else "no award on a page names it, and it is in no chart"


def drama_verdict(row: Row, lookup: Lookup) -> Verdict:
    found = lookup.drama((row["title_ko"], row["title_en"], *row["aliases"]), row["year"])
    return f"{row['title_en']} {row['year']}", "" if found else MISSING


def artist_verdict(row: Row, lookup: Lookup) -> Verdict:
    found = row["slug"] in lookup.catalog.artists or lookup.artists[folded(row["name_ko"])]
    return row["name_en"], "" if found else "no song of the catalog is by this artist"


def lead_verdict(row: Row, lookup: Lookup) -> Verdict:
    what, why = award_verdict(row, lookup) if row["result"] != "unknown" else _unknown_lead(row, lookup)
    return what, "no page states it, or not what it was for" if why == MISSING else why


def _unknown_lead(row: Row, lookup: Lookup) -> Verdict:
    awards = {award.key for award in lookup.awards[folded(row["award"])]}
    found = any(e.award_key in awards and e.year == row["year"] for e in lookup.catalog.editions.values())
    return f"{row['award']} {row['year']} unknown", "" if found else "no page on that ceremony's prizes"


VERDICTS = {
    "awards": award_verdict,
    "charted": charted_verdict,
    "songs": song_verdict,
    "dramas": drama_verdict,
    "known_dramas": drama_verdict,
    "artists": artist_verdict,
    "leads": lead_verdict,
}


def _rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main(folder: Path) -> int:
    if not folder.is_dir():
        print(f"no research notes at {folder}: nothing to compare (name their folder as the argument)")
        return 0
    rows = [row for name in ("awards", "charted") for row in _rows(folder / f"{name}.jsonl")]
    lookup = Lookup(read_catalog(), {pair for row in rows for pair in _named(row)})
    for row in _rows(folder / "dramas.jsonl"):
        lookup.drama_names[row["slug"]] = [row["title_ko"], *row["aliases"]]
    missing = 0
    for name, verdict in VERDICTS.items():
        verdicts = [verdict(row, lookup) for row in _rows(folder / f"{name}.jsonl")]
        left_out = [(what, why) for what, why in verdicts if why]
        missing += sum(why == MISSING for _, why in left_out)
        print(
            f"\n{name}: {len(verdicts)} rows, {len(verdicts) - len(left_out)} in the catalog, {len(left_out)} left out"
        )
        for why, number in Counter(why for _, why in left_out).most_common():
            print(f"  {number:4}  {why}")
        for what, why in left_out:
            print(f"        {what}: {why}")
    print(f"\nrows that qualify and are missing: {missing}")
    return int(missing > 0)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER))
