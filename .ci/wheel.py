"""Build the wheel from a clean checkout, install it in an environment of its own, and use it far from the checkout.

``python .ci/wheel.py``; needs git and a package registry. Ends with one line, or with what is missing.
"""

import json
import os
import subprocess
import sys
import tempfile
import venv
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SHIPPED = ("bot", "cogs", "data")

# What a start does with the files beside the code: migrate a new database, import the catalog, speak Korean.
USE_WHAT_SHIPS = """
import asyncio, bot, cogs, data
from bot.client import Store
from bot.ui.i18n import language

async def main():
    store = await Store.open("sqlite+aiosqlite:///fresh.db")
    await store.database.close()
    assert store.catalog.songs, "the catalog is empty"

asyncio.run(main())
assert language("ko")("Commands") != "Commands", "the Korean sentences are missing"
print(*(module.__file__ for module in (bot, cogs, data)), sep="\\n")
"""


def call(*command: str | Path, cwd: Path) -> str:
    """Run a program and return what it printed; end here if it fails."""
    own = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "VIRTUAL_ENV")}
    done = subprocess.run(command, cwd=cwd, env=own, stdout=subprocess.PIPE, text=True, encoding="utf-8", check=False)  # noqa: S603 - our own
    if done.returncode != 0:
        sys.exit(f"{done.stdout}\nfailed: {' '.join(map(str, command))}")
    return done.stdout


def build(folder: Path) -> Path:
    """The wheel of the last commit, made from a fresh clone that nothing else has touched."""
    checkout = folder / "checkout"
    call("git", "clone", "--quiet", "--no-hardlinks", ROOT, checkout, cwd=folder)
    call(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, checkout, cwd=folder)
    (wheel,) = folder.glob("ostinato-*.whl")
    tracked = set(call("git", "ls-files", *SHIPPED, cwd=checkout).splitlines())
    packed = {
        name for name in zipfile.ZipFile(wheel).namelist() if name.startswith(tuple(f"{top}/" for top in SHIPPED))
    }
    if tracked != packed:
        sys.exit(f"not in the wheel: {sorted(tracked - packed)}; only in the wheel: {sorted(packed - tracked)}")
    return wheel


def install(wheel: Path, folder: Path) -> Path:
    """A new environment with the wheel and the locked versions of what it needs; returns the folder of its programs."""
    venv.create(folder / "venv", with_pip=True)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    pip = (programs / "python", "-m", "pip")
    call(*pip, "install", "--quiet", "--requirement", ROOT / "requirements" / "bot.txt", cwd=folder)
    call(*pip, "install", "--quiet", "--no-deps", wheel, cwd=folder)
    call(*pip, "check", cwd=folder)
    return programs


def use(programs: Path, folder: Path) -> int:
    """Search and start with what was installed; returns how many hits the search had."""
    elsewhere = folder / "elsewhere"
    elsewhere.mkdir()
    for program in ([programs / "python", "-m", "bot"], [programs / "ostinato"]):
        hits = json.loads(call(*program, "search", "goblin", "--json", cwd=elsewhere))
        if not any(hit["key"] == "goblin" for hit in hits):
            sys.exit(f"searching for goblin found {hits}")
    call(programs / "ostinato", "catalog", "check", cwd=elsewhere)
    places = call(programs / "python", "-c", USE_WHAT_SHIPS, cwd=elsewhere).splitlines()
    if not all(Path(place).is_relative_to(folder / "venv") for place in places):
        sys.exit(f"that was not the installed bot: {places}")
    return len(hits)


def main() -> None:
    """Everything, in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        wheel = build(folder)
        hits = use(install(wheel, folder), folder)
        print(f"The wheel works: {wheel.name}, {wheel.stat().st_size // 1024} KiB, {hits} hits for goblin")  # noqa: T201 - its report


if __name__ == "__main__":
    main()
