"""``python -m bot doctor``: whether everything is in order."""

import asyncio
import json
import logging
from dataclasses import asdict
from typing import Annotated

import typer

from bot.doctor import Finding, Level, examine

EXIT_ERRORS = 1
_SIGNS = {Level.OK: "ok     ", Level.WARNING: "warning", Level.ERROR: "ERROR  "}


def doctor(*, as_json: Annotated[bool, typer.Option("--json", help="One JSON array.")] = False) -> None:
    logging.getLogger("discord").setLevel(logging.CRITICAL)  # whatever it has to say is among the findings
    findings = asyncio.run(examine())
    if as_json:
        typer.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False, indent=2))
    else:
        for finding in findings:
            typer.echo(line(finding))
    if any(finding.level is Level.ERROR for finding in findings):
        raise typer.Exit(EXIT_ERRORS)


def line(finding: Finding) -> str:
    """One finding for a reader, its remedy behind an arrow."""
    remedy = f"\n         → {finding.remedy}" if finding.remedy else ""
    return f"{_SIGNS[finding.level]}  {finding.check}: {finding.message}{remedy}"
