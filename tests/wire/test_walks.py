"""What simcord cannot show, by one long-lived process: locales, user installs, private channels, presses at once."""

import asyncio
import re
import sqlite3
from contextlib import closing

import pytest
import pytest_asyncio

from tests.wire.conftest import READY_S, process

pytestmark = pytest.mark.asyncio(loop_scope="module")
ALREADY_ANSWERED = 40060  # provoked below, by an answer that was taken though the connection broke
SNOW = "song:i-will-go-to-you-like-the-first-snow"


@pytest.fixture(scope="module")
def home(tmp_path_factory, filled_database):
    folder = tmp_path_factory.mktemp("walks")
    (folder / "ostinato.db").write_bytes(filled_database.read_bytes())
    return folder


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def running(wire, home):
    """A world, and the bot in it."""
    async with wire.World(rate_limits=True) as world:
        await world.add_guild(channels=("ost",), members=2, locale="de")
        with process(wire, home, world) as bot:
            async with bot:
                await bot.wait_ready(READY_S, commands=5)
                yield world, bot
            assert world.token not in bot.output
        assert not world.findings(ignore=[ALREADY_ANSWERED])


@pytest.fixture
def world(running):
    return running[0]


@pytest.fixture
def guild(world):
    return next(iter(world.guilds.values()))


@pytest.mark.parametrize(
    ("locale", "title", "save"),
    [
        ("ko", "첫눈처럼 너에게 가겠다", "찜"),
        ("de", "I Will Go to You Like the First Snow", "Save"),
        ("en-GB", "I Will Go to You Like the First Snow", "Save"),
        ("zh-TW", "I Will Go to You Like the First Snow", "Save"),
    ],
)
async def test_replies_follow_the_members_discord(world, guild, locale, title, save):
    user = world.add_user(locale=locale)
    await world.add_member(guild, user)
    typed = await world.autocomplete(user, guild.channel, "ost", focused="query", query="에일리 첫눈")
    result = await world.slash(user, guild.channel, "ost", query=typed.choices[0])
    assert result.message.embeds[0]["title"] == title
    assert save in result.message.text


async def test_a_korean_member_finds_the_commands_by_their_korean_names_and_is_answered_so(world, guild):
    user = world.add_user(locale="ko")
    await world.add_member(guild, user)
    registered = {command["name"]: command for command in world.commands[0].values()}
    assert set(registered) >= {"ost", "ostrandom", "ostsaved", "osthelp", "ostadmin"}
    assert any("가" <= letter <= "힣" for letter in registered["ost"]["description_localizations"]["ko"])
    result = await world.slash(user, guild.channel, "ostsaved")
    assert result.ephemeral
    assert "찜" in result.message.text


async def test_direct_messages_and_the_menu_of_languages(world):
    user = world.add_user(locale="en-GB", installed=True)
    place = world.dm_channel(user)
    result = await world.slash(user, place, "osthelp")
    chosen = await world.select(result, "ko")
    assert "Commands" not in chosen.source.text
    card = await world.slash(user, place, "ost", query="Goblin")
    assert "드라마" in card.message.text


async def test_a_user_install_works_where_the_bot_is_no_member(wire, world):
    elsewhere = await world.add_guild(channels=("chat",), members=1, joined=False)
    user = elsewhere.user
    with pytest.raises(wire.NotAllowed):
        await world.slash(user, elsewhere.channel, "ost", query="goblin")
    user.installed = True
    result = await world.slash(user, elsewhere.channel, "ost", query="drama:goblin")
    turned = await world.click(result, label="→")
    assert turned.acked
    assert "Page 2 of 2" in result.message.text


async def test_a_group_chat_without_the_bot_is_served_and_strangers_get_their_own_answer(world):
    ann, bea = (world.add_user(installed=True) for _ in range(2))
    group = world.private_channel(ann, bea, world.add_user())
    result = await world.slash(ann, group, "ost", query="drama:goblin")
    stranger = await world.click(result, label="→", user=bea)
    assert stranger.ephemeral
    assert "Page 1 of 2" in result.message.text


