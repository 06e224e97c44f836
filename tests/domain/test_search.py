"""The search index over a small catalog in which every answer can be checked by eye."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalog import (
    Artist,
    Award,
    AwardNature,
    Catalog,
    Confidence,
    Drama,
    Edition,
    Kind,
    Outcome,
    PartialDate,
    Result,
    Song,
)
from bot.domain.search import Hit, SearchIndex


def song(key, title, title_ko, artist, drama, year, part=None):
    return Song(key, title, title_ko, (artist,), drama, part=part, released=PartialDate(year, 1))


EDITION = Edition("mama/2017", "mama", 2017, "Best OST", None, AwardNature.JURY, sources=("https://example.org",))
CATALOG = Catalog(
    dramas=[
        Drama("goblin", "Goblin", "도깨비", 2016, ("Guardian: The Lonely and Great God",)),
        Drama("hotel-del-luna", "Hotel del Luna", "호텔 델루나", 2019),
        Drama("romantic-2", "Dr. Romantic 2", "낭만닥터 김사부 2", 2020),
        Drama("romantic-3", "Dr. Romantic 3", "낭만닥터 김사부 3", 2023),
        Drama("goblins-at-home-2001", "Goblins at Home", "도깨비네 집", 2001),
        Drama("misaeng-2014", "Misaeng", "미생", 2014),
        Drama("midnight-train", "Midnight Train", "밤기차", 2011),
        Drama("beautiful-2009", "Beautiful", "아름다워", 2009),
    ],
    artists=[
        Artist("ailee", "Ailee", "에일리"),
        Artist("crush", "Crush", "크러쉬"),
        Artist("taeyeon", "Taeyeon", "태연"),
        Artist("gummy", "Gummy", "거미"),
    ],
    songs=[
        song(
            "first-snow",
            "I Will Go to You Like the First Snow",
            "첫눈처럼 너에게 가겠다",
            "ailee",
            "goblin",
            2017,
            "Part 9",
        ),
        song("beautiful", "Beautiful", "Beautiful", "crush", "goblin", 2016, "Part 4"),
        song("all-about-you", "All About You", "그대라는 시", "taeyeon", "hotel-del-luna", 2019),
        song("remember-me", "Remember Me", "기억해줘요 내 모든 날과 그때를", "gummy", "hotel-del-luna", 2019),
        song("your-day", "Your Day", "너의 하루는 좀 어때", "gummy", "romantic-2", 2020),
        Song("together", "Duet", "듀엣", ("taeyeon", "crush"), "midnight-train"),
        song("hello", "Hello", "Hello", "taeyeon", "romantic-3", 2023),
    ],
    awards=[Award("mama", "MAMA Awards", "마마 어워즈")],
    editions=[EDITION],
    outcomes=[Outcome("first-snow", EDITION.key, Result.WON, Confidence.HIGH, ("https://example.org",))],
)
INDEX = SearchIndex(CATALOG)


def found(text):
    return [f"{hit.kind}:{hit.key}" for hit in INDEX.find(text)]


def test_a_title_finds_its_drama_and_then_its_songs():
    hits = found("goblin")
    assert hits[0] == "drama:goblin"
    assert hits.index("song:first-snow") < hits.index("song:beautiful")  # the awarded one first


@pytest.mark.parametrize(
    "text",
    [
        "도깨비",
        "dokkaebi",
        "tokebi",
        "ㄷㄲㅂ",
        "ehRoql",
        "EHrOQL",
        "해ㅠㅣㅑㅜ",
        "도깨ㅂ",
        "도꺠",
        "gobln",
        "Goblin OST",
        "the lonely and great god",
    ],
)
def test_any_way_to_write_a_title_finds_it_first(text):
    assert found(text)[0] == "drama:goblin"


@pytest.mark.parametrize(
    "text", ["first snow ailee", "ailee goblin", "에일리 도깨비", "goblin ost part 9", "ailee cjtsns"]
)
def test_words_may_come_from_different_fields(text):
    assert found(text)[0] == "song:first-snow"


def test_a_year_chooses_among_a_singers_songs():
    assert found("gummy 2020")[0] == "song:your-day"
    assert found("gummy 2019")[0] == "song:remember-me"


def test_two_singers_find_what_they_sang_together():
    assert found("crush & taeyeon")[0] == "song:together"


def test_a_year_that_nothing_has_does_not_hide_the_rest():
    assert found("gummy 1999")[0] == "artist:gummy"


def test_a_name_in_two_languages_is_one_name():
    assert INDEX.find("도깨비 goblin")[0].score > 95


def test_an_exact_season_is_far_ahead_of_another():
    second, *others = INDEX.find("dr romantic 2")
    assert second.key == "romantic-2"
    assert all(hit.score < 90 for hit in others if hit.key == "romantic-3")


def test_a_drama_without_songs_is_found_but_below_others_that_match_as_well():
    assert found("미생") == ["drama:misaeng-2014"]
    assert found("beautiful")[:2] == ["song:beautiful", "drama:beautiful-2009"]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "ost", "asdfghjkl", "ㅋㅋㅋㅋ", "ㅠㅠ", "🎵"])
def test_what_means_nothing_finds_nothing(text):
    assert INDEX.find(text) == []
    assert INDEX.nearest(text) == []


def test_what_is_half_right_is_offered_as_nearest_only():
    for text in ("lonely great game", "goblin by nobody"):
        assert INDEX.find(text) == []
        assert INDEX.nearest(text)[0].key == "goblin"


def test_an_empty_box_suggests_something_of_every_kind_with_awards_first():
    suggestions = INDEX.complete("")
    assert [hit.key for hit in suggestions[:3]] == ["goblin", "first-snow", "ailee"]
    assert "misaeng-2014" not in {hit.key for hit in suggestions}


def test_completion_goes_with_every_letter():
    title = "hotel del luna"
    for end in range(2, len(title)):
        assert INDEX.complete(title[:end])[0].key == "hotel-del-luna"


def test_an_explanation_names_what_matched_and_what_did_not():
    hit = INDEX.find("ailee goblin ost")[0]
    lines = "\n".join(INDEX.explain("ailee goblin ost", hit))
    assert "'ailee' is artist 'ailee'" in lines
    assert "'goblin' is drama 'goblin'" in lines
    assert "nothing for: 'ost'" in lines


def test_an_explanation_says_when_the_other_keyboard_was_meant():
    assert INDEX.explain("ehRoql", INDEX.find("ehRoql")[0])[0].startswith("read as:")


def test_nothing_is_explained_about_what_was_not_found():
    assert INDEX.explain("goblin", Hit(Kind.ARTIST, "taeyeon", 90.0)) == []


def test_six_thousand_letters_are_cut_to_what_can_be_a_title():
    assert found("goblin " + "ost " * 1500)[0] == "drama:goblin"
    assert INDEX.find("x" * 6000) == []


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=60))
def test_whatever_is_typed_gets_an_answer_in_order(text):
    for hits in (INDEX.find(text), INDEX.complete(text), INDEX.nearest(text)):
        assert all(0 <= hit.score <= 100 for hit in hits)
        assert len({(hit.kind, hit.key) for hit in hits}) == len(hits)
    assert len(INDEX.find(text, 2)) <= 2


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["hotel-del-luna", "goblins-at-home-2001"]), st.data())
def test_one_slip_of_a_finger_still_finds_a_long_title(key, data):
    title = CATALOG.dramas[key].title
    place = data.draw(st.integers(1, len(title) - 2))
    assert found(title[:place] + title[place + 1 :])[0] == f"drama:{key}"
