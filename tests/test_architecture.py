"""Who may import whom, held by reading every source file's syntax tree; and that importing does nothing else.

The table is the house's floor plan (drawn in ``bot/__init__.py``). The longest matching line speaks for a module.
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ALL_OF_OURS = {"bot", "cogs", "data"}

MAY_IMPORT = {
    "data": set(),
    # The layers: domain decides, storage remembers, ui shows, cogs connect.
    "bot.domain": {"bot.domain", "rapidfuzz", "koroman"},
    "bot.storage": {"bot.domain", "bot.storage", "data", "sqlalchemy", "aiosqlite", "alembic", "pydantic"},
    "bot.ui": {"bot.domain", "bot.ui", "discord", "babel"},
    "bot.ui.errors": {"bot.domain", "bot.ui", "discord", "aiohttp"},
    "bot.ui.pictures": {"bot.domain", "bot.ui", "discord", "PIL"},
    "cogs": {"bot.__version__", "bot.client", "bot.domain", "bot.storage", "bot.ui", "discord"},
    "cogs.daily": {"bot.client", "bot.domain", "bot.pacing", "bot.storage", "bot.ui", "discord", "aiohttp"},
    # What holds them together and starts them.
    "bot": set(),
    "bot.settings": {"dotenv"},
    "bot.logs": set(),
    "bot.explain": {"bot.storage.errors"},
    "bot.metrics": {"prometheus_client"},
    "bot.pacing": {"bot.domain", "aiohttp"},
    "bot.registration": {"bot.storage", "bot.ui", "discord", "aiohttp"},
    "bot.store": {"bot.domain", "bot.storage"},
    "bot.client": {
        *("bot.domain", "bot.metrics", "bot.pacing", "bot.registration", "bot.settings", "bot.storage", "bot.store"),
        *("bot.ui", "discord"),
    },
    "bot.start": {"bot.beside", "bot.client", "bot.settings", "bot.store", "discord", "aiohttp"},
    # What goes on beside the bot.
    "bot.beside": {
        "bot.__version__",
        "bot.client",
        "bot.health",
        "bot.housekeeping",
        "bot.metrics",
        "bot.settings",
        "bot.store",
        "bot.systemd",
    },
    "bot.health": {"bot.client", "bot.metrics", "bot.storage", "aiohttp"},
    "bot.housekeeping": {"bot.domain", "bot.settings", "bot.storage"},
    "bot.systemd": set(),
    "bot.doctor": {
        *("bot.client", "bot.doctor", "bot.domain", "bot.explain", "bot.registration", "bot.settings", "bot.start"),
        *("bot.storage", "discord", "aiohttp"),
    },
    "bot.preview": {*ALL_OF_OURS, "discord", "simcord", "PIL"},
    "bot.cli": {"bot.commands", "bot.explain", "bot.logs", "bot.settings", "bot.start", "bot.storage"},
    "bot.commands": {"bot", "data", "typer"},
    "bot.__main__": {"bot.cli"},
}

# The pure layer may not use all of the standard library either: nothing in it waits, or looks at the world or a clock.
IMPURE = (
    *("asyncio", "concurrent", "logging", "multiprocessing", "os", "pathlib", "secrets", "shutil", "socket"),
    *("sqlite3", "subprocess", "sys", "tempfile", "threading", "time", "urllib.request"),
)
CLOCKS_AND_DICE = ("now", "utcnow", "today", "SystemRandom", "open", "print", "input", "urandom")

SOURCES = sorted(path for folder in ALL_OF_OURS for path in (ROOT / folder).rglob("*.py"))


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(path): path for path in SOURCES}


def within(name: str, room: str) -> bool:
    return name == room or name.startswith(room + ".")


def imports(module: str, path: Path) -> Iterator[str]:
    """Every module that is imported anywhere in the file, late imports and type-checking ones too."""
    package = module if path.name == "__init__.py" else module.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) + 1 - node.level] if node.level else []
            origin = ".".join([*base, *([node.module] if node.module else [])])
            for alias in node.names:
                deeper = f"{origin}.{alias.name}"
                yield deeper if deeper in MODULES or origin == "bot" else origin


def allowed(module: str, imported: str) -> bool:
    if imported.partition(".")[0] in sys.stdlib_module_names:
        return True
    if module.startswith("cogs.") and within(imported, ".".join(module.split(".")[:2])):
        return True  # the parts of a cog that has become a package
    room = max((room for room in MAY_IMPORT if within(module, room)), key=len)
    return any(within(imported, permitted) for permitted in MAY_IMPORT[room])


def breaches() -> Iterator[str]:
    for module, path in MODULES.items():
        for imported in imports(module, path):
            if not allowed(module, imported):
                yield f"{module} imports {imported}"


def test_every_module_imports_only_what_its_room_may():
    assert list(breaches()) == []


def test_every_line_of_the_table_is_about_a_room_that_exists():
    assert [room for room in MAY_IMPORT if not any(within(module, room) for module in MODULES)] == []


def test_every_room_of_the_bot_has_a_line_of_its_own():
    assert {".".join(module.split(".")[:2]) for module in MODULES if within(module, "bot")} - set(MAY_IMPORT) == set()


def test_no_cog_imports_another():
    cogs = {module for module in MODULES if module.startswith("cogs.")}
    between = [
        f"{module} imports {imported}"
        for module in cogs
        for imported in imports(module, MODULES[module])
        if within(imported, "cogs") and imported.split(".")[1] != module.split(".")[1]
    ]
    assert between == []


def test_the_bot_names_its_cogs_only_as_strings_and_each_exists():
    from bot.client import COGS

    assert [name for name in COGS if name not in MODULES] == []
    own_files = {module for module in MODULES if module.count(".") == 1 and module.startswith("cogs.")}
    assert {module for module in own_files if not module.split(".")[1].startswith("_")} == set(COGS)


@pytest.mark.parametrize("module", [module for module in MODULES if within(module, "bot.domain")])
def test_the_domain_touches_neither_world_nor_clock_nor_dice(module):
    found = [name for name in imports(module, MODULES[module]) if any(within(name, impure) for impure in IMPURE)]
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found += [f"{name}() at line {node.lineno}"] if name in CLOCKS_AND_DICE else []
        elif isinstance(node, ast.AsyncFunctionDef | ast.Await):
            found.append(f"async at line {node.lineno}")
    assert found == []


def test_only_settings_read_the_environment():
    readers = {
        module
        for module, path in MODULES.items()
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in ("environ", "getenv", "environb", "putenv")
    }
    assert readers == {"bot.settings"}


# Runs in a process of its own: imports everything under an audit hook and prints what our own modules did meanwhile.
_WATCHED_IMPORT = """
import importlib, sys, threading
ours, modules, seen = tuple(sys.argv[1:4]), sys.argv[4:], []

