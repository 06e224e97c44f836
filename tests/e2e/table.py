"""The stage of a game of trivia: a channel, two players, and Discord's clock.

A test file that plays imports ``table`` and ``bank`` and has them as fixtures.
"""

import importlib
from typing import Any

import discord
import pytest

from bot.domain.trivia.game import GRACE, PAUSE, Game
from bot.domain.trivia.questions.bank import QuestionBank
from bot.domain.trivia.questions.question import Question
from tests.e2e.reading import answer, text

ROUND_S = 20 + GRACE.total_seconds()
PAUSE_S = PAUSE.total_seconds()


@pytest.fixture(scope="session")
def bank(catalog) -> QuestionBank:
    return QuestionBank(catalog)


@pytest.fixture
def table(monkeypatch, bank, request) -> "Table":
    async def next_question(master: Any, game: Game) -> Question | None:
        played = await master._played_in(game)
        return master._choose(bank, game, played, [])

    # In no thread, which the simulation would wait for; and with one bank for all tests.
    quizmaster = importlib.import_module("cogs.trivia._questions").Quizmaster
    monkeypatch.setattr(quizmaster, "next_question", next_question)
    return Table(request.getfixturevalue("stage"))


class Table:
    """Built on a stage."""

    def __init__(self, stage: Any) -> None:
        self.stage, self.env = stage, stage.env
        self.ann, self.bea, self.channel = stage.ann, stage.bea, stage.channel
        stage.clock = stage.env.now
        stage.env.settle_timeout = 3.0  # a click waits for every timer nearer than that
        self._sit_down()

    def _sit_down(self) -> None:
        self.stage.bot.now = self.env.now
        self.host.sign_of_life_s = 3600  # each would make the simulation stop and settle

    @property
    def host(self) -> Any:
        return self.stage.bot.get_cog("Trivia").host

    @property
    def messages(self) -> list[discord.Message]:
        """What the bot has written in the channel, oldest first."""
        return [message for message in self.channel.history() if message.author.id == self.stage.bot.user.id]

    @property
    def last(self) -> discord.Message:
        return self.messages[-1]

    async def game(self) -> Game:
        """The channel's game as it is stored."""
        return (await self.host.games.running_in(self.channel.id)).game

    async def play(self, **options: object) -> discord.Message:
        """Ann starts a game; the first question."""
        await self.ann.slash(self.channel, "trivia play", **options)
        await self.wait(0.1)
        return self.last

    async def right(self) -> int:
        """The index of the right option of the open round."""
        return (await self.game()).round.question.right_option

    async def press(self, actor, index: int, message: discord.Message | None = None) -> str:
        """Press an option; what the player is told privately."""
        message = message or self.last
        result = await actor.click(message, custom_id=option_id(message, index))
        assert result.ephemeral
        return text(answer(result))

    async def wait(self, seconds: float) -> None:
        await self.env.advance_time(seconds)

    async def restart(self, after_s: float) -> None:
        """The process is gone without a word, and comes back after so many seconds."""
        self.host.close = _nothing
        await self.stage.restart()
        self._sit_down()
        await self.wait(after_s)


async def _nothing() -> None:
    """Stands for a farewell that a dead process does not make."""


def buttons(message: discord.Message) -> dict[str, str]:
    """Labels of a message's buttons, by custom_id."""
    rows = [row for row in message.components if isinstance(row, discord.ActionRow)]
    found = [one for row in rows for one in row.children if isinstance(one, discord.Button)]
    return {str(one.custom_id): str(one.label) for one in found}


def option_id(message: discord.Message, index: int) -> str:
    return [one for one in buttons(message) if one.startswith("o1:trivia-answer:")][index]
