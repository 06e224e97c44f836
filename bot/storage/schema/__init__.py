"""Every table; what must always hold is a constraint, not a hope.

Tables are named as in the database. A row of the catalog turns into an object by itself (see ``_catalog``).
"""

from ._base import OnForget, metadata
from ._catalog import ambiguous_name, artist, award, drama, edition, outcome, song, song_artist
from ._daily import daily_exclusion, daily_post, daily_schedule, daily_wish
from ._members import correction, guild, lease, left_guild, member, saved_song, state
from ._trivia import (
    trivia_answer,
    trivia_daily,
    trivia_daily_answer,
    trivia_game,
    trivia_round,
    trivia_rules,
    trivia_runner,
    trivia_score,
)

__all__ = [
    "OnForget",
    "ambiguous_name",
    "artist",
    "award",
    "correction",
    "daily_exclusion",
    "daily_post",
    "daily_schedule",
    "daily_wish",
    "drama",
    "edition",
    "guild",
    "lease",
    "left_guild",
    "member",
    "metadata",
    "outcome",
    "saved_song",
    "song",
    "song_artist",
    "state",
    "trivia_answer",
    "trivia_daily",
    "trivia_daily_answer",
    "trivia_game",
    "trivia_round",
    "trivia_rules",
    "trivia_runner",
    "trivia_score",
]
