"""Which tag a forum's post gets: the chosen one while it can be used, else the first where there must be one."""

from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.tags import Tagging, tagging, usable_tags


@dataclass
class Tag:
    id: int
    moderated: bool = False

    @property
    def name(self):
        return f"tag {self.id}"


STAFF, SONGS, NEWS = Tag(1, moderated=True), Tag(2), Tag(3)
TAGS = [STAFF, SONGS, NEWS]
TAG_LISTS = st.lists(st.builds(Tag, st.integers(1, 9), st.booleans()), max_size=20, unique_by=lambda tag: tag.id)


def test_the_chosen_tag_is_given_whether_the_forum_asks_for_one_or_not():
    for asked_for in (True, False):
        assert tagging(TAGS, 3, asked_for=asked_for, moderator=False) == Tagging(3, "tag 3", asked_for)


def test_without_a_choice_there_is_a_tag_only_where_there_must_be_one():
    assert tagging(TAGS, None, asked_for=False, moderator=False) == Tagging()
    assert tagging(TAGS, None, asked_for=True, moderator=False) == Tagging(2, "tag 2", asked_for=True)
    assert tagging(TAGS, None, asked_for=True, moderator=True) == Tagging(1, "tag 1", asked_for=True)


def test_a_chosen_tag_that_is_gone_or_moderators_own_is_lost_and_the_first_stands_in_where_there_must_be_one():
    for chosen_id in (1, 9):
        found = tagging(TAGS, chosen_id, asked_for=True, moderator=False)
        assert found == Tagging(2, "tag 2", asked_for=True, lost=True)
        assert tagging(TAGS, chosen_id, asked_for=False, moderator=False) == Tagging(lost=True)
    assert not tagging(TAGS, 1, asked_for=True, moderator=True).lost


def test_where_a_tag_is_asked_for_and_none_can_be_used_no_post_is_possible():
    assert tagging([STAFF], None, asked_for=True, moderator=False).impossible
    assert not tagging([STAFF], None, asked_for=False, moderator=False).impossible


@given(TAG_LISTS, st.none() | st.integers(1, 9), st.booleans(), st.booleans())
def test_what_a_post_gets_is_always_a_tag_that_may_be_used(tags, chosen_id, asked_for, moderator):
    usable = {tag.id for tag in usable_tags(tags, moderator=moderator)}
    found = tagging(tags, chosen_id, asked_for=asked_for, moderator=moderator)
    assert found.tag_id is None or found.tag_id in usable
    assert found.lost == (chosen_id is not None and found.tag_id != chosen_id)
    assert found.impossible == (asked_for and not usable)
