"""The labelled queries of ``tests/data/queries.tsv``, for tests and benchmarks."""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

NONSENSE = "nonsense"

_FILE = Path(__file__).parent / "data" / "queries.tsv"
_ESCAPE = re.compile(r"\\u([0-9a-f]{4})")


@dataclass(frozen=True)
class Labelled:
    """``expected`` are the ``kind:key`` that may come first; none for nonsense."""

    text: str
    form: str
    expected: frozenset[str]


def read_queries() -> list[Labelled]:
    """Every query as it would reach the bot: escapes written out, and decomposed where its form says so."""
    queries = []
    for line in _FILE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            text, form, expected = line.split("\t")
            text = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
            text = unicodedata.normalize("NFD", text) if form == "nfd" else text
            queries.append(Labelled(text, form, frozenset() if expected == "-" else frozenset(expected.split("|"))))
    return queries
