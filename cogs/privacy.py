"""*Privacy* in ``/osthelp``: what is kept, export and delete; and servers that the bot leaves or returns to."""

import logging
from datetime import timedelta

import discord
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.backups import Keep
from bot.domain.cooldowns import Limit
from bot.storage import privacy
from bot.ui import privacy as ui
from bot.ui.components import on_press
from bot.ui.replies import give, turn

log = logging.getLogger(__name__)

EXPORTING = Limit(times=3, per=timedelta(minutes=10))
_SHARD_SHIFT = 22  # Discord: shard = (guild id >> 22) % number of shards


class Privacy(commands.Cog):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.backup_days = Keep(bot.settings.backup_daily, bot.settings.backup_weekly).longest_days
        self._of_last_session: dict[int, list[discord.Guild]] = {}  # by shard, while it has no session

    @on_press("privacy")
    async def show(self, interaction: Interaction) -> None:
        await give(interaction, ui.privacy_card(self.backup_days, self.bot.language_of(interaction)), private=True)

    @on_press("keepmine")
    async def show_again(self, interaction: Interaction) -> None:
        await turn(interaction, ui.privacy_card(self.backup_days, self.bot.language_of(interaction)))

    @on_press("exportme")
    async def export(self, interaction: Interaction) -> None:
        self.bot.cooldowns.use("export", EXPORTING, interaction.user.id, self.bot.now())
        rows = await privacy.export(self.bot.database, interaction.user.id)
        say = self.bot.language_of(interaction)
        await give(interaction, ui.export_file(interaction.user.id, rows, self.bot.now(), say), private=True)

    @on_press("forgetme")
    async def ask_before_deleting(self, interaction: Interaction) -> None:
        await turn(interaction, ui.confirm_deletion(self.bot.language_of(interaction)))

    @on_press("forgetmenow")
    async def delete(self, interaction: Interaction) -> None:
        say = self.bot.language_of(interaction)
        await privacy.forget(self.bot.database, interaction.user.id)
        self.bot.languages.choose_for_member(interaction.user.id, None)
        log.info("A member had their data deleted")  # whose, nobody needs to know any more
        await turn(interaction, ui.deleted(self.backup_days, say))

    @commands.Cog.listener()
    async def on_guild_remove(self, guild: discord.Guild) -> None:
        """Left or thrown out; a server that is only unavailable does not come here."""
        await privacy.mark_left(self.bot.database, guild.id, self.bot.now())
        log.info("Left server %s", guild.id)

    @commands.Cog.listener()
    async def on_guild_join(self, guild: discord.Guild) -> None:
        await privacy.mark_returned(self.bot.database, guild.id)
        log.info("Joined server %s", guild.id)

    @commands.Cog.listener()
    async def on_shard_disconnect(self, shard_id: int) -> None:
        self._of_last_session[shard_id] = [guild for guild in self.bot.guilds if guild.shard_id == shard_id]

    @commands.Cog.listener()
    async def on_shard_resumed(self, shard_id: int) -> None:
        """Whatever was missed is told now."""
        self._of_last_session.pop(shard_id, None)

    @commands.Cog.listener()
    async def on_shard_connect(self, shard_id: int) -> None:
        """A new session has begun. Discord names every server that the bot is in, and the library makes each anew.

        Those it did not name threw the bot out meanwhile, which nobody tells; the library would keep them for ever.
        """
        for guild in self._of_last_session.pop(shard_id, []):
            if self.bot.get_guild(guild.id) is guild:
                # What Discord would have sent: the library offers no other way to let go of a server.
                self.bot._connection.parse_guild_delete({"id": guild.id})  # noqa: SLF001 - see above

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        """Catch up with servers that were left or joined while the bot was away."""
        present = {guild.id for guild in self.bot.guilds}
        gone = await privacy.compare_guilds(self.bot.database, present, self._is_ours, self.bot.now())
        if gone:
            log.info("No longer in servers %s", gone)

    def _is_ours(self, guild_id: int) -> bool:
        return (guild_id >> _SHARD_SHIFT) % (self.bot.shard_count or 1) in self.bot.shards


async def setup(bot: OstBot) -> None:
    cog = Privacy(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
