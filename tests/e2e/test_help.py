"""/osthelp, a member's own language, and a server's."""

import discord
import pytest

from bot import __version__
from bot.ui.i18n import language
from tests.e2e.reading import answer, labels, options, text

KOREAN = "ko"


async def test_help_is_private_and_says_how_what_and_which_version(stage, catalog):
    result = await stage.ann.slash(stage.channel, "osthelp")
    assert result.ephemeral
    shown = text(answer(result))
    for fact in ("/ost", "/ostrandom", "/ostsaved", f"{len(catalog.songs)} songs", __version__, "Credits"):
        assert fact in shown
    assert str(catalog.newest_award.year) in shown


async def test_every_command_in_the_help_can_be_clicked_in_both_languages_and_after_a_restart(stage):
    registered = {command.name: command.id for command in await stage.bot.tree.fetch_commands()}
    english = answer(await stage.ann.slash(stage.channel, "osthelp"))
    korean = answer(await stage.bea.select(answer(await stage.bea.slash(stage.channel, "osthelp")), [KOREAN]))
    for shown in (text(english), text(korean)):
        assert f"</ost:{registered['ost']}>" in shown
        assert f"</trivia play:{registered['trivia']}>" in shown
        assert "`/" not in shown
    await stage.restart()
    assert f"</ost:{registered['ost']}>" in text(answer(await stage.ann.slash(stage.channel, "osthelp")))


async def test_a_command_that_another_answer_names_can_be_clicked_too(stage):
    [trivia] = [command.id for command in await stage.bot.tree.fetch_commands() if command.name == "trivia"]
    assert f"</trivia play:{trivia}>" in text(answer(await stage.ann.slash(stage.channel, "trivia scores")))


async def test_a_command_whose_id_is_not_known_is_shown_plainly(stage):
    stage.bot.command_mentions = {}
    shown = text(answer(await stage.ann.slash(stage.channel, "osthelp")))
    assert "`/ost`" in shown
    assert "</" not in shown


async def test_a_member_who_chooses_korean_is_answered_in_korean_ever_after(stage):
    card = answer(await stage.ann.slash(stage.channel, "osthelp"))
    chosen = answer(await stage.ann.select(card, [KOREAN]))
    assert chosen.id == card.id
    assert [line["value"] for line in options(chosen) if line["default"]] == [KOREAN]
    song = answer(await stage.ann.slash(stage.channel, "ost", query="도깨비 에일리"))
    assert song.embeds[0].title == "첫눈처럼 너에게 가겠다"
    assert "♥ " + language(KOREAN)("Save") in labels(song)
    english = answer(await stage.bea.click(song, label="⋯"))
    assert "Sources for" in text(english), "each presser's own language, whatever the card's"


async def test_automatic_forgets_the_choice(stage):
    card = answer(await stage.ann.slash(stage.channel, "osthelp"))
    await stage.ann.select(card, [KOREAN])
    card = answer(await stage.ann.select(card, ["auto"]))
    assert "Commands" in text(card)
    assert stage.bot.languages.members == {}


async def test_a_choice_survives_a_restart(stage):
    card = answer(await stage.ann.slash(stage.channel, "osthelp"))
    await stage.ann.select(card, [KOREAN])
    await stage.restart()
    song = answer(await stage.ann.slash(stage.channel, "ost", query="song:my-destiny"))
    assert "가수" in text(song)


@pytest.fixture
def manager(stage):
    role = stage.guild.create_role("Staff", permissions=discord.Permissions(manage_guild=True))
    return stage.guild.add_member(stage.env.create_user("manager"), roles=[role])


async def test_only_who_manages_the_server_is_offered_its_settings(stage, manager):
    assert "ostadmin language" in manager.available_commands(stage.channel)
    assert "ostadmin language" not in stage.ann.available_commands(stage.channel)
    assert "ostadmin language" not in stage.ann.user.available_commands(), "and nobody in direct messages"


@pytest.mark.parametrize(("choice", "code"), [("ko", "ko"), ("en", "en"), ("auto", None)])
async def test_a_server_language_is_stored_and_confirmed_privately(stage, manager, choice, code):
    await manager.slash(stage.channel, "ostadmin language", language="ko")
    result = await manager.slash(stage.channel, "ostadmin language", language=choice)
    assert result.ephemeral
    assert stage.bot.languages.guilds.get(stage.guild.id) == code
    await stage.restart()
    guild = stage.bot.get_guild(stage.guild.id)
    assert stage.bot.language_of_guild(guild).code == (code or "en")
