"""What the doctor wants to know of an SQLite database that a bot may be running on; nothing is opened for writing."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from .integrity import reading


@dataclass(frozen=True, slots=True)
class DailyPlace:
    """Where a server's daily picks go."""

    guild_id: int
    channel_id: int
    opens_thread: bool


def stored_text(file: Path, name: str) -> str | None:
    """What the program keeps under ``name``; None where it does not."""
    with reading(file) as connection:
        found = _rows(connection, "SELECT value FROM state WHERE name = ?", name)
    return str(found[0][0]) if found else None


def daily_places(file: Path) -> list[DailyPlace]:
    """Every server's, but for those that have switched it off; none where there are no such tables yet."""
    query = "SELECT guild_id, channel_id, opens_thread FROM daily_schedule WHERE mode <> 'off' ORDER BY guild_id"
    with reading(file) as connection:
        return [
            DailyPlace(int(guild), int(channel), bool(thread)) for guild, channel, thread in _rows(connection, query)
        ]


def _rows(connection: sqlite3.Connection, query: str, *parameters: str) -> list[tuple[str | int, ...]]:
    try:
        return connection.execute(query, parameters).fetchall()
    except sqlite3.OperationalError:  # a database of before that table
        return []
