"""``/osthelp``, and each member's own language."""

import math

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot import __version__
from bot.client import Interaction, OstBot
from bot.domain.errors import Gone
from bot.storage import members
from bot.ui.components import chosen_value, on_press
from bot.ui.help import AUTOMATIC, Facts, help_card
from bot.ui.i18n import LANGUAGE_NAMES
from bot.ui.replies import Reply, give, turn


class Help(commands.Cog):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot

    @app_commands.command(name=_("osthelp"), description=_("How to use me, and what I know"))
    async def osthelp(self, interaction: Interaction) -> None:
        await give(interaction, self._card(interaction), private=True)

    @on_press("mylanguage")
    async def choose_language(self, interaction: Interaction) -> None:
        value = chosen_value(interaction)
        if value not in {AUTOMATIC, *LANGUAGE_NAMES}:
            raise Gone(value)
        code = None if value == AUTOMATIC else value
        await members.set_member_language(self.bot.database, interaction.user.id, code)
        self.bot.languages.choose_for_member(interaction.user.id, code)
        await turn(interaction, self._card(interaction))

    def _card(self, interaction: Interaction) -> Reply:
        seconds = self.bot.latency
        facts = Facts(
            version=__version__,
            newest_award=self.bot.catalog.newest_award,
            latency_ms=round(seconds * 1000) if math.isfinite(seconds) else None,
        )
        chosen = self.bot.languages.members.get(interaction.user.id)
        return help_card(self.bot.catalog, facts, chosen, self.bot.language_of(interaction))


async def setup(bot: OstBot) -> None:
    cog = Help(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
