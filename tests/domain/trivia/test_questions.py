from dataclasses import replace
from datetime import date
from functools import cached_property
from random import Random

import pytest

from bot.domain.catalog import Actor, Artist, Original, Result
from bot.domain.trivia.questions.bank import Pool, QuestionBank
from bot.domain.trivia.questions.difficulty import ENOUGH_ANSWERS, difficulty_from_answers
from bot.domain.trivia.questions.initials import skeleton
from bot.domain.trivia.questions.knowledge import Circle
from bot.domain.trivia.questions.question import Question, QuestionKind, Topic, topic_of

from .little import catalog_of, drama, edition, outcome, song

ANN, BEN = Artist("ann", "Ann", "앤"), Artist("ben", "Ben", "벤")
GOBLIN, SIGNAL = drama("goblin", "Goblin", "도깨비", 2016), drama("signal", "Signal", "시그널", 2016)


def prompts(bank: QuestionBank, kind: QuestionKind, subject: str) -> list:
    return [prompt for prompt in bank.prompts[kind] if subject in [ref.key for ref in prompt.about]]


def keys(refs) -> set[str]:
    return {ref.key for ref in refs}


def parts(bank: QuestionBank, kind: QuestionKind, subject: str) -> tuple[set[str], set[str]]:
    """Keys of the right and of the wrong options of the only prompt about ``subject``."""
    (prompt,) = prompts(bank, kind, subject)
    return keys(bank.makers[kind].right(prompt)), keys(bank.makers[kind].wrong(prompt))


class TestNamesakes:
    @cached_property
    def known(self) -> QuestionBank:
        songs = [
            song("love-ann", "My Love", "내 사랑", "ann", "goblin", 2016),
            song("love-ben", "My Love", "나의 사랑", "ben", "signal", 2016),
            song("again", "my love!", "다시", "ann", "signal", 2018),
        ]
        return QuestionBank(catalog_of([GOBLIN, SIGNAL], songs, [ANN, BEN]))

    def test_a_title_sung_twice_by_the_same_singer_has_two_right_dramas(self):
        assert parts(self.known, QuestionKind.SONG_DRAMA, "love-ann")[0] == {"goblin", "signal"}

    def test_another_singer_s_song_of_that_title_is_neither_right_nor_offered(self):
        right, wrong = parts(self.known, QuestionKind.SONG_ARTIST, "love-ann")
        assert right == {"ann"}
        assert "ben" not in wrong

    def test_a_year_that_two_readings_disagree_about_is_not_asked(self):
        assert not prompts(self.known, QuestionKind.RELEASE_YEAR, "love-ann")
        assert prompts(self.known, QuestionKind.RELEASE_YEAR, "love-ben")

    def test_songs_that_share_a_title_are_not_compared(self):
        assert not prompts(self.known, QuestionKind.FIRST_SONG, "love-ben")


class TestRemakes:
    @cached_property
    def known(self) -> QuestionBank:
        dramas = [drama("secret", "Secret", "비밀", 2013, "KBS2"), drama("secret-2000", "Secret!", "비밀", 2000, "MBC")]
        return QuestionBank(catalog_of(dramas, [song("tears", "Tears", "눈물", "ann", "secret", 2013)], [ANN]))

    def test_the_year_of_a_remake_is_not_asked(self):
        assert not prompts(self.known, QuestionKind.DRAMA_YEAR, "secret")

    def test_the_stations_of_both_are_right(self):
        assert parts(self.known, QuestionKind.NETWORK, "secret")[0] == {"KBS2", "MBC"}


def test_a_station_is_no_wrong_option_for_one_that_its_name_holds():
    goblin = replace(GOBLIN, networks=("KBS",))
    bank = QuestionBank(catalog_of([goblin], [song("snow", "Snow", "눈", "ann", "goblin", 2016)], [ANN]))
    assert parts(bank, QuestionKind.NETWORK, "goblin")[1] == {"SBS", "MBC", "tvN", "JTBC"}


def test_a_streaming_service_is_neither_asked_for_nor_offered():
    goblin = replace(GOBLIN, networks=("Netflix",))
    bank = QuestionBank(catalog_of([goblin], [song("snow", "Snow", "눈", "ann", "goblin", 2016)], [ANN]))
    assert not prompts(bank, QuestionKind.NETWORK, "goblin")
    assert all("Netflix" not in keys(bank.make(p, Random(1)).options) for p in bank.prompts[QuestionKind.NETWORK])


