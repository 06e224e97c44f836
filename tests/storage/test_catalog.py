"""The catalog's tables: filled from text, read back whole, nothing ever deleted."""

import shutil
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.domain.catalog import Artist, Award, Catalog, Drama, Edition, Outcome, Song
from bot.storage import schema
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.catalog_text import CatalogTextError
from bot.storage.catalog_version import catalog_version
from bot.storage.members import save_song, saved_songs

ARTISTS = """
[ailee]
name = "Ailee"
name_ko = "에일리"
aliases = ["이예진"]
kind = "solo"

[punch]
name = "Punch"
name_ko = "펀치"
"""
AWARDS = """
[mama]
name = "MAMA Awards"
name_ko = "마마 어워즈"
nature = "mixed"

[mama.editions.2017]
year = 2017
number = 9
date = 2017-11-29
category = "Best OST"
category_ko = "베스트 OST"
"""
GOBLIN = """
title = "Goblin"
title_ko = "도깨비"
aliases = ["Guardian: The Lonely and Great God"]
year = 2016
premiere = 2016-12-02
networks = ["tvN"]
cast = [{name = "Gong Yoo", name_ko = "공유"}, {name = "Kim Go-eun"}]
sources = ["https://example.org/goblin"]

[[songs]]
key = "first-snow"
title = "I Will Go to You Like the First Snow"
title_ko = "첫눈처럼 너에게 가겠다"
artists = ["ailee"]
part = "Part 9"
released = 2017-01-07

[songs.chart]
first = "2017-01"
last = "2018-02"
months = 14
source = "https://example.org/chart"

[songs.video]
id = "CZ8PRiR_bHw"
source = "https://example.org/video"

[[songs.awards]]
edition = "mama/2017"
result = "won"
confidence = "high"
sources = ["https://example.org/mama"]

[[songs]]
key = "duet"
title_ko = "둘이서"
artists = ["punch", "ailee"]
released = "2017-02"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A catalog of one drama with two songs."""
    folder = tmp_path / "data"
    (folder / "dramas").mkdir(parents=True)
    (folder / "artists.toml").write_text(ARTISTS)
    (folder / "awards.toml").write_text(AWARDS)
    (folder / "dramas" / "goblin.toml").write_text(GOBLIN)
    return folder


def everything(catalog: Catalog) -> dict[str, object]:
    """All facts, whatever order they are in."""
    names = ("artists", "dramas", "songs", "awards", "editions")
    tables: dict[str, object] = {name: dict(getattr(catalog, name)) for name in names}
    outcomes = {(outcome.song_key, outcome.edition_key): outcome for outcome in catalog.outcomes}
    return tables | {"outcomes": outcomes, "ambiguous": catalog.ambiguous, "version": catalog.version}


def drop_duet(folder: Path) -> None:
    (folder / "dramas" / "goblin.toml").write_text(GOBLIN[: GOBLIN.rindex("[[songs]]")])


async def test_the_shipped_catalog_comes_back_from_the_tables_exactly(database, catalog):
    assert await sync_catalog(database)
    assert everything(await load_catalog(database)) == everything(catalog)


async def test_before_the_first_import_the_catalog_is_empty(database):
    catalog = await load_catalog(database)
    assert (catalog.version, len(catalog.songs)) == ("", 0)


async def test_an_unchanged_text_is_imported_once(database, folder):
    assert await sync_catalog(database, folder)
    assert not await sync_catalog(database, folder)
    assert (await load_catalog(database)).version == catalog_version(folder)


async def test_a_changed_text_changes_what_is_there(database, folder):
    await sync_catalog(database, folder)
    goblin = GOBLIN.replace("Part 9", "Part 10").replace('artists = ["punch", "ailee"]', 'artists = ["ailee"]')
    (folder / "dramas" / "goblin.toml").write_text(goblin)
    assert await sync_catalog(database, folder)
    songs = (await load_catalog(database)).songs
    assert songs["first-snow"].part == "Part 10"
    assert songs["duet"].artist_keys == ("ailee",)


async def test_singers_keep_their_order(database, folder):
    await sync_catalog(database, folder)
    assert (await load_catalog(database)).songs["duet"].artist_keys == ("punch", "ailee")


async def test_what_is_gone_is_retired_and_members_keep_their_rows(database, folder):
    await sync_catalog(database, folder)
    saved_at = datetime(2026, 1, 1, tzinfo=UTC)
    await save_song(database, 1, "duet", saved_at)
    drop_duet(folder)
    assert await sync_catalog(database, folder)
    assert set((await load_catalog(database)).songs) == {"first-snow"}
    assert [saved.song_key for saved in await saved_songs(database, 1)] == ["duet"]


async def test_what_comes_back_is_whole_again(database, folder):
    await sync_catalog(database, folder)
    before = everything(await load_catalog(database))
    drop_duet(folder)
    await sync_catalog(database, folder)
    (folder / "dramas" / "goblin.toml").write_text(GOBLIN)
    await sync_catalog(database, folder)
    assert everything(await load_catalog(database)) == before


async def test_awards_and_artists_that_are_gone_are_retired_too(database, folder):
    await sync_catalog(database, folder)
    drop_duet(folder)
    (folder / "artists.toml").write_text(ARTISTS[: ARTISTS.index("[punch]")])
    (folder / "awards.toml").write_text("")
    goblin = folder / "dramas" / "goblin.toml"
    goblin.write_text(GOBLIN[: GOBLIN.index("[[songs.awards]]")])
    await sync_catalog(database, folder)
    catalog = await load_catalog(database)
    assert (set(catalog.artists), set(catalog.awards), set(catalog.editions)) == ({"ailee"}, set(), set())
    assert catalog.outcomes == ()


async def test_a_wrong_text_changes_nothing(database, folder):
    await sync_catalog(database, folder)
    before = everything(await load_catalog(database))
    (folder / "artists.toml").write_text("[ailee]\nname = 3\n")
    with pytest.raises(CatalogTextError):
        await sync_catalog(database, folder)
    assert everything(await load_catalog(database)) == before


async def test_an_import_that_breaks_off_changes_nothing(database, folder):
    await sync_catalog(database, folder)
    before = everything(await load_catalog(database))
    async with database.transaction() as connection:
        trigger = "CREATE TRIGGER trouble BEFORE UPDATE ON outcome BEGIN SELECT RAISE(ABORT, 'trouble'); END"
        await connection.execute(text(trigger))
    shutil.copy(folder / "dramas" / "goblin.toml", folder / "dramas" / "other.toml")
    other = GOBLIN.replace('"first-snow"', '"second-snow"').replace('"duet"', '"trio"')
    (folder / "dramas" / "other.toml").write_text(other)
    with pytest.raises(Exception, match="trouble"):
        await sync_catalog(database, folder)
    assert everything(await load_catalog(database)) == before


@pytest.mark.parametrize(
    ("table", "entity", "elsewhere"),
    [
        (schema.artist, Artist, set()),
        (schema.drama, Drama, set()),
        (schema.song, Song, {"artist_keys"}),
        (schema.award, Award, set()),
        (schema.edition, Edition, set()),
        (schema.outcome, Outcome, set()),
    ],
)
def test_every_field_of_the_domain_has_its_column(table, entity, elsewhere):
    assert {field.name for field in fields(entity)} - elsewhere == set(table.columns.keys()) - {"retired"}
