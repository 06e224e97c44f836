"""``/trivia``: games in a channel. Their rounds go on by themselves (``_host``); this is where people reach them."""

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.trivia.errors import NotAsked
from bot.domain.trivia.settings import ROUNDS_MOST, SECONDS_LEAST, SECONDS_MOST
from bot.ui import choices, errors
from bot.ui.components import number_of, on_press

from ._boards import Boards
from ._customize import Customize
from ._daily import DailyQuiz
from ._host import Host
from ._play import GUESS_MOST, check_channel


class Trivia(
    Customize, DailyQuiz, Boards, commands.GroupCog, group_name=_("trivia"), group_description=_("Drama OST quizzes")
):
    def __init__(self, bot: OstBot) -> None:
        self.bot = bot
        self.host = Host(bot)
        self.met = {}

    @app_commands.command(name=_("play"), description=_("Start a game in this channel; everybody can join"))
    @app_commands.rename(mode=_("mode"), rounds=_("rounds"), seconds=_("seconds"), pool=_("pool"))
    @app_commands.describe(
        mode=_("Four buttons if you say nothing"),
        rounds=_("How many questions: 10 if you say nothing"),
        seconds=_("Time for each question: 20 if you say nothing"),
        pool=_("What it is about: winners and nominees if you say nothing"),
    )
    @app_commands.choices(
        mode=choices.TRIVIA_MODES,
        pool=choices.POOLS,
    )
    async def play(
        self,
        interaction: Interaction,
        mode: str | None = None,
        rounds: app_commands.Range[int, 1, ROUNDS_MOST] | None = None,
        seconds: app_commands.Range[int, SECONDS_LEAST, SECONDS_MOST] | None = None,
        pool: str | None = None,
    ) -> None:
        usual = (await self.rules(interaction)).settings
        settings = usual.with_choices(mode, rounds, seconds, pool)
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
        check_channel(interaction, before.game)
        await self.start(interaction, before.game.settings)

    @commands.Cog.listener()
    async def on_ready(self) -> None:
        try:
            await self.host.take_over()
        except Exception as error:  # noqa: BLE001 - the door takes them all; the games stay for the next look
            errors.record(error, "Taking over games")
        if self.bot.prepares_ahead:
            self.host.quizmaster.warm()

    async def cog_unload(self) -> None:
        await self.host.close()


async def setup(bot: OstBot) -> None:
    cog = Trivia(bot)
    await bot.add_cog(cog)
    bot.answer_presses(cog)
