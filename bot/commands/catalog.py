"""``python -m bot catalog check|stats|export``: for whoever adds facts, and for whoever wants to use them."""

import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import EXIT_SETUP, fail
from bot.domain.catalog_check import check_catalog, check_reachable
from bot.domain.search import SearchIndex
from bot.storage.catalog_export import export_csv, export_json
from bot.storage.catalog_stats import statistics_lines

from .common import catalog_or_exit

EXIT_PROBLEMS = 1

app = typer.Typer(help="Check, count or export the catalog in data/.", no_args_is_help=True)


class Format(StrEnum):
    JSON = "json"
    CSV = "csv"


@app.command("check", help="Say what is wrong in data/, by file and key; nothing to say is exit code 0.")
def check() -> None:
    catalog = catalog_or_exit()
    problems = [
        *check_catalog(catalog, datetime.now(UTC).date()),
        *check_reachable(catalog, SearchIndex(catalog)),
    ]
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        fail(f"{len(problems)} problems.", EXIT_PROBLEMS)
    typer.echo(f"{len(catalog.songs)} songs and {len(catalog.outcomes)} outcomes: the catalog is in order.")


@app.command("stats", help="Count what there is, by award, year, result, confidence and circle; and what is missing.")
def stats() -> None:
    for line in statistics_lines(catalog_or_exit()):
        typer.echo(line)


@app.command("export", help="Write the whole catalog for other programs to read.")
def export(
    form: Annotated[Format, typer.Option("--format", help="json, or csv: one file a table.")] = Format.JSON,
    to: Annotated[Path | None, typer.Option(help="The file for json (else it is printed), the folder for csv.")] = None,
) -> None:
    catalog = catalog_or_exit()
    if form is Format.CSV and to is None:
        fail("csv makes several files: say --to FOLDER.", EXIT_SETUP)
    if to is None:
        sys.stdout.write(export_json(catalog))
        return
    try:
        if form is Format.JSON:
            to.write_text(export_json(catalog), "utf-8")
        else:
            to.mkdir(parents=True, exist_ok=True)
            for name, content in export_csv(catalog).items():
                (to / name).write_text(content, "utf-8", newline="")
    except OSError as error:
        fail(f"{to} cannot be written: {error.strerror}.", EXIT_SETUP)
