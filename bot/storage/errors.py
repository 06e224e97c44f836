"""What can be wrong with the database, as facts; ``bot.cli`` writes the sentences for whoever runs the bot.

DatabaseError                 ``place`` is the file, or the address without its password
├── BadAddress                OSTINATO_DATABASE_URL itself cannot be used
├── FolderMissing             the folder that the file would be in does not exist
├── NotADatabase              the file holds something else
├── ForeignDatabase           a database, but of another program
├── TooNew                    written by a newer version of this program
├── ReadOnly                  the file, or the folder that its journal needs, cannot be written to
├── DiskFull
├── Busy                      another process kept it locked for too long
├── InUse                     it cannot be replaced while a bot runs on it
├── Damaged                   the database contradicts itself; restore a backup
├── Unreachable               it cannot be opened or read for any other reason
└── MigrationFailed           bringing it up to date failed; nothing was changed
"""


class DatabaseError(Exception):
    """``place`` is the file, or the address without its password; ``reason`` the library's own words, if any."""

    def __init__(self, place: str, reason: str = "") -> None:
        super().__init__(place, reason)
        self.place = place
        self.reason = reason


class BadAddress(DatabaseError):
    pass


class FolderMissing(DatabaseError):
    """``place`` is the folder."""


class NotADatabase(DatabaseError):
    pass


class ForeignDatabase(DatabaseError):
    pass


class TooNew(DatabaseError):
    """The database is at revision ``found``; this program knows revisions up to ``known``."""

    def __init__(self, place: str, found: str, known: str) -> None:
        super().__init__(place, f"revision {found} is newer than {known}")
        self.found = found
        self.known = known


class ReadOnly(DatabaseError):
    """``place`` is what cannot be written to: the file or its folder."""


class DiskFull(DatabaseError):
    pass


class Busy(DatabaseError):
    pass


class InUse(DatabaseError):
    pass


class Damaged(DatabaseError):
    pass


class Unreachable(DatabaseError):
    pass


class MigrationFailed(DatabaseError):
    """The step called ``migration`` (its file's name without ``.py``) failed; the database is as it was before."""

    def __init__(self, place: str, migration: str, reason: str) -> None:
        super().__init__(place, reason)
        self.migration = migration
