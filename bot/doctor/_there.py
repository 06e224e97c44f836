"""Discord: can it be reached, does it agree about time, token, intents and commands, and what does it allow us."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import aiohttp
import discord

from bot.settings import Settings
from bot.start import CannotStart, checked_token

from ._commands import look_at_commands
from ._findings import Finding, Level, error, ok, warning
from ._permissions import look_at_permissions

ANSWER_S = 15.0
ALL_S = 120.0
CLOCK_WARNING_S = 5
CLOCK_ERROR_S = 60
_NETWORK = (OSError, TimeoutError, aiohttp.ClientError, discord.DiscordServerError, discord.RateLimited)


async def look_there(settings: Settings) -> list[Finding]:
    """Never raises for what Discord or the network does: that is a finding, too."""
    findings = [await _clock()]
    try:
        token = checked_token(settings)
    except CannotStart as problem:
        return [*findings, error("token", problem.sentence, "See .env.example.")]
    if findings[0].check == "network":
        return [*findings, warning("token", "It has the right form; Discord could not be asked.", "Try again later.")]
    try:
        findings += [finding async for finding in _logged_in(settings, token)]
    except _NETWORK as problem:
        findings.append(_unreachable(problem))
    except discord.HTTPException as problem:
        message = f"Discord would not answer (status {problem.status}, its code {problem.code})."
        findings.append(warning("network", message, "Try again later."))
    return findings


def _unreachable(problem: BaseException) -> Finding:
    message = f"Discord cannot be reached ({type(problem).__name__})."
    return warning("network", message, "Check this machine's network, or wait: https://discordstatus.com.")


async def _clock() -> Finding:
    """Compare with the time that Discord's answers carry; it is exact to the second."""
    address = f"{discord.http.Route.BASE}/gateway"
    try:
        async with asyncio.timeout(ANSWER_S), aiohttp.ClientSession() as session, session.get(address) as response:
            theirs = parsedate_to_datetime(response.headers["Date"])
    except _NETWORK as problem:
        return _unreachable(problem)
    except (KeyError, ValueError):
        return warning("clock", "Discord did not say what time it is.", "Try again later.")
    off_s = abs((datetime.now(UTC) - theirs).total_seconds())
    if off_s < CLOCK_WARNING_S:
        return ok("clock", "As Discord's.")
    message = f"{off_s:.0f} s away from Discord's."
    remedy = "Switch on time synchronisation (NTP): daily picks and trivia go by the clock."
    return error("clock", message, remedy) if off_s >= CLOCK_ERROR_S else warning("clock", message, remedy)


async def _logged_in(settings: Settings, token: str) -> AsyncIterator[Finding]:
    async with discord.Client(intents=discord.Intents.none()) as client:
        try:
            async with asyncio.timeout(ANSWER_S):
                await client.login(token)
        except discord.LoginFailure:
            remedy = 'Make a new one on the "Bot" page of the developer portal and put it into DISCORD_TOKEN.'
            yield error("token", "Discord refuses it: it is wrong or was reset.", remedy)
            return
        yield ok("token", f"Belongs to {client.user}, id {client.application_id}.")
        yield _intents(settings, client.application)
        looks: tuple[Callable[[Settings, discord.Client], Awaitable[list[Finding]]], ...]
        looks = (look_at_commands, look_at_permissions)
        async with asyncio.timeout(ALL_S):
            for look in looks:
                for finding in await look(settings, client):
                    yield finding


def _intents(settings: Settings, application: discord.AppInfo | None) -> Finding:
    flags = application.flags if application else discord.ApplicationFlags()
    allowed = flags.gateway_message_content or flags.gateway_message_content_limited
    if settings.message_content and not allowed:
        remedy = 'Switch it on on the "Bot" page of the developer portal, or OSTINATO_MESSAGE_CONTENT off.'
        return error(
            "intents", "OSTINATO_MESSAGE_CONTENT is on, the Message Content intent in the portal is off.", remedy
        )
    spare = [
        name
        for name, on in (
            ("Message Content", allowed and not settings.message_content),
            ("Server Members", flags.gateway_guild_members or flags.gateway_guild_members_limited),
            ("Presence", flags.gateway_presence or flags.gateway_presence_limited),
        )
        if on
    ]
    if spare:
        return warning(
            "intents", f"Switched on in the portal but not used: {', '.join(spare)}.", "Switch them off there."
        )
    return Finding("intents", Level.OK, "The portal allows all that is asked for, and no more.")
