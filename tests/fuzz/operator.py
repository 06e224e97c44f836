"""What an operator gives the bot: settings from the environment and ``.env``, and words on the command line."""

import contextlib
import io
import os
import sys
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest import mock

from hypothesis import strategies as st

from bot import cli
from bot.domain.catalog import Catalog
from bot.domain.search import SearchIndex
from bot.settings import SettingsError, load_settings, settings_of
from tests.fuzz.texts import texts

KEYS = tuple(str(one.metadata["key"]) for one in settings_of())
DEPTH = 12  # folders between the files that may be written and whatever must not be
EXIT_CODES = (0, 1, 2)
_PLAUSIBLE = (
    "true",
    "off",
    "0",
    "1",
    "45",
    "8080",
    "0,1",
    "json",
    "INFO",
    "backups",
    "bot.log",
    "nan",
    "inf",
    "-0",
    "1e2",
)


@dataclass(frozen=True)
class Words:
    """A call of ``python -m bot``, and the settings around it."""

    arguments: tuple[str, ...]
    settings: Mapping[str, str] = field(default_factory=dict)


def settings_texts() -> st.SearchStrategy[dict[str, str]]:
    """Any settings as the environment can hold them."""
    return st.dictionaries(st.sampled_from(KEYS), st.sampled_from(_PLAUSIBLE) | texts(400), min_size=1, max_size=6)


def setting_problems(given: Mapping[str, str], folder: Path) -> Iterator[str]:
    """What is wrong with how settings are taken or refused, out of ``.env`` and out of the environment."""
    file = folder / ".env"
    file.write_text("\n".join(f"{key}={value}" for key, value in given.items()), "utf-8")
    yield from _taken(file, {})
    yield from _taken(folder / "none.env", {key: value.replace("\0", "") for key, value in given.items()})


def _taken(file: Path, environment: Mapping[str, str]) -> Iterator[str]:
    with mock.patch.dict(os.environ, environment, clear=True):
        try:
            taken = load_settings(file)
            if "\0" in str(taken.log_file) + str(taken.backup_folder) + taken.database_url:
                yield "takes for a path what no system can open"
        except SettingsError as refused:
            for problem in refused.problems:
                if not problem.startswith((*KEYS, str(file))):
                    yield f"names no setting: {problem}"
                if "evil" in problem or len(problem) > 200:
                    yield f"repeats what was set: {problem}"


def words() -> st.SearchStrategy[Words]:
    """Any command but those that run until they are stopped, with any words after it."""
    word = st.one_of(
        texts(200),
        st.sampled_from(["-", "--", "--all", "--json", "--to", "--format", "csv", "json", "--limit", "3", "1"]),
    )
    more = st.lists(word.map(_within), max_size=4).map(tuple)
    chosen = st.sampled_from(_COMMANDS)
    address = st.sampled_from(["sqlite+aiosqlite:///bot.db", "sqlite:///other.db"]) | texts(200).map(_within)
    call = st.builds(lambda command, rest: (*command, *rest), chosen, more)
    looking = st.builds(Words, st.sampled_from(_LOOKING), address.map(lambda url: {"OSTINATO_DATABASE_URL": url}))
    return st.one_of(call.map(Words), call.map(Words), more.map(Words), looking)


_COMMANDS = (
    ("search",), ("search", "goblin"), ("catalog", "export"), ("catalog", "export", "--to"), ("catalog",),
    ("corrections", "list"), ("corrections", "export"), ("corrections", "export", "--to"), ("corrections", "close"),
    ("backup",), ("restore",),
)  # fmt: skip
_LOOKING = (("corrections", "list"), ("corrections", "export"))
_ENDLESS = {"run", "preview", "doctor"}


def _within(text: str) -> str:
    """The same trouble, but inside the folder: these tests may run with every right on the machine."""
    text = text.replace("\0", "").replace("/etc", "etc").replace("///", "//").lstrip("/~")
    return "evil" if text.count("..") >= DEPTH or text.strip() in _ENDLESS else text


class Terminal:
    """Calls the program as a shell would, in a folder deep down, with the catalog that is read already."""

    def __init__(self, folder: Path, catalog: Catalog, index: SearchIndex) -> None:
        self.folder = folder.joinpath(*"abcdefghijkl")
        self.folder.mkdir(parents=True)
        self._known: dict[str, Any] = {
            "bot.commands.common.read_catalog": lambda: catalog,
            "bot.commands.search.SearchIndex": lambda _: index,
            "bot.commands.catalog.SearchIndex": lambda _: index,
        }

    def problems(self, words: Words) -> Iterator[str]:
        """What is wrong with how a call ends."""
        code, shown = self._call(words)
        if code not in EXIT_CODES:
            yield f"ends with {code!r}: {shown[-1500:]}"
        if "Traceback (most recent call last)" in shown:
            yield f"shows a traceback: {shown[-1500:]}"
        if code and not shown.strip():
            yield f"fails with {code} without a word"

    def _call(self, words: Words) -> tuple[object, str]:
        shown = io.StringIO()
        with contextlib.ExitStack() as around:
            for name, value in self._known.items():
                around.enter_context(mock.patch(name, value))
            around.enter_context(mock.patch.dict(os.environ, words.settings))
            around.enter_context(mock.patch.object(sys, "argv", ["bot", *words.arguments]))
            around.enter_context(mock.patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"goblin\n\xff\n"))))
            around.enter_context(contextlib.chdir(self.folder))
            around.enter_context(contextlib.redirect_stdout(shown))
            around.enter_context(contextlib.redirect_stderr(shown))
            if not words.arguments:
                return 0, ""
            try:
                cli.main()
            except SystemExit as end:
                return end.code or 0, shown.getvalue()
            except Exception:  # noqa: BLE001 - whatever gets out is what is looked for
                return "an exception", traceback.format_exc()
        return 0, shown.getvalue()