def test_the_singer_of_the_original_is_no_wrong_option_for_a_cover_and_its_year_is_not_asked():
    cover = replace(song("snow", "Snow", "눈", "ann", "goblin", 2016), original=Original("Ben", "벤"))
    bank = QuestionBank(catalog_of([GOBLIN], [cover], [ANN, BEN]))
    right, wrong = parts(bank, QuestionKind.SONG_ARTIST, "snow")
    assert right == {"ann"}
    assert "ben" not in wrong
    assert not prompts(bank, QuestionKind.RELEASE_YEAR, "snow")


def test_a_song_that_names_its_drama_is_not_asked_for_it():
    own = song("goblin-song", "Goblin's Tears", "눈물", "ann", "goblin", 2016)
    assert not prompts(QuestionBank(catalog_of([GOBLIN], [own], [ANN])), QuestionKind.SONG_DRAMA, "goblin-song")


class TestAwards:
    SONGS = (song("snow", "Snow", "눈", "ann", "goblin", 2016), song("road", "Road", "길", "ben", "signal", 2016))

    def bank(self, editions, outcomes) -> QuestionBank:
        return QuestionBank(catalog_of([GOBLIN, SIGNAL], list(self.SONGS), [ANN, BEN], editions, outcomes))

    def test_a_shared_prize_of_which_one_winner_is_known_is_not_asked(self):
        bank = self.bank([edition("mama/2016", 2016, shared=True)], [outcome("snow", "mama/2016")])
        assert not bank.prompts[QuestionKind.AWARD_WINNER]

    def test_both_winners_of_a_shared_prize_are_right(self):
        shared = edition("mama/2016", 2016, shared=True)
        bank = self.bank([shared], [outcome("snow", "mama/2016"), outcome("road", "mama/2016")])
        assert parts(bank, QuestionKind.AWARD_WINNER, "mama/2016")[0] == {"snow", "road"}

    def test_two_winners_of_a_prize_that_is_not_shared_are_a_doubt_and_not_asked(self):
        bank = self.bank([edition("mama/2016", 2016)], [outcome("snow", "mama/2016"), outcome("road", "mama/2016")])
        assert not bank.prompts[QuestionKind.AWARD_WINNER]

    def test_a_winner_of_the_same_night_s_other_year_is_no_wrong_option(self):
        editions = [edition("mama/2016", 2016, date(2017, 1, 5)), edition("mama/2017", 2017, date(2017, 12, 1))]
        bank = self.bank(editions, [outcome("snow", "mama/2016"), outcome("road", "mama/2017")])
        assert "road" not in parts(bank, QuestionKind.AWARD_WINNER, "mama/2016")[1]

    def test_the_year_of_the_night_is_never_offered_beside_the_year_that_the_award_counts(self):
        bank = self.bank([edition("mama/2016", 2016, date(2017, 1, 5))], [outcome("snow", "mama/2016")])
        right, wrong = parts(bank, QuestionKind.AWARD_YEAR, "snow")
        assert right == {"2016"}
        assert "2017" not in wrong

    @pytest.mark.parametrize("complete", [True, False])
    def test_nominees_are_asked_about_only_when_all_are_on_record(self, complete):
        editions = [edition("mama/2016", 2016, nominees_complete=complete)]
        others = [outcome(key, "mama/2016", Result.NOMINATED) for key in ("road", "song-1", "song-2")]
        bank = self.bank(editions, [outcome("snow", "mama/2016"), *others])
        if complete:
            assert parts(bank, QuestionKind.NOMINEE_WON, "mama/2016") == ({"snow"}, {"road", "song-1", "song-2"})
        else:
            assert not bank.prompts[QuestionKind.NOMINEE_WON]


