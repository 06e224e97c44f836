"""The one door from an error to a message.

The command tree, components, modals, autocomplete and background tasks all come through here. A person gets a
sentence and what to do next; an unexpected error also gets a short reference, under which the log has its traceback.
"""

import logging
import secrets
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.domain.catalog import Catalog
from bot.domain.errors import Gone, NotAllowed, NotAPeriod, NotFound, OnlyInServer, Outdated, TooFast, UserError

from . import daily, trivia
from .i18n import Language
from .lookup import not_found
from .replies import Reply, give
from .text import quoted, relative_time

log = logging.getLogger(__name__)

# Discord no longer waits for an answer to this interaction: it expired, or somebody answered it before.
# https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_NOBODY_WAITS = (10008, 10015, 10062, 40060)
_BAD_REQUEST = 400
_LIBRARY_WORDS_MAX = 200  # a ban by Cloudflare comes with a whole page


class Outcome(StrEnum):
    """What became of an interaction that raised an error."""

    NOT_FOUND = "not found"
    REFUSED = "refused"
    LATE = "late"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Failure:
    """An error as met at the door: what it was, and the reference under which it is logged (None for user errors)."""

    error: BaseException
    reference: str | None = None


def cause_of(error: BaseException) -> BaseException:
    """The error that a command raised, out of the library's wrapping."""
    while isinstance(error, app_commands.CommandInvokeError):
        error = error.original
    return error


def record(error: BaseException, doing: str, *ids: object) -> Failure:
    """Log what is unexpected under a new reference; pass on what is a user's own mistake.

    What Discord or the network did is one line, everything else comes with its traceback. ``doing`` names the work in
    the log, ``ids`` are Discord's ids that help to find it. Never members' text.
    """
    cause = cause_of(error)
    if isinstance(cause, UserError):
        return Failure(cause)
    if isinstance(cause, discord.HTTPException) and cause.code in _NOBODY_WAITS:
        log.info("%s: too late to answer (Discord's code %s) %s", doing, cause.code, ids)
        return Failure(cause)
    reference = secrets.token_hex(3)
    found = {"reference": reference, "ids": ids}  # fields of their own in JSON
    if is_outside(cause):
        words = f"{type(cause).__name__}: {cause}"[:_LIBRARY_WORDS_MAX]
        log.warning("%s failed, reference %s, ids %s: %s", doing, reference, ids, words, extra=found)
    else:
        log.error("%s failed, reference %s, ids %s", doing, reference, ids, exc_info=cause, extra=found)
    return Failure(cause, reference)


def is_outside(error: BaseException) -> bool:
    """Whether Discord or the network is to blame: everything but a request that Discord finds malformed."""
    if isinstance(error, discord.HTTPException):
        return error.status != _BAD_REQUEST
    return isinstance(error, (discord.RateLimited, aiohttp.ClientError, ConnectionError, TimeoutError))


class _SuggestionsToTheDoor(logging.Filter):
    """The library itself logs what goes wrong with suggestions; a filter of its log brings that to the door."""

    LIBRARY_LOG = "discord.app_commands.tree"

    def filter(self, line: logging.LogRecord) -> bool:
        """Take what is about suggestions, let pass all else."""
        error = line.exc_info[1] if line.exc_info else None
        if error is None or not isinstance(line.args, tuple) or "autocomplete" not in str(line.msg):
            return True
        name, *ids = line.args
        record(error, f"/{name}'s suggestions", *ids)
        return False


_SUGGESTIONS = _SuggestionsToTheDoor()


def answer_for_suggestions() -> None:
    """From now on this door records what goes wrong with suggestions; calling it again changes nothing."""
    logging.getLogger(_SuggestionsToTheDoor.LIBRARY_LOG).addFilter(_SUGGESTIONS)


def describe(failure: Failure, catalog: Catalog, say: Language) -> Reply:
    """The message for a failure."""
    if isinstance(failure.error, UserError) and (
        text := daily.problem(failure.error, say) or trivia.problem(failure.error, say)
    ):
        return Reply(content=text)
    if isinstance(failure.error, NotFound):
        return not_found(catalog, failure.error.text, failure.error.nearest, say)
    return Reply(content=_sentence(failure, say))


def _sentence(failure: Failure, say: Language) -> str:
    match failure.error:
        case Gone():
            text = say("That is no longer in the catalog. Look it up anew with `/ost`.")
        case Outdated():
            text = say("That button is from another version of me. Please use the command again.")
        case NotAPeriod(text=typed):
            text = say("“{text}” is not a year I know.", text=quoted(typed))
            text += " " + say("Try a year like `2017`, a decade like `2010s`, or leave it out.")
        case NotAllowed(permission=permission):
            text = say("You need the permission **{permission}** for that.", permission=permission)
        case TooFast(retry_at=retry_at):
            text = say("That was quick! Try again {when}.", when=relative_time(retry_at))
        case OnlyInServer():
            text = say("That works in servers only.")
        case _:
            text = say("Something went wrong on our side, and it has been noted.")
            text += " " + say(
                "Please try again; if it keeps happening, tell us this reference: `{id}`.", id=failure.reference
            )
    return text


async def answer(
    interaction: discord.Interaction[Any], error: BaseException, catalog: Catalog, say: Language
) -> Outcome:
    """Record an interaction's error and tell its user, privately. Never raises."""
    failure = record(error, _doing(interaction), interaction.guild_id, interaction.channel_id, interaction.user.id)
    outcome = _outcome(failure)
    if outcome is Outcome.LATE or interaction.type is discord.InteractionType.autocomplete:
        return outcome
    try:
        await give(interaction, _described(failure, catalog, say), private=True)
    except Exception as refused:  # noqa: BLE001 - Discord may refuse, or the network; beyond the door is nobody to tell
        log.warning("Could not tell the user about it: %s: %s", type(refused).__name__, refused)
    return outcome


def _described(failure: Failure, catalog: Catalog, say: Language) -> Reply:
    """The message for a failure; where there are no words for what was typed, that is a failure of its own."""
    try:
        return describe(failure, catalog, say)
    except Exception as speechless:  # noqa: BLE001 - whoever waits gets an answer, and the log the traceback
        return describe(record(speechless, "Finding words for an error"), catalog, say)


def _outcome(failure: Failure) -> Outcome:
    if failure.reference:
        return Outcome.FAILED
    if isinstance(failure.error, UserError):
        return Outcome.NOT_FOUND if isinstance(failure.error, NotFound) else Outcome.REFUSED
    return Outcome.LATE


def _doing(interaction: discord.Interaction[Any]) -> str:
    if interaction.command is not None:
        return f"/{interaction.command.qualified_name}"
    data: dict[str, Any] = dict(interaction.data or {})
    return str(data.get("custom_id", interaction.type.name))[:100]
