"""How right and how fast search is: ``python -m tests.benchmarks.search``.

The labelled queries side by side with the usual ways to search, then time and memory as the catalog grows.
"""

import gc
import random
import time
import tracemalloc
from collections.abc import Callable, Sequence

from bot.domain.catalog import Catalog
from bot.domain.search import SearchIndex
from bot.storage.catalog_text import read_catalog
from tests.labelled import NONSENSE, Labelled, read_queries

from ._baselines import Search, all_names, fts5_trigram, rapidfuzz_wratio, sql_like
from ._synthetic import synthetic_catalog, synthetic_queries

_SIZES = (1_000, 3_000, 10_000, 30_000)
_ROUNDS = 5


def main() -> None:
    catalog = read_catalog()
    queries = read_queries()
    index = SearchIndex(catalog)
    names = all_names(catalog)
    searches: dict[str, Search] = {
        "this search": lambda text: [f"{hit.kind}:{hit.key}" for hit in index.find(text)],
        "SQL LIKE": sql_like(names),
        "FTS5 trigram": fts5_trigram(names),
        "rapidfuzz WRatio": rapidfuzz_wratio(names),
    }
    asked = sum(query.form != NONSENSE for query in queries)
    print(f"{asked} queries and {len(queries) - asked} of nonsense over {len(names)} names\n")
    _print_quality(queries, searches)
    _print_forms(queries, searches)
    _print_speed(catalog, queries)


def _print_quality(queries: Sequence[Labelled], searches: dict[str, Search]) -> None:
    print(f"{'':18} {'first':>7} {'in five':>8} {'nonsense':>9} {'p50 ms':>8} {'p99 ms':>8}")
    texts = [query.text for query in queries]
    for name, search in searches.items():
        first, five, silent = _rates(queries, search)
        times = _times_ms(search, texts, 1 if name.startswith("rapidfuzz") else _ROUNDS)
        print(f"{name:18} {first:7.1%} {five:8.1%} {silent:9.1%} {_at(times, 0.5):8.3f} {_at(times, 0.99):8.3f}")


def _rates(queries: Sequence[Labelled], search: Search) -> tuple[float, float, float]:
    """Right first, right among five, and nonsense met with silence."""
    asked = [(query.expected, search(query.text)) for query in queries if query.form != NONSENSE]
    nonsense = [search(query.text) for query in queries if query.form == NONSENSE]
    first = sum(bool(found) and found[0] in expected for expected, found in asked)
    five = sum(not expected.isdisjoint(found[:5]) for expected, found in asked)
    silent = sum(not found for found in nonsense)
    return first / (len(asked) or 1), five / (len(asked) or 1), silent / (len(nonsense) or 1)


def _print_forms(queries: Sequence[Labelled], searches: dict[str, Search]) -> None:
    print(f"\nright first   {'':>8}" + "".join(f"{name:>18}" for name in searches))
    for form in dict.fromkeys(query.form for query in queries if query.form != NONSENSE):
        group = [query for query in queries if query.form == form]
        rates = "".join(f"{_rates(group, search)[0]:18.0%}" for search in searches.values())
        print(f"{form:14}{len(group):8}{rates}")


def _print_speed(catalog: Catalog, queries: Sequence[Labelled]) -> None:
    columns = ("build ms", "find p50", "p99 ms", "complete p50", "p99 ms", "kB/song")
    print("\n" + " " * 16 + "".join(f"{column:>13}" for column in columns))
    _print_speed_of("shipped", catalog, [query.text for query in queries])
    rng = random.Random(7)
    for size in _SIZES:
        synthetic = synthetic_catalog(catalog, size, rng)
        _print_speed_of(f"{size:,} songs", synthetic, synthetic_queries(synthetic, 800, rng))


def _print_speed_of(name: str, catalog: Catalog, texts: list[str]) -> None:
    builds = []
    for _ in range(3):
        gc.collect()
        started = time.perf_counter()
        index = SearchIndex(catalog)
        builds.append(1000 * (time.perf_counter() - started))
    find = _times_ms(index.find, texts, _ROUNDS)
    complete = _times_ms(index.complete, texts, _ROUNDS)
    figures = (min(builds), _at(find, 0.5), _at(find, 0.99), _at(complete, 0.5), _at(complete, 0.99))
    print(f"{name:>16}" + "".join(f"{figure:13.3f}" for figure in (*figures, _kilobytes(catalog) / len(catalog.songs))))


def _times_ms(search: Callable[[str], object], texts: Sequence[str], rounds: int) -> list[float]:
    """The best of a few rounds for each text, for the machine has other things to do; shortest first."""
    times = []
    for text in texts:
        best = float("inf")
        for _ in range(rounds):
            started = time.perf_counter()
            search(text)
            best = min(best, time.perf_counter() - started)
        times.append(1000 * best)
    return sorted(times)


def _at(times: list[float], share: float) -> float:
    return times[min(int(len(times) * share), len(times) - 1)]


def _kilobytes(catalog: Catalog) -> float:
    gc.collect()
    tracemalloc.start()
    index = SearchIndex(catalog)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    del index
    return size / 1000


if __name__ == "__main__":
    main()
