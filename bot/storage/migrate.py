"""Bring the tables up to date with Alembic. Imported only when they are behind."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationStep
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from . import revisions, sqlite_file
from .errors import MigrationFailed
from .schema import metadata


def upgrade(connection: Connection, migrations: Path, place: str) -> None:
    """Run every step in the folder that the database lacks, inside the transaction that the caller began and commits.

    Does nothing if another process was faster. Raises MigrationFailed naming the step; with the caller's
    rollback all steps are undone, so that the older program can still be used.
    """
    if not revisions.is_behind(revisions.current(connection), revisions.newest(migrations), place):
        return
    steps = _Steps(ScriptDirectory(str(migrations)))
    try:
        _run(connection, steps)
        _check_references(connection)
    except Exception as error:
        if sqlite_file.trouble(error, place):
            raise  # a full disk is no fault of the step
        raise MigrationFailed(place, steps.running, f"{type(error).__name__}: {error}") from error


class _Steps:
    """``running`` is the step that Alembic was given last."""

    def __init__(self, script: ScriptDirectory) -> None:
        self.script = script
        self.running = ""

    def __call__(self, found: Any, _context: object) -> Iterator[MigrationStep]:  # noqa: ANN401 - Alembic's revision tuple
        missing = list(self.script.iterate_revisions("head", found, implicit_base=True))
        for revision in reversed(missing):
            self.running = Path(revision.path).stem
            yield MigrationStep.upgrade_from_script(self.script.revision_map, revision)


def _run(connection: Connection, steps: _Steps) -> None:
    with EnvironmentContext(Config(), steps.script, fn=steps) as environment:
        environment.configure(connection=connection, target_metadata=metadata)  # which names the constraints
        environment.run_migrations()


def _check_references(connection: Connection) -> None:
    """SQLite does not look after foreign keys while a migration runs (see Database), so look now."""
    if connection.dialect.name != "sqlite":
        return
    broken = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    if broken:
        raise ValueError(f"rows that refer to nothing in {', '.join(sorted(broken))}")
