"""Telling a server that its schedule is ill: in the system channel, else whoever set it up.

The notice is owed until it is out, so a process that dies on the way leaves it to the next one. By its nonce it comes
once all the same; when Discord may have forgotten that, it is looked for before it is sent. Where the bot may not look
it is sent: a second notice is a smaller evil than none.
"""

import asyncio
import logging
from datetime import datetime

import discord

from bot.client import OstBot
from bot.domain.daily.recovery import CLOCK_SKEW, NONCE_WINDOW, Found
from bot.domain.daily.schedule import Schedule
from bot.domain.daily.trouble import RULINGS, Course, Health
from bot.storage import daily
from bot.ui import daily as ui
from bot.ui.i18n import Language, language
from bot.ui.replies import NO_MENTIONS, clickable

from ._looking import Endless, look_into
from ._places import may_look, missing
from ._sending import trouble_in

log = logging.getLogger(__name__)

_AGAIN_AFTER_S = (2, 15, 60)


async def tell(bot: OstBot, schedule: Schedule, health: Health) -> None:
    """Tell it and note that. What may pass is tried again, and at last left to the next time that trouble is met."""
    for wait_s in (0, *_AGAIN_AFTER_S):
        await asyncio.sleep(wait_s)
        guild = bot.get_guild(schedule.guild_id)
        if guild is None or not await daily.owes_notice(bot.database, schedule.id, health):
            return
        try:
            await _tell_somebody(bot, guild, schedule, health)
        except Exception as error:  # noqa: BLE001 - every error is a trouble with a rule of its own
            trouble = trouble_in(error)
            log.info("Server %s could not be told of trouble: %s", guild.id, trouble)
            if RULINGS[trouble].course is Course.RETRY:
                continue
        await daily.note_told(bot.database, schedule.id, health)  # or that nobody there can be
        return


async def _tell_somebody(bot: OstBot, guild: discord.Guild, schedule: Schedule, health: Health) -> None:
    say = bot.language_of_guild(guild)
    channel = guild.system_channel
    if channel and not missing(channel):
        try:
            await _put(bot, channel, schedule, health, say)
        except (discord.Forbidden, discord.NotFound) as error:
            log.info("The system channel of server %s takes no notice: %s", guild.id, error.code)
        else:
            return
    direct = await bot.create_dm(discord.Object(schedule.setup.set_up_by))
    own = language(bot.languages.members.get(schedule.setup.set_up_by) or say.code)
    await _put(bot, direct, schedule, health, own)


async def _put(
    bot: OstBot, place: discord.TextChannel | discord.DMChannel, schedule: Schedule, health: Health, say: Language
) -> None:
    since = health.since or bot.now()
    if bot.now() - since > NONCE_WINDOW and await _is_there(bot, place, schedule, since - CLOCK_SKEW):
        return
    nonce = f"ill-{schedule.id}-{int(since.timestamp())}"
    await place.send(_notice(bot, schedule, health, say), nonce=nonce, allowed_mentions=NO_MENTIONS)


async def _is_there(
    bot: OstBot, place: discord.TextChannel | discord.DMChannel, schedule: Schedule, look_from: datetime
) -> bool:
    if isinstance(place, discord.TextChannel) and not may_look(place):
        return False
    try:
        found = await look_into(bot, place.id, lambda message: ui.is_trouble_notice(message, schedule), look_from)
    except (Endless, discord.Forbidden, discord.NotFound):
        return False
    return isinstance(found, Found)


def _notice(bot: OstBot, schedule: Schedule, health: Health, say: Language) -> str | None:
    guild = bot.get_guild(schedule.guild_id)
    place = guild.get_channel_or_thread(schedule.setup.channel_id) if guild else None
    notice = ui.trouble_notice(schedule, health, missing(place) if place else (), say)
    return clickable(notice, bot.command_mentions).content
