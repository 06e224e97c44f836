"""Small things to play with, by hand."""

from datetime import UTC, datetime, timedelta

from bot.domain.trivia.game import Game, start_game
from bot.domain.trivia.questions.question import Fact, Question, QuestionKind, Ref, RefKind, Relation
from bot.domain.trivia.settings import Mode, Settings
from bot.domain.trivia.snowflake import stamped_at

NOON = datetime(2026, 8, 30, 12, tzinfo=UTC)
ANN, BEN, CHA, DAN = 1, 2, 3, 4
RIGHT, WRONG, OTHER = 2, 0, 1
DRAMAS = tuple(Ref(RefKind.DRAMA, key) for key in ("signal", "misaeng", "goblin", "vincenzo"))
SONG = Ref(RefKind.SONG, "first-snow")


def question(number: int = 1, difficulty: float = 0.5) -> Question:
    """Its third option is right."""
    return Question(
        key=f"song_drama|{number}",
        kind=QuestionKind.SONG_DRAMA,
        subject=(SONG,),
        options=DRAMAS,
        right=frozenset({DRAMAS[RIGHT]}),
        facts=(Fact(SONG, Relation.SONG_OF_DRAMA, DRAMAS[RIGHT], ("https://example.org/goblin",)),),
        difficulty=difficulty,
    )


def seconds(number: float) -> timedelta:
    return timedelta(seconds=number)


def snowflake_at(moment: datetime) -> int:
    """The smallest id that Discord makes in that millisecond."""
    return (moment - stamped_at(0)) // timedelta(milliseconds=1) << 22


def click(after_s: float, serial: int = 0, since: datetime = NOON) -> int:
    """The id of an interaction so many seconds after noon."""
    return snowflake_at(since + seconds(after_s)) + serial


def new_game(mode: Mode = Mode.QUIZ, guild_id: int | None = 77, **settings: object) -> Game:
    """Started by Ann at noon; twenty seconds a round."""
    return start_game(
        5, channel_id=9, guild_id=guild_id, started_by=ANN, settings=Settings(mode=mode, **settings), now=NOON
    )


def asked_game(mode: Mode = Mode.QUIZ, **settings: object) -> Game:
    """Its first question was asked at noon."""
    return new_game(mode, **settings).ask(question(), NOON)


def play_round(game: Game, options: dict[int, int]) -> Game:
    """Ask at the time due, let each press two seconds later, close at the time due."""
    game = game.ask(question(game.next_number), game.due_at)
    asked_at = game.round.asked_at
    for user_id, option in options.items():
        game = game.answer(user_id, game.round.number, option, click(2, user_id, asked_at))
    return game.close_round(game.due_at)
