"""The shape of the catalog's text, one model a table; what a contributor may write and what is refused."""

import datetime as dt
import re
import unicodedata
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.domain.catalog import KEY_PATTERN, ArtistKind, AwardNature, Confidence, Gap, PartialDate, Result


def _clean(text: str) -> str:
    if text != text.strip() or "  " in text or "\n" in text:
        raise ValueError("has stray white space")
    if not text:
        raise ValueError("is empty; leave the line out instead")
    if text != unicodedata.normalize("NFC", text):
        raise ValueError("is not in Unicode form NFC")
    return text


def _web_address(text: str) -> str:
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+\S*", text):
        raise ValueError("is not a web address")
    return text


def _partial_date(value: object) -> PartialDate:
    if isinstance(value, dt.date):
        return PartialDate(value.year, value.month, value.day)
    if isinstance(value, str):
        return PartialDate.parse(value)
    raise ValueError("is not a date like 2017-01-07 or a month like '2017-01'")


Text = Annotated[str, AfterValidator(_clean)]
Key = Annotated[str, Field(pattern=rf"^{KEY_PATTERN}$")]
Address = Annotated[str, AfterValidator(_web_address)]
Addresses = Annotated[list[Address], Field(min_length=1)]
Day = Annotated[Any, AfterValidator(_partial_date)]
Year = Annotated[int, Field(ge=1960, le=2100)]


class Row(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AmbiguousRow(Row):
    """Names that more than one drama, or more than one artist, really goes by."""

    dramas: list[Text] = []
    artists: list[Text] = []


class ArtistRow(Row):
    name: Text
    name_ko: Text
    aliases: list[Text] = []
    kind: Annotated[ArtistKind, Field(strict=False)] = ArtistKind.UNKNOWN


class EditionRow(Row):
    year: Year
    number: Annotated[int, Field(ge=1)] | None = None
    date: dt.date | None = None
    category: Text | None = None
    category_ko: Text | None = None
    nature: Annotated[AwardNature, Field(strict=False)] | None = None
    nominees_complete: bool = False
    shared: bool = False
    gap: Annotated[Gap, Field(strict=False)] | None = None
    note: Text | None = None
    sources: list[Address] = []


class AwardRow(Row):
    name: Text
    name_ko: Text
    aliases: list[Text] = []
    nature: Annotated[AwardNature, Field(strict=False)]
    editions: dict[Key, EditionRow] = {}


class OutcomeRow(Row):
    edition: Text
    result: Annotated[Result, Field(strict=False)]
    confidence: Annotated[Confidence, Field(strict=False)]
    sources: Addresses
    note: Text | None = None


class ChartRow(Row):
    first: Day
    last: Day
    months: Annotated[int, Field(ge=1)]
    source: Address


class VideoRow(Row):
    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{11}$")]
    source: Address


class OriginalRow(Row):
    artist: Text
    artist_ko: Text


class SongRow(Row):
    key: Key
    title: Text | None = None
    title_ko: Text
    aliases: list[Text] = []
    artists: Annotated[list[Key], Field(min_length=1)]
    part: Text | None = None
    released: Day | None = None
    original: OriginalRow | None = None
    chart: ChartRow | None = None
    video: VideoRow | None = None
    sources: list[Address] = []
    note: Text | None = None
    awards: list[OutcomeRow] = []


class ActorRow(Row):
    name: Text
    name_ko: Text | None = None


class DramaRow(Row):
    title: Text
    title_ko: Text
    aliases: list[Text] = []
    year: Year
    premiere: dt.date | None = None
    networks: list[Text] = []
    cast: list[ActorRow] = []
    sources: Addresses
    songs: list[SongRow] = []


class KnownDramaRow(BaseModel):
    model_config = ConfigDict(extra="forbid")

    key: Key
    title: Text
    title_ko: Text
    year: Year
    premiere: dt.date | None = None
    networks: list[Text] = []
    aliases: list[Text] = []
    source: Address
