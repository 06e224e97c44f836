"""The usual ways to search a few thousand names, to compare with."""

import sqlite3
from collections.abc import Callable

from rapidfuzz import fuzz, process, utils

from bot.domain.catalog import Catalog

Search = Callable[[str], list[str]]
"""From a text to ``kind:key``, best first, at most ten."""

_LIMIT = 10
_LEAST_WRATIO = 86.0


def all_names(catalog: Catalog) -> list[tuple[str, str]]:
    """(name, ``kind:key``) of everything that can be found."""
    names = []
    for drama in catalog.dramas.values():
        names += [(name, f"drama:{drama.key}") for name in (drama.title, drama.title_ko, *drama.aliases)]
    for song in catalog.songs.values():
        names += [(name, f"song:{song.key}") for name in (song.title, song.title_ko, *song.aliases) if name]
    for artist in catalog.artists.values():
        names += [(name, f"artist:{artist.key}") for name in (artist.name, artist.name_ko, *artist.aliases)]
    return names


def sql_like(names: list[tuple[str, str]]) -> Search:
    """``LIKE '%text%'``, the shortest name first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE name (text TEXT, target TEXT)")
    database.executemany("INSERT INTO name VALUES (?, ?)", names)

    def search(text: str) -> list[str]:
        rows = database.execute(
            "SELECT target FROM name WHERE text LIKE '%' || ? || '%' ORDER BY length(text) LIMIT 40", (text,)
        )
        return list(dict.fromkeys(target for (target,) in rows))[:_LIMIT]

    return search


def fts5_trigram(names: list[tuple[str, str]]) -> Search:
    """SQLite's full-text index over trigrams, best rank first."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE name USING fts5(text, target UNINDEXED, tokenize='trigram')")
    database.executemany("INSERT INTO name VALUES (?, ?)", names)

    def search(text: str) -> list[str]:
        words = " OR ".join('"' + word.replace('"', '""') + '"' for word in text.replace("\0", "").split())
        if not words:
            return []
        rows = database.execute("SELECT target FROM name WHERE name MATCH ? ORDER BY rank LIMIT 40", (words,))
        return list(dict.fromkeys(target for (target,) in rows))[:_LIMIT]

    return search


def rapidfuzz_wratio(names: list[tuple[str, str]]) -> Search:
    """``WRatio`` with every name."""
    texts = [utils.default_process(name) for name, _ in names]

    def search(text: str) -> list[str]:
        processed = utils.default_process(text)
        found = process.extract(processed, texts, scorer=fuzz.WRatio, score_cutoff=_LEAST_WRATIO, limit=40)
        return list(dict.fromkeys(names[index][1] for _, _, index in found))[:_LIMIT]

    return search
