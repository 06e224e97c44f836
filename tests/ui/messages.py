"""Every sentence in the code, read from its syntax tree: what the ``.po`` files must translate.

``python -m tests.ui.messages`` brings the ``.po`` files up to date: new sentences come in empty, unused ones go.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "bot" / "ui" / "locales"
Message = str | tuple[str, str]


def messages() -> Iterator[Message]:
    """Each msgid, or (one, many) pair, that `say`, `say.plural` or a command's `_` is called with."""
    for folder in ("bot", "cogs"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Call):
                    yield from _of_call(node, path)


def _of_call(call: ast.Call, path: Path) -> Iterator[Message]:
    function = call.func
    if isinstance(function, ast.Name) and function.id in ("say", "_"):
        yield _literal(call.args[0], path)
    elif isinstance(function, ast.Attribute) and function.attr == "plural":
        yield _literal(call.args[0], path), _literal(call.args[1], path)


def _literal(node: ast.expr, path: Path) -> str:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        raise TypeError(f"{path.name}:{node.lineno}: a sentence must be a literal, or no translator will ever see it")
    return node.value


def update(path: Path) -> None:
    with path.open("rb") as file:
        translations = read_po(file, locale=path.stem)
    template = Catalog()
    for message in messages():
        template.add(message)
    translations.update(template, no_fuzzy_matching=True)
    translations.obsolete.clear()
    with path.open("wb") as file:
        write_po(file, translations, width=100, omit_header=True)


if __name__ == "__main__":
    for po_file in sorted(LOCALES.glob("*.po")):
        update(po_file)
