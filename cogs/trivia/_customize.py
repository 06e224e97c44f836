"""*Customize*: a private panel that keeps all its state in its custom_ids, so it works for ever."""

from collections.abc import Sequence
from dataclasses import replace

from bot.client import Interaction
from bot.domain.errors import Gone
from bot.domain.trivia.errors import TooFewQuestions
from bot.domain.trivia.game import Phase
from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.questions.question import Topic
from bot.domain.trivia.settings import Settings
from bot.ui import trivia as ui
from bot.ui.components import chosen_values, number_of, on_press
from bot.ui.replies import Reply, give, turn

from ._channel import takes_threads
from ._start import Start


class Customize(Start):
    @on_press("trivia-custom")
    async def customize(self, interaction: Interaction, game_id: str) -> None:
        """From a game's start or its end; one that still goes on will make room if the one who asks may stop it."""
        game = (await self.host.games.current(number_of(game_id))).game
        is_on = game.phase is not Phase.OVER
        if is_on:
            self.stopping(interaction)(game)  # who may not is told now rather than after choosing
        panel = await self._panel(interaction, game.settings, game.id if is_on else 0)
        await give(interaction, panel, private=True)

    @on_press("trivia-set")
    async def choose(self, interaction: Interaction, part: str, replaced_id: str, code: str) -> None:
        settings = _with_choice(Settings.from_code(code), part, chosen_values(interaction))
        await turn(interaction, await self._panel(interaction, settings, number_of(replaced_id)))

    @on_press("trivia-begin")
    async def begin(self, interaction: Interaction, replaced_id: str, code: str) -> None:
        usual = (await self.rules(interaction)).settings
        settings = replace(Settings.from_code(code), may_change=usual.may_change)
        found = await self.host.quizmaster.count(settings)
        if found is not None and found < settings.round_count:
            raise TooFewQuestions(found, settings.round_count)
        await self.start(interaction, settings, number_of(replaced_id))

    async def _panel(self, interaction: Interaction, settings: Settings, replaced_id: int) -> Reply:
        found = await self.host.quizmaster.count(settings)
        say, threads = self.bot.language_of(interaction), takes_threads(interaction.channel)
        return ui.customize_panel(settings, replaced_id, found, say, threads=threads)


def _with_choice(settings: Settings, part: str, values: Sequence[str]) -> Settings:
    """Raises Gone for what none of our menus holds."""
    pool, value = settings.pool, next(iter(values), "")
    try:
        match part:
            case "topics":
                pool = replace(pool, topics=frozenset(map(Topic, values)))
            case "decade":
                pool = replace(pool, decade=None if value == ui.ANY_DECADE else int(value))
            case "level":
                pool = replace(pool, level=Level(value))
            case "pool":
                pool = replace(pool, circle=Circle[value.upper()])
            case "thread":
                settings = replace(settings, own_thread=not settings.own_thread)
            case _:
                raise Gone(part)
    except (ValueError, KeyError):
        raise Gone(value) from None
    return replace(settings, pool=pool).checked()
