"""Every fault, what came of it, and what should have.

    python -m tests.wire.faults [GROUP ...]

Needs the loopback Discord (OSTINATO_WIRE). Ends with 1 if a line is red.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from pathlib import Path

from . import answers, clock, database, games, gateway, notices, picks, starting, stopping
from .stage import Row, fill, load_wire

GROUPS = {
    "answers": answers.run,
    "picks": picks.run,
    "notices": notices.run,
    "games": games.run,
    "gateway": gateway.run,
    "database": database.run,
    "starting": starting.run,
    "clock": clock.run,
    "stopping": stopping.run,
}


def routes() -> set[str]:
    """Every route that the bot may use: one that has no rows yet is to get them first."""
    scenes = {scene.route for scene in (*picks.SCENES, *notices.SCENES, *games.SCENES)}
    return scenes | {answers.CALLBACK} | set(starting.ROUTES) | set(starting.DOCTORS_ROUTES)


async def _run(names: list[str]) -> list[Row]:
    wire = load_wire()
    if wire is None:
        sys.exit("The loopback Discord is not here (OSTINATO_WIRE names its folder).")
    rows = []
    with tempfile.TemporaryDirectory() as scratch:
        filled = Path(scratch, "filled.db")
        await fill(filled)
        for name in names:
            began = time.monotonic()
            found = await GROUPS[name](wire, filled, Path(scratch, name))
            show(found)
            print(f"-- {name}: {len(found)} cases in {time.monotonic() - began:.0f} s\n", flush=True)
            rows += found
    return rows


def show(rows: list[Row]) -> None:
    """The table, a heading for each thing that fails."""
    what = ""
    for row in rows:
        if row.what != what:
            what = row.what
            print(what)
        print(f"  {'green' if row.is_green else 'RED  '}  {row.case:<24}  {row.seen}")
        if not row.is_green:
            print(f"  {'':<31}  expected: {row.expected}")


def chosen_groups(arguments: list[str] | None = None) -> list[str]:
    """The groups that are named, or all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    # Python 3.11 looks up no name at all among the choices, too: https://github.com/python/cpython/issues/92445
    parser.add_argument("group", nargs="*", choices=[[], *GROUPS], metavar=f"{{{','.join(GROUPS)}}}")
    named: list[str] = parser.parse_args(arguments).group
    return named or list(GROUPS)


def main() -> None:
    rows = asyncio.run(_run(chosen_groups()))
    red = sum(not row.is_green for row in rows)
    print(f"{len(rows)} cases, {red} red")
    sys.exit(1 if red else 0)


if __name__ == "__main__":
    main()
