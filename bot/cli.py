"""The command line: ``python -m bot [run|preview|search|…]``. It reads, calls, prints; the rest is elsewhere."""

import asyncio
import gc
import sys
from typing import NoReturn

from bot import logs
from bot.settings import Settings, SettingsError, load_settings

EXIT_SETUP = 2
EXIT_INTERRUPTED = 130  # as shells say it: Ctrl-C before there was anything to end in order


def main() -> None:
    """Without arguments, or with ``run``: the bot. Anything else goes to the command-line library, imported late."""
    try:
        if sys.argv[1:] in ([], ["run"]):
            run()
        from bot.commands import app  # noqa: PLC0415 - its library costs memory that a running bot need not carry

        app(prog_name="python -m bot")
    except KeyboardInterrupt:
        sys.exit(EXIT_INTERRUPTED)
    except Exception as error:
        if sentence := _explained(error):
            fail(sentence, EXIT_SETUP)
        raise


def _explained(error: Exception) -> str | None:
    """What to do about a database or a catalog that cannot be used; None for any other error."""
    from bot.explain import explain  # noqa: PLC0415 - only when something is wrong
    from bot.storage.catalog_text import CatalogTextError  # noqa: PLC0415 - likewise
    from bot.storage.errors import DatabaseError  # noqa: PLC0415 - likewise

    if isinstance(error, DatabaseError):
        return explain(error)
    return "\n".join(error.problems) if isinstance(error, CatalogTextError) else None


def settings_or_exit() -> Settings:
    """The settings; where some are wrong, every one of them is named and the process ends."""
    try:
        return load_settings()
    except SettingsError as error:
        fail("These settings are wrong:\n" + "\n".join(f"  {problem}" for problem in error.problems), EXIT_SETUP)


def fail(sentence: str, exit_code: int) -> NoReturn:
    """End with one sentence on standard error."""
    print(sentence, file=sys.stderr)  # noqa: T201 - this is what a command line is for
    sys.exit(exit_code)


def run() -> NoReturn:
    """Run the bot on Discord; ends with its exit code."""
    settings = settings_or_exit()
    token = settings.discord_token.get_secret_value() if settings.discord_token else None
    try:
        logs.configure(settings.log_level, settings.log_format, token, settings.log_file)
    except OSError as error:
        fail(f"OSTINATO_LOG_FILE cannot be written: {error.strerror}.", EXIT_SETUP)
    gc.disable()  # nothing that a start makes is garbage, and looking for some takes 0.3 s; `start` enables it
    from bot import start  # noqa: PLC0415 - wrong settings are told without waiting for Discord's library

    try:
        sys.exit(asyncio.run(start.run(settings)))
    except start.CannotStart as problem:
        fail(problem.sentence, problem.exit_code)
