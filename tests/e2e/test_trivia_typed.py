"""Typed answers: the modal, /trivia answer, near misses, hints, initials."""

import re
from dataclasses import replace
from types import SimpleNamespace

from bot.domain.trivia.game import Phase
from bot.domain.trivia.questions.question import RefKind
from tests.e2e.reading import answer, text
from tests.e2e.table import bank, buttons, table

__all__ = ["bank", "table"]


async def right_text(table) -> str:
    """A name of the first right answer, as its players may type it."""
    ref = min((await table.game()).round.question.right)
    catalog = table.stage.bot.catalog
    if ref.kind is RefKind.ARTIST:
        return catalog.artists[ref.key].name_ko
    return (catalog.dramas if ref.kind is RefKind.DRAMA else catalog.songs)[ref.key].title_ko


async def test_the_first_right_answer_typed_takes_it_and_ends_the_round_soon(table):
    question = await table.play(mode="type")
    assert list(buttons(question).values()) == ["Answer", "Hint", "Skip", "Stop"]
    wrong = await table.bea.slash(table.channel, "trivia answer", text="zzzz qqqq")
    assert wrong.ephemeral
    assert "is not it. Try again!" in text(answer(wrong))
    told = await table.ann.slash(table.channel, "trivia answer", text=await right_text(table))
    assert told.ephemeral
    assert "is right!" in text(answer(told))
    await table.wait(4.5)
    assert (await table.game()).phase is Phase.REVEALED
    assert f"🥇 <@{table.ann.id}>" in text(table.last)
    assert "✅" in text(table.last)
    assert not re.search(r"✅ \*\*[A-D] · ", text(table.last)), "there were no letters to choose from"


async def test_an_answer_can_be_typed_into_a_form(table):
    await table.play(mode="type")
    form = await table.ann.click(table.last, label="Answer")
    told = await table.ann.submit_modal(form, {"guess": await right_text(table)})
    assert told.ephemeral
    assert "is right!" in text(answer(told))
    assert table.ann.id in (await table.game()).round.answers


async def test_initials_are_asked_and_hints_come_out_by_vote(table):
    question = await table.play(mode="choseong")
    assert "consonants" in text(question)
    hint = await table.ann.click(question, label="Hint")
    assert "The hint is out" in text(answer(hint))
    assert "💡" in text(table.last)
    assert table.last.id == question.id
    await table.ann.click(table.last, label="Hint")
    assert "○" in text(table.last)
    assert "is right!" in text(
        answer(await table.ann.slash(table.channel, "trivia answer", text=await right_text(table)))
    )


async def test_without_a_game_there_is_nothing_to_answer(table):
    told = await table.ann.slash(table.channel, "trivia answer", text="goblin")
    assert told.ephemeral
    assert text(answer(told)) == "That round is over."


async def test_plain_chat_answers_where_the_operator_lets_the_bot_read_it(table):
    settings = table.stage.bot.settings
    table.stage.bot.settings = replace(settings, message_content=True)
    await table.play(mode="type")
    stamp = (await table.game()).round.message_id
    reactions: list[str] = []

    async def react(sign: str) -> None:
        reactions.append(sign)

    async def write(content: str, message_id: int) -> None:
        author = SimpleNamespace(id=table.ann.id, bot=False)
        message = SimpleNamespace(
            id=message_id, content=content, author=author, channel=table.channel, add_reaction=react
        )
        await table.stage.bot.get_cog("Trivia").on_message(message)

    await write("what a nice evening, everybody", stamp + 1)
    await write(await right_text(table), stamp + 2)
    assert reactions == ["✅"]
    assert table.ann.id in (await table.game()).round.answers
