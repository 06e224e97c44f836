"""What can go wrong in a game, as facts. ``bot.ui.errors`` writes the sentences.

UserError
└── TriviaError
    ├── GameRunning      the channel has a game already
    ├── GameOver         the game has ended
    ├── CannotWriteHere  the bot lacks what it needs in the channel
    ├── NotAMember       the bot is not in the server, or not in the group, where somebody brought it along
    ├── TooFewQuestions  what was chosen leaves too little to ask
    ├── NotInThisChannel the server's admins let games be played elsewhere
    ├── NotYourRole      the server's admins let others start games
    ├── RoundOver        the round named is closed, or the answer was stamped after its end
    ├── RoundOpen        the round cannot be closed yet
    ├── NotAsked         no round is open
    ├── QuestionAhead    a daily quiz is answered in its order
    ├── AlreadyAnswered  the answer given stands
    ├── NotPlaying       only players vote
    ├── NotYourGame      only its starter and moderators stop a game
    └── NoMoreHints      every hint is out
"""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.errors import UserError


class TriviaError(UserError):
    """Something that a game refuses."""


@dataclass
class GameRunning(TriviaError):
    """Tells which game and where, so that a link to it can be shown; ``message_id`` is its latest round's."""

    game_id: int
    channel_id: int
    guild_id: int | None = None
    message_id: int | None = None


@dataclass
class CannotWriteHere(TriviaError):
    """``missing`` are Discord's names of the permissions that the bot lacks in the channel."""

    missing: tuple[str, ...]


class NotAMember(TriviaError):
    pass


@dataclass
class TooFewQuestions(TriviaError):
    """``found`` is about how many there are, ``needed`` how many the game asks."""

    found: int
    needed: int


@dataclass
class NotInThisChannel(TriviaError):
    """``channel_ids`` are those where games may be played."""

    channel_ids: tuple[int, ...]


@dataclass
class NotYourRole(TriviaError):
    role_id: int


@dataclass
class GameOver(TriviaError):
    game_id: int


@dataclass
class RoundOver(TriviaError):
    number: int


@dataclass
class RoundOpen(TriviaError):
    """``closes_at`` is when it may be closed."""

    closes_at: datetime


@dataclass
class NotAsked(TriviaError):
    game_id: int


@dataclass
class QuestionAhead(TriviaError):
    """``number`` is the question to be answered first, counted from 1."""

    number: int


@dataclass
class AlreadyAnswered(TriviaError):
    """``option`` is the index of the answer that stands; None where answers have no index."""

    option: int | None


@dataclass
class NotPlaying(TriviaError):
    user_id: int


@dataclass
class NotYourGame(TriviaError):
    started_by: int


class NoMoreHints(TriviaError):
    pass
