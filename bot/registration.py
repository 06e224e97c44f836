"""Which commands Discord offers for the bot: sent when they have changed, and again later where that failed.

Nothing here keeps the bot from starting. What Discord already offers goes on working, and a bot that answers it is
worth more than one that is off because of a command that is new.
"""

import asyncio
import hashlib
import json
import logging
from collections.abc import Callable, Mapping
from itertools import chain, repeat
from typing import Any

import aiohttp
import discord
from discord import app_commands

from bot.storage import members
from bot.storage.database import Database
from bot.ui.i18n import CommandTranslator

log = logging.getLogger(__name__)

ATTEMPT_S = 10.0  # so long a start waits for it
AGAIN_AFTER_S = (15, 60, 300, 1800)  # the last again and again

_PASSING = (OSError, TimeoutError, aiohttp.ClientError, discord.RateLimited, discord.DiscordServerError)
_PASSING_STATUS = (401, 429)  # a token that was reset ends the connection soon; Cloudflare's ban says nothing else

_REFUSED = (
    "Discord refused the bot's commands: %s. The bot goes on with those that Discord already has. It is tried again at "
    "the next start: update the bot before, or look in the developer portal whether the application is in order"
)
_LATER = (
    "Discord did not take the bot's commands (%s). The bot goes on with those that Discord already has "
    "and tries again in %d s"
)


async def commands_digest(tree: app_commands.CommandTree[Any]) -> str:
    """A SHA-256 in hex that changes whenever a command or one of its translations does."""
    # `to_dict` alone knows no translations, so a change of those would go unnoticed.
    payload = [await command.get_translated_payload(tree, CommandTranslator()) for command in tree.get_commands()]
    payload.sort(key=lambda command: str(command["name"]))
    return hashlib.sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def commands_name(application_id: int | None) -> str:
    """Under which name the store keeps the digest of the commands that Discord was last sent."""
    return f"commands:{application_id}"


def _ids_name(application_id: int | None) -> str:
    """Under which name the store keeps the ids that Discord gave them."""
    return f"command ids:{application_id}"


class Registration:
    """Of a tree's commands; ``known`` is called with Discord's ids of those that it offers, at first and when sent."""

    def __init__(
        self, tree: app_commands.CommandTree[Any], database: Database, known: Callable[[Mapping[str, int]], None]
    ) -> None:
        self._tree, self._database, self._known = tree, database, known
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Send the commands if they have changed since they were last sent; what may pass is waited out meanwhile."""
        application_id = self._tree.client.application_id
        self._known(json.loads(await members.stored_value(self._database, _ids_name(application_id)) or "{}"))
        digest = await commands_digest(self._tree)
        if await members.stored_value(self._database, commands_name(application_id)) == digest:
            return
        if problem := await self._send(digest):
            self._task = asyncio.create_task(self._send_later(digest, problem), name="commands to be registered")

    async def stop(self) -> None:
        """Leave the rest to the next start."""
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _send_later(self, digest: str, problem: str) -> None:
        try:
            for wait_s in chain(AGAIN_AFTER_S, repeat(AGAIN_AFTER_S[-1])):
                log.warning(_LATER, problem, wait_s)
                await asyncio.sleep(wait_s)
                if not (problem := await self._send(digest)):
                    return
        except Exception:
            log.exception("Registering the commands failed")

    async def _send(self, digest: str) -> str:
        """What keeps them from being registered and may pass; empty if they are, or if they would be refused again."""
        try:
            async with asyncio.timeout(ATTEMPT_S):
                registered = await self._tree.sync()
        except _PASSING as error:
            return type(error).__name__
        except discord.HTTPException as error:
            if error.status in _PASSING_STATUS:
                return f"status {error.status}"
            log.warning(_REFUSED, " ".join(str(error).split()))
            return ""
        await self._remember(digest, {command.name: command.id for command in registered})
        return ""

    async def _remember(self, digest: str, ids: Mapping[str, int]) -> None:
        application_id = self._tree.client.application_id
        await members.store_value(self._database, _ids_name(application_id), json.dumps(ids))
        await members.store_value(self._database, commands_name(application_id), digest)
        self._known(ids)
        log.info("Registered %d commands with Discord", len(ids))
