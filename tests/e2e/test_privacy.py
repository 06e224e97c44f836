"""*Privacy* in /osthelp: what is kept, export, delete; and servers that the bot leaves."""

import json
from datetime import timedelta

import discord
import pytest

from bot.storage import members, privacy
from bot.ui.components import button
from bot.ui.i18n import all_languages
from bot.ui.privacy import kept
from tests.e2e.reading import answer, labels, text

SNOW = "i-will-go-to-you-like-the-first-snow"


async def card(stage, member):
    help_ = answer(await member.slash(stage.channel, "osthelp"))
    return answer(await member.click(help_, label="Privacy"))


async def leave_traces(stage, member):
    """A language, a saved song and a report."""
    song = answer(await member.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    await member.click(song, label="♥ Save")
    dots = answer(await member.click(song, label="⋯"))
    await member.submit_modal(await member.click(dots, label="Report a mistake"), {"text": "the year is wrong"})
    help_ = answer(await member.slash(stage.channel, "osthelp"))
    await member.select(help_, ["en"])


@pytest.mark.parametrize("say", list(all_languages()), ids=lambda say: say.code)
def test_every_table_with_a_member_in_it_is_told_of(say):
    told = kept(say)
    assert set(told) == set(privacy.personal_columns())
    assert len(set(told.values())) == len(told)


async def test_the_card_says_what_is_kept_why_and_how_long_privately(stage):
    help_ = answer(await stage.ann.slash(stage.channel, "osthelp"))
    result = await stage.ann.click(help_, label="Privacy")
    assert result.ephemeral
    shown = text(answer(result))
    for word in ("saved with ♥", "to show you your list", "30 days after I left", "at most 28 days", "not kept"):
        assert word in shown, word


async def test_an_export_is_a_private_file_with_everything_of_ones_own(stage):
    await leave_traces(stage, stage.ann)
    await leave_traces(stage, stage.bea)
    result = await stage.ann.click(await card(stage, stage.ann), label="Export my data")
    assert result.ephemeral
    (file,) = answer(result).attachments
    content = json.loads(await file.read())
    assert content["member_id"] == str(stage.ann.id)
    assert {name: len(rows) for name, rows in content["tables"].items()} == {
        "member": 1,
        "saved_song": 1,
        "correction": 1,
    }
    assert content["tables"]["correction"][0]["text"] == "the year is wrong"
    assert str(stage.bea.id) not in json.dumps(content)


async def test_deleting_needs_a_second_press_and_leaves_nothing(stage):
    await leave_traces(stage, stage.ann)
    await leave_traces(stage, stage.bea)
    asked = answer(await stage.ann.click(await card(stage, stage.ann), label="Delete my data"))
    assert "cannot be undone" in text(asked)
    assert await privacy.export(stage.store.database, stage.ann.id), "nothing has happened yet"
    done = answer(await stage.ann.click(asked, label="Yes, delete it all"))
    assert "no longer keep anything" in text(done)
    assert "28 days" in text(done), "and says when backups have lost it"
    assert labels(done) == []
    assert await privacy.export(stage.store.database, stage.ann.id) == {}
    assert len(await privacy.export(stage.store.database, stage.bea.id)) == 3
    assert stage.ann.id not in stage.bot.languages.members


async def test_whoever_thinks_better_of_it_keeps_everything(stage):
    await leave_traces(stage, stage.ann)
    asked = answer(await stage.ann.click(await card(stage, stage.ann), label="Delete my data"))
    back = answer(await stage.ann.click(asked, label="No, keep it"))
    assert back.id == asked.id
    assert "Export my data" in labels(back)
    assert len(await privacy.export(stage.store.database, stage.ann.id)) == 3


async def test_all_of_it_works_after_a_restart(stage):
    await leave_traces(stage, stage.ann)
    shown = await card(stage, stage.ann)
    await stage.restart()
    assert answer(await stage.ann.click(shown, label="Export my data")).attachments
    asked = answer(await stage.ann.click(shown, label="Delete my data"))
    await stage.restart()
    await stage.ann.click(asked, label="Yes, delete it all")
    assert await privacy.export(stage.store.database, stage.ann.id) == {}


async def test_a_forged_button_deletes_the_pressers_own_data_and_nobody_elses(stage):
    await leave_traces(stage, stage.ann)
    message = await stage.post(button("prize!", "o1:forgetmenow"), button("or this", f"o1:forgetmenow:{stage.ann.id}"))
    for label in ("prize!", "or this"):
        assert (await stage.bea.click(message, label=label)).ephemeral
    assert len(await privacy.export(stage.store.database, stage.ann.id)) == 3


async def test_exports_are_not_to_be_had_by_the_dozen(stage):
    shown = await card(stage, stage.ann)
    for _ in range(3):
        await stage.ann.click(shown, label="Export my data")
    assert "That was quick" in text(answer(await stage.ann.click(shown, label="Export my data")))


async def test_a_server_that_is_left_is_marked_and_one_that_returns_is_as_before(stage):
    database, guild = stage.store.database, stage.bot.get_guild(stage.guild.id)
    await members.set_guild_language(database, guild.id, "ko")
    cog = stage.bot.get_cog("Privacy")
    await cog.on_guild_remove(guild)
    await cog.on_guild_join(guild)
    assert await privacy.remove_left(database, stage.clock() + timedelta(days=400)) == []
    await cog.on_guild_remove(guild)
    await cog.on_ready()
    assert await privacy.remove_left(database, stage.clock() + timedelta(days=400)) == [], "it is there after all"
    await cog.on_guild_remove(guild)
    assert await privacy.remove_left(database, stage.clock() + timedelta(days=400)) == [guild.id]


async def test_a_server_that_was_left_while_the_bot_was_away_is_noticed_at_the_start(stage):
    await members.set_guild_language(stage.store.database, 12345678, "ko")
    await stage.restart()
    assert await privacy.remove_left(stage.store.database, stage.clock() + timedelta(days=1)) == [12345678]


def test_only_leaving_is_listened_to_not_an_outage():
    from cogs.privacy import Privacy

    events = {name for name, _ in Privacy.__cog_listeners__}
    sessions = {"on_shard_disconnect", "on_shard_resumed", "on_shard_connect"}
    assert events == {"on_guild_remove", "on_guild_join", "on_ready", *sessions}


async def test_a_session_that_is_resumed_and_an_outage_in_the_next_one_leave_every_server_where_it_is(stage):
    cog, guild = stage.bot.get_cog("Privacy"), stage.bot.get_guild(stage.guild.id)
    await cog.on_shard_disconnect(0)
    await cog.on_shard_resumed(0)
    await cog.on_shard_connect(0)
    assert stage.bot.get_guild(guild.id) is guild
    await cog.on_shard_disconnect(0)
    stage.bot._connection._add_guild_from_data({"id": guild.id, "unavailable": True})  # as READY names it
    await cog.on_shard_connect(0)
    assert stage.bot.get_guild(guild.id).unavailable


async def test_a_server_that_the_next_session_does_not_name_is_left(stage):
    await members.set_guild_language(stage.store.database, stage.guild.id, "ko")
    cog = stage.bot.get_cog("Privacy")
    await cog.on_shard_disconnect(1)  # another shard's business
    await cog.on_shard_connect(1)
    assert stage.bot.get_guild(stage.guild.id)
    await cog.on_shard_disconnect(0)
    await cog.on_shard_connect(0)
    assert stage.bot.get_guild(stage.guild.id) is None
    await stage.env.settle()
    assert await privacy.remove_left(stage.store.database, stage.clock() + timedelta(days=1)) == [stage.guild.id]
    assert discord.__version__.startswith("2.7"), "there, an outage comes as on_guild_unavailable"
