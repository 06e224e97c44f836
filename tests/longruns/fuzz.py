"""Throws hostile input at everything that takes any, and counts what was not stood.

    python -m tests.longruns.fuzz [--inputs 20000] [--seed 1] [--only components]

Ends with 1 if an answer was missing, doubled, too long for Discord, mentioned somebody, let markdown or a link through,
told another server's or member's business, or changed what only admins may; if an error was logged; if a file of the
catalog, a setting or a command line was refused without a reason or with a traceback; if an input made the process
touch a file that is not its own, start a program or call somebody up. ``tests/fuzz`` makes the inputs.
"""

import argparse
import asyncio
import logging
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import MappingProxyType

from bot.domain.search import SearchIndex
from bot.storage.catalog import sync_catalog
from bot.storage.catalog_text import read_catalog
from bot.storage.database import Database
from tests.fuzz.run import Tally, discord_targets, fuzz, operator_targets

SHARES = MappingProxyType(
    {
        "command options": 0.3,
        "suggestions": 0.15,
        "components": 0.3,
        "forms": 0.05,
        "catalog files": 0.1,
        "settings": 0.06,
        "command line": 0.04,
    }
)


def run(inputs: int, seed: int, only: str | None = None) -> bool:
    """Whether everything was stood."""
    logging.getLogger("dotenv").setLevel(logging.CRITICAL)
    catalog = read_catalog()
    index = SearchIndex(catalog)
    tallies = []
    with tempfile.TemporaryDirectory() as folder, ExitStack() as around:
        filled = Path(folder) / "ostinato.db"
        asyncio.run(_fill(filled))
        targets = around.enter_context(discord_targets(filled, catalog, index))
        targets |= around.enter_context(operator_targets(filled, catalog, index))
        for name, share in SHARES.items():
            if only in (None, name):
                began_s = time.process_time()
                tally = fuzz(targets[name], round(inputs * (1 if only else share)), seed)
                _tell(tally, time.process_time() - began_s)
                tallies.append(tally)
    failed = sum(tally.failed for tally in tallies)
    print(f"{sum(tally.thrown for tally in tallies)} inputs, {failed} not stood")
    return not failed


def _tell(tally: Tally, cpu_s: float) -> None:
    print(
        f"{tally.name:<16} {tally.thrown:>6} inputs {tally.failed:>4} not stood {cpu_s:>6.0f} s of one core", flush=True
    )
    for failure in tally.failures:
        print(f"- {failure}", flush=True)


async def _fill(file: Path) -> None:
    database = await Database.open(f"sqlite+aiosqlite:///{file}")
    await sync_catalog(database)
    await database.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=SHARES)
    chosen = parser.parse_args()
    sys.exit(0 if run(chosen.inputs, chosen.seed, chosen.only) else 1)


if __name__ == "__main__":
    main()
