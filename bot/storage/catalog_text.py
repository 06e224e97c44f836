"""Read the catalog's text in ``data/`` into domain objects; every mistake is named by file, key and reason.

Imported late, for pydantic and parsing cost half a second that a start with an unchanged catalog need not pay;
:func:`bot.storage.catalog_version.catalog_version` tells whether it is needed.
"""

import csv
import io
import re
import tomllib
from collections.abc import Iterator
from importlib.resources.abc import Traversable
from itertools import chain
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bot.domain.catalog import (
    KEY_PATTERN,
    Actor,
    Artist,
    Award,
    Catalog,
    ChartRun,
    Drama,
    Edition,
    Original,
    Outcome,
    Song,
    Video,
)

from .catalog_rows import AmbiguousRow, ArtistRow, AwardRow, DramaRow, KnownDramaRow, SongRow
from .catalog_version import catalog_files, catalog_version

RowT = TypeVar("RowT", bound=BaseModel)
EntityT = TypeVar("EntityT", Drama, Song)


class CatalogTextError(Exception):
    """The catalog's text is wrong; ``problems`` are lines of ``file: key: reason``."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def read_catalog(folder: Traversable | None = None) -> Catalog:
    """The whole catalog from ``folder`` (by default the shipped ``data`` package).

    Raises CatalogTextError with every problem found: text that does not parse, unknown or missing
    fields, and references to artists or editions that do not exist.
    """
    reader = _Reader()
    for name, content in catalog_files(folder):
        reader.read(name, content)
    reader.check_references()
    if reader.problems:
        raise CatalogTextError(reader.problems)
    return Catalog(
        dramas=reader.dramas.values(),
        songs=reader.songs.values(),
        artists=reader.artists.values(),
        awards=reader.awards.values(),
        editions=reader.editions.values(),
        outcomes=reader.outcomes,
        ambiguous=reader.ambiguous,
        version=catalog_version(folder),
    )


def _steps(value: object, location: tuple[int | str, ...]) -> Iterator[str]:
    """The way to a mistake; an entry of a list is called by its key, an outcome by its edition, where it has one."""
    for step in location:
        value = _entry(value, step)
        named = (value.get("key") or value.get("edition")) if isinstance(value, dict) else None
        yield str(named or step) if isinstance(step, int) else step


def _entry(value: object, step: int | str) -> object:
    if isinstance(value, dict):
        return value.get(step)
    return value[step] if isinstance(value, list) and isinstance(step, int) and step < len(value) else None


class _Reader:
    """Collects rows file by file, and problems instead of raising at the first."""

    def __init__(self) -> None:
        self.problems: list[str] = []
        self.dramas: dict[str, Drama] = {}
        self.songs: dict[str, Song] = {}
        self.artists: dict[str, Artist] = {}
        self.awards: dict[str, Award] = {}
        self.editions: dict[str, Edition] = {}
        self.outcomes: list[Outcome] = []
        self.ambiguous: list[str] = []
        self._file_of_song: dict[str, str] = {}

    def read(self, name: str, content: bytes) -> None:
        try:
            text = content.decode("utf-8")
            if name == "known_dramas.csv":
                self._read_known_dramas(name, text)
                return
            table = tomllib.loads(text)
        except (UnicodeDecodeError, tomllib.TOMLDecodeError, csv.Error) as error:
            self.problems.append(f"{name}: cannot be read: {error}")
            return
        if name == "ambiguous.toml":
            if row := self._validated(AmbiguousRow, table, name, ""):
                self.ambiguous = [*row.dramas, *row.artists]
        elif name == "artists.toml":
            self._read_artists(name, table)
        elif name == "awards.toml":
            self._read_awards(name, table)
        else:
            self._read_drama(name, table)

    def _validated(self, model: type[RowT], value: object, file: str, key: str) -> RowT | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for detail in error.errors():
                where = ".".join(part for part in (key, *_steps(value, detail["loc"])) if part)
                reason = detail["msg"].removeprefix("Value error, ")
                self.problems.append(f"{file}: {where}: {reason}")
            return None

    def _add(self, table: dict[str, EntityT], key: str, entity: EntityT, file: str) -> None:
        if key in table:
            self.problems.append(f"{file}: {key}: this key is used twice")
        table[key] = entity

    def _check_key(self, file: str, key: str) -> None:
        if not re.fullmatch(KEY_PATTERN, key):
            self.problems.append(f"{file}: {key}: is not a key (a-z, 0-9 and -, at most 40 characters)")

    def _read_artists(self, file: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            self._check_key(file, key)
            if row := self._validated(ArtistRow, value, file, key):
                self.artists[key] = Artist(key, row.name, row.name_ko, tuple(row.aliases), row.kind)

    def _read_awards(self, file: str, table: dict[str, Any]) -> None:
        for key, value in table.items():
            self._check_key(file, key)
            if not (row := self._validated(AwardRow, value, file, key)):
                continue
            self.awards[key] = Award(key, row.name, row.name_ko, tuple(row.aliases), row.nature)
            for slug, edition in row.editions.items():
                edition_key = f"{key}/{slug}"
                self.editions[edition_key] = Edition(
                    key=edition_key,
                    award_key=key,
                    year=edition.year,
                    category=edition.category,
                    category_ko=edition.category_ko,
                    nature=edition.nature or row.nature,
                    number=edition.number,
                    date=edition.date,
                    nominees_complete=edition.nominees_complete,
                    shared=edition.shared,
                    gap=edition.gap,
                    sources=tuple(edition.sources),
                    note=edition.note,
                )

    def _read_drama(self, file: str, table: dict[str, Any]) -> None:
        key = file.removeprefix("dramas/").removesuffix(".toml")
        self._check_key(file, key)
        if not (row := self._validated(DramaRow, table, file, "")):
            return
        drama = Drama(
            key=key,
            title=row.title,
            title_ko=row.title_ko,
            year=row.year,
            aliases=tuple(row.aliases),
            premiere=row.premiere,
            networks=tuple(row.networks),
            cast=tuple(Actor(actor.name, actor.name_ko) for actor in row.cast),
            sources=tuple(row.sources),
        )
        self._add(self.dramas, key, drama, file)
        for song in row.songs:
            self._add_song(file, key, song)

    def _add_song(self, file: str, drama_key: str, row: SongRow) -> None:
        song = Song(
            key=row.key,
            title=row.title,
            title_ko=row.title_ko,
            artist_keys=tuple(row.artists),
            drama_key=drama_key,
            aliases=tuple(row.aliases),
            part=row.part,
            released=row.released,
            chart=ChartRun(row.chart.first, row.chart.last, row.chart.months, row.chart.source) if row.chart else None,
            video=Video(row.video.id, row.video.source) if row.video else None,
            sources=tuple(row.sources),
            note=row.note,
            original=Original(row.original.artist, row.original.artist_ko) if row.original else None,
        )
        self._add(self.songs, row.key, song, file)
        self._file_of_song[row.key] = file
        for outcome in row.awards:
            sources = tuple(outcome.sources)
            self.outcomes.append(
                Outcome(row.key, outcome.edition, outcome.result, outcome.confidence, sources, outcome.note)
            )

    def _read_known_dramas(self, file: str, text: str) -> None:
        for line, record in enumerate(csv.DictReader(io.StringIO(text)), start=2):
            value: dict[str, Any] = {name: cell for name, cell in record.items() if cell}
            for name in ("networks", "aliases"):
                value[name] = [part for part in value.get(name, "").split("|") if part]
            if row := self._validated(KnownDramaRow, value, file, f"line {line}"):
                drama = Drama(
                    key=row.key,
                    title=row.title,
                    title_ko=row.title_ko,
                    year=row.year,
                    aliases=tuple(row.aliases),
                    premiere=row.premiere,
                    networks=tuple(row.networks),
                    sources=(row.source,),
                )
                self._add(self.dramas, row.key, drama, file)

    def check_references(self) -> None:
        """Every artist and edition that a song names exists."""
        self.problems.extend(chain(self._unknown_artists(), self._unknown_editions()))

    def _unknown_artists(self) -> Iterator[str]:
        for song in self.songs.values():
            for artist_key in song.artist_keys:
                if artist_key not in self.artists:
                    file = self._file_of_song[song.key]
                    yield f"{file}: {song.key}.artists: no artist {artist_key!r} in artists.toml"

    def _unknown_editions(self) -> Iterator[str]:
        for outcome in self.outcomes:
            if outcome.edition_key not in self.editions:
                file = self._file_of_song[outcome.song_key]
                yield f"{file}: {outcome.song_key}.awards: no edition {outcome.edition_key!r} in awards.toml"
