"""``python -m bot corrections list|export|close``: what members reported as wrong."""

import asyncio
import csv
import io
import json
import sys
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer

from bot.cli import EXIT_SETUP, fail, settings_or_exit
from bot.domain.members import Report
from bot.storage import corrections
from bot.storage.backup import file_of
from bot.storage.database import Database
from bot.storage.errors import BadAddress

T = TypeVar("T")
EXIT_NOT_OPEN = 1
FIELDS = ("id", "song_key", "text", "source", "sent_at", "closed_at", "member_id")

app = typer.Typer(help="What members reported as wrong.", no_args_is_help=True)
All = Annotated[bool, typer.Option("--all", help="Those that were looked at, too.")]


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


@app.command("list", help="Show the open reports, oldest first.")
def show(*, everything: All = False) -> None:
    found, doubted = _with_database(_reports_and_doubts(closed=everything))
    for report in found:
        typer.echo(_line(report))
    for song_key in sorted(doubted):
        typer.echo(f"In doubt, and out of the trivia questions until its reports are closed: {song_key}")
    if not found:
        typer.echo("No reports.")


@app.command("export", help="Write the reports for other programs to read.")
def export(
    form: Annotated[Format, typer.Option("--format", help="json or csv.")] = Format.JSON,
    to: Annotated[Path | None, typer.Option(help="The file; else it is printed.")] = None,
    *,
    everything: All = False,
) -> None:
    found, _ = _with_database(_reports_and_doubts(closed=everything))
    text = _as_json(found) if form is Format.JSON else _as_csv(found)
    if to is None:
        sys.stdout.write(text)
        return
    try:
        to.write_text(text, "utf-8", newline="")
    except OSError as error:
        fail(f"{to} cannot be written: {error.strerror}.", EXIT_SETUP)


@app.command("close", help="Mark reports as looked at, whether the catalog was changed or not.")
def close(numbers: Annotated[list[int], typer.Argument(help="Their numbers, as `list` shows them.")]) -> None:
    closed = _with_database(lambda database: corrections.close(database, numbers, datetime.now(UTC)))
    typer.echo(f"Closed: {', '.join(map(str, closed)) or 'none'}.")
    if missing := sorted(set(numbers) - set(closed)):
        fail(f"Not open: {', '.join(map(str, missing))}.", EXIT_NOT_OPEN)


def _reports_and_doubts(*, closed: bool) -> Callable[[Database], Awaitable[tuple[list[Report], frozenset[str]]]]:
    async def read(database: Database) -> tuple[list[Report], frozenset[str]]:
        return await corrections.reports(database, closed=closed), await corrections.doubted_songs(database)

    return read


def _with_database(work: Callable[[Database], Awaitable[T]]) -> T:
    """Do the work on the bot's database, which must exist: looking must not make one."""
    url = settings_or_exit().database_url
    try:
        file = file_of(url)
    except BadAddress:
        file = None  # a server's, or wrong: opening it tells
    if file and not file.exists():
        fail(f"There is no database {file} yet.", EXIT_SETUP)

    async def run() -> T:
        database = await Database.open(url)
        try:
            return await work(database)
        finally:
            await database.close()

    return asyncio.run(run())


def _line(report: Report) -> str:
    """One line: a report's own line breaks, and whatever would move the cursor, are shown as they were typed."""
    closed = f" (closed {report.closed_at:%Y-%m-%d})" if report.closed_at else ""
    source = f"  {_printable(report.source)}" if report.source else ""
    return f"{report.id:>5}  {report.sent_at:%Y-%m-%d}  {report.song_key}{closed}: {_printable(report.text)}{source}"


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def _as_json(found: list[Report]) -> str:
    return json.dumps([_row(report) for report in found], ensure_ascii=False, indent=2) + "\n"


def _as_csv(found: list[Report]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows({name: _harmless(value) for name, value in _row(report).items()} for report in found)
    return text.getvalue()


def _row(report: Report) -> dict[str, Any]:
    row = asdict(report)
    times = {name: row[name].isoformat() if row[name] else None for name in ("sent_at", "closed_at")}
    row |= times | {"member_id": str(report.member_id)}
    return {name: row[name] for name in FIELDS}


def _harmless(value: object) -> object:
    """A spreadsheet must not take what a member typed for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(("=", "+", "-", "@", "\t", "\r")) else value
