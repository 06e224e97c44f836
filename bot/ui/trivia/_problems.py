"""What a game refuses, said to whoever asked for it."""

from bot.domain.errors import UserError
from bot.domain.trivia.errors import (
    AlreadyAnswered,
    CannotWriteHere,
    GameOver,
    GameRunning,
    NoMoreHints,
    NotAMember,
    NotAsked,
    NotInThisChannel,
    NotPlaying,
    NotYourGame,
    NotYourRole,
    QuestionAhead,
    RoundOver,
    TooFewQuestions,
)
from bot.ui import names
from bot.ui.i18n import Language

from ._called import LETTERS, player


def problem(error: UserError, say: Language) -> str | None:
    """The sentence for what trivia refuses; None for all else."""
    return _about_a_game(error, say) or _about_a_place(error, say) or _about_a_round(error, say)


def _about_a_game(error: UserError, say: Language) -> str | None:
    match error:
        case GameRunning():
            return say("A game is on already: {link}. Join in by answering!", link=_address(error))
        case GameOver():
            return say("That game is over. `/trivia play` starts another.")
        case NotYourGame(started_by=user_id):
            starter = player(user_id, say)
            return say("Only {player}, who started the game, and moderators can stop it.", player=starter)
        case TooFewQuestions(found=found, needed=needed):
            return _too_few(found, needed, say)
        case NotPlaying():
            return say("Only those who are playing can vote. Answer a question and you are in!")
    return None


def _too_few(found: int, needed: int, say: Language) -> str:
    return say.plural(
        "Only {count} question fits, the game asks {needed}: take more topics, other years or a wider pool.",
        "Only {count} questions fit, the game asks {needed}: take more topics, other years or a wider pool.",
        found,
        needed=needed,
    )


def _about_a_place(error: UserError, say: Language) -> str | None:
    match error:
        case CannotWriteHere(missing=missing):
            return say("A game needs what I lack in this channel: {permissions}.",
                       permissions=names.permissions(missing, say))  # fmt: skip
        case NotAMember():
            return say("I am not a member here, so I cannot post rounds. Add me to the server, or try `/trivia daily`.")
        case NotInThisChannel(channel_ids=channel_ids):
            channels = ", ".join(f"<#{channel_id}>" for channel_id in channel_ids)
            return say("In this server trivia is played in {channels}.", channels=channels)
        case NotYourRole(role_id=role_id):
            return say("In this server only <@&{role}> and moderators start games.", role=role_id)
    return None


def _about_a_round(error: UserError, say: Language) -> str | None:
    match error:
        case RoundOver() | NotAsked():
            return say("That round is over.")
        case AlreadyAnswered(option=option):
            given = "" if option is None else f" **{LETTERS[option]}**"
            return say("Your answer{given} stands.", given=given)
        case NoMoreHints():
            return say("There is no further hint.")
        case QuestionAhead(number=number):
            return say("First comes question {number}.", number=number)
    return None


def _address(running: GameRunning) -> str:
    """A link to its latest message, or to its channel before there is one."""
    if running.message_id is None:
        return f"<#{running.channel_id}>"
    return f"https://discord.com/channels/{running.guild_id or '@me'}/{running.channel_id}/{running.message_id}"
