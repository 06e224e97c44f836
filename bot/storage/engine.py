"""From an address to an SQLAlchemy engine."""

import json
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, InvalidRequestError, NoSuchModuleError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from . import sqlite_driver
from .errors import BadAddress

_CONNECTIONS = 4  # one writes, the others read
_JSON = json.JSONDecoder()


def parse(address: str) -> URL:
    """The address with the driver filled in. Raises BadAddress, which repeats nothing of what may hold a password."""
    try:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            url = url.set(drivername="sqlite+aiosqlite")
        url.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise BadAddress("", str(error)) from error
    return url


def create(url: URL, busy_timeout_s: float) -> AsyncEngine:
    """An engine that has connected to nothing yet. Raises BadAddress when the driver is missing or cannot wait."""
    options: dict[str, Any] = {}
    if url.get_backend_name() == "sqlite":
        options = {"connect_args": {"async_creator_fn": sqlite_driver.connect, "timeout": busy_timeout_s}}
    try:
        return create_async_engine(
            url,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            hide_parameters=True,  # an error goes to the log, and what members wrote does not belong there
            json_serializer=partial(json.dumps, ensure_ascii=False, separators=(",", ":")),
            json_deserializer=_read_json,
            **options,
        )
    except (ImportError, InvalidRequestError) as error:
        raise BadAddress(url.render_as_string(hide_password=True), str(error)) from error


def create_to_read(url: URL) -> AsyncEngine:
    """An engine for a short look; on SQLite its connection cannot write. Raises BadAddress as :func:`create` does."""
    if url.get_backend_name() != "sqlite":
        return create(url, busy_timeout_s=0)
    path = Path(url.database or "")
    return create_async_engine(url, connect_args={"async_creator_fn": partial(sqlite_driver.connect_to_read, path)})


def _read_json(text: str) -> Any:  # noqa: ANN401 - whatever JSON can hold
    # Twelve thousand small texts are read at every start: json.loads takes three times as long over each.
    return _JSON.raw_decode(text)[0]
