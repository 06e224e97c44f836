"""What was asked lately in each place where games go on, read once for a game and kept up to date by what is chosen."""

from collections import deque
from sys import intern

from bot.domain.trivia.game import Game
from bot.storage.database import Database
from bot.storage.trivia import records


class Seen:
    """A place is a server, or a channel of direct messages. All games of a place share what was asked there."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._keys: dict[int, deque[str]] = {}
        self._places: dict[int, int] = {}  # of the games that go on

    async def before(self, game: Game) -> list[str]:
        """Keys of the questions asked lately where the game goes on, oldest first.

        They are read anew for each game that this process has not met: another process may have asked them.
        """
        place_id = game.guild_id or game.channel_id
        if game.id not in self._places:
            keys = await records.seen_lately(self._database, place_id)
            # Of one question, all servers keep the same text.
            self._keys[place_id] = deque(map(intern, keys), records.RECENT_MOST)
            self._places[game.id] = place_id
        return list(self._keys[place_id])

    def add(self, game: Game, key: str) -> None:
        """The game asks this question next."""
        if place_id := self._places.get(game.id):
            self._keys[place_id].append(intern(key))

    def forget(self, game_id: int) -> None:
        """The game is over, or another process runs it; with its place's last game goes what was asked there."""
        place_id = self._places.pop(game_id, None)
        if place_id is not None and place_id not in self._places.values():
            del self._keys[place_id]
