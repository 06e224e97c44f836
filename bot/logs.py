"""Log lines: human by default, one JSON object each if asked; the token in none of them."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Literal

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


def configure(level: str, style: Literal["human", "json"], secret: str | None) -> None:
    """Send all logs to standard error. ``secret`` (the token) never appears in them."""
    human = logging.Formatter("{asctime} {levelname:<7} {name}: {message}", style="{")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_WithoutSecret(_Json() if style == "json" else human, secret))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    if level != "DEBUG":
        logging.getLogger("alembic").setLevel(logging.WARNING)  # it tells each of its plugins at INFO