def test_leads_are_asked_about_only_among_dramas_whose_cast_is_known():
    gong, kim = Actor("Gong Yoo", "공유"), Actor("Kim Go-eun", "김고은")
    starring = [replace(GOBLIN, cast=(gong, kim)), *(replace(d, cast=(Actor(f"A{d.key}"),)) for d in (SIGNAL,))]
    more = [drama(f"more-{n}", f"More {n}", f"더{n}", 2015, cast=(Actor(f"B{n}"), kim)) for n in range(2)]
    third = [drama(f"third-{n}", f"Third {n}", f"셋{n}", 2015, cast=(Actor(f"C{n}"),)) for n in range(3)]
    dramas = [*starring, *more, *third]
    songs = [song(f"s-{d.key}", f"Own {d.title}", f"노래{d.key}", "ann", d.key, 2016) for d in dramas]
    bank = QuestionBank(catalog_of(dramas, songs, [ANN]))
    right, wrong = parts(bank, QuestionKind.LEADS_SONG, "Gong Yoo")
    assert right == {"s-goblin"}
    assert wrong == {"s-signal", "s-third-0", "s-third-1", "s-third-2"}


def test_every_word_that_makes_a_title_fits_the_gap():
    songs = [
        song("one", "Because of Rain", "비", "ann", "goblin", 2016),
        song("two", "Because of Spring", "봄", "ben", "signal", 2016),
    ]
    bank = QuestionBank(catalog_of([GOBLIN, SIGNAL], songs, [ANN, BEN]))
    prompt = next(p for p in prompts(bank, QuestionKind.MISSING_WORD, "two") if p.clue == "＿＿ of Spring")
    assert keys(bank.makers[QuestionKind.MISSING_WORD].right(prompt)) == {"Because"}
    (other,) = prompts(bank, QuestionKind.MISSING_WORD, "one")
    question = bank.make(other, Random(3))
    assert "Rain" not in keys(question.options)


def test_skeletons_keep_initials_consonants_and_digits():
    assert skeleton("도깨비") == "ㄷㄲㅂ"
    assert skeleton("첫눈처럼 너에게 가겠다") == "ㅊㄴㅊㄹ ㄴㅇㄱ ㄱㄱㄷ"
    assert skeleton("It's Okay, That's Love") == "ITS OKY THTS LV"
    assert skeleton("응답하라 1988") == "ㅇㄷㅎㄹ 1988"


def test_a_pool_takes_what_touches_an_award_and_filters_by_topic_and_decade():
    songs = [song("snow", "Snow", "눈", "ann", "goblin", 2016), song("road", "Road", "길", "ben", "goblin", 2017)]
    bank = QuestionBank(
        catalog_of([GOBLIN], songs, [ANN, BEN], [edition("mama/2016", 2016)], [outcome("snow", "mama/2016")])
    )
    rows = [p for row in bank.draws_from(Pool(Circle.AWARDED)).values() for p in row]
    named = {ref.key for prompt in rows for ref in prompt.about}
    assert {"snow", "road", "goblin", "ann"} <= named
    assert "song-1" not in named
    assert "song-1" in {
        ref.key for row in bank.draws_from(Pool(Circle.CHARTED)).values() for p in row for ref in p.about
    }
    only = bank.draws_from(Pool(topics=frozenset({Topic.AWARDS})))
    assert {topic_of(p.claimed or p.kind) for row in only.values() for p in row} == {Topic.AWARDS}
    tens = bank.draws_from(Pool(Circle.CHARTED, decade=2010))
    assert {2010} == {bank.knowledge.year(p.about[0]) // 10 * 10 for row in tens.values() for p in row}


def test_the_awarded_and_long_charted_are_easier_than_the_old_and_forgotten(bank, shipped):
    famous = next(p for p in bank.prompts[QuestionKind.SONG_DRAMA] if p.subject[0].key == most_awarded(shipped))
    rows = bank.prompts[QuestionKind.SONG_DRAMA]
    assert bank.difficulty(famous) < sum(map(bank.difficulty, rows)) / len(rows)


def most_awarded(shipped) -> str:
    return max(shipped.songs, key=shipped.wins)


def test_players_decide_the_difficulty_once_there_are_enough_of_their_answers():
    assert difficulty_from_answers(0.4, 0, ENOUGH_ANSWERS - 1) == 0.4
    assert difficulty_from_answers(0.4, 15, 20) == 0.25


def test_a_snapshot_is_plain_and_keeps_everything(bank):
    question = bank.make(bank.prompts[QuestionKind.TRUE_FALSE][0], Random(1))
    assert Question.from_snapshot(question.snapshot()) == question
    assert question.topic is topic_of(question.claim.kind)
