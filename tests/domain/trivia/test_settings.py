"""The settings of a game in a button's id: nothing is lost on the way, and nothing forged gets through."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.errors import Gone
from bot.domain.trivia.questions.bank import Pool
from bot.domain.trivia.questions.difficulty import Level
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.questions.question import Topic
from bot.domain.trivia.settings import DECADES, ROUNDS_MOST, SECONDS_LEAST, SECONDS_MOST, Mode, Settings


@st.composite
def choosable(draw: st.DrawFn) -> Settings:
    mode = draw(st.sampled_from(Mode))
    pool = Pool(
        draw(st.sampled_from(Circle)),
        draw(st.frozensets(st.sampled_from(mode.topics))),
        draw(st.sampled_from((None, *DECADES))),
        draw(st.sampled_from(Level)),
    )
    rounds, seconds = draw(st.integers(1, ROUNDS_MOST)), draw(st.integers(SECONDS_LEAST, SECONDS_MOST))
    return Settings(mode, rounds, seconds, pool, own_thread=draw(st.booleans()))


@given(choosable())
def test_a_code_is_short_and_keeps_everything(settings: Settings):
    assert Settings.from_code(settings.code()) == settings
    assert len(settings.code()) <= 28


def test_a_code_of_today_means_the_same_for_ever():
    """Buttons with such codes stand in channels: this test may be added to, never changed."""
    pool = Pool(Circle.CHARTED, frozenset({Topic.DRAMAS, Topic.AWARDS}), 2010, Level.HARD)
    assert Settings.from_code("0-15-30-2-03-2010-2-1") == Settings(Mode.QUIZ, 15, 30, pool, own_thread=True)
    assert Settings.from_code("1-10-20-1--0-1-0") == Settings(Mode.TYPE)
    assert Settings.from_code("2-10-20-0-4-0-0-0").pool == Pool(
        Circle.AWARDED, frozenset({Topic.INITIALS}), level=Level.EASY
    )


@pytest.mark.parametrize(
    "forged",
    ["", "x", "3-10-20-1--0-1-0", "0-0-20-1--0-1-0", "0-51-20-1--0-1-0", "0-10-4-1--0-1-0", "0-10-181-1--0-1-0",
     "0-10-20-3--0-1-0", "0-10-20-1-4-0-1-0", "0-10-20-1-9-0-1-0", "0-10-20-1--1990-1-0", "0-10-20-1--0-3-0",
     "0-10-20-1--0-1-2", "0-10-20-1--0-1-0-0", "0-1٠-20-1--0-1-0", "0-10-20-1--0-1-0\n"],
)  # fmt: skip
def test_a_forged_code_is_refused(forged: str):
    with pytest.raises(Gone):
        Settings.from_code(forged)


@given(st.from_regex(r"[0-9-]{0,30}", fullmatch=True))
def test_whatever_is_read_from_a_code_can_be_chosen(text: str):
    try:
        settings = Settings.from_code(text)
    except Gone:
        return
    assert settings.checked() is settings
