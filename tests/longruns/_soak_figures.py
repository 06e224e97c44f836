"""What a soak is measured by: what the process told of itself, and rows of asked beside measured."""

import json
import statistics
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MEMORY = "memory, last third to middle"
_GROWTH_MOST = 0.02


@dataclass
class Watched:
    """What the process told of itself; moments are epoch seconds."""

    lags_ms: list[tuple[float, float]]
    states: list[dict[str, Any]]

    @classmethod
    def read(cls, path: Path) -> "Watched":
        lags = [(float(at), float(ms)) for at, ms in map(str.split, path.read_text().splitlines())]
        states = Path(f"{path}.state").read_text().splitlines()
        return cls(lags, [json.loads(line) for line in states])

    def memory_mb(self, since: float, until: float) -> float:
        return statistics.mean(one["rss_mb"] for one in self.states if since <= one["at"] < until)

    def lag_p99_ms(self, since: float, until: float) -> float:
        return statistics.quantiles([ms for at, ms in self.lags_ms if since <= at < until], n=100)[98]

    def tasks_left(self, idle_until: float, quiet_since: float) -> dict[str, int]:
        """What there is more of after the work than there ever was before it, by name; what comes and goes is not."""
        open_states = [one for one in self.states if "closed" not in one]
        before: Counter[str] = Counter()
        for one in open_states:
            if one["at"] < idle_until:
                before |= Counter(one["tasks"])
        after = [Counter(one["tasks"]) for one in open_states if one["at"] >= quiet_since]
        always = Counter({name: min(one[name] for one in after) for name in set().union(*after)})
        return dict(always - before)

    @property
    def tasks_at_the_end(self) -> dict[str, int]:
        """What is still there when all is closed, but for the program's own main task."""
        left = Counter(self.states[-1]["tasks"]) if "closed" in self.states[-1] else Counter({"never closed": 1})
        return dict(left - Counter({"run": 1}))


@dataclass(frozen=True)
class Row:
    """A figure, what was asked of it, and whether it is so."""

    name: str
    asked: str
    measured: str
    is_met: bool = True

    def __str__(self) -> str:
        return f"{'' if self.is_met else 'MISSED':<7}{self.name:<34}{self.asked:>10}  {self.measured}"


def none_of(name: str, found: Sequence[Any]) -> Row:
    """A row that is met where nothing was found; what was found most is named."""
    kinds = ", ".join(f"{kind} {count}" for kind, count in Counter(found).most_common(5))
    return Row(name, "0", f"{len(found)}  {kinds}"[:400].strip(), not found)


def rows_from_within(watched: Watched, began: float, ended: float, quiet_since: float) -> list[Row]:
    """What the process saw of itself."""
    third_s = (ended - began) / 3
    middle = watched.memory_mb(began + third_s, ended - third_s)
    last = watched.memory_mb(ended - third_s, ended)
    growth, lag_ms = last / middle - 1, watched.lag_p99_ms(began, ended)
    left = watched.tasks_left(began, quiet_since)
    return [
        Row(MEMORY, "<= +2 %", f"{growth:+.2%} ({middle:.1f}, {last:.1f} MB)", growth <= _GROWTH_MOST),
        Row("tasks left behind", "0", str(left or 0), not left),
        Row("tasks left at the end", "0", str(watched.tasks_at_the_end or 0), not watched.tasks_at_the_end),
        Row("event loop late, p99", "<= 50 ms", f"{lag_ms:.1f} ms"),
    ]
