"""Hangul's letters, keyboards, romanization and particles."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import hangul

SYLLABLES = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), min_size=1, max_size=12)


def test_what_a_mac_pastes_is_composed():
    assert hangul.nfc(unicodedata.normalize("NFD", "도깨비")) == "도깨비"


@pytest.mark.parametrize(
    ("text", "has", "is_all"),
    [
        ("도깨비", True, True),
        ("도깨비 OST", True, False),
        ("ㄷㄲㅂ", True, True),
        ("Goblin", False, False),
        ("7", False, False),
    ],
)
def test_hangul_is_told_from_other_scripts(text, has, is_all):
    assert hangul.has_hangul(text) is has
    assert hangul.is_hangul(text) is is_all


@pytest.mark.parametrize(
    ("text", "letters"), [("도깨비", "ㄷㅗㄲㅐㅂㅣ"), ("과", "ㄱㅗㅏ"), ("값", "ㄱㅏㅂㅅ"), ("도깨ㅂ", "ㄷㅗㄲㅐㅂ")]
)
def test_letters_are_the_keys_that_write_them(text, letters):
    assert hangul.jamo(text) == letters


@given(SYLLABLES)
def test_letters_are_the_same_whether_composed_or_not(text):
    assert hangul.jamo(unicodedata.normalize("NFD", text)) == hangul.jamo(text)


@given(SYLLABLES)
def test_a_syllable_still_being_typed_begins_the_finished_one(text):
    letters = hangul.jamo(text)
    assert all(letters.startswith(hangul.jamo(text[:end])) for end in range(len(text)))


def test_conjoining_letters_stand_alone():
    assert hangul.stand_alone(unicodedata.normalize("NFKD", "ㄷㄲㅂ")) == "ㄷㄲㅂ"


def test_initials_keep_what_is_no_syllable():
    assert hangul.choseong("응답하라 1988") == "ㅇㄷㅎㄹ 1988"


def test_romanization_follows_sound_changes():
    assert hangul.romanize("별에서 온 그대") == "byeoreseo on geudae"


@given(st.lists(SYLLABLES, min_size=1, max_size=5))
def test_many_are_romanized_as_each_alone(texts):
    assert list(hangul.romanize_all(texts)) == [hangul.romanize(text) for text in texts]


def test_keys_left_on_the_wrong_language_are_read_in_the_other():
    assert hangul.to_latin_keyboard("해ㅠㅣㅑㅜ") == "goblin"
    assert hangul.keys_as_jamo("ehRoql") == "ㄷㅗㄲㅐㅂㅣ"


@given(SYLLABLES)
def test_both_keyboards_are_each_others_inverse(text):
    assert hangul.keys_as_jamo(hangul.to_latin_keyboard(text)) == hangul.jamo(text)


PARTICLES = [
    ("도깨비", "는 가 를 와 로 예요"),
    ("시그널", "은 이 을 과 로 이에요"),  # after ㄹ it is 로
    ("첫눈", "은 이 을 과 으로 이에요"),
    ("OK", "는 가 를 와 로 예요"),
    ("NELL", "은 이 을 과 로 이에요"),
    ("R", "은 이 을 과 로 이에요"),
    ("Goblin", "은 이 을 과 으로 이에요"),
    ("Star", "는 가 를 와 로 예요"),
    ("Secret", "은 이 을 과 으로 이에요"),
    ("2016", "은 이 을 과 으로 이에요"),  # 육
    ("1988", "은 이 을 과 로 이에요"),  # 팔
    ("5", "는 가 를 와 로 예요"),
    ("1,000", "은 이 을 과 으로 이에요"),  # 천
    ("B1A4", "는 가 를 와 로 예요"),
    ("٢٠١٧", "는 가 를 와 로 예요"),  # digits that are not read as Korean numbers
    ("아이유(IU)", "는 가 를 와 로 예요"),
    ("첫눈 (First Love)", "은 이 을 과 으로 이에요"),
    ("“도깨비”", "는 가 를 와 로 예요"),
    ("Love!", "는 가 를 와 로 예요"),
    ("", "는 가 를 와 로 예요"),
]


@pytest.mark.parametrize(("word", "expected"), PARTICLES)
def test_a_particle_follows_the_word_as_it_is_read(word, expected):
    pairs = ("은/는", "이/가", "을/를", "과/와", "으로/로", "이에요/예요")
    assert " ".join(hangul.particle(word, pair) for pair in pairs) == expected


@given(SYLLABLES)
def test_either_order_of_a_pair_will_do(word):
    assert hangul.particle(word, "와/과") == hangul.particle(word, "과/와")
    assert hangul.particle(word, "로/으로") == hangul.particle(word, "으로/로")
