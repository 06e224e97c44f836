"""From what is typed or picked to what is shown."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.catalog import Kind
from bot.domain.errors import Gone, NotFound
from bot.domain.lookup import ANY_DECADE, DECADES, choice_value, draw, entity_of, look_up, song_of
from bot.domain.search import SearchIndex


@pytest.fixture(scope="session")
def index(catalog):
    return SearchIndex(catalog)


def test_a_picked_choice_is_exact(catalog, index):
    for song in list(catalog.songs.values())[:50]:
        found = look_up(catalog, index, choice_value(Kind.SONG, song.key))
        assert found.entity is song
        assert found.others == ()


def test_what_is_typed_without_picking_works_too(catalog, index):
    assert look_up(catalog, index, "Goblin").entity.key == "goblin"
    assert look_up(catalog, index, "도깨비").entity.key == "goblin"


def test_namesakes_stand_beside_what_was_found(catalog, index):
    found = look_up(catalog, index, "snow flower")
    keys = [entity.key for entity in (found.entity, *found.others)]
    assert {"snow-flower-park-hyo-shin", "snow-flower-gummy"} <= set(keys)
    assert len(keys) == len(set(keys))


def test_a_title_that_is_clear_stands_alone(catalog, index):
    assert look_up(catalog, index, "Goblin").others == ()


def test_a_title_with_a_colon_is_text_and_no_key(catalog, index):
    with pytest.raises(NotFound):
        look_up(catalog, index, "song:zzqqxx")


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300))
def test_anything_typed_leads_to_an_entity_or_to_not_found(catalog, index, text):
    missing = None
    try:
        found = look_up(catalog, index, text)
    except NotFound as error:
        missing = error
    if missing:
        assert missing.text == text
        assert len(missing.nearest) <= 3
    else:
        assert found.entity.key in {**catalog.dramas, **catalog.songs, **catalog.artists}


@pytest.mark.parametrize(
    ("kind", "key"), [("song", "no-such-song"), ("album", "goblin"), ("", ""), ("DRAMA", "goblin")]
)
def test_a_button_to_nowhere_says_that_it_is_gone(catalog, kind, key):
    with pytest.raises(Gone):
        entity_of(catalog, kind, key)
    with pytest.raises(Gone):
        song_of(catalog, "no-such-song")


@pytest.mark.parametrize("decade", [ANY_DECADE, *DECADES])
def test_a_drawn_song_is_of_its_pool_and_decade(catalog, decade):
    rng = Random(7)
    for _ in range(40):
        winner = draw(catalog, "awarded", decade, rng)
        assert catalog.wins(winner.key)
        assert catalog.outcomes_of(draw(catalog, "nominated", decade, rng).key)
        charted = draw(catalog, "charted", decade, rng)
        if decade in DECADES:
            assert DECADES[decade] <= catalog.drama_of(charted).year < DECADES[decade] + 10


@pytest.mark.parametrize(("pool", "decade"), [("everything", "any"), ("awarded", "1850s")])
def test_a_forged_pool_is_gone(catalog, pool, decade):
    with pytest.raises(Gone):
        draw(catalog, pool, decade, Random(1))
