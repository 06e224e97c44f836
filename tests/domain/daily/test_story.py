import pytest

from bot.domain.catalog import AwardNature, PartialDate, Result
from bot.domain.daily.facts import (
    AwardNight,
    Charted,
    FirstWinner,
    MostAwarded,
    Nomination,
    OnlyPrize,
    Premiere,
    Prize,
    Release,
    Scope,
    SweptNight,
    WinsInYear,
)
from bot.domain.daily.story import Stories
from tests.domain.daily.small_catalog import CHARTED, catalog, day, drama, edition, nominated, song, won

SONGS = [
    song("first-snow", released=PartialDate(2017, 1, 7)),
    song("stay-with-me", artists=("chanyeol", "punch"), released=PartialDate(2016, 12)),
    song("all-for-you", drama="reply", artists=("seo",), released=PartialDate(2012, 8, 28)),
    song("in-the-charts", drama="reply", artists=("seo",), chart=CHARTED),
]
EDITIONS = [
    edition("melon/2012", 2012, day("2012-12-14"), number=1),
    edition("melon/2017", 2017, day("2017-12-02"), number=6),
    edition("mama/2017", 2017, day("2017-12-01"), number=18),
    edition("mama/2017-choice", 2017, day("2017-12-01"), number=18),
    edition("app/2017", 2017, day("2017-12-05"), AwardNature.POLL),
]
OUTCOMES = [
    won("all-for-you", "melon/2012"),
    won("first-snow", "melon/2017"),
    won("first-snow", "mama/2017"),
    won("first-snow", "mama/2017-choice"),
    won("stay-with-me", "app/2017"),
    nominated("stay-with-me", "mama/2017"),
]
DRAMAS = [drama("goblin", 2016, day("2016-12-02")), drama("reply", 2012, day("2012-07-24"))]
STORIES = Stories(catalog(SONGS, OUTCOMES, EDITIONS, DRAMAS))
ANY_DAY = day("2026-05-01")
ALL_PRIZES = ("mama/2017", "mama/2017-choice", "melon/2017")


def test_on_an_award_night_the_night_comes_first():
    told = STORIES.why("first-snow", day("2025-12-02"))
    assert told[:2] == (AwardNight("melon/2017", Result.WON, 8), Premiere("goblin", 9))
    assert STORIES.why("stay-with-me", day("2026-12-01"))[0] == AwardNight("mama/2017", Result.NOMINATED, 9)


def test_round_years_go_before_the_kind_of_the_anniversary():
    told = STORIES.why("first-snow", day("2026-12-02"))
    assert told[:2] == (Premiere("goblin", 10), AwardNight("melon/2017", Result.WON, 9))


def test_the_release_counts_only_where_its_day_is_known():
    assert STORIES.why("first-snow", day("2027-01-07"))[0] == Release(10)
    assert not any(isinstance(fact, Release) for fact in STORIES.why("stay-with-me", day("2026-12-01")))


def test_a_poll_has_no_award_night():
    assert not any(isinstance(fact, AwardNight) for fact in STORIES.why("stay-with-me", day("2026-12-05")))


def test_nothing_is_celebrated_on_the_day_itself():
    assert Release(0) not in STORIES.why("first-snow", day("2017-01-07"))
    assert STORIES.anniversaries.songs_on(day("2017-01-07")) == set()
    assert STORIES.anniversaries.songs_on(day("2018-01-07")) == {"first-snow"}


def test_on_other_days_a_song_tells_its_own_story_best_first():
    assert STORIES.why("first-snow", ANY_DAY) == (
        MostAwarded(Scope.YEAR, "2017", ALL_PRIZES),
        WinsInYear(2017, ALL_PRIZES),
        SweptNight("mama", day("2017-12-01"), ("mama/2017", "mama/2017-choice")),
        MostAwarded(Scope.DRAMA, "goblin", ALL_PRIZES),
        Prize("mama/2017"),
        Prize("mama/2017-choice"),
        Prize("melon/2017"),
    )


def test_the_first_winner_of_a_body_and_a_dramas_only_prize_are_stories():
    assert STORIES.why("all-for-you", ANY_DAY) == (
        FirstWinner("melon", "melon/2012", first_ceremony=True),
        OnlyPrize("reply", "melon/2012"),
        Prize("melon/2012"),
    )


def test_songs_without_a_prize_tell_of_polls_nominations_and_charts():
    assert STORIES.why("stay-with-me", ANY_DAY) == (Prize("app/2017"), Nomination("mama/2017"))
    assert STORIES.why("in-the-charts", ANY_DAY) == (Charted(4, PartialDate(2017, 1), PartialDate(2017, 4)),)


def test_the_only_winner_of_a_body_is_no_first_winner_unless_it_was_its_first_ceremony():
    for number, expected in ((3, False), (None, False), (1, True)):
        stories = Stories(catalog(SONGS, [won("first-snow", "new/1")], [edition("new/1", 2017, number=number)]))
        facts = stories.why("first-snow", ANY_DAY)
        assert any(isinstance(fact, FirstWinner) for fact in facts) is expected


@pytest.mark.parametrize("nature", [AwardNature.POLL, AwardNature.CHART])
def test_a_poll_or_a_chart_is_never_added_to_the_prizes(nature):
    editions = [edition("mama/2017", 2017), edition("app/2017", 2017, nature=nature, number=1)]
    stories = Stories(catalog(SONGS, [won("first-snow", "mama/2017"), won("first-snow", "app/2017")], editions))
    told = stories.why("first-snow", ANY_DAY)
    assert told == (OnlyPrize("goblin", "mama/2017"), Prize("mama/2017"), Prize("app/2017"))


def test_two_first_winners_in_one_year_are_none():
    editions = [edition("new/a", 2017, number=1), edition("new/b", 2017, number=1), edition("new/c", 2018, number=2)]
    outcomes = [won("first-snow", "new/a"), won("stay-with-me", "new/b"), won("all-for-you", "new/c")]
    stories = Stories(catalog(SONGS, outcomes, editions))
    assert not any(
        isinstance(fact, FirstWinner) for key in ("first-snow", "stay-with-me") for fact in stories.why(key, ANY_DAY)
    )


def test_a_song_born_on_a_leap_day_is_celebrated_in_leap_years():
    stories = Stories(catalog([song("leap", released=PartialDate(2020, 2, 29))]))
    assert stories.why("leap", day("2024-02-29")) == (Release(4),)
    assert stories.why("leap", day("2023-02-28")) == stories.why("leap", day("2023-03-01")) == ()


def test_a_song_the_catalog_does_not_have_has_no_story():
    with pytest.raises(KeyError):
        STORIES.why("nowhere", ANY_DAY)
