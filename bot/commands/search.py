"""``python -m bot search``: the same search as ``/ost``, from the catalog's text, without a database."""

import json
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from bot.domain.catalog import Artist, Catalog, Drama, Song
from bot.domain.search import Hit, SearchIndex

from .common import catalog_or_exit

EXIT_NOTHING_FOUND = 1


def search(
    query: Annotated[list[str], typer.Argument(help="What to look for; - reads one query a line.")],
    limit: Annotated[int, typer.Option(min=1, max=100, help="How many hits at most.")] = 10,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON array, best first.")] = False,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each hit is where it is.")] = False,
) -> None:
    catalog = catalog_or_exit()
    index = SearchIndex(catalog)
    if query == ["-"]:
        for line in typer.get_text_stream("stdin", errors="replace"):
            rows = [row(catalog, hit) for hit in index.find(line.rstrip("\n"), limit)]
            typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    text = " ".join(query)
    hits = index.find(text, limit)
    if as_json:
        typer.echo(json.dumps([row(catalog, hit) for hit in hits], ensure_ascii=False, indent=2))
        return
    for line in lines(catalog, index, text, hits, explain=explain):
        typer.echo(line)
    if not hits:
        raise typer.Exit(EXIT_NOTHING_FOUND)


def row(catalog: Catalog, hit: Hit) -> dict[str, Any]:
    """A hit as ``--json`` prints it; what does not apply to its kind is null."""
    entity = catalog.find(hit.kind, hit.key)
    fields: dict[str, Any] = dict.fromkeys(("title", "title_ko", "artist", "drama", "drama_ko"))
    match entity:
        case Song():
            drama = catalog.drama_of(entity)
            artist = " & ".join(one.name for one in catalog.artists_of(entity))
            fields |= {"title": entity.title, "title_ko": entity.title_ko, "artist": artist}
            fields |= {"drama": drama.title, "drama_ko": drama.title_ko}
        case Drama():
            fields |= {"title": entity.title, "title_ko": entity.title_ko}
            fields |= {"drama": entity.title, "drama_ko": entity.title_ko}
        case Artist():
            fields |= {"title": entity.name, "title_ko": entity.name_ko, "artist": entity.name}
    return {"kind": hit.kind.value, "key": hit.key, **fields, "score": round(hit.score, 2)}


def lines(catalog: Catalog, index: SearchIndex, text: str, hits: list[Hit], *, explain: bool) -> Iterator[str]:
    """Hits for a reader; where there are none, what may have been meant."""
    if not hits:
        near = index.nearest(text)
        yield "Nothing found." + (" Did you mean:" if near else "")
        hits = near
    for hit in hits:
        found = row(catalog, hit)
        names = [found["title"], found["title_ko"]] + (
            [found["artist"], found["drama"]] if found["kind"] == "song" else []
        )
        shown = " · ".join(dict.fromkeys(name for name in names if name))
        yield f"{hit.score:5.1f}  {found['kind']:<6}  {shown}  ({hit.key})"
        if explain:
            yield from (f"       {reason}" for reason in index.explain(text, hit))
