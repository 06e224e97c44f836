"""This machine: the database, its disk and backups, the catalog."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bot.domain.backups import Keep
from bot.domain.catalog_check import check_catalog, check_reachable
from bot.domain.search import SearchIndex
from bot.explain import explain
from bot.settings import Settings
from bot.storage import integrity, revisions, sqlite_file
from bot.storage.backup import file_of, made_on
from bot.storage.catalog_text import CatalogTextError, read_catalog
from bot.storage.errors import BadAddress, DatabaseError

from ._findings import Finding, error, ok, warning

LITTLE_ROOM_BYTES = 1_000_000_000
NO_ROOM_BYTES = 100_000_000
BACKUP_OLD_DAYS = 2
_SHOWN = 3


def look_here(settings: Settings) -> Iterator[Finding]:
    try:
        file = file_of(settings.database_url)
    except BadAddress as problem:
        if "sqlite" in settings.database_url:
            yield error("database", explain(problem), "Correct OSTINATO_DATABASE_URL.")
        else:
            yield ok("database", "Not a file: its server's own tools look after it.")
    else:
        yield _database(file)
        yield _room(file.parent)
        yield _backups(settings, file)
    yield from _catalog()


def _database(file: Path) -> Finding:
    try:
        sqlite_file.check(str(file), revisions.newest())
        if not file.exists():
            return warning("database", f"There is none at {file} yet.", "The first start of the bot makes it.")
        found = integrity.verify(file)
    except DatabaseError as problem:
        return error("database", explain(problem), "Do that before the next start.")
    if found < revisions.newest():
        message = f"Whole, schema {found}; this version of the bot uses {revisions.newest()}."
        return warning("database", message, "Nothing to do: the next start brings it up to date. Back it up before.")
    return ok("database", f"Whole, schema {found}, {file.stat().st_size // 1024} KiB.")


def _room(folder: Path) -> Finding:
    try:
        free = shutil.disk_usage(folder).free
    except OSError as problem:
        return error("disk", f"{folder}: {problem.strerror}.", "Make the folder.")
    message = f"{free // 1_000_000} MB free at {folder.absolute()}."
    if free < NO_ROOM_BYTES:
        return error("disk", message, "Make room: a full disk stops everything that is to be remembered.")
    if free < LITTLE_ROOM_BYTES:
        return warning("disk", message, "Make room soon.")
    return ok("disk", message)


def _backups(settings: Settings, file: Path) -> Finding:
    keep = Keep(settings.backup_daily, settings.backup_weekly)
    if not keep.any:
        return warning("backups", "They are switched off.", "Make sure that something else backs the database up.")
    made = made_on(settings.backup_folder) if settings.backup_folder.is_dir() else {}
    if not made:
        remedy = "A running bot makes the first one within minutes." if file.exists() else "Start the bot."
        return warning("backups", f"There is none in {settings.backup_folder} yet.", remedy)
    newest = max(made)
    message = f"{len(made)} in {settings.backup_folder}, the newest of {newest.isoformat()}."
    if (datetime.now(UTC).date() - newest).days > BACKUP_OLD_DAYS:
        return warning("backups", message, "Start the bot, and look for backups in its log.")
    try:
        integrity.verify(made[newest])
    except DatabaseError as problem:
        return error("backups", f"{message} It is no good: {problem.reason}.", "Check the disk, then make a new one.")
    return ok("backups", message)


def _catalog() -> Iterator[Finding]:
    remedy = "`python -m bot catalog check` names them all; correct data/ or install the bot anew."
    try:
        catalog = read_catalog()
    except CatalogTextError as wrong:
        yield error("catalog", f"Cannot be read: {'; '.join(wrong.problems[:_SHOWN])}.", remedy)
        return
    problems = [
        *check_catalog(catalog, datetime.now(UTC).date()),
        *check_reachable(catalog, SearchIndex(catalog)),
    ]
    if problems:
        yield error("catalog", f"{len(problems)} problems, such as {problems[0]}.", remedy)
    else:
        yield ok("catalog", f"{len(catalog.songs)} songs, {len(catalog.outcomes)} award outcomes.")
