"""``/trivia daily``: five questions a day, the same for everybody, one try."""

from datetime import date

from discord import app_commands
from discord.app_commands import locale_str as _
from discord.ext import commands

from bot.client import Interaction, OstBot
from bot.domain.errors import Gone
from bot.domain.trivia.daily_quiz import DailyTry, daily_questions, daily_streak, quiz_day
from bot.domain.trivia.errors import RoundOver
from bot.domain.trivia.questions.question import Question
from bot.storage.trivia import daily
from bot.ui import trivia as ui
from bot.ui.components import number_of, on_press
from bot.ui.replies import Reply, give, turn

from ._host import Host


class DailyQuiz(commands.Cog):
    bot: OstBot
    host: Host

    @app_commands.command(name=_("daily"), description=_("Five questions, the same for everybody today"))
    async def daily_quiz(self, interaction: Interaction) -> None:
        day, user_id = quiz_day(interaction.id), interaction.user.id
        attempt = await daily.try_of(self.bot.database, user_id, day)
        if attempt is None:
            await interaction.response.defer(ephemeral=True)  # the first of the day waits for the questions
            attempt = DailyTry(user_id, day, await self._fixed(day))
        await give(interaction, await self._message(interaction, attempt), private=True)

    @on_press("trivia-daily")
    async def answer_daily(self, interaction: Interaction, day: str, number: str, option: str) -> None:
        asked, index, chosen = _day_of(day), number_of(number), number_of(option)
        attempt = await daily.try_of(self.bot.database, interaction.user.id, asked)
        if attempt is None or index >= len(attempt.questions) or chosen >= len(attempt.questions[index].options):
            raise Gone(day)
        changed = await daily.change_try(
            self.bot.database, interaction.user.id, asked, lambda attempt: attempt.answer(index, chosen, interaction.id)
        )
        if changed:
            await turn(interaction, await self._message(interaction, changed))

    @on_press("trivia-share")
    async def share_daily(self, interaction: Interaction, day: str) -> None:
        attempt = await daily.try_of(self.bot.database, interaction.user.id, _day_of(day))
        if attempt is None or not attempt.is_finished:
            raise RoundOver(0)
        days = await daily.finished_days(self.bot.database, interaction.user.id)
        streak = daily_streak(days, attempt.day)
        await give(interaction, ui.shared(attempt, streak, self.bot.language_of(interaction)))

    async def _message(self, interaction: Interaction, attempt: DailyTry) -> Reply:
        days = await daily.finished_days(self.bot.database, attempt.user_id)
        streak = daily_streak(days, attempt.day)
        return ui.daily_message(attempt, streak, self.bot.catalog, self.bot.language_of(interaction))

    async def _fixed(self, day: date) -> tuple[Question, ...]:
        bank = await self.host.quizmaster.bank()
        questions = daily_questions(bank, day, await daily.earlier_keys(self.bot.database))
        return await daily.fix_day(self.bot.database, day, questions)


def _day_of(text: str) -> date:
    """A day out of a custom_id; raises Gone for what none of our buttons holds."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Gone(text) from None
