"""``python -m bot backup PATH`` and ``restore PATH``: the database as one file, and back."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Annotated

import typer

from bot.cli import EXIT_SETUP, fail, settings_or_exit
from bot.storage import backup as storage
from bot.storage import errors

# Of a backup something else is to be said than of the database, for which `bot.explain` has the words.
_NO_BACKUP: Mapping[type[errors.DatabaseError], str] = MappingProxyType(
    {
        errors.NotADatabase: "{place} is not a backup ({reason}).",
        errors.ForeignDatabase: "{place} is not a backup of this bot: {reason}.",
        errors.TooNew: (
            "{place} was made by a newer version of this bot (schema {found}, this one knows {known}). "
            "Update the bot first."
        ),
        errors.Damaged: "{place} is damaged ({reason}). Take an older backup.",
        errors.BadAddress: "{place} {reason}.",
    }
)


def backup(path: Annotated[Path, typer.Argument(help="The file to write; a folder gets a file of today's.")]) -> None:
    source = storage.file_of(settings_or_exit().database_url)
    target = path / f"ostinato-{datetime.now(UTC):%Y-%m-%dT%H%M%SZ}.db" if path.is_dir() else path
    if not source.exists():
        fail(f"There is no database {source} yet.", EXIT_SETUP)
    if not target.parent.is_dir():
        fail(f"The folder {target.parent} does not exist.", EXIT_SETUP)
    if target.exists() and source.samefile(target):
        fail(f"{target} is the database itself.", EXIT_SETUP)
    storage.back_up(source, target)
    typer.echo(f"{target}: {target.stat().st_size} bytes, verified.")


def restore(path: Annotated[Path, typer.Argument(help="The backup to make the database again.")]) -> None:
    file = storage.file_of(settings_or_exit().database_url)
    try:
        replaced = storage.restore(path, file, datetime.now(UTC))
    except errors.DatabaseError as problem:
        sentence = _NO_BACKUP.get(type(problem))
        if sentence is None or problem.place != str(path):
            raise
        fail(sentence.format_map(vars(problem)) + " Nothing was changed.", EXIT_SETUP)
    typer.echo(f"{file} is as it was in {path}." + (f" What it was before is kept in {replaced}." if replaced else ""))
    typer.echo("Whoever had their data deleted since then must do so again.")
