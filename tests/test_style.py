"""The house's own promises about its files: how long they get, what they explain, and what must never be in them."""

import ast
import io
import re
import statistics
import subprocess
import tokenize
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FILE_LINES_MAX = 300
FUNCTION_LINES_MAX = 45
FUNCTION_LINES_MEDIAN_MAX = 8
FUNCTION_LINES_P90_MAX = 25
FREE_OF_DISCORD_MIN = 0.6

SOURCES = sorted(path for folder in ("bot", "cogs", "data") for path in (ROOT / folder).rglob("*.py"))
PYTHON = [*SOURCES, *sorted((ROOT / "tests").rglob("*.py"))]
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def short(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@cache
def text_of(path: Path) -> str:
    return path.read_text("utf-8")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(text_of(path))


def line_count(path: Path) -> int:
    return len(text_of(path).splitlines())


def functions(paths: list[Path]) -> dict[str, int]:
    """Each function's place and its lines, from ``def`` to its end, docstring and all."""
    return {
        f"{short(path)}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in paths
        for node in ast.walk(tree(path))
        if isinstance(node, FUNCTIONS)
    }


def tracked_texts() -> Iterator[tuple[str, str]]:
    """Every text file that git tracks, or would if it were added."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        pytest.skip("not a git checkout")
    for name in done.stdout.splitlines():
        if (ROOT / name).suffix not in (".png", ".ttf", ".otf", ".webp") and (ROOT / name).is_file():
            yield name, (ROOT / name).read_text("utf-8")


def test_no_file_outgrows_its_room():
    assert {short(path): line_count(path) for path in PYTHON if line_count(path) > FILE_LINES_MAX} == {}


def test_no_function_outgrows_a_screen():
    assert {name: lines for name, lines in functions(PYTHON).items() if lines > FUNCTION_LINES_MAX} == {}


def test_functions_are_short_as_a_rule():
    lengths = list(functions(SOURCES).values())
    assert statistics.median(lengths) <= FUNCTION_LINES_MEDIAN_MAX
    assert statistics.quantiles(lengths, n=10)[-1] <= FUNCTION_LINES_P90_MAX


def test_most_lines_know_nothing_of_discord():
    def knows_discord(path: Path) -> bool:
        return re.search(r"^\s*(from|import) (discord|simcord)\b", text_of(path), re.MULTILINE) is not None

    free = sum(line_count(path) for path in SOURCES if not knows_discord(path))
    assert free / sum(map(line_count, SOURCES)) >= FREE_OF_DISCORD_MIN


def test_every_module_says_what_it_is_for():
    silent = [short(path) for path in SOURCES if tree(path).body and ast.get_docstring(tree(path)) is None]
    assert silent == []


def test_every_function_that_domain_and_storage_offer_says_what_it_promises():
    offered = [
        path
        for path in SOURCES
        if short(path).startswith(("bot/domain/", "bot/storage/")) and "migrations" not in path.parts
        if path.name == "__init__.py" or not path.name.startswith("_")
    ]
    silent = [
        f"{short(path)}:{node.lineno} {node.name}"
        for path in offered
        for node in tree(path).body
        if isinstance(node, FUNCTIONS) and not node.name.startswith("_") and ast.get_docstring(node) is None
    ]
    assert not silent, "\n".join(silent)


def comments(path: Path) -> Iterator[tuple[int, str]]:
    for token in tokenize.generate_tokens(io.StringIO(text_of(path)).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_every_silenced_check_is_named_and_has_its_reason_beside_it():
    silenced = re.compile(r"#\s*(noqa|type:\s*ignore|mypy:|ruff:|pyright:|pragma)")
    reasoned = re.compile(r"# (noqa: [A-Z]+\d+(, ?[A-Z]+\d+)*|type: ignore\[[a-z, -]+\]) +[-#(] *\S.*\S")
    bare = [
        f"{short(path)}:{number} {comment}"
        for path in PYTHON
        for number, comment in comments(path)
        if silenced.search(comment) and not reasoned.search(comment)
    ]
    assert not bare, "\n".join(bare)


def test_every_check_that_the_tools_are_told_to_ignore_has_its_reason_beside_it():
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    codes = re.findall(r'^ +"[A-Z]+\d*",.*$', text, re.MULTILINE)
    assert codes
    bare = [line.strip() for line in codes if not re.search(r"# \S.*\S$", line) and "RUF00" not in line]
    assert not bare, "\n".join(bare)


def test_no_file_names_a_path_of_somebodys_machine():
    theirs = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/\w+|\b[A-Z]:\\Users")
    assert [f"{name}: {found[0]}" for name, text in tracked_texts() if (found := theirs.search(text))] == []


def test_no_file_holds_a_token():
    # What is made up, for tests, says so in small letters; a real one is random to its end.
    token = re.compile(r"\b[MNO][\w-]{23,27}\.[\w-]{6}\.(?=[\w-]*[A-Z])[\w-]{27,}")
    assert [name for name, text in tracked_texts() if token.search(text)] == []


def test_korean_is_written_composed():
    loose = [name for name, text in tracked_texts() if not unicodedata.is_normalized("NFC", text)]
    assert [
        name for name in loose if not name.startswith("tests/data/")
    ] == []  # where what people type is written down
