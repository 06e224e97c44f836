import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.catalog import Catalog
from bot.domain.forms import fold
from bot.domain.trivia.judge import Verdict, judge
from bot.domain.trivia.questions.question import Ref, RefKind

NOTHING_KNOWN = Catalog(dramas=[], songs=[], artists=[], awards=[], editions=[], outcomes=[])
TABLE = Path(__file__).parents[2] / "data" / "judge.tsv"


def rows() -> list[tuple[list[str], str, Verdict]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines()[1:] if not line.startswith("#")]
    return [
        (answers.split(" | "), guess, Verdict(verdict.lower()))
        for answers, guess, verdict in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    ]


@pytest.mark.parametrize(("answers", "guess", "verdict"), rows())
def test_a_guess_is_judged_as_a_fan_would(answers, guess, verdict, shipped):
    assert judge(guess, answers, shipped) is verdict


def test_the_table_has_the_twenty_known_rows_and_more_than_150_of_our_own():
    assert len(rows()) >= 170


def test_every_name_of_every_answer_is_right(shipped):
    for kind, entities in ((RefKind.DRAMA, shipped.dramas), (RefKind.SONG, shipped.songs)):
        for key, entity in entities.items():
            for name in (entity.title, entity.title_ko, *entity.aliases):
                if name and any(map(str.isalnum, name)):
                    assert judge(name, [Ref(kind, key)], shipped) is Verdict.RIGHT, name


def test_no_other_title_of_the_catalog_is_right(shipped):
    songs_dramas = [drama for drama in shipped.dramas.values() if shipped.songs_of_drama(drama.key)]
    names = {drama.key: {drama.title, drama.title_ko, *drama.aliases} for drama in shipped.dramas.values()}
    for answer in songs_dramas[::8]:
        own = {fold(name) for name in names[answer.key]}
        for other in songs_dramas:
            if not own & {fold(name) for name in names[other.key]}:
                assert judge(other.title, [Ref(RefKind.DRAMA, answer.key)], shipped) is not Verdict.RIGHT


@given(st.text(max_size=60))
def test_no_guess_breaks_the_judge(guess):
    assert judge(guess, ["도깨비"], NOTHING_KNOWN) in Verdict


@given(st.text(alphabet=st.characters(exclude_categories=["L", "N", "M"]), max_size=20))
def test_a_guess_without_letters_or_digits_is_never_right(guess):
    assert judge(guess, ["도깨비", "...", "♡", ""], NOTHING_KNOWN) is Verdict.WRONG


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_another_number_is_never_forgiven(meant, guessed):
    verdict = judge(f"Reply {guessed}", [f"Reply {meant}"], NOTHING_KNOWN)
    assert verdict is (Verdict.RIGHT if meant == guessed else Verdict.WRONG)


@given(st.sampled_from(["Descendants of the Sun", "사랑의 불시착", "Stay With Me"]))
def test_decomposed_and_full_width_text_is_the_same_text(title):
    wide = "".join(chr(ord(char) + 0xFEE0) if "!" <= char <= "~" else char for char in title)
    for guess in (unicodedata.normalize("NFD", title), wide, title.upper()):
        assert judge(guess, [title], NOTHING_KNOWN) is Verdict.RIGHT


def test_one_text_is_an_answer_too(shipped):
    assert judge("goblin", "Goblin", shipped) is Verdict.RIGHT


def test_a_very_long_guess_is_judged_at_once(shipped):
    assert judge("goblin " * 1000, ["Goblin"], shipped) is Verdict.WRONG
