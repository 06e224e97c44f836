"""The catalog's text: what is read, and that every mistake in it is named by file, key and reason."""

import datetime as dt
import unicodedata
from pathlib import Path

import pytest

from bot.domain.catalog import Catalog, ChartRun, Confidence, Gap, Original, PartialDate, Result, Video
from bot.storage.catalog_text import CatalogTextError, read_catalog
from bot.storage.catalog_version import catalog_version

ARTISTS = """
[ailee]
name = "Ailee"
name_ko = "에일리"
aliases = ["Amy Lee"]
kind = "solo"
"""

AWARDS = """
[mama]
name = "MAMA Awards"
name_ko = "마마 어워즈"
aliases = ["마마"]
nature = "mixed"

[mama.editions.2017]
year = 2017
number = 19
date = 2017-12-01
category = "Best OST"
category_ko = "베스트 OST상"

[mama.editions.2015]
year = 2015
gap = "no_prize"
sources = ["https://example.org/2015"]
"""

GOBLIN = """
title = "Goblin"
title_ko = "도깨비"
aliases = ["Dokkaebi"]
year = 2016
premiere = 2016-12-02
networks = ["tvN"]
cast = [{ name = "Gong Yoo", name_ko = "공유" }]
sources = ["https://example.org/goblin"]

[[songs]]
key = "first-snow"
title = "First Snow"
title_ko = "첫눈처럼 너에게 가겠다"
artists = ["ailee"]
part = "Part 9"
released = 2017-01-07
original = { artist = "Somebody", artist_ko = "누군가" }

[songs.chart]
first = "2017-01"
last = "2018-12"
months = 24
source = "https://example.org/chart"

[songs.video]
id = "6rS7OUGXUik"
source = "https://example.org/video"

[[songs.awards]]
edition = "mama/2017"
result = "won"
confidence = "high"
sources = ["https://example.org/mama"]
"""

KNOWN = (
    "key,title,title_ko,year,premiere,networks,aliases,source\n"
    "crash-landing-2019,Crash Landing,사랑의 불시착,2019,,tvN|Netflix,CLOY|사불,https://example.org/cloy\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dramas").mkdir()
    (tmp_path / "artists.toml").write_text(ARTISTS, encoding="utf-8")
    (tmp_path / "awards.toml").write_text(AWARDS, encoding="utf-8")
    (tmp_path / "dramas" / "goblin.toml").write_text(GOBLIN, encoding="utf-8")
    (tmp_path / "known_dramas.csv").write_text(KNOWN, encoding="utf-8")
    (tmp_path / "ambiguous.toml").write_text('dramas = ["사랑"]\nartists = ["J"]\n', encoding="utf-8")
    return tmp_path


def problems_of(folder: Path) -> list[str]:
    with pytest.raises(CatalogTextError) as caught:
        read_catalog(folder)
    assert str(caught.value) == "\n".join(caught.value.problems)
    return caught.value.problems


def test_everything_that_is_written_is_read(folder: Path):
    catalog = read_catalog(folder)
    song = catalog.songs["first-snow"]
    assert (song.title, song.title_ko, song.artist_keys, song.drama_key) == (
        "First Snow",
        "첫눈처럼 너에게 가겠다",
        ("ailee",),
        "goblin",
    )
    assert song.released == PartialDate(2017, 1, 7)
    assert song.original == Original("Somebody", "누군가")
    assert song.chart == ChartRun(PartialDate(2017, 1), PartialDate(2018, 12), 24, "https://example.org/chart")
    assert song.video == Video("6rS7OUGXUik", "https://example.org/video")
    (outcome,) = catalog.outcomes_of("first-snow")
    assert (outcome.result, outcome.confidence, outcome.edition_key) == (Result.WON, Confidence.HIGH, "mama/2017")
    assert catalog.dramas["goblin"].premiere == dt.date(2016, 12, 2)
    assert catalog.dramas["goblin"].cast[0].name_ko == "공유"
    assert catalog.editions["mama/2017"].nature == catalog.awards["mama"].nature == "mixed"
    assert catalog.editions["mama/2015"].gap is Gap.NO_PRIZE
    assert catalog.ambiguous == {"사랑", "J"}


