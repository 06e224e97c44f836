"""``/trivia``: games in a channel. Their rounds go on by themselves (``_host``); this is where people reach them."""

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.trivia.errors import CannotWriteHere, NotAsked
from bot.domain.trivia.questions.bank import Pool
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.settings import (
    ROUNDS_DEFAULT,
    ROUNDS_MOST,
    SECONDS_DEFAULT,
    SECONDS_LEAST,
    SECONDS_MOST,
    Mode,
    Settings,
)
from bot.ui import errors
from bot.ui import trivia as ui
from bot.ui.components import on_press
from bot.ui.i18n import language
from bot.ui.replies import give

from ._boards import Boards
from ._daily import DailyQuiz
from ._host import Host, Place
from ._play import GUESS_MOST, Play, number_of

_POOLS = {circle.name.lower(): circle for circle in Circle}


@app_commands.allowed_installs(guilds=True, users=False)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=False)
class Trivia(
    Play, DailyQuiz, Boards, commands.GroupCog, group_name=_("trivia"), group_description=_("Drama OST quizzes")
):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.host = Host(bot)

    @app_commands.command(name=_("play"), description=_("Start a game in this channel; everybody can join"))
    @app_commands.rename(mode=_("mode"), rounds=_("rounds"), seconds=_("seconds"), pool=_("pool"))
    @app_commands.describe(
        mode=_("Four buttons if you say nothing"),
        rounds=_("How many questions: 10 if you say nothing"),
        seconds=_("Time for each question: 20 if you say nothing"),
        pool=_("What it is about: winners and nominees if you say nothing"),
    )
    @app_commands.choices(
        mode=[
            app_commands.Choice(name=_("Quiz with four buttons"), value=Mode.QUIZ.value),
            app_commands.Choice(name=_("Type the answer"), value=Mode.TYPE.value),
            app_commands.Choice(name=_("Choseong: guess from the first consonants"), value=Mode.CHOSEONG.value),
        ],
        pool=[
            app_commands.Choice(name=_("Award winners"), value="awarded"),
            app_commands.Choice(name=_("Winners and nominees"), value="nominated"),
            app_commands.Choice(name=_("Everything that charted, too"), value="charted"),
        ],
    )
    async def play(
        self,
        interaction: Interaction,
        mode: str = Mode.QUIZ.value,
        rounds: app_commands.Range[int, 1, ROUNDS_MOST] = ROUNDS_DEFAULT,
        seconds: app_commands.Range[int, SECONDS_LEAST, SECONDS_MOST] = SECONDS_DEFAULT,
        pool: str = "nominated",
    ) -> None:
        await self.start(interaction, Settings(Mode(mode), rounds, seconds, Pool(_POOLS[pool])))

    @app_commands.command(name=_("stop"), description=_("Stop the game in this channel"))
    async def stop(self, interaction: Interaction) -> None:
        running = await self.host.games.running_in(interaction.channel_id or 0)
        if running is None:
            raise NotAsked(0)
        await self.stop_game(interaction, running.game.id)

    @app_commands.command(name=_("answer"), description=_("Type your answer; nobody else sees it"))
    @app_commands.rename(text=_("text"))
    @app_commands.describe(text=_("A drama, a song or a singer, in English or Korean"))
    async def answer(self, interaction: Interaction, text: app_commands.Range[str, 1, GUESS_MOST]) -> None:
        running = await self.host.games.running_in(interaction.channel_id or 0)
        if running is None or running.game.round is None:
            raise NotAsked(0)
        await self.take_guess(interaction, running, running.game.round.number, text)

    @on_press("trivia-again")
    async def play_again(self, interaction: Interaction, game_id: str) -> None:
        before = await self.host.games.find(number_of(game_id))
        await self.start(interaction, before.game.settings)

    async def start(self, interaction: Interaction, settings: Settings) -> None:
        """Start a game where the interaction came from, and say so there. Raises GameRunning, CannotWriteHere."""
        place = self._place(interaction)
        hosted = await self.host.start(place, interaction.user.id, settings)
        try:
            await give(interaction, ui.started(hosted.game, language(place.language)))
        finally:
            self.host.follow(hosted)

    def _place(self, interaction: Interaction) -> Place:
        may = interaction.app_permissions
        is_thread = isinstance(interaction.channel, discord.Thread)
        may_send = may.send_messages_in_threads if is_thread else may.send_messages
        if interaction.guild_id and not (may.view_channel and may_send and may.embed_links):
            raise CannotWriteHere
        say = self.bot.language_of_guild(interaction.guild) if interaction.guild else self.bot.language_of(interaction)
        return Place(interaction.channel_id or 0, interaction.guild_id, say.code)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        try:
            await self.host.take_over()
        except Exception as error:  # noqa: BLE001 - the door takes them all; the games stay for the next look
            errors.record(error, "Taking over games")

    async def cog_unload(self) -> None:
        await self.host.close()


async def setup(bot: OstBot) -> None:
    cog = Trivia(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