async def test_who_brings_the_bot_along_has_the_daily_quiz_and_hears_why_there_are_no_rounds(world):
    elsewhere = await world.add_guild(channels=("chat",), members=1, joined=False)
    user = elsewhere.user
    user.installed = True
    group = world.private_channel(user, world.add_user())
    for channel in (elsewhere.channel, group):
        refused = await world.slash(user, channel, "trivia play")
        assert refused.ephemeral
        assert "I am not a member here" in refused.message.text
    daily = await world.slash(user, elsewhere.channel, "trivia daily")
    assert daily.ephemeral
    assert "Question 1 of 5" in (await settled(daily)).text


async def settled(result):
    """The message of an answer that was put off: the day's first player waits for its questions."""
    async with asyncio.timeout(30):
        while result.message is None or not result.message.embeds:  # noqa: ASYNC110 - another process answers
            await asyncio.sleep(0.05)
    return result.message


async def test_the_servers_settings_are_offered_to_its_managers_only(wire, world, guild):
    with pytest.raises(wire.NotAllowed):
        await world.slash(guild.user, guild.channel, "ostadmin language", language="ko")
    with pytest.raises(wire.NotAllowed):
        await world.slash(guild.owner, world.dm_channel(guild.owner), "ostadmin language", language="ko")
    result = await world.slash(guild.owner, guild.channel, "ostadmin language", language="ko")
    assert result.ephemeral


async def test_two_presses_at_the_same_moment_save_once(world, guild, home):
    card = await world.slash(guild.user, guild.channel, "ost", query=SNOW)
    presses = await asyncio.gather(*(world.click(card, label="♥ Save") for _ in range(5)))
    assert sorted("already" in press.message.text for press in presses) == [False, True, True, True, True]
    with closing(sqlite3.connect(home / "ostinato.db")) as rows:
        count = rows.execute("SELECT count(*) FROM saved_song WHERE member_id = ?", (guild.user.id,)).fetchone()
    assert count == (1,)


async def test_two_members_turn_pages_at_the_same_moment(world, guild):
    first, second = guild.owner, guild.user
    cards = await asyncio.gather(
        world.slash(first, guild.channel, "ost", query="drama:goblin"),
        world.slash(second, guild.channel, "ost", query="artist:baek-ji-young"),
    )
    await asyncio.gather(*(world.click(card, label="→") for card in cards))
    assert all("Page 2 of 2" in card.message.text for card in cards)


async def test_a_report_travels_through_a_real_modal(world, guild, home):
    card = await world.slash(guild.user, guild.channel, "ost", query=SNOW)
    dots = await world.click(card, label="⋯")
    asked = await world.click(dots, label="Report a mistake")
    done = await world.submit_modal(asked, text="It was 2018", source="https://example.com")
    assert "Thank you" in done.message.text
    with closing(sqlite3.connect(home / "ostinato.db")) as rows:
        assert rows.execute("SELECT text FROM correction").fetchone() == ("It was 2018",)


async def test_six_thousand_characters_and_mentions_mention_nobody(world, guild):
    for typed in ("@everyone " * 600, "<@1> " * 1200, "쀍" * 6000, "\u202e@here**_~|`"):
        result = await world.slash(guild.user, guild.channel, "ost", query=typed)
        assert result.acked
        assert not result.message.data["mention_everyone"]
        assert result.message.data["mentions"] == []
        typed_on = await world.autocomplete(guild.user, guild.channel, "ost", focused="query", query=typed)
        assert typed_on.acked


async def test_a_refused_answer_reaches_the_log_under_the_reference_that_its_member_was_given(running, guild):
    world, bot = running
    world.faults.status("POST", "/interactions/*/callback", 403, body={"code": 50013, "message": "no"})
    result = await world.slash(guild.user, guild.channel, "ostsaved")
    assert result.ephemeral
    (reference,) = re.findall(r"`([0-9a-f]{6})`", result.message.text)
    await bot.wait_log(rf"WARNING.* /ostsaved failed, reference {reference}, .*Forbidden")


async def test_an_answer_that_discord_took_though_the_connection_broke_is_not_given_twice(world, guild):
    world.faults.lost("POST", "/interactions/*/callback")
    result = await world.slash(guild.user, guild.channel, "ost", query="drama:goblin")
    assert result.message.embeds[0]["title"] == "Goblin"
    assert not result.followups