def who():
    frame = sys._getframe(2)
    while frame and not frame.f_code.co_filename.startswith("<frozen importlib"):
        name = frame.f_code.co_filename
        if name.startswith(ours) and frame.f_code.co_name == "<module>":
            return name
        frame = frame.f_back

def hook(event, args):
    watched = event == "open" or event.startswith(("socket.", "sqlite3.", "subprocess.", "os.", "shutil.", "tempfile."))
    if watched and (name := who()):
        seen.append(f"{name}: {event} {args[:1]}")

import pydantic
pydantic.create_model("First")  # the first model of a process makes pydantic look for its plugins, in files
sys.addaudithook(hook)
for module in modules:
    importlib.import_module(module)
seen += [f"thread {thread.name}" for thread in threading.enumerate()[1:]]
print("\\n".join(seen))
"""


def test_importing_any_module_opens_nothing_connects_nowhere_and_starts_nothing():
    modules = [module for module in MODULES if module not in ("bot.__main__", "bot.storage.migrations.env")]
    modules = [module for module in modules if not within(module, "bot.storage.migrations.versions")]
    done = subprocess.run(
        [sys.executable, "-c", _WATCHED_IMPORT, *(str(ROOT / folder) for folder in ALL_OF_OURS), *modules],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.split("\n") == ["", ""]


def test_a_running_bot_does_not_carry_what_only_some_starts_need():
    late = ("alembic", "pydantic", "typer", "PIL", "simcord", "prometheus_client", "aiohttp.web")
    cogs = [module for module in MODULES if within(module, "cogs")]
    script = "import importlib, sys; [importlib.import_module(name) for name in sys.argv[1:]]; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script, "bot.cli", "bot.start", *cogs],
        cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert [name for name in late if name in done.stdout.split()] == []
