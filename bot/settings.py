"""Everything an operator can set: typed, from the environment and ``.env``.

Read without pydantic, which would cost every start 0.2 s and 10 MB for a dozen short texts.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from dotenv import dotenv_values

_TRUE, _FALSE = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
T = TypeVar("T")


class SettingsError(Exception):
    """Some settings are wrong; ``problems`` names each key and the reason, never a value."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Secret:
    """A text that shows itself only when asked by name."""

    _value: str = field(repr=False)

    def get_secret_value(self) -> str:
        return self._value


def _one_of(*choices: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        if text not in choices:
            raise ValueError(f"must be one of {', '.join(choices)}")
        return text

    return read


def _switch(text: str) -> bool:
    if text.lower() not in _TRUE + _FALSE:
        raise ValueError("must be true or false")
    return text.lower() in _TRUE


def _number(kind: Callable[[str], T], low: float, high: float) -> Callable[[str], T]:
    """A reader of a number from ``low`` to ``high``."""

    def read(text: str) -> T:
        try:
            number: Any = kind(text)
        except ValueError:
            raise ValueError("must be a number") from None
        if not low <= number <= high:
            raise ValueError(f"must lie between {low:g} and {high:g}")
        value: T = number
        return value

    return read


def _shard_ids(text: str) -> tuple[int, ...]:
    parts = [part.strip() for part in text.split(",")]
    if not all(part.isdecimal() for part in parts):
        raise ValueError("must be numbers, such as 0,1")
    return tuple(map(int, parts))


def _key(name: str, read: Callable[[str], object]) -> Mapping[str, Any]:
    """Under which key the environment has a field, and how its text is read."""
    return {"key": name, "read": read}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``.env.example`` explains each key; a test keeps the two equal. Filled by :func:`load_settings`."""

    discord_token: Secret | None = field(default=None, metadata=_key("DISCORD_TOKEN", Secret))
    database_url: str = field(default="sqlite+aiosqlite:///ostinato.db", metadata=_key("OSTINATO_DATABASE_URL", str))
    log_level: str = field(
        default="INFO", metadata=_key("OSTINATO_LOG_LEVEL", _one_of("DEBUG", "INFO", "WARNING", "ERROR"))
    )
    log_format: str = field(default="human", metadata=_key("OSTINATO_LOG_FORMAT", _one_of("human", "json")))
    log_file: Path | None = field(default=None, metadata=_key("OSTINATO_LOG_FILE", Path))
    message_content: bool = field(default=False, metadata=_key("OSTINATO_MESSAGE_CONTENT", _switch))
    requests_per_s: int = field(default=50, metadata=_key("OSTINATO_REQUESTS_PER_SECOND", _number(int, 0, 100_000)))
    shard_count: int | None = field(default=None, metadata=_key("OSTINATO_SHARD_COUNT", _number(int, 1, 100_000)))
    shard_ids: tuple[int, ...] | None = field(default=None, metadata=_key("OSTINATO_SHARD_IDS", _shard_ids))
    backup_folder: Path = field(default=Path("backups"), metadata=_key("OSTINATO_BACKUP_FOLDER", Path))
    backup_daily: int = field(default=7, metadata=_key("OSTINATO_BACKUP_DAILY", _number(int, 0, 366)))
    backup_weekly: int = field(default=4, metadata=_key("OSTINATO_BACKUP_WEEKLY", _number(int, 0, 520)))
    http_port: int | None = field(default=None, metadata=_key("OSTINATO_HTTP_PORT", _number(int, 1, 65_535)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceManager:
    """What systemd tells a service of ``Type=notify``; nothing where there is no systemd."""

    notify_socket: str | None = field(default=None, metadata=_key("NOTIFY_SOCKET", str))
    watchdog_us: int | None = field(default=None, metadata=_key("WATCHDOG_USEC", _number(int, 1, 10**15)))

    @classmethod
    def from_environment(cls) -> "ServiceManager":
        return _filled(cls, os.environ)[0]


def load_settings(file: str | Path = ".env") -> Settings:
    """Read the environment, then ``file``; an empty setting counts as none.

    Raises SettingsError with every key that is wrong.
    """
    try:
        written = dotenv_values(file, encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError([f"{file}: cannot be read ({type(error).__name__})"]) from None
    settings, problems = _filled(Settings, {**written, **os.environ})
    problems += _of_shards(settings)
    if problems:
        raise SettingsError(problems)
    return settings


def _filled(kind: type[T], texts: Mapping[str, str | None]) -> tuple[T, list[str]]:
    """The settings that could be read, and what is wrong with the others."""
    values: dict[str, object] = {}
    problems = []
    for one in settings_of(kind):
        if text := (texts.get(one.metadata["key"]) or "").strip():
            try:
                values[one.name] = one.metadata["read"](_without_nul(text))
            except ValueError as error:
                problems.append(f"{one.metadata['key']}: {error}")
    return kind(**values), problems


def _without_nul(text: str) -> str:
    """Itself: no path and no address holds a NUL character, and opening one that does fails later."""
    if "\0" in text:
        raise ValueError("must not hold a NUL character")
    return text


def settings_of(kind: type[object] = Settings) -> tuple[Field[Any], ...]:
    """The fields of a class of settings; the key of each is in its metadata."""
    return fields(kind)  # type: ignore[arg-type] # only dataclasses come here


def _of_shards(settings: Settings) -> list[str]:
    if settings.shard_ids is None:
        return []
    if settings.shard_count is None:
        return ["OSTINATO_SHARD_IDS: needs OSTINATO_SHARD_COUNT"]
    if max(settings.shard_ids) >= settings.shard_count:
        return ["OSTINATO_SHARD_IDS: must lie between 0 and OSTINATO_SHARD_COUNT - 1"]
    return []
