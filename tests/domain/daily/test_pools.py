import pytest

from bot.domain.catalog import PartialDate
from bot.domain.daily.pools import Pool, PoolKind, offered_pools, songs_in
from tests.domain.daily.small_catalog import CHARTED, catalog, drama, edition, nominated, song, won

CATALOG = catalog(
    songs=[
        song("winner", released=PartialDate(2016, 12, 3)),
        song("nominee", artists=("crush", "punch")),
        song("charted", drama="signal", artists=("crush",), released=PartialDate(2020, 1), chart=CHARTED),
        song("unknown", drama="signal"),
    ],
    dramas=[drama("goblin", 2016, networks=("tvN",)), drama("signal", 2019, networks=("JTBC", "tvN"))],
    editions=[edition("mama/2017", 2017)],
    outcomes=[won("winner", "mama/2017"), nominated("nominee", "mama/2017")],
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("awarded", {"winner"}),
        ("nominated", {"winner", "nominee"}),
        ("charted", {"winner", "nominee", "charted"}),
        ("decade:2010", {"winner", "nominee"}),  # the nominee's release is not on record: its drama's year counts
        ("decade:2020", {"charted"}),
        ("decade:1990", set()),
        ("network:tvN", {"winner", "nominee", "charted"}),
        ("network:JTBC", {"charted"}),
        ("artist:crush", {"nominee", "charted"}),
        ("artist:nobody", set()),
    ],
)
def test_a_pool_holds_the_songs_it_names(text, expected):
    assert songs_in(Pool.parse(text), CATALOG) == expected


def test_the_pool_is_the_award_winning_one_unless_asked_otherwise():
    assert Pool() == Pool.parse("awarded")


@pytest.mark.parametrize("text", ["", "awards", "awarded:x", "decade", "decade:", "decade:old", "artist:"])
def test_what_names_no_pool_is_refused(text):
    with pytest.raises(ValueError, match="not a"):
        Pool.parse(text)


def test_every_pool_with_songs_is_offered_with_its_size_and_can_be_stored_as_text():
    offered = offered_pools(CATALOG)
    assert [(str(pool), size) for pool, size in offered] == [
        ("awarded", 1),
        ("nominated", 2),
        ("charted", 3),
        ("decade:2020", 1),
        ("decade:2010", 2),
        ("network:tvN", 3),
        ("network:JTBC", 1),
        ("artist:crush", 2),
        ("artist:ailee", 1),
        ("artist:punch", 1),
    ]
    for pool, size in offered:
        assert Pool.parse(str(pool)) == pool
        assert len(songs_in(pool, CATALOG)) == size
    assert {pool.kind for pool, _ in offered} == set(PoolKind)
