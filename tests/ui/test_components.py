"""Components that say in their id what they do."""

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.components import Choice, Components, button, custom_id, handlers_of, menu, on_press, read_custom_id


@given(st.lists(st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789-", max_size=20), min_size=1, max_size=4))
def test_an_id_is_read_back_as_it_was_written(parts):
    assert read_custom_id(custom_id(*parts)) == (parts[0], parts[1:])


def test_an_id_too_long_for_discord_is_refused_where_it_is_made():
    with pytest.raises(ValueError, match="Discord takes 100"):
        custom_id("open", "x" * 100)


@pytest.mark.parametrize("text", ["", "o1", "o0:open:song:x", "somebody:else", "o2:open", ":::"])
def test_ids_of_other_bots_and_versions_are_not_ours(text):
    assert read_custom_id(text) is None


def test_components_are_sent_and_never_kept_by_the_library():
    row = Components([button("Save", custom_id("save", "x"))])
    assert row.is_finished()
    assert row.to_components()[0]["components"][0]["custom_id"] == "o1:save:x"


def test_long_labels_are_clipped_to_what_discord_takes():
    choice = Choice("x" * 300, "key", description="y" * 300)
    option = menu("Open", custom_id("pick"), [choice]).options[0]
    assert (len(option.label), len(option.description or "")) == (100, 100)
    assert len(button("x" * 300, custom_id("a")).label or "") == 80


def test_marked_methods_are_found_with_their_cog_bound():
    class Cog:
        @on_press("wave")
        async def wave(self, interaction: discord.Interaction) -> None:
            raise NotImplementedError

    cog = Cog()
    assert handlers_of(cog) == {"wave": cog.wave}
