"""The channels that picks go to: threads that fell silent, and forums."""

from datetime import timedelta

import discord
import pytest

from tests.e2e.picks import NOON, noon, plan_of, poster, recent, served, set_up

__all__ = ["noon"]


async def test_of_a_thread_that_fell_silent_discord_is_asked_anew_the_next_day(noon):
    guild, threads = noon.bot.get_guild(noon.guild.id), poster(noon).threads
    thread = await guild.get_channel(noon.channel.id).create_thread(name="talk", type=discord.ChannelType.public_thread)
    await thread.edit(archived=True)
    await noon.env.settle()
    assert threads.find(guild, thread.id) is None, "the library forgets it"
    with noon.env._bot_scope():  # its timers keep to the simulation's time
        assert not threads.is_gone(guild, thread.id)
    await noon.env.settle()
    assert threads.find(guild, thread.id) == thread
    await noon.env.advance_time(700)
    assert threads.find(guild, thread.id) is None


MODERATED, SONGS, NEWS = "Staff", "Songs", "📰 News"
ASKS_FOR_A_TAG = 1 << 4


class Forum:
    """One whose tags change; the simulation keeps them, but not that a post must have one."""

    def __init__(self, stage):
        self.stage = stage
        self.made = stage.guild.create_forum_channel("talk")
        self.place = stage.bot.get_channel(self.made.id)

    async def has(self, *names, asked_for=True):
        kept = {tag.name: tag for tag in self.place.available_tags}
        named = [kept.get(name) or make_tag(name) for name in names]
        await self.place.edit(available_tags=named)
        await self.stage.env.settle()
        self.place._flags = ASKS_FOR_A_TAG if asked_for else 0

    def tag(self, name):
        return next(tag for tag in self.place.available_tags if tag.name == name.removeprefix("📰 "))

    async def tags_of_post(self):
        """What the noon's pick got, once its time has come."""
        await served(self.stage, NOON + timedelta(hours=1))
        [entry] = await recent(self.stage)
        return [tag.name for tag in self.place.get_thread(entry.channel_id).applied_tags]


def make_tag(name):
    emoji, _space, rest = name.rpartition(" ")
    return discord.ForumTag(name=rest, emoji=emoji or None, moderated=name == MODERATED)


@pytest.fixture
async def forum(noon, monkeypatch):
    request = noon.bot.http.request

    def without_files(route, **options):
        """A forum post comes with something that ends a second try, which the simulation takes for an upload."""
        return request(route, **options | {"files": None})

    monkeypatch.setattr(noon.bot.http, "request", without_files)
    forum = Forum(noon)
    await forum.place.set_permissions(forum.place.guild.me, manage_threads=False)
    await forum.has(MODERATED, SONGS, NEWS)
    return forum


async def offered(stage, typed, channel):
    found = await stage.ann.autocomplete(stage.channel, "dailypick setup", "tag", typed, channel=channel)
    return {one["name"]: one["value"] for one in found}


async def health(stage):
    answer = await stage.ann.slash(stage.channel, "dailypick status")
    embed = answer.response.embeds[0]
    return embed.description, embed.fields[1].value


async def test_the_tags_that_posts_may_get_are_offered_and_typing_narrows_them(noon, forum):
    assert await offered(noon, "", forum.made) == {one: str(forum.tag(one).id) for one in (SONGS, NEWS)}
    assert list(await offered(noon, "NEW", forum.made)) == [NEWS]
    assert await offered(noon, "", noon.channel) == {}


async def test_the_chosen_tag_is_what_posts_get(noon, forum):
    answer = await set_up(noon, channel=forum.made, tag=str(forum.tag(NEWS).id))
    assert "Posts get the tag **News**." in answer.response.content
    assert "Posts get the tag **News**." in (await health(noon))[0]
    assert await forum.tags_of_post() == ["News"]


async def test_a_forum_that_asks_for_no_tag_gets_the_chosen_one_too_and_none_unasked(noon, forum):
    await forum.has(MODERATED, SONGS, NEWS, asked_for=False)
    await set_up(noon, channel=forum.made)
    assert "tag" not in (await health(noon))[0]
    await set_up(noon, channel=forum.made, tag="songs")
    assert await forum.tags_of_post() == ["Songs"]


async def test_without_a_choice_the_first_tag_stands_in_and_setup_says_so(noon, forum):
    answer = await set_up(noon, channel=forum.made)
    assert "The forum asks for a tag, so posts get **Songs**." in answer.response.content
    assert await forum.tags_of_post() == ["Songs"]


@pytest.mark.parametrize("asked_for", [True, False], ids=["a tag is asked for", "none is"])
async def test_when_the_chosen_tag_is_deleted_posts_go_on_and_status_says_with_which(noon, forum, asked_for):
    await set_up(noon, channel=forum.made, tag=str(forum.tag(NEWS).id))
    await forum.has(MODERATED, SONGS, asked_for=asked_for)
    _terms, said = await health(noon)
    assert said.startswith("⚠️ The chosen tag is gone")
    assert ("so posts get **Songs**" if asked_for else "so posts get none") in said
    assert await forum.tags_of_post() == (["Songs"] if asked_for else [])


@pytest.mark.parametrize("typed", ["No such tag", "Staff", "@everyone"])
async def test_a_tag_that_posts_cannot_get_is_refused_and_nothing_is_set_up(noon, forum, typed):
    answer = await set_up(noon, channel=forum.made, tag=typed)
    assert "is no tag of" in answer.response.content
    assert await plan_of(noon) is None


async def test_a_text_channel_has_no_tags_to_choose(noon):
    answer = await set_up(noon, tag="Songs")
    assert "is no tag of" in answer.response.content
    assert await plan_of(noon) is None
