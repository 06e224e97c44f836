"""Which text the catalog consists of, and a hash that changes with it."""

import hashlib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

_FILES = ("ambiguous.toml", "artists.toml", "awards.toml", "known_dramas.csv")


def catalog_files(folder: Traversable | None = None) -> Iterator[tuple[str, bytes]]:
    """(name relative to ``folder``, content) of every catalog file, sorted; by default of the shipped ``data``."""
    root = folder or files("data")
    for name in _FILES:
        if (entry := root / name).is_file():
            yield name, entry.read_bytes()
    dramas = (entry for entry in (root / "dramas").iterdir() if entry.name.endswith(".toml"))
    for entry in sorted(dramas, key=lambda entry: entry.name):
        yield f"dramas/{entry.name}", entry.read_bytes()


def catalog_version(folder: Traversable | None = None) -> str:
    """A SHA-256 in hex over names and contents: equal exactly when the catalog's text is equal."""
    digest = hashlib.sha256()
    for name, content in catalog_files(folder):
        digest.update(f"{name}\0{len(content)}\0".encode())
        digest.update(content)
    return digest.hexdigest()
