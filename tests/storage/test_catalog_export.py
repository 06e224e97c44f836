"""The catalog for others to use: the fields that are promised, and that nothing is lost on the way."""

import csv
import io
import json

from bot.domain.catalog import Catalog
from bot.storage.catalog_export import FORMAT, catalog_as_data, export_csv, export_json


def test_the_top_level_is_what_is_promised(catalog: Catalog):
    data = json.loads(export_json(catalog))
    assert list(data) == ["version", "dramas", "songs", "artists", "awards", "outcomes"]
    assert data["version"] == f"{FORMAT}.{catalog.version[:12]}"


def test_a_song_has_these_fields_and_no_others(catalog: Catalog):
    songs = {song["key"]: song for song in json.loads(export_json(catalog))["songs"]}
    song = songs["i-will-go-to-you-like-the-first-snow"]
    assert list(song) == [
        "key",
        "title",
        "title_ko",
        "artist_keys",
        "drama_key",
        "aliases",
        "part",
        "released",
        "chart",
        "video",
        "sources",
        "note",
        "original",
    ]
    assert (song["title_ko"], song["artist_keys"], song["drama_key"], song["released"]) == (
        "첫눈처럼 너에게 가겠다",
        ["ailee"],
        "goblin",
        "2017-01-07",
    )
    assert list(song["chart"]) == ["first", "last", "months", "source"]
    assert song["chart"]["first"] == "2017-01"
    assert song["video"]["id"] == "6rS7OUGXUik"


def test_every_entry_is_there_and_every_key_leads_somewhere(catalog: Catalog):
    data = json.loads(export_json(catalog))
    counts = {name: len(data[name]) for name in ("dramas", "songs", "artists", "awards", "outcomes")}
    assert counts == {
        "dramas": len(catalog.dramas),
        "songs": len(catalog.songs),
        "artists": len(catalog.artists),
        "awards": len(catalog.awards),
        "outcomes": len(catalog.outcomes),
    }
    songs = {song["key"] for song in data["songs"]}
    editions = {edition["key"] for award in data["awards"] for edition in award["editions"]}
    assert len(editions) == len(catalog.editions)
    assert {outcome["song_key"] for outcome in data["outcomes"]} <= songs
    assert {outcome["edition_key"] for outcome in data["outcomes"]} <= editions
    assert {song["drama_key"] for song in data["songs"]} <= {drama["key"] for drama in data["dramas"]}
    assert {key for song in data["songs"] for key in song["artist_keys"]} <= {a["key"] for a in data["artists"]}


def test_the_json_is_the_data_and_readable_korean(catalog: Catalog):
    text = export_json(catalog)
    assert json.loads(text) == catalog_as_data(catalog)
    assert "도깨비" in text
    assert text.endswith("}\n")


def test_the_tables_hold_the_same_entries(catalog: Catalog):
    tables = {name: list(csv.DictReader(io.StringIO(text))) for name, text in export_csv(catalog).items()}
    assert set(tables) == {
        "version.csv",
        "dramas.csv",
        "songs.csv",
        "artists.csv",
        "awards.csv",
        "editions.csv",
        "outcomes.csv",
    }
    assert tables["version.csv"] == [{"version": json.loads(export_json(catalog))["version"]}]
    assert [row["key"] for row in tables["songs.csv"]] == list(catalog.songs)
    assert len(tables["outcomes.csv"]) == len(catalog.outcomes)
    duet = next(row for row in tables["songs.csv"] if row["key"] == "all-for-you")
    assert duet["artist_keys"] == "seo-in-guk|jung-eun-ji"
    assert json.loads(duet["original"]) == {"artist": "Cool", "artist_ko": "쿨"}
    untitled = next(row for row in tables["songs.csv"] if row["key"] == "dont-stop-plave")
    assert untitled["title"] == ""
