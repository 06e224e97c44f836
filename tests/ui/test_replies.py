"""Replies as they are sent."""

import discord
import pytest

from bot.ui.replies import Reply, clickable
from bot.ui.text import CONTENT_MAX, EMBED_DESCRIPTION_MAX, EMBED_FIELD_VALUE_MAX

MENTIONS = {"ost": "</ost:12>", "dailypick setup": "</dailypick setup:34>"}


def embed(description: str | None, *values: str) -> discord.Embed:
    made = discord.Embed(title="`/ost`", description=description)
    for value in values:
        made.add_field(name="`/ost`", value=value)
    return made


def test_commands_become_clickable_where_discord_renders_mentions_and_nowhere_else():
    reply = clickable(Reply("Try `/ost`.", embed("`/dailypick setup` and `/ost`", "`/ost`", "none")), MENTIONS)
    assert reply.content == "Try </ost:12>."
    assert reply.embed.description == "</dailypick setup:34> and </ost:12>"
    assert [one.value for one in reply.embed.fields] == ["</ost:12>", "none"]
    assert reply.embed.title == reply.embed.fields[0].name == "`/ost`"


def test_a_command_that_discord_did_not_name_an_id_for_stays_as_it_is_written():
    assert clickable(Reply("`/ost` and `/osttop`"), {}).content == "`/ost` and `/osttop`"
    assert clickable(Reply("`/ost` and `/osttop`"), MENTIONS).content == "</ost:12> and `/osttop`"


def test_a_shared_reply_is_not_changed():
    shared = Reply("`/ost`", embed("`/ost`", "`/ost`"))
    clickable(shared, MENTIONS)
    assert {shared.content, shared.embed.description, shared.embed.fields[0].value} == {"`/ost`"}
    without = Reply("nothing", embed(None, "nothing"))
    assert clickable(without, MENTIONS).embed is without.embed


@pytest.mark.parametrize("limit", [CONTENT_MAX, EMBED_DESCRIPTION_MAX, EMBED_FIELD_VALUE_MAX])
def test_a_text_that_would_grow_too_long_stays_as_it_is(limit):
    def shown(room: int) -> str:
        text = "`/ost`" + "x" * (limit - len("`/ost`") - room)
        if limit == CONTENT_MAX:
            return clickable(Reply(text), MENTIONS).content
        is_description = limit == EMBED_DESCRIPTION_MAX
        made = clickable(Reply(embed=embed(text) if is_description else embed(None, text)), MENTIONS).embed
        return made.description if is_description else made.fields[0].value

    growth = len("</ost:12>") - len("`/ost`")
    assert shown(growth).startswith("</ost:12>")
    assert shown(growth - 1).startswith("`/ost`")


def test_an_embed_that_would_grow_too_long_as_a_whole_stays_as_it_is():
    values = ["`/ost`" + "x" * 1_000] * 5
    room = 6_000 - len(embed(None, *values))
    made = clickable(Reply(embed=embed("`/ost`" + "x" * (room - 10), *values)), MENTIONS).embed
    assert made.description.startswith("`/ost`")
    assert all(one.value.startswith("`/ost`") for one in made.fields)
