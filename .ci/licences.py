"""List the licence of everything that is locked: ``python .ci/licences.py`` in the development environment.

Packages that this system does not install (for Windows, say) keep the line they have; write a new one by hand.
"""

import re
from importlib import metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LIST = ROOT / "requirements" / "LICENCES.md"
LOCKS = ("bot", "preview", "dev")
HEAD = """# Licences

Of everything in the lock files beside this one, as each package states it. Made by `.ci/licences.py`; a test holds it.

| Package | Needed for | Licence |
|---|---|---|
"""


def locked() -> dict[str, str]:
    """Each package, with the smallest lock file that has it."""
    found: dict[str, str] = {}
    for lock in LOCKS:
        text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
        for name in re.findall(r"^([\w.-]+)==", text, re.MULTILINE):
            found.setdefault(name, lock)
    return dict(sorted(found.items()))


def stated(name: str) -> str | None:
    """The licence in the installed package's own metadata, in few words; None if it is not installed."""
    try:
        about = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or () if "License ::" in line]
    # Not by [...]: from Python 3.12 on that warns of what a package does not state.
    expression, free_text = about.get("License-Expression"), about.get("License")
    licence = expression or " / ".join(sorted(set(classifiers))) or free_text or "not stated"
    return str(licence).strip().splitlines()[0][:80].replace("|", "/")


def listed() -> dict[str, str]:
    """The licence of each package in the list as it is."""
    if not LIST.is_file():
        return {}
    rows = re.findall(r"^\| ([\w.-]+) \| \w+ \| (.+) \|$", LIST.read_text("utf-8"), re.MULTILINE)
    return {name: licence for name, licence in rows if name != "Package"}


def table() -> str:
    """The whole list as it should be."""
    before = listed()
    rows = [(name, lock, stated(name) or before.get(name, "to be written")) for name, lock in locked().items()]
    return HEAD + "".join(f"| {name} | {lock} | {licence} |\n" for name, lock, licence in rows)


if __name__ == "__main__":
    LIST.write_text(table(), "utf-8")
