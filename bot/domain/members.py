"""What members leave with the bot."""

from dataclasses import KW_ONLY, dataclass, field
from datetime import datetime, timedelta

GUILD_KEPT = timedelta(days=30)  # so long after the bot has left a server, what is kept of it
DOUBTS_FROM = 3  # so many members' open reports take a song out of the questions


@dataclass(frozen=True, slots=True)
class SavedSong:
    """A song that a member marked with ♥. The catalog may have dropped it since."""

    song_key: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A member's report that a song's facts are wrong; ``source`` is the page that shows it, as typed."""

    song_key: str
    member_id: int
    text: str
    sent_at: datetime
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Report(Correction):
    """A correction under its number; ``closed_at`` is when somebody had looked at it."""

    _: KW_ONLY
    id: int
    closed_at: datetime | None = None


@dataclass(slots=True)
class Languages:
    """The languages that members and servers chose, by id; whoever chose none is not in here."""

    members: dict[int, str] = field(default_factory=dict)
    guilds: dict[int, str] = field(default_factory=dict)

    def choose_for_member(self, member_id: int, language: str | None) -> None:
        """Remember the choice; None forgets it."""
        _choose(self.members, member_id, language)

    def choose_for_guild(self, guild_id: int, language: str | None) -> None:
        """Remember the choice; None forgets it."""
        _choose(self.guilds, guild_id, language)


def _choose(choices: dict[int, str], chooser_id: int, language: str | None) -> None:
    if language is None:
        choices.pop(chooser_id, None)
    else:
        choices[chooser_id] = language
