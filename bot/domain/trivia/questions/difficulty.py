"""How hard a question is: 0 (everybody knows) to 1 (nobody does)."""

from enum import StrEnum

from .knowledge import Knowledge
from .prompt import Prompt
from .question import QuestionKind

ENOUGH_ANSWERS = 20
_LONG_RUN_MONTHS = 6  # in Melon's monthly top 100; a tenth of all charted songs stay that long
_OLD_YEARS = 20
_OF_KIND = {  # numbers are harder to know than names; a coin can be tossed for true or false
    QuestionKind.TRUE_FALSE: -0.15,
    QuestionKind.NETWORK: 0.05,
    QuestionKind.DRAMA_YEAR: 0.1,
    QuestionKind.RELEASE_YEAR: 0.15,
    QuestionKind.AWARD_YEAR: 0.15,
    QuestionKind.MISSING_WORD: -0.1,
}


class Level(StrEnum):
    """What a player can choose."""

    EASY = "easy"
    NORMAL = "normal"
    HARD = "hard"


def difficulty_from_catalog(prompt: Prompt, knowledge: Knowledge) -> float:
    """By how known the subject is: awards, months in the chart, age; and by what is asked of it."""
    obscurity = min((_obscurity(song_key, knowledge) for song_key in _song_keys(prompt, knowledge)), default=0.5)
    return round(min(max(obscurity + _OF_KIND.get(prompt.kind, 0.0), 0.0), 1.0), 3)


def difficulty_from_answers(prior: float, right_count: int, answer_count: int) -> float:
    """What players' recorded answers say once there are enough of them; ``prior`` (the catalog's) before."""
    return prior if answer_count < ENOUGH_ANSWERS else 1 - right_count / answer_count


def _song_keys(prompt: Prompt, knowledge: Knowledge) -> set[str]:
    return {song.key for ref in prompt.about for song in knowledge.songs_of(ref)}


def _obscurity(song_key: str, knowledge: Knowledge) -> float:
    song = knowledge.catalog.songs[song_key]
    awards = min(2 * knowledge.catalog.wins(song_key) + len(knowledge.catalog.outcomes_of(song_key)), 6) / 6
    months = min(song.chart.months if song.chart else 0, _LONG_RUN_MONTHS) / _LONG_RUN_MONTHS
    age = min(max(knowledge.newest_year - knowledge.catalog.drama_of(song).year, 0), _OLD_YEARS) / _OLD_YEARS
    return 0.6 - 0.3 * awards - 0.2 * months + 0.3 * age
