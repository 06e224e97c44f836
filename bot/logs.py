"""Log lines: human by default, one JSON object each if asked; the token in none of them, nor what members write.

An event is one line. Among human lines, a traceback follows its event, indented.
"""

import json
import logging
import sys
import textwrap
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE_BYTES_MAX = 10_000_000
FILES_SET_ASIDE = 4

# At DEBUG these write out whole payloads and statements with their values: what members typed is in there.
_TALKATIVE = ("discord", "aiosqlite", "sqlalchemy", "aiohttp", "asyncio")

_ExceptionInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
_STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName", "color_message"}


class _WithoutSecret(logging.Formatter):
    """Any formatter, with the token blotted out of whatever it makes, tracebacks too."""

    def __init__(self, inner: logging.Formatter, secret: str | None) -> None:
        super().__init__()
        self._inner = inner
        self._secret = secret

    def format(self, record: logging.LogRecord) -> str:
        text = self._inner.format(record)
        return text.replace(self._secret, "[token]") if self._secret else text


class _Human(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("{asctime} {levelname:<7} {name}: {message}", style="{")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        # Nothing that is logged may look like another event.
        return super().formatMessage(record).replace("\r", "\\r").replace("\n", "\\n")

    def formatException(self, ei: _ExceptionInfo) -> str:  # noqa: N802 - likewise
        return textwrap.indent(super().formatException(ei), "    ")


class _Json(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        line |= {name: value for name, value in vars(record).items() if name not in _STANDARD}
        if record.exc_info:
            line["traceback"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


class _OneLineForReconnects(logging.Filter):
    """The library tells of each lost connection as an error with its traceback, though it mends that by itself."""

    def filter(self, record: logging.LogRecord) -> bool:
        if record.exc_info and str(record.msg).startswith("Attempting a reconnect"):
            error = record.exc_info[1]
            record.msg = f"{record.msg} (%s)"
            record.args = (*(record.args if isinstance(record.args, tuple) else ()), type(error).__name__)
            record.exc_info = None
            record.levelno, record.levelname = logging.WARNING, "WARNING"
        return True


_RECONNECTS = _OneLineForReconnects()


def configure(level: str, style: str, secret: str | None, file: Path | None = None) -> None:
    """Send all logs to standard error, and to ``file`` if one is named. ``secret`` (the token) never appears in them.

    Raises OSError if the file cannot be written.
    """
    formatter = _WithoutSecret(_Json() if style == "json" else _Human(), secret)
    handlers: list[logging.Handler] = [logging.StreamHandler(sys.stderr)]
    if file:
        rotating = RotatingFileHandler(file, maxBytes=FILE_BYTES_MAX, backupCount=FILES_SET_ASIDE, encoding="utf-8")
        handlers.append(rotating)
    for handler in handlers:
        handler.setFormatter(formatter)
    logging.basicConfig(level=level, handlers=handlers, force=True)
    for name in ("discord.client", "discord.shard"):
        logging.getLogger(name).addFilter(_RECONNECTS)
    if level == "DEBUG":
        for name in _TALKATIVE:
            logging.getLogger(name).setLevel(logging.INFO)
    else:
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each of its plugins at INFO