def test_a_drama_known_by_name_alone_has_its_titles_networks_and_no_songs(folder: Path):
    catalog = read_catalog(folder)
    known = catalog.dramas["crash-landing-2019"]
    assert (known.title_ko, known.networks, known.aliases) == ("사랑의 불시착", ("tvN", "Netflix"), ("CLOY", "사불"))
    assert catalog.songs_of_drama(known.key) == ()


def test_the_version_changes_with_any_file_and_only_then(folder: Path):
    before = catalog_version(folder)
    assert catalog_version(folder) == before == read_catalog(folder).version
    (folder / "ambiguous.toml").write_text("", encoding="utf-8")
    assert catalog_version(folder) != before


@pytest.mark.parametrize(
    ("file", "old", "new", "problem"),
    [
        ("artists.toml", 'name = "Ailee"', "", "artists.toml: ailee.name: Field required"),
        ("artists.toml", '"Amy Lee"', '" Amy Lee"', "artists.toml: ailee.aliases.0: has stray white space"),
        ("artists.toml", '"Amy Lee"', '"Amy  Lee"', "artists.toml: ailee.aliases.0: has stray white space"),
        ("artists.toml", '"Amy Lee"', '""', "artists.toml: ailee.aliases.0: is empty; leave the line out instead"),
        (
            "artists.toml",
            "[ailee]",
            "[Ailee]",
            "artists.toml: Ailee: is not a key (a-z, 0-9 and -, at most 40 characters)",
        ),
        ("artists.toml", 'kind = "solo"', 'kind = "choir"', "artists.toml: ailee.kind: Input should be"),
        ("artists.toml", "aliases", "alias", "artists.toml: ailee.alias: Extra inputs are not permitted"),
        ("artists.toml", "[ailee]", "[ailee", "artists.toml: cannot be read: "),
        ("awards.toml", "[mama]", "[MAMA]", "awards.toml: MAMA: is not a key"),
        ("awards.toml", 'nature = "mixed"', "", "awards.toml: mama.nature: Field required"),
        ("awards.toml", "year = 2017", 'year = "2017"', "awards.toml: mama.editions.2017.year: Input should be"),
        ("awards.toml", "year = 2017", "year = 1817", "awards.toml: mama.editions.2017.year: Input should be"),
        ("awards.toml", '"no_prize"', '"none"', "awards.toml: mama.editions.2015.gap: Input should be"),
        (
            "awards.toml",
            "https://example.org/2015",
            "example",
            "awards.toml: mama.editions.2015.sources.0: is not a web",
        ),
        ("dramas/goblin.toml", 'title_ko = "도깨비"', "", "dramas/goblin.toml: title_ko: Field required"),
        ("dramas/goblin.toml", "2016-12-02", '"last winter"', "dramas/goblin.toml: premiere: Input should be"),
        (
            "dramas/goblin.toml",
            'artists = ["ailee"]',
            "artists = []",
            "dramas/goblin.toml: songs.first-snow.artists: List should",
        ),
        (
            "dramas/goblin.toml",
            '"first-snow"',
            '"First Snow"',
            "dramas/goblin.toml: songs.First Snow.key: String should match",
        ),
        (
            "dramas/goblin.toml",
            "2017-01-07",
            '"2017"',
            "dramas/goblin.toml: songs.first-snow.released: not a date like",
        ),
        (
            "dramas/goblin.toml",
            "2017-01-07",
            '"2017-13"',
            "dramas/goblin.toml: songs.first-snow.released: month must be in 1..12",
        ),
        (
            "dramas/goblin.toml",
            "2017-01-07",
            "2017",
            "dramas/goblin.toml: songs.first-snow.released: is not a date like",
        ),
        (
            "dramas/goblin.toml",
            "months = 24",
            "months = 0",
            "dramas/goblin.toml: songs.first-snow.chart.months: Input should be",
        ),
        (
            "dramas/goblin.toml",
            "6rS7OUGXUik",
            "watch?v=6rS",
            "dramas/goblin.toml: songs.first-snow.video.id: String should match",
        ),
        (
            "dramas/goblin.toml",
            'result = "won"',
            'result = "lost"',
            "dramas/goblin.toml: songs.first-snow.awards.mama/2017.result: Input",
        ),
        (
            "dramas/goblin.toml",
            '["https://example.org/mama"]',
            "[]",
            "dramas/goblin.toml: songs.first-snow.awards.mama/2017.sources: List",
        ),
        ("dramas/goblin.toml", '["ailee"]', '["aile"]', "first-snow.artists: no artist 'aile' in artists.toml"),
        ("dramas/goblin.toml", "mama/2017", "mama/2071", "first-snow.awards: no edition 'mama/2071' in awards.toml"),
        ("known_dramas.csv", ",2019,", ",soon,", "known_dramas.csv: line 2.year: Input should be a valid integer"),
        ("known_dramas.csv", ",2019,", "\r,2019,", "known_dramas.csv: cannot be read: "),
        ("known_dramas.csv", ",2019,", f",{'2019' * 40_000},", "known_dramas.csv: cannot be read: "),
        ("known_dramas.csv", "crash-landing-2019", "goblin", "goblin: this key is used twice"),
        ("known_dramas.csv", "https://example.org/cloy", "", "known_dramas.csv: line 2.source: Field required"),
        ("ambiguous.toml", "dramas", "drama", "ambiguous.toml: drama: Extra inputs are not permitted"),
    ],
)
def test_a_mistake_is_named_by_file_key_and_reason(folder: Path, file: str, old: str, new: str, problem: str):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    problems = problems_of(folder)
    assert any(problem in line for line in problems), problems
    assert all(
        line.startswith(("artists.toml: ", "awards.toml: ", "dramas/", "known_dramas.csv: ", "amb"))
        for line in problems
    )


