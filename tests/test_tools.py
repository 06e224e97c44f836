"""The linter, the formatter and the type checker have nothing to say, and the locked versions are those we ask for."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ROOT / "requirements"


@pytest.mark.parametrize(
    "tool", [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)], ids=["ruff check", "ruff format", "mypy"]
)
def test_nothing_to_say(tool):
    done = subprocess.run(
        [sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_type_checker_is_strict_over_all_that_ships():
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["mypy"]
    assert mypy["strict"] is True
    assert set(mypy["packages"]) == {"bot", "cogs", "data"}
    assert "overrides" not in mypy


def test_the_linter_has_every_rule_on_and_warnings_are_errors():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    assert tools["ruff"]["lint"]["select"] == ["ALL"]
    assert tools["pytest"]["ini_options"]["filterwarnings"][0] == "error"


def pins(lock: str) -> dict[str, str]:
    text = (LOCKS / lock).read_text("utf-8")
    return dict(re.findall(r"^([\w.-]+)==([\w.]+)", text, re.MULTILINE))


def asked_for(*extras: str) -> list[Requirement]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return [asked for line in lines if canonicalize_name((asked := Requirement(line)).name) != project["name"]]


@pytest.mark.parametrize(
    ("lock", "extras"), [("bot.txt", ()), ("preview.txt", ("preview",)), ("dev.txt", ("preview", "dev"))]
)
def test_each_lock_holds_what_the_project_asks_for(lock, extras):
    pinned = pins(lock)
    stale = [str(asked) for asked in asked_for(*extras) if pinned.get(canonicalize_name(asked.name)) is None]
    stale += [
        f"{asked} but {pinned[name]}"
        for asked in asked_for(*extras)
        if (name := canonicalize_name(asked.name)) in pinned and pinned[name] not in asked.specifier
    ]
    assert not stale, "run .ci/lock:\n" + "\n".join(stale)


def test_the_smaller_locks_are_parts_of_the_one_that_is_tested():
    tested = pins("dev.txt").items()
    assert pins("bot.txt").items() < pins("preview.txt").items() < tested


@pytest.mark.parametrize("lock", ["bot.txt", "preview.txt", "dev.txt"])
def test_each_lock_has_hashes_for_everything_and_names_no_host(lock):
    text = (LOCKS / lock).read_text("utf-8")
    entries = re.findall(r"^[\w.-]+==.*(?:\n    --hash=sha256:[0-9a-f]{64}.*)+", text, re.MULTILINE)
    assert len(entries) == len(re.findall(r"^[\w.-]+", text, re.MULTILINE)) > 0
    assert "://" not in text
    assert not re.search(r"^-", text, re.MULTILINE)
