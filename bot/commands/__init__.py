"""The commands of ``python -m bot`` besides running it."""

from importlib.util import find_spec
from typing import Annotated

import typer

from bot.cli import EXIT_SETUP, fail, run

from . import catalog, corrections
from .backup import backup, restore
from .doctor import doctor
from .search import search

PREVIEW_MODULES = ("simcord", "av", "linkify_it", "markdown_it", "PIL", "regex")

app = typer.Typer(
    help="Ostinato: the award-winning soundtracks of Korean dramas, on Discord.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.command("run", help="Run the bot on Discord (also without any argument).")(run)
app.command("search", help="Search the catalog as /ost does; no database needed.")(search)
app.command("doctor", help="Look whether everything is in order; changes nothing.")(doctor)
app.command("backup", help="Copy the database, also while the bot runs.")(backup)
app.command("restore", help="Make a backup the database again; the bot must be stopped.")(restore)
app.add_typer(catalog.app, name="catalog")
app.add_typer(corrections.app, name="corrections")


@app.command("preview", help="Try the bot in your browser, without a token.")
def preview(
    *,
    browser: Annotated[bool, typer.Option(help="Open the page in a browser.")] = True,
    database: Annotated[str, typer.Option(help="The preview's own database file.")] = "preview.db",
) -> None:
    if not all(find_spec(module) for module in PREVIEW_MODULES):
        fail("The preview is an extra. Install it with: pip install 'ostinato[preview]'", EXIT_SETUP)
    from bot.preview import run_preview  # noqa: PLC0415 - an optional extra

    run_preview(database, browser=browser)
