"""Telling a server that its schedule is ill: in the system channel, else whoever set it up."""

import asyncio
import logging

import discord

from bot.client import OstBot
from bot.domain.daily.schedule import Schedule
from bot.domain.daily.trouble import RULINGS, Course, Health
from bot.ui import daily as ui
from bot.ui.i18n import Language, language
from bot.ui.replies import NO_MENTIONS

from ._places import missing
from ._sending import trouble_in

log = logging.getLogger(__name__)

_AGAIN_AFTER_S = (2, 15, 60)


async def tell(bot: OstBot, schedule: Schedule, health: Health) -> None:
    """There is one notice of an illness, so what may pass is tried again; by its nonce it comes once all the same."""
    for wait_s in (*_AGAIN_AFTER_S, None):
        guild = bot.get_guild(schedule.guild_id)
        if guild is None:
            return
        try:
            await _tell_somebody(bot, guild, schedule, health)
        except Exception as error:  # noqa: BLE001 - every error is a trouble with a rule of its own
            trouble = trouble_in(error)
            if wait_s is None or RULINGS[trouble].course is not Course.RETRY:
                log.info("Nobody could be told of trouble in server %s: %s", guild.id, trouble)
                return
            await asyncio.sleep(wait_s)
        else:
            return


async def _tell_somebody(bot: OstBot, guild: discord.Guild, schedule: Schedule, health: Health) -> None:
    nonce = f"ill-{schedule.id}-{int(health.since.timestamp()) if health.since else 0}"
    say = bot.language_of_guild(guild)
    channel = guild.system_channel
    if channel and not missing(channel):
        try:
            await channel.send(_notice(guild, schedule, health, say), nonce=nonce, allowed_mentions=NO_MENTIONS)
        except (discord.Forbidden, discord.NotFound) as error:
            log.info("The system channel of server %s takes no notice: %s", guild.id, error.code)
        else:
            return
    direct = await bot.create_dm(discord.Object(schedule.setup.set_up_by))
    own = language(bot.languages.members.get(schedule.setup.set_up_by) or say.code)
    await direct.send(_notice(guild, schedule, health, own), nonce=nonce)


def _notice(guild: discord.Guild, schedule: Schedule, health: Health, say: Language) -> str | None:
    channel_id = schedule.setup.channel_id
    place = guild.get_channel_or_thread(channel_id)
    return ui.trouble_notice(health, missing(place) if place else (), channel_id, say).content
