"""What an operator is told about a database that cannot be used: what is wrong, then what to do."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.storage import errors

_SENTENCES: Mapping[type[errors.DatabaseError], str] = MappingProxyType(
    {
        errors.BadAddress: "OSTINATO_DATABASE_URL cannot be used: {reason}. See .env.example for its form.",
        errors.FolderMissing: "The folder {place} does not exist. Make it, or point OSTINATO_DATABASE_URL elsewhere.",
        errors.NotADatabase: "{place} is not a database. Move it away, or point OSTINATO_DATABASE_URL elsewhere.",
        errors.ForeignDatabase: "{place} belongs to another program. Point OSTINATO_DATABASE_URL elsewhere.",
        errors.TooNew: (
            "{place} was written by a newer version of this bot (schema {found}, this one knows {known}). "
            "Update the bot, or restore an older backup."
        ),
        errors.ReadOnly: "{place} cannot be written to. Give the bot's user the right to write there.",
        errors.DiskFull: "The disk of {place} is full. Make room, then start again.",
        errors.Busy: "Another process keeps {place} locked. Is a second bot running?",
        errors.InUse: "A bot is running on {place}. Stop it first.",
        errors.Damaged: "{place} is damaged ({reason}). Restore a backup.",
        errors.MigrationFailed: (
            "Bringing {place} up to date failed at step {migration} ({reason}). "
            "Nothing was changed; please report it with this line."
        ),
    }
)


def explain(problem: errors.DatabaseError) -> str:
    """One or two sentences for the terminal: what is wrong and what to do. The database was left as it was."""
    sentence = _SENTENCES.get(type(problem), "{place} cannot be opened: {reason}.")
    return sentence.format_map(vars(problem))
