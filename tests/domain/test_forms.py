"""The forms in which texts are compared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import forms


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("It’s Okay, That's Love", "its ok thats love"),
        ("ＧＯＢＬＩＮ", "goblin"),
        ("Café", "cafe"),
        ("gob\u200blin", "goblin"),
        ("Cain & Abel", "cain and abel"),
        ("응답하라1988", "응답하라 1988"),
        ("reply1988", "reply 1988"),
        ("B1A4", "b1a4"),
        ("Iris II", "iris 2"),
        ("펜트하우스 Ⅲ", "펜트하우스 3"),
        ("Dr. Romantic Season 2", "dr romantic 2"),
        ("슬기로운 의사생활 시즌2", "슬기로운 의사생활 2"),
        ("hospital playlist s2", "hospital playlist 2"),
        (unicodedata.normalize("NFD", "도깨비"), "도깨비"),
        ("ㄷㄲㅂ", "ㄷㄲㅂ"),
        ("🎵!?", ""),
    ],
)
def test_folding_leaves_words_alone(text, folded):
    assert forms.fold(text) == folded


@pytest.mark.parametrize(
    "spellings",
    [
        ("dokkaebi", "dokebi", "tokkebi", "ddokkaebi"),
        ("byeol", "byul"),
        ("jeong", "jung", "chung"),
        ("park", "pak", "bak"),
        ("geudae", "gudae"),
        ("도깨비", "도께비", "도개비"),
        ("태양의", "태양에"),
        ("왜", "외", "웨"),
    ],
)
def test_loosely_the_spellings_of_fans_are_one(spellings):
    assert len({forms.loosen(spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize(("one", "other"), [("sun", "sea"), ("시그널", "시그날"), ("romantic 2", "romantic 3")])
def test_loosely_different_words_stay_different(one, other):
    assert forms.loosen(one) != forms.loosen(other)


@given(st.text(max_size=40))
def test_folding_again_changes_nothing_of_a_korean_or_latin_text(text):
    folded = forms.fold(text.replace("\n", " "))
    assert folded == folded.strip()
    assert "  " not in folded


@given(st.lists(st.text(st.characters(exclude_characters="\n"), max_size=20), max_size=6))
def test_many_are_folded_as_each_alone(texts):
    assert forms.fold_all(texts) == [forms.fold(text) for text in texts]
