"""The promises of search over the shipped catalog: what fans type brings what they mean."""

import pytest

from bot.domain.catalog import Kind
from bot.domain.search import SearchIndex
from tests.labelled import NONSENSE, read_queries

QUERIES = read_queries()
ASKED = [query for query in QUERIES if query.form != NONSENSE]


@pytest.fixture(scope="module")
def index(catalog):
    return SearchIndex(catalog)


@pytest.fixture(scope="module")
def answers(index):
    return {query: [f"{hit.kind}:{hit.key}" for hit in index.find(query.text)] for query in QUERIES}


def test_there_are_enough_queries_of_every_form():
    assert len(ASKED) >= 400
    assert len({query.form for query in ASKED}) >= 25


def test_every_query_expects_something_the_catalog_has(catalog):
    def has(target):
        kind, key = target.split(":")
        return catalog.find(Kind(kind), key) is not None

    assert [query.text for query in ASKED if not any(map(has, query.expected))] == []


def test_the_right_thing_is_first(answers):
    wrong = [query.text for query in ASKED if not (answers[query] and answers[query][0] in query.expected)]
    assert len(wrong) <= 0.02 * len(ASKED), wrong


def test_the_right_thing_is_among_five(answers):
    wrong = [query.text for query in ASKED if query.expected.isdisjoint(answers[query][:5])]
    assert len(wrong) <= 0.005 * len(ASKED), wrong


def test_nonsense_finds_nothing(answers):
    nonsense = [query for query in QUERIES if query.form == NONSENSE]
    answered = [query.text for query in nonsense if answers[query]]
    assert len(answered) <= 0.05 * len(nonsense), answered


@pytest.mark.parametrize(("text", "key"), [("reply 88", "reply-1988"), ("응답하라 94", "reply-1994")])
def test_a_year_may_be_cut_to_two_digits(index, text, key):
    assert index.find(text)[0].key == key


def test_every_drama_with_songs_is_first_for_its_titles(catalog, index):
    dramas = [drama for drama in catalog.dramas.values() if catalog.songs_of_drama(drama.key)]
    titles = {drama.key: {drama.title, drama.title_ko, *drama.aliases} for drama in catalog.dramas.values()}
    wrong = []
    for drama in dramas:
        for title in (drama.title, drama.title_ko):
            best = index.find(title)[0]
            if best.kind is not Kind.DRAMA or (best.key != drama.key and title not in titles[best.key]):
                wrong.append((title, best.key))
    assert len(wrong) <= 0.01 * len(dramas), wrong


@pytest.mark.parametrize(
    ("text", "right", "others"),
    [
        ("Dr. Romantic 2", "dr-romantic-season-2", {"dr-romantic-3", "dr-romantic-2016"}),
        ("Dr. Romantic 3", "dr-romantic-3", {"dr-romantic-season-2", "dr-romantic-2016"}),
        ("Reply 1988", "reply-1988", {"reply-1997", "reply-1994"}),
        ("응답하라 1997", "reply-1997", {"reply-1988", "reply-1994"}),
        ("Hospital Playlist 2", "hospital-playlist-2", {"hospital-playlist"}),
        ("Descendants of the Sun", "descendants-of-the-sun", {"the-legend-of-the-blue-sea"}),
    ],
)
def test_one_season_is_never_taken_for_another(index, text, right, others):
    hits = index.find(text)
    assert hits[0].key == right
    assert all(hit.score < hits[0].score - 10 for hit in hits if hit.key in others)
