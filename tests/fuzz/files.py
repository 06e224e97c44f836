"""A small catalog, spoilt in every way in which a text can be: at its bytes, at its values, at its names."""

import asyncio
import json
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType

from hypothesis import strategies as st

from bot.domain.catalog_check import check_catalog, check_reachable
from bot.domain.search import SearchIndex
from bot.storage.catalog import load_catalog, sync_catalog
from bot.storage.catalog_text import CatalogTextError, read_catalog
from bot.storage.database import Database
from tests.fuzz.texts import texts

TODAY = date(2026, 11, 22)
DRAMA = "dramas/first-snow.toml"
SOUND: Mapping[str, str] = MappingProxyType(
    {
        "artists.toml": """\
[hana]
name = "Hana"
name_ko = "하나"
aliases = ["One"]
kind = "solo"

[dul]
name = "Dul"
name_ko = "둘"
""",
        "awards.toml": """\
[mama]
name = "MAMA Awards"
name_ko = "마마"
aliases = ["멜뮤 아님"]
nature = "mixed"

[mama.editions.2017]
year = 2017
number = 9
date = 2017-11-29
category = "Best OST"
category_ko = "베스트 OST상"
nominees_complete = true
sources = ["https://example.org/mama"]

[mama.editions.2018]
year = 2018
gap = "no_prize"
note = "none was given"
sources = ["https://example.org/mama"]
""",
        "ambiguous.toml": 'dramas = ["Snow"]\nartists = ["One"]\n',
        "known_dramas.csv": """\
key,title,title_ko,year,premiere,networks,aliases,source
old-drama,Old Drama,옛 드라마,1999,1999-01-02,MBC|KBS,Older|Oldest,https://example.org/old
""",
        DRAMA: """\
title = "First Snow"
title_ko = "첫눈"
aliases = ["Snow One"]
year = 2017
premiere = 2017-01-02
networks = ["tvN"]
cast = [{ name = "Kim", name_ko = "김" }]
sources = ["https://example.org/drama"]

[[songs]]
key = "snow-song"
title = "Snow Song"
title_ko = "눈의 노래"
aliases = ["Snowy"]
artists = ["hana", "dul"]
part = "Part 1"
released = 2017-01-07
original = { artist = "Set", artist_ko = "셋" }
chart = { first = "2017-01", last = "2017-03", months = 3, source = "https://example.org/chart" }
video = { id = "abcdefghijk", source = "https://example.org/video" }
sources = ["https://example.org/song"]
note = "sung twice"

[[songs.awards]]
edition = "mama/2017"
result = "won"
confidence = "high"
sources = ["https://example.org/win"]
note = "on stage"
""",
    }
)
_VALUES = (
    '""', '" "', "0", "-1", "1e400", "nan", "-inf", "true", "[]", "[[]]", "{}", "[{}]", "2017", "'2017'", "'2017-13'",
    "1979-05-27", "0001-01-01", "12:00:00", "9999-12-31T23:59:59-23:59", "9" * 40, str(2**63 - 1), str(2**63), "'won'",
    '["hana", "hana"]', '["nobody"]', '"mama/2018"', '"\\u0000"', '"e\\u0301"', '"https://"', "'''", '"', "",
)  # fmt: skip


@dataclass(frozen=True)
class Spoilt:
    """One file of the catalog with other content, under its own or another name."""

    name: str
    content: bytes


def spoilt() -> st.SearchStrategy[Spoilt]:
    """Any file, spoilt at one place or at several."""
    return st.sampled_from(sorted(SOUND)).flatmap(_spoilt)


@st.composite
def _spoilt(draw: st.DrawFn, name: str) -> Spoilt:
    text = SOUND[name]
    for _ in range(draw(st.integers(1, 2))):
        text = draw(st.sampled_from((_value_changed, _line_lost, _line_doubled, _put_in, _cut)))(draw, text)
    content = text.encode("utf-8", "replace")
    if draw(st.integers(0, 9)) == 0:
        at = draw(st.integers(0, len(content)))
        content = content[:at] + draw(st.binary(min_size=1, max_size=8)) + content[at:]
    if name == DRAMA and draw(st.integers(0, 9)) == 0:
        stem = draw(texts(60)).translate({0: "", ord("/"): "-"})
        name = f"dramas/{stem}.toml"
    return Spoilt(name, content)


def _value_changed(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    settable = [number for number, line in enumerate(lines) if " = " in line or "," in line]
    if not settable:
        return text
    number = draw(st.sampled_from(settable))
    value = draw(st.sampled_from(_VALUES) | texts(300).map(lambda text: json.dumps(text, ensure_ascii=False)))
    if " = " in lines[number]:
        lines[number] = f"{lines[number].partition(' = ')[0]} = {value}"
    else:
        cells = lines[number].split(",")
        cells[draw(st.integers(0, len(cells) - 1))] = value
        lines[number] = ",".join(cells)
    return "\n".join(lines)


def _line_lost(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    return "\n".join(lines)


def _line_doubled(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    chosen = draw(st.sampled_from(lines))
    lines.insert(draw(st.integers(0, len(lines))), chosen)
    return "\n".join(lines)


def _put_in(draw: st.DrawFn, text: str) -> str:
    at = draw(st.integers(0, len(text)))
    return (
        text[:at]
        + draw(texts(300) | st.sampled_from(['"', "[", "]", "{", "= 1\n", "\n[x]\n", "\n[[songs]]\n", "\r", "\x00"]))
        + text[at:]
    )


def _cut(draw: st.DrawFn, text: str) -> str:
    start = draw(st.integers(0, len(text)))
    return text[:start] + text[draw(st.integers(start, min(len(text), start + 80))) :]


class Reading:
    """Checks and imports spoilt catalogs into a database of its own."""

    def __init__(self, folder: Path, runner: asyncio.Runner) -> None:
        self._folder, self._runner = folder, runner
        self._database = runner.run(Database.open(f"sqlite+aiosqlite:///{folder}/catalogs.db"))

    def close(self) -> None:
        self._runner.run(self._database.close())

    def problems(self, spoilt: Spoilt) -> Iterator[str]:
        """What is wrong with how it is refused; raises where it is not refused, and breaks."""
        with tempfile.TemporaryDirectory(dir=self._folder) as place:
            folder = Path(place)
            (folder / "dramas").mkdir()
            for name, text in SOUND.items():
                (folder / name).write_text(text, "utf-8")
            (folder / spoilt.name).write_bytes(spoilt.content)
            try:
                catalog = read_catalog(folder)
            except CatalogTextError as refused:
                yield from (f"names no file: {line}" for line in refused.problems if not _names_a_file(line, spoilt))
                if not refused.problems:
                    yield "is refused, and nobody knows why"
                return
            for problem in [*check_catalog(catalog, TODAY), *check_reachable(catalog, SearchIndex(catalog))]:
                if not _names_a_file(str(problem), spoilt):
                    yield f"names no file: {problem}"
            self._runner.run(sync_catalog(self._database, folder))
            stored = self._runner.run(load_catalog(self._database))
            if stored.songs != catalog.songs or stored.dramas != catalog.dramas:
                yield "is stored as something else"


def _names_a_file(line: str, spoilt: Spoilt) -> bool:
    return line.startswith(tuple(f"{name}: " for name in (*SOUND, spoilt.name)))
