"""Column types that turn what the domain speaks of into what a database can keep, and back."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import JSON, DateTime, Dialect, String, TypeDecorator

from bot.domain.catalog import Actor, ChartRun, Original, PartialDate, Video
from bot.domain.daily.pools import Pool

T = TypeVar("T")


class UtcDateTime(TypeDecorator[datetime]):
    """An aware time, kept and given back in UTC. A naive one is refused: nobody could tell what it meant.

    SQLite keeps no zone at all, so the column itself has to put UTC back.
    """

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a time without a zone: {value!r}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class PartialDateText(TypeDecorator[PartialDate]):
    """``2017-01`` or ``2017-01-07``: as text it sorts as it should."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: PartialDate | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> PartialDate | None:
        return None if value is None else _partial_date(value)


class PoolText(TypeDecorator[Pool]):
    """``awarded``, ``decade:2010``, ``artist:ailee``: what ``str`` makes of a pool."""

    impl = String(120)
    cache_ok = True

    def process_bind_param(self, value: Pool | None, _dialect: Dialect) -> str | None:
        return None if value is None else str(value)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Pool | None:
        return None if value is None else Pool.parse(value)


class JsonOf(TypeDecorator[T], Generic[T]):
    """A small value kept as JSON, through the two functions given; None is null."""

    impl = JSON(none_as_null=True)
    cache_ok = True

    def __init__(self, encode: Callable[[T], Any], decode: Callable[[Any], T]) -> None:
        super().__init__()
        self.encode = encode
        self.decode = decode

    def process_bind_param(self, value: T | None, _dialect: Dialect) -> Any:  # noqa: ANN401 - whatever JSON can hold
        return None if value is None else self.encode(value)

    def process_result_value(self, value: Any, _dialect: Dialect) -> T | None:  # noqa: ANN401 - whatever JSON can hold
        return None if value is None else self.decode(value)


def texts() -> JsonOf[tuple[str, ...]]:
    """Any number of texts, in order."""
    return JsonOf(list, tuple)


def cast() -> JsonOf[tuple[Actor, ...]]:
    """A drama's leads, in order of billing."""
    return JsonOf(_encode_cast, _decode_cast)


def chart_run() -> JsonOf[ChartRun]:
    """A song's months in the chart."""
    return JsonOf(_encode_chart_run, _decode_chart_run)


def video() -> JsonOf[Video]:
    """A song's official upload."""
    return JsonOf(asdict, _decode_video)


def original() -> JsonOf[Original]:
    """Who sang a remake first."""
    return JsonOf(asdict, _decode_original)


def _partial_date(text: str) -> PartialDate:
    """What ``str`` made of it: no need to look twice, and two thousand are read at every start."""
    return PartialDate(int(text[:4]), int(text[5:7]), int(text[8:] or 0))


def _encode_cast(actors: tuple[Actor, ...]) -> list[dict[str, str | None]]:
    return [asdict(actor) for actor in actors]


def _decode_cast(rows: list[dict[str, Any]]) -> tuple[Actor, ...]:
    return tuple(Actor(**row) for row in rows)


def _encode_chart_run(run: ChartRun) -> dict[str, Any]:
    return asdict(run) | {"first": str(run.first), "last": str(run.last)}


def _decode_chart_run(row: dict[str, Any]) -> ChartRun:
    months = {name: _partial_date(row[name]) for name in ("first", "last")}
    return ChartRun(**row | months)


def _decode_video(row: dict[str, Any]) -> Video:
    return Video(**row)


def _decode_original(row: dict[str, Any]) -> Original:
    return Original(**row)
