"""Every request that a pick costs, by ids and plain JSON: a message object for each of 10,000 posts would only cost."""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Literal

import aiohttp
import discord
from discord.http import Route

from bot.client import OstBot
from bot.domain.daily.recovery import CLAIM_LEASE
from bot.domain.daily.trouble import Trouble, trouble_of

from ._places import Place

log = logging.getLogger(__name__)

# An attempt and its wait for a turn must be over before the claim's lease is.
QUEUED_MAX = timedelta(seconds=12)
ATTEMPT_S = (CLAIM_LEASE - QUEUED_MAX).total_seconds() - 5
_A_DAY_MIN: Literal[1440] = 1440
# Already published; already has a thread. https://docs.discord.com/developers/topics/opcodes-and-status-codes#json
_DONE_BEFORE = (40033, 160004)


class _OnceOnly:
    """Stands where discord.py expects files, which it rewinds before each try: the second try ends here.

    By itself it repeats a request after a 502; a message's nonce makes that harmless, but a forum post has none.
    """

    def reset(self, *, seek: int | bool = True) -> None:
        if seek:
            raise ConnectionResetError


async def send(
    bot: OstBot, place: Place, payload: dict[str, Any], nonce: str, title: str, tag_id: int | None
) -> tuple[int, int]:
    """Post it, at most once by this nonce; returns (channel, message), where a forum post's channel is its thread.

    Only a forum post has a title and, if it is to get one, a tag.
    """
    async with asyncio.timeout(ATTEMPT_S):
        if isinstance(place, discord.ForumChannel):
            route = Route("POST", "/channels/{channel_id}/threads", channel_id=place.id)
            body = {"name": title, "auto_archive_duration": _A_DAY_MIN, "message": payload}
            body |= {"applied_tags": [str(tag_id)]} if tag_id else {}
            thread = await bot.http.request(route, json=body, files=[_OnceOnly()])  # type: ignore[list-item] # see there
            return int(thread["id"]), int(thread["message"]["id"])
        route = Route("POST", "/channels/{channel_id}/messages", channel_id=place.id)
        try:
            message = await bot.http.request(route, json={**payload, "nonce": nonce, "enforce_nonce": True})
        finally:
            _forget_limits(bot.http, route)
        return place.id, int(message["id"])


def _forget_limits(http: Any, route: Route) -> None:  # noqa: ANN401 - what is looked at is private to the library
    """Let go of what discord.py remembers of this channel's rate limit, of no use to who posts there once a day.

    It keeps that of every channel for five minutes and looks through them all at each new one: with 10,000 channels
    that takes longer than the posts.
    """
    known, names = getattr(http, "_buckets", {}), getattr(http, "_bucket_hashes", {})
    for name in (route.key, names.get(route.key)):
        known.pop(f"{name}:{route.major_parameters}", None)


def trouble_in(error: Exception) -> Trouble:
    """What an error of a request here means for the post."""
    match error:
        case discord.RateLimited():
            return Trouble.RATE_LIMITED
        case discord.HTTPException():
            return trouble_of(error.status, error.code)
        case aiohttp.ClientConnectorError():
            return Trouble.NOT_CONNECTED
        case OSError() | aiohttp.ClientError():
            return Trouble.ANSWER_LOST
        case _:
            log.error("A request for a pick ended in an unexpected way", exc_info=error)
            return Trouble.ANSWER_LOST


async def publish(bot: OstBot, channel_id: int, message_id: int) -> None:
    """Publish an announcement; that it was before is no error."""
    with _unless_done():
        async with asyncio.timeout(ATTEMPT_S):
            await bot.http.publish_message(channel_id, message_id)


async def open_thread(bot: OstBot, channel_id: int, message_id: int, title: str) -> None:
    """Open a discussion thread under the post; that there is one is no error."""
    with _unless_done():
        async with asyncio.timeout(ATTEMPT_S):
            await bot.http.start_thread_with_message(
                channel_id, message_id, name=title, auto_archive_duration=_A_DAY_MIN
            )


@contextmanager
def _unless_done() -> Iterator[None]:
    try:
        yield
    except discord.HTTPException as error:
        if error.code not in _DONE_BEFORE:
            raise
