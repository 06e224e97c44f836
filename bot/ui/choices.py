"""What several commands let one choose from, as Discord lists it."""

from discord.app_commands import Choice
from discord.app_commands import locale_str as _

from bot.domain.catalog import Circle
from bot.domain.trivia.settings import Mode

POOLS = [
    Choice(name=_("Award winners"), value=Circle.AWARDED.value),
    Choice(name=_("Winners and nominees"), value=Circle.NOMINATED.value),
    Choice(name=_("Everything that charted, too"), value=Circle.CHARTED.value),
]
"""Each with those before it."""

TRIVIA_MODES = [
    Choice(name=_("Quiz with four buttons"), value=Mode.QUIZ.value),
    Choice(name=_("Type the answer"), value=Mode.TYPE.value),
    Choice(name=_("Choseong: guess from the first consonants"), value=Mode.CHOSEONG.value),
]
