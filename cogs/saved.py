"""♥: what a member saves; ⋯: where a song's facts come from, and reports that one is wrong."""

from datetime import timedelta

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.cooldowns import Limit
from bot.domain.errors import Gone
from bot.domain.lookup import song_of
from bot.domain.members import Correction
from bot.storage import members
from bot.ui import lookup as ui
from bot.ui import saved as notices
from bot.ui.components import number_of, on_press, submitted_texts
from bot.ui.replies import Reply, give, turn

SAVING = Limit(times=30, per=timedelta(minutes=1))
REPORTING = Limit(times=5, per=timedelta(minutes=10))


class Saved(commands.Cog):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot

    @app_commands.command(name=_("ostsaved"), description=_("The songs you saved with ♥"))
    async def ostsaved(self, interaction: Interaction) -> None:
        await give(interaction, await self._list(interaction, 0), private=True)

    @on_press("saved")
    async def turn_page(self, interaction: Interaction, page: str) -> None:
        await turn(interaction, await self._list(interaction, number_of(page)))

    @on_press("save")
    async def save(self, interaction: Interaction, key: str) -> None:
        await give(interaction, await self._saved(interaction, key), private=True)

    @on_press("resave")
    async def save_again(self, interaction: Interaction, key: str) -> None:
        await turn(interaction, await self._saved(interaction, key))

    @on_press("unsave")
    async def let_go(self, interaction: Interaction, key: str) -> None:
        song = song_of(self.bot.catalog, key)
        self._limit(interaction, "save", SAVING)
        await members.unsave_song(self.bot.database, interaction.user.id, song.key)
        await turn(interaction, notices.removed(song, self.bot.language_of(interaction)))

    @on_press("more")
    async def show_sources(self, interaction: Interaction, key: str) -> None:
        song = song_of(self.bot.catalog, key)
        await give(interaction, ui.sources(self.bot.catalog, song, self.bot.language_of(interaction)), private=True)

    @on_press("report")
    async def ask_for_report(self, interaction: Interaction, key: str) -> None:
        song = song_of(self.bot.catalog, key)
        await interaction.response.send_modal(ui.report_modal(song, self.bot.language_of(interaction)))

    @on_press("reported")
    async def take_report(self, interaction: Interaction, key: str) -> None:
        song = song_of(self.bot.catalog, key)
        texts = submitted_texts(interaction)
        if not texts.get("text"):
            raise Gone(key)  # the form asks for it: this was not sent by our form
        self._limit(interaction, "report", REPORTING)
        correction = Correction(
            song_key=song.key,
            member_id=interaction.user.id,
            text=texts["text"][: ui.REPORT_MAX],
            sent_at=interaction.created_at,
            source=texts.get("source", "")[: ui.REPORT_SOURCE_MAX] or None,
        )
        await members.add_correction(self.bot.database, correction)
        await give(interaction, ui.reported(self.bot.language_of(interaction)), private=True)

    async def _list(self, interaction: Interaction, page: int) -> Reply:
        rows = await members.saved_songs(self.bot.database, interaction.user.id)
        songs = [song for row in rows if (song := self.bot.catalog.songs.get(row.song_key))]
        return ui.saved_list(self.bot.catalog, songs, self.bot.language_of(interaction), page)

    async def _saved(self, interaction: Interaction, key: str) -> Reply:
        song = song_of(self.bot.catalog, key)
        self._limit(interaction, "save", SAVING)
        anew = await members.save_song(self.bot.database, interaction.user.id, song.key, interaction.created_at)
        return notices.saved(song, self.bot.language_of(interaction), anew=anew)

    def _limit(self, interaction: Interaction, name: str, limit: Limit) -> None:
        self.bot.cooldowns.use(name, limit, interaction.user.id, self.bot.now())


async def setup(bot: OstBot) -> None:
    cog = Saved(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
