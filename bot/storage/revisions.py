"""How old a database is, told without Alembic (0.1 s of import that most starts need not pay).

A revision is the four digits that begin a migration's file name.
"""

import re
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from .errors import ForeignDatabase, TooNew

MIGRATIONS = Path(__file__).parent / "migrations"


def newest(migrations: Path = MIGRATIONS) -> str:
    """The last revision that the folder leads to."""
    return max(path.name[:4] for path in (migrations / "versions").glob("[0-9][0-9][0-9][0-9]_*.py"))


def current(connection: Connection) -> str | None:
    """The database's revision; None if it has no tables of ours yet."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_behind(found: str | None, known: str, place: str) -> bool:
    """Whether a database at revision ``found`` needs a migration. TooNew or ForeignDatabase if it is beyond us."""
    if found is None:
        return True
    if not re.fullmatch(r"\d{4}", found):
        raise ForeignDatabase(place, f"its revision is called {found}")
    if found > known:
        raise TooNew(place, found, known)
    return found < known
