"""The catalog in numbers: each song and outcome is counted once, and every gap has a line."""

from bot.domain.catalog import Catalog, Gap
from bot.storage.catalog_stats import statistics, statistics_lines


def test_every_outcome_is_counted_once_under_each_heading(catalog: Catalog):
    counted = {
        heading: sum(counts.values()) for heading, counts in statistics(catalog).items() if "outcomes" in heading
    }
    assert set(counted.values()) == {len(catalog.outcomes)}
    assert len(counted) == 5


def test_every_song_is_in_one_circle(catalog: Catalog):
    circles = statistics(catalog)["songs by circle"]
    assert sum(circles.values()) == len(catalog.songs)
    assert circles["awarded"] == sum(catalog.wins(key) > 0 for key in catalog.songs)


def test_the_entries_are_all_counted(catalog: Catalog):
    entries = statistics(catalog)["entries"]
    assert entries["dramas with songs"] + entries["dramas known by name"] == len(catalog.dramas)
    assert entries["songs"] == len(catalog.songs)


def test_years_are_in_order_and_awards_most_first(catalog: Catalog):
    counts = statistics(catalog)
    years = list(counts["outcomes by year"])
    assert years == sorted(years)
    numbers = list(counts["outcomes by award"].values())
    assert numbers == sorted(numbers, reverse=True)


def test_every_gap_is_explained_and_every_unknown_winner_has_a_line(catalog: Catalog):
    gaps = [edition for edition in catalog.editions.values() if edition.gap]
    assert sum(statistics(catalog)["editions without a winner"].values()) == len(gaps)
    lines = list(statistics_lines(catalog))
    start = next(number for number, line in enumerate(lines) if line.startswith("gaps to fill"))
    unknown = [edition for edition in gaps if edition.gap is Gap.UNKNOWN]
    assert len(lines) - start - 1 == len(unknown)
    assert any(str(unknown[0].year) in line for line in lines[start:])
