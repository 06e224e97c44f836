"""``python -m bot doctor``: whether everything is in order, line by line, with what to do where it is not.

It changes nothing: the database is read without being opened for writing, Discord is only asked, no cog is started.
``_here`` looks at this machine, ``_there`` asks Discord.
"""

from bot.settings import SettingsError, load_settings

from ._findings import Finding, Level, error, ok
from ._here import look_here
from ._there import look_there

__all__ = ["Finding", "Level", "examine"]


async def examine() -> list[Finding]:
    """Everything there is to say, in the order in which it is best mended."""
    try:
        settings = load_settings()
    except SettingsError as wrong:
        return [error("settings", problem, "Correct it in .env or the environment.") for problem in wrong.problems]
    return [ok("settings", "All can be read."), *look_here(settings), *await look_there(settings)]
