from dataclasses import replace

from bot.domain.trivia.hints import HIDDEN, SyllableHint, YearHint, all_hints, hints_out, masked
from bot.domain.trivia.questions.question import QuestionKind, Ref, RefKind

from .builders import asked_game, question
from .little import catalog_of, drama, song

CATALOG = catalog_of(
    [drama("goblin", "Goblin", "도깨비", 2016)], [song("snow", "First Snow", "첫눈", "singer-1", "goblin", 2017)]
)


def initials(key: str, clue: str, kind: RefKind = RefKind.DRAMA):
    return replace(
        question(), kind=QuestionKind.CHOSEONG_DRAMA, options=(), right=frozenset({Ref(kind, key)}), clue=clue
    )


def test_first_the_year_and_the_network_then_one_syllable():
    assert all_hints(initials("goblin", "ㄷㄲㅂ"), CATALOG) == (YearHint(2016, ("tvN",)), SyllableHint("○깨○"))


def test_a_latin_clue_shows_a_letter_of_the_latin_title():
    assert all_hints(initials("goblin", "GBLN"), CATALOG)[1] == SyllableHint("○○○l○○")


def test_a_song_s_hint_is_its_drama_s_year_and_a_singer_s_that_of_the_first():
    assert all_hints(initials("snow", "ㅊㄴ", RefKind.SONG), CATALOG)[0] == YearHint(2016, ("tvN",))
    assert all_hints(initials("singer-1", "-", RefKind.ARTIST), CATALOG)[0] == YearHint(2001, ("MBC",))


def test_only_hints_that_were_voted_for_are_out():
    current = replace(asked_game().round, question=initials("goblin", "ㄷㄲㅂ"))
    assert hints_out(current, CATALOG) == ()
    assert len(hints_out(replace(current, hint_count=1), CATALOG)) == 1


def test_a_hint_never_shows_the_whole_answer():
    assert masked("W") == HIDDEN
    assert masked("1+1") == f"{HIDDEN}+1"
    assert masked("첫눈처럼 너에게") == "○○○럼 ○○○" or masked("첫눈처럼 너에게").count(HIDDEN) == 6


def test_every_question_of_the_typed_modes_has_both_hints(bank, shipped):
    from random import Random

    for kind in (QuestionKind.CHOSEONG_DRAMA, QuestionKind.CHOSEONG_SONG, QuestionKind.SONG_ARTIST):
        for prompt in bank.prompts[kind]:
            year, syllable = all_hints(bank.make(prompt, Random(1)), shipped)
            assert year.year > 1980
            assert HIDDEN in syllable.text
