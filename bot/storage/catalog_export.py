"""The whole catalog for others to use: ``python -m bot catalog export --format json|csv``.

The fields are those of ``bot.domain.catalog``, under the same names. A date is ``YYYY-MM-DD``, or ``YYYY-MM`` where the
day is not known; what is not known is null in JSON and empty in CSV. ``version`` is ``<format>.<content>``: *format*
is FORMAT below and is raised when a field changes its meaning or goes away, *content* changes with the facts.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum

from bot.domain.catalog import Artist, Award, Catalog, Drama, Edition, Outcome, PartialDate, Song

FORMAT = 1
_LIST_SEPARATOR = "|"
_TABLES: Mapping[str, type] = {
    "dramas": Drama,
    "songs": Song,
    "artists": Artist,
    "awards": Award,
    "editions": Edition,
    "outcomes": Outcome,
}


def export_version(catalog: Catalog) -> str:
    """The format's number, a dot, and twelve digits that change with the catalog's text."""
    return f"{FORMAT}.{catalog.version[:12]}"


def catalog_as_data(catalog: Catalog) -> dict[str, object]:
    """``{"version", "dramas", "songs", "artists", "awards", "outcomes"}`` of plain lists, mappings, texts and numbers.

    Each award has its ``editions``; an outcome names its song and its edition by key.
    """
    editions = [_plain(edition) for edition in catalog.editions.values()]
    by_award: dict[object, list[object]] = {key: [] for key in catalog.awards}
    for edition in editions:
        by_award[edition.pop("award_key")].append(edition)
    return {
        "version": export_version(catalog),
        "dramas": [_plain(drama) for drama in catalog.dramas.values()],
        "songs": [_plain(song) for song in catalog.songs.values()],
        "artists": [_plain(artist) for artist in catalog.artists.values()],
        "awards": [{**_plain(award), "editions": by_award[award.key]} for award in catalog.awards.values()],
        "outcomes": [_plain(outcome) for outcome in catalog.outcomes],
    }


def export_json(catalog: Catalog) -> str:
    """``catalog_as_data`` as JSON, readable by people, with a line feed at its end."""
    return json.dumps(catalog_as_data(catalog), ensure_ascii=False, indent=1) + "\n"


def export_csv(catalog: Catalog) -> dict[str, str]:
    """File name to content: one table of every kind, and ``version.csv``.

    Lists are joined by ``|``; what has parts of its own (chart, video, original, cast) is JSON in its cell.
    """
    rows: dict[str, Iterable[object]] = {
        "dramas": catalog.dramas.values(),
        "songs": catalog.songs.values(),
        "artists": catalog.artists.values(),
        "awards": catalog.awards.values(),
        "editions": catalog.editions.values(),
        "outcomes": catalog.outcomes,
    }
    tables = {f"{name}.csv": _csv(_field_names(kind), rows[name]) for name, kind in _TABLES.items()}
    return {"version.csv": f"version\r\n{export_version(catalog)}\r\n", **tables}


def _field_names(kind: type) -> list[str]:
    return [field.name for field in fields(kind)]


def _plain(entity: object) -> dict[str, object]:
    return {name: _value(getattr(entity, name)) for name in _field_names(type(entity))}


def _value(value: object) -> object:
    if isinstance(value, PartialDate | date):
        return str(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, tuple):
        return [_value(item) for item in value]
    return _plain(value) if is_dataclass(value) else value


def _csv(names: list[str], entities: Iterable[object]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, names)
    writer.writeheader()
    writer.writerows({name: _cell(value) for name, value in _plain(entity).items()} for entity in entities)
    return text.getvalue()


def _cell(value: object) -> object:
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return _LIST_SEPARATOR.join(value)
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else value
