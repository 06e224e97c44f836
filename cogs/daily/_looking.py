"""Looking for a post whose sending was cut short: in a channel's history, or in a forum's threads, closed ones too."""

from collections.abc import AsyncIterator, Callable
from datetime import datetime
from typing import Any

import aiohttp
import discord

from bot.client import OstBot
from bot.domain.daily.recovery import Found, Sight
from bot.ui.daily import bears_mark

from ._places import Place, may_look

_PAGE = 100
_PAGES_MAX = 50


class Endless(Exception):
    """There is more than anybody would read through."""


async def look(bot: OstBot, place: Place | None, mark: str, look_from: datetime) -> tuple[Sight | Found, int]:
    """Whether the post of that mark is there, and the channel it is in: a forum post's is its thread."""
    if place is None or not may_look(place):
        return Sight.NOT_ALLOWED, 0

    def is_it(message: dict[str, Any]) -> bool:
        return bears_mark(message, mark)

    try:
        if not isinstance(place, discord.ForumChannel):
            return await look_into(bot, place.id, is_it, look_from), place.id
        async for thread_id in _own_threads(bot, place, look_from):
            if isinstance(sight := await look_into(bot, thread_id, is_it, look_from), Found):
                return sight, thread_id
    except (discord.Forbidden, discord.NotFound):
        return Sight.NOT_ALLOWED, 0
    except (Endless, discord.HTTPException, aiohttp.ClientError, OSError):
        return Sight.FAILED, 0
    return Sight.ABSENT, 0


async def look_into(
    bot: OstBot, channel_id: int, is_it: Callable[[dict[str, Any]], bool], look_from: datetime
) -> Sight | Found:
    """Whether the bot wrote such a message there since then; raises what a request raises, or Endless."""
    after = discord.utils.time_snowflake(look_from)
    for _ in range(_PAGES_MAX):
        page = await bot.http.logs_from(channel_id, _PAGE, after=after)
        for message in page:
            if int(message["author"]["id"]) == _own_id(bot) and is_it(dict(message)):
                return Found(int(message["id"]))
        if len(page) < _PAGE:
            return Sight.ABSENT
        after = max(int(message["id"]) for message in page)
    raise Endless


async def _own_threads(bot: OstBot, forum: discord.ForumChannel, since: datetime) -> AsyncIterator[int]:
    """Ids of the bot's threads there that were made since then."""
    first_id, own_id = discord.utils.time_snowflake(since), _own_id(bot)
    for thread in forum.threads:
        if thread.owner_id == own_id and thread.id >= first_id:
            yield thread.id
    closed_before: str | None = None
    for _ in range(_PAGES_MAX):
        page = await bot.http.get_public_archived_threads(forum.id, closed_before, _PAGE)
        for closed in page["threads"]:
            if int(closed["owner_id"]) == own_id and int(closed["id"]) >= first_id:
                yield int(closed["id"])
        if not page["threads"] or not page["has_more"]:
            return
        # Last closed comes first, and none was closed before it was made.
        closed_before = page["threads"][-1]["thread_metadata"]["archive_timestamp"]
        if discord.utils.parse_time(closed_before) < since:
            return
    raise Endless


def _own_id(bot: OstBot) -> int | None:
    return bot.user.id if bot.user else None
