"""An eye on the database, from outside the bot: what admins have decided, and what is another member's."""

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

_OF_A_PICK = "SELECT {} FROM {} WHERE schedule_id = (SELECT id FROM daily_schedule WHERE guild_id = ?)"
_TAKEN_OFF = "points taken off"
_OF_A_SERVER: Mapping[str, str] = MappingProxyType(
    {
        "language": "SELECT * FROM guild WHERE guild_id = ?",
        "daily pick": "SELECT * FROM daily_schedule WHERE guild_id = ?",
        "queue": _OF_A_PICK.format("song_key", "daily_wish"),
        "exclusions": _OF_A_PICK.format("song_key", "daily_exclusion"),
        "posts": _OF_A_PICK.format("local_date, state", "daily_post"),
        "trivia": "SELECT * FROM trivia_rules WHERE guild_id = ?",
        _TAKEN_OFF: (
            "SELECT count(*) AS points FROM trivia_score JOIN trivia_game ON trivia_game.id = game_id"
            " WHERE trivia_score.guild_id IS NULL AND trivia_game.guild_id = ?"
        ),
    }
)
_Decided = dict[str, list[dict[str, Any]]]
_OF_A_MEMBER = ("SELECT * FROM saved_song WHERE member_id = ?", "SELECT * FROM correction WHERE member_id = ?")


class Watch:
    """``guild_ids`` are the servers whose decisions are watched, ``member_id`` is whose rows nobody may change."""

    def __init__(self, file: Path, guild_ids: tuple[int, ...], member_id: int) -> None:
        self._reader = sqlite3.connect(file)
        self._guild_ids, self._member_id = guild_ids, member_id
        self._version = -1
        self.look()

    def close(self) -> None:
        self._reader.close()

    def look(self) -> None:
        """What there is from now on is as it should be."""
        self._decided = [self.decided_in(guild_id) for guild_id in self._guild_ids]
        self._theirs = self._rows_of_member()

    def damage(self, *, by_admin: bool) -> Iterator[str]:
        """What was changed since the last look though it should not have been."""
        ((version,),) = self._reader.execute("PRAGMA data_version").fetchall()
        if version == self._version:
            return
        self._version = version
        decided, theirs = self._decided, self._theirs
        self.look()
        if not by_admin and any(map(_is_otherwise, decided, self._decided)):
            yield f"somebody without the permission changed what admins decide: {decided} → {self._decided}"
        if self._theirs != theirs:
            yield f"another member's rows changed: {theirs} → {self._theirs}"

    def decided_in(self, guild_id: int) -> _Decided:
        """What a server's admins have decided, and how many points they took off its board."""
        return {name: self.rows(query, guild_id) for name, query in _OF_A_SERVER.items()}

    def rows(self, query: str, *values: object) -> list[dict[str, Any]]:
        """What is stored, column by column."""
        found = self._reader.execute(query, values)
        names = [column[0] for column in found.description]
        # Who set a pick up may have their own data deleted, and no more than that is then gone.
        return [{name: cell for name, cell in zip(names, row, strict=True) if name != "set_up_by"} for row in found]

    def _rows_of_member(self) -> list[Any]:
        return [self._reader.execute(query, (self._member_id,)).fetchall() for query in _OF_A_MEMBER]


def _is_otherwise(before: _Decided, after: _Decided) -> bool:
    """Points taken off may become fewer: unseen, they are deleted with all else of whoever asks for that."""
    fewer = after[_TAKEN_OFF][0]["points"] < before[_TAKEN_OFF][0]["points"]
    return after != (before | {_TAKEN_OFF: after[_TAKEN_OFF]} if fewer else before)