def test_korean_that_is_taken_apart_is_refused(folder: Path):
    apart = unicodedata.normalize("NFD", ARTISTS)
    assert apart != ARTISTS
    (folder / "artists.toml").write_text(apart, encoding="utf-8")
    assert "artists.toml: ailee.name_ko: is not in Unicode form NFC" in problems_of(folder)


def test_bytes_that_are_no_text_are_named_too(folder: Path):
    (folder / "dramas" / "goblin.toml").write_bytes(b"title = \xff")
    assert problems_of(folder)[0].startswith("dramas/goblin.toml: cannot be read: ")


def test_a_file_whose_name_is_no_key_is_refused(folder: Path):
    (folder / "dramas" / "goblin.toml").rename(folder / "dramas" / "The Goblin.toml")
    assert problems_of(folder) == [
        "dramas/The Goblin.toml: The Goblin: is not a key (a-z, 0-9 and -, at most 40 characters)"
    ]


def test_all_mistakes_are_told_at_once(folder: Path):
    (folder / "artists.toml").write_text("[ailee]\n", encoding="utf-8")
    (folder / "awards.toml").write_text("[mama]\n", encoding="utf-8")
    assert len(problems_of(folder)) >= 5


def test_the_same_song_key_in_two_dramas_is_refused(folder: Path):
    (folder / "dramas" / "goblin-2.toml").write_text(GOBLIN, encoding="utf-8")
    assert "dramas/goblin.toml: first-snow: this key is used twice" in problems_of(folder)


def test_the_shipped_catalog_is_read_without_a_problem(catalog: Catalog):
    assert len(catalog.songs) >= 700
