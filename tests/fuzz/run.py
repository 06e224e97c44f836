"""Every target of the fuzzing by name, and the loop that throws a number of inputs at one."""

import asyncio
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from bot.domain.catalog import Catalog
from bot.domain.search import SearchIndex
from tests.fuzz import files, inputs, operator, oracle
from tests.fuzz.borders import guarded
from tests.fuzz.world import world

FAILURES_KEPT = 20


@dataclass(frozen=True)
class Target:
    """``problems`` says what went wrong with an input; that it raises is wrong, too.

    So is touching a file outside ``folder`` that is not the program's own, starting a program, or calling somebody up.
    """

    name: str
    strategy: st.SearchStrategy[Any]
    problems: Callable[[Any], Iterable[str]]
    folder: Path


@dataclass
class Tally:
    """How many inputs a target got, and the first of those that it did not stand."""

    name: str
    thrown: int = 0
    failed: int = 0
    failures: list[str] = field(default_factory=list)

    def note(self, given: object, problems: list[str]) -> None:
        self.thrown += 1
        self.failed += bool(problems)
        if problems and len(self.failures) < FAILURES_KEPT:
            self.failures.append("\n  ".join([f"{given!r}"[:2000], *(problem[-2000:] for problem in problems)]))


def fuzz(target: Target, count: int, first_seed: int) -> Tally:
    """Throw ``count`` inputs, the same for the same seed, going on after failures."""
    tally = Tally(target.name)
    round_seed = first_seed
    while tally.thrown < count:
        _round(target, tally, count - tally.thrown, round_seed)
        round_seed += 1
    return tally


def _round(target: Target, tally: Tally, count: int, round_seed: int) -> None:
    # Hypothesis ends early where it thinks that it has seen everything; the next round then has another seed.
    @seed(round_seed)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.strategy)
    def throw(given: Any) -> None:
        tally.note(given, _problems(target, given))

    throw()


def _problems(target: Target, given: object) -> list[str]:
    with guarded(target.folder) as crossed:
        try:
            found = list(target.problems(given))
        except Exception as error:
            logging.getLogger(__name__).info("An input was not stood", exc_info=error)
            found = [f"{type(error).__name__}: {error}"]
    return found + crossed


@contextmanager
def discord_targets(filled_database: Path, catalog: Catalog, index: SearchIndex) -> Iterator[dict[str, Target]]:
    """What people can send through Discord."""
    with world(filled_database, catalog, index) as made:

        def problems(event: Any) -> Iterator[str]:
            return oracle.problems(made, made.throw(event))

        strategies = {
            "command options": inputs.commands(made.bot.tree),
            "suggestions": inputs.typing(made.bot.tree),
            "components": inputs.presses(made.bot),
            "forms": inputs.forms(made.bot),
        }
        yield {name: Target(name, strategy, problems, made.folder) for name, strategy in strategies.items()}


@contextmanager
def operator_targets(filled_database: Path, catalog: Catalog, index: SearchIndex) -> Iterator[dict[str, Target]]:
    """What an operator or a contributor can get wrong."""
    with tempfile.TemporaryDirectory() as place, asyncio.Runner() as runner:
        folder = Path(place)
        reading, terminal = files.Reading(folder, runner), operator.Terminal(folder, catalog, index)
        shutil.copy(filled_database, terminal.folder / "ostinato.db")
        targets = [
            Target("catalog files", files.spoilt(), reading.problems, folder),
            Target(
                "settings", operator.settings_texts(), lambda given: operator.setting_problems(given, folder), folder
            ),
            Target("command line", operator.words(), terminal.problems, folder),
        ]
        yield {target.name: target for target in targets}
        reading.close()
