"""Threads that fell silent: Discord archives them, and the library then forgets them, though they take messages."""

import asyncio
import logging
from collections.abc import Callable

import aiohttp
import discord

from bot.domain.daily.trouble import Trouble

from ._places import Place, trouble_there

log = logging.getLogger(__name__)

KEPT_S = 600.0  # far longer than a post waits for its turn, and not until tomorrow's


class Threads:
    """Finds channels, and asks Discord itself before one that no cache has is called gone.

    What Discord says holds for a while: the next day's post asks anew, as somebody may have deleted the thread.
    ``answered`` is called with the server's id once Discord has said what there is.
    """

    def __init__(self, answered: Callable[[int], None]) -> None:
        self._answered = answered
        self._found: dict[int, Place] = {}
        self._gone: set[int] = set()
        self._asking: dict[int, asyncio.Task[None]] = {}

    def find(self, guild: discord.Guild | None, channel_id: int) -> Place | None:
        return (guild.get_channel_or_thread(channel_id) or self._found.get(channel_id)) if guild else None

    def is_gone(self, guild: discord.Guild, channel_id: int) -> bool:
        """Whether Discord has just said so; asks it if not. An answer is good for one time."""
        if channel_id in self._gone:
            self._gone.discard(channel_id)
            return True
        if channel_id not in self._asking:
            task = asyncio.create_task(self._ask(guild, channel_id))
            self._asking[channel_id] = task
            task.add_done_callback(lambda _: self._asking.pop(channel_id, None))
        return False

    def trouble_ahead(self, guild: discord.Guild | None, channel_id: int) -> Trouble | None:
        """What would keep a post from the channel, as far as can be known without trying."""
        if guild is None:
            return Trouble.SERVER_LEFT
        if guild.unavailable or guild.me is None:
            return Trouble.SERVER_UNAVAILABLE
        if place := self.find(guild, channel_id):
            return trouble_there(place)
        return Trouble.CHANNEL_GONE if self.is_gone(guild, channel_id) else Trouble.SERVER_UNAVAILABLE

    async def _ask(self, guild: discord.Guild, channel_id: int) -> None:
        try:
            channel = await guild.fetch_channel(channel_id)
        except (discord.NotFound, discord.Forbidden, discord.InvalidData):
            self._gone.add(channel_id)
        except (discord.HTTPException, aiohttp.ClientError, OSError) as error:
            log.info("Could not ask for channel %s: %s", channel_id, type(error).__name__)
            return  # whoever waits asks again when its time comes, not at once
        else:
            self._found[channel_id] = channel
            asyncio.get_running_loop().call_later(KEPT_S, self._found.pop, channel_id, None)
        self._answered(guild.id)
