"""``/trivia``: games in a channel. Their rounds go on by themselves (``_host``); this is where people reach them."""

import discord
from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.trivia.errors import CannotWriteHere, NotAsked
from bot.domain.trivia.questions.bank import Pool
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.rules import Rules
from bot.domain.trivia.settings import (
    ROUNDS_MOST,
    SECONDS_LEAST,
    SECONDS_MOST,
    Mode,
    Settings,
)
from bot.storage.trivia.rules import rules_of
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
        mode: str | None = None,
        rounds: app_commands.Range[int, 1, ROUNDS_MOST] | None = None,
        seconds: app_commands.Range[int, SECONDS_LEAST, SECONDS_MOST] | None = None,
        pool: str | None = None,
    ) -> None:
        usual = (await self._rules(interaction)).settings
        settings = Settings(
            mode=Mode(mode) if mode else usual.mode,
            round_count=rounds or usual.round_count,
            seconds=seconds or usual.seconds,
            pool=Pool(_POOLS[pool]) if pool else usual.pool,
            may_change=usual.may_change,
        )
        await self.start(interaction, settings)

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
        await self._check_start(interaction)
        hosted = await self.host.start(place, interaction.user.id, settings)
        try:
            await give(interaction, ui.started(hosted.game, language(place.language)))
        finally:
            self.host.follow(hosted)

    async def _rules(self, interaction: Interaction) -> Rules:
        return await rules_of(self.bot.database, interaction.guild_id) if interaction.guild_id else Rules()

    async def _check_start(self, interaction: Interaction) -> None:
        """Raises NotInThisChannel or NotYourRole, as the server's admins decided."""
        channel, user = interaction.channel, interaction.user
        ids = {interaction.channel_id or 0, getattr(channel, "parent_id", None) or 0}
        roles = {role.id for role in user.roles} if isinstance(user, discord.Member) else set()
        rules = await self._rules(interaction)
        rules.check_start(ids, roles, is_moderator=interaction.permissions.manage_messages)

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
