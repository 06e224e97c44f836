"""When things go wrong: people get a sentence and a reference, the log the traceback under it, nobody an exception."""

import logging
import re

import aiohttp
import pytest

from bot.storage import members
from bot.ui import lookup as ui
from tests.e2e.reading import answer, options, text

SNOW = "i-will-go-to-you-like-the-first-snow"
WORDS = "private words of the exception"
CALLBACK = "/interactions/*/callback"


class Broken(Exception):
    pass


def breaks(*_args, **_facts):
    raise Broken(WORDS)


def one_reference(stage, shown: str) -> str:
    """The reference that the member was given; the log has one error, with it and the traceback."""
    (reference,) = re.findall(r"`([0-9a-f]{6})`", shown)
    (record,) = stage.logged_errors
    assert reference in record.getMessage()
    assert WORDS in logging.Formatter().format(record)
    assert WORDS not in shown
    assert "Broken" not in shown
    return str(reference)


async def test_an_error_in_a_command_gives_a_reference(stage, monkeypatch):
    stage.expected_errors = 1
    monkeypatch.setattr(ui, "song_card", breaks)
    result = await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}")
    assert result.ephemeral
    one_reference(stage, text(answer(result)))


async def test_an_error_behind_a_button_gives_a_reference(stage, monkeypatch):
    stage.expected_errors = 1
    card = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    monkeypatch.setattr(ui, "sources", breaks)
    result = await stage.ann.click(card, label="⋯")
    assert result.ephemeral
    one_reference(stage, text(answer(result)))


async def test_an_error_behind_a_menu_gives_a_reference_and_leaves_the_card(stage, monkeypatch):
    stage.expected_errors = 1
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    before = text(card)
    monkeypatch.setattr(ui, "song_card", breaks)
    result = await stage.ann.select(card, [options(card)[0]["value"]])
    assert result.ephemeral
    one_reference(stage, text(answer(result)))
    assert text(card) == before


async def test_an_error_behind_a_modal_gives_a_reference(stage, monkeypatch):
    stage.expected_errors = 1
    card = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    dots = answer(await stage.ann.click(card, label="⋯"))
    asked = await stage.ann.click(dots, label="Report a mistake")
    monkeypatch.setattr(members, "add_correction", breaks)
    one_reference(stage, text(answer(await stage.ann.submit_modal(asked, {"text": "wrong year"}))))


async def test_an_error_in_autocomplete_is_logged_and_offers_nothing(stage, monkeypatch):
    stage.expected_errors = 1
    monkeypatch.setattr(ui, "choice_name", breaks)
    assert await stage.ann.autocomplete(stage.channel, "ost", "query", "goblin") == []
    (record,) = stage.logged_errors
    assert re.search(r"reference [0-9a-f]{6}", record.getMessage())
    assert WORDS in logging.Formatter().format(record)


async def test_an_error_after_the_answer_comes_as_a_follow_up(stage, monkeypatch):
    stage.expected_errors = 1

    async def give_then_break(interaction, *_rest, **_more):
        await interaction.response.send_message("first")
        breaks()

    monkeypatch.setattr(stage.bot.extensions["cogs.lookup"], "give", give_then_break)
    result = await stage.ann.slash(stage.channel, "ost", query="goblin")
    assert answer(result).content == "first"
    (follow_up,) = result.followups
    assert follow_up.ephemeral
    one_reference(stage, text(follow_up))


async def test_the_apology_is_in_the_members_language(stage, monkeypatch):
    stage.expected_errors = 1
    stage.bot.languages.choose_for_member(stage.ann.id, "ko")
    monkeypatch.setattr(ui, "song_card", breaks)
    shown = text(answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}")))
    assert re.search("[가-힣]", shown)
    one_reference(stage, shown)


async def test_who_asks_gets_a_reference_also_where_an_answer_finds_no_words(stage, monkeypatch):
    stage.expected_errors = 1
    monkeypatch.setattr("bot.ui.errors.not_found", breaks)
    result = await stage.ann.slash(stage.channel, "ost", query="zzzz qqqq")
    assert result.ephemeral
    one_reference(stage, text(answer(result)))


async def test_two_errors_have_two_references(stage, monkeypatch):
    stage.expected_errors = 2
    monkeypatch.setattr(ui, "song_card", breaks)
    shown = [text(answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))) for _ in range(2)]
    assert shown[0] != shown[1]


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 0), (500, 0)])
async def test_a_reply_that_discord_refuses_is_followed_by_an_apology_and_is_one_line_in_the_log(stage, status, code):
    stage.env.inject_error("POST", CALLBACK, status=status, code=code, message=WORDS)
    result = await stage.ann.slash(stage.channel, "ost", query="goblin")
    assert result.ephemeral
    shown = text(answer(result))
    assert WORDS not in shown
    (reference,) = re.findall(r"`([0-9a-f]{6})`", shown)
    (record,) = [one for one in stage.caplog.get_records("call") if reference in one.getMessage()]
    assert (record.levelname, record.exc_info) == ("WARNING", None)
    assert WORDS in record.getMessage()


async def test_a_reply_that_discord_finds_malformed_is_our_own_mistake_and_logged_as_such(stage):
    stage.expected_errors = 1
    stage.env.inject_error("POST", CALLBACK, status=400, code=50035, message=WORDS)
    result = await stage.ann.slash(stage.channel, "ost", query="goblin")
    one_reference(stage, text(answer(result)))


async def test_what_the_library_says_of_suggestions_goes_through_the_door_too(stage):
    stage.env.inject_error("POST", CALLBACK, status=403, code=50013)
    await stage.ann.autocomplete(stage.channel, "ost", "query", "goblin")
    (record,) = [one for one in stage.caplog.get_records("call") if "suggestions" in one.getMessage()]
    assert re.search(r"/ost's suggestions failed, reference [0-9a-f]{6}", record.getMessage())


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 0), (500, 0)])
async def test_a_press_that_discord_refuses_to_answer_leaves_the_bot_well(stage, status, code):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    stage.env.inject_error("POST", CALLBACK, status=status, code=code, times=2)
    await stage.ann.click(card, label="→")
    assert answer(await stage.ann.click(card, label="→")).embeds[0].footer.text == "Page 2 of 2"


@pytest.mark.parametrize(("status", "code"), [(404, 10062), (400, 40060), (404, 10015), (404, 10008)], ids=str)
async def test_an_interaction_that_expired_or_was_answered_is_no_error(stage, status, code):
    stage.env.inject_error("POST", CALLBACK, status=status, code=code, times=None)
    result = await stage.ann.slash(stage.channel, "ost", query="goblin")
    assert not result.acknowledged
    attempts = [request for request in stage.env.http_requests if request.path.endswith("/callback")]
    assert len(attempts) == 1, "nobody is told, for nobody waits"


async def test_a_network_that_breaks_while_answering_ends_nothing(stage, monkeypatch):
    async def broken(*_args, **_message):
        raise aiohttp.ServerDisconnectedError

    with monkeypatch.context() as patch:
        patch.setattr("discord.InteractionResponse.send_message", broken)
        await stage.ann.slash(stage.channel, "ost", query="goblin")
    assert answer(await stage.ann.slash(stage.channel, "ost", query="goblin")).embeds[0].title == "Goblin"
