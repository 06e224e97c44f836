"""♥ and /ostsaved, ⋯ and the report of a mistake."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.storage import members, schema
from tests.e2e.reading import answer, labels, options, text

SNOW = "i-will-go-to-you-like-the-first-snow"
TITLE = "I Will Go to You Like the First Snow"


@pytest.fixture
async def card(stage):
    return answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))


async def saved_keys(stage, member) -> list[str]:
    return [row.song_key for row in await members.saved_songs(stage.store.database, member.id)]


async def test_a_heart_saves_for_whoever_pressed_it_and_tells_only_them(stage, card):
    result = await stage.bea.click(card, label="♥ Save")
    assert result.ephemeral
    assert TITLE in text(answer(result))
    assert await saved_keys(stage, stage.bea) == [SNOW]
    assert await saved_keys(stage, stage.ann) == []


async def test_a_second_heart_says_that_it_is_saved_already(stage, card):
    await stage.ann.click(card, label="♥ Save")
    again = await stage.ann.click(card, label="♥ Save")
    assert "already" in text(answer(again))
    assert await saved_keys(stage, stage.ann) == [SNOW]


async def test_what_was_saved_can_be_removed_and_saved_again_in_place(stage, card):
    notice = answer(await stage.ann.click(card, label="♥ Save"))
    removed = answer(await stage.ann.click(notice, label="Remove"))
    assert removed.id == notice.id
    assert await saved_keys(stage, stage.ann) == []
    back = answer(await stage.ann.click(removed, label="Save again"))
    assert back.id == notice.id
    assert await saved_keys(stage, stage.ann) == [SNOW]


async def test_the_list_is_private_newest_first_and_opens_a_song(stage, catalog):
    keys = [song.key for song in catalog.songs_of_drama("goblin")[:3]]
    for key in keys:
        stage.clock.time += timedelta(seconds=1)
        await members.save_song(stage.store.database, stage.ann.id, key, stage.clock.time)
    result = await stage.ann.slash(stage.channel, "ostsaved")
    assert result.ephemeral
    shown = answer(result)
    assert [line["value"].removeprefix("song:") for line in options(shown)] == keys[::-1]
    opened = answer(await stage.ann.select(shown, [options(shown)[0]["value"]]))
    assert opened.id == shown.id
    assert "⋯" in labels(opened)


async def test_a_long_list_is_paged(stage, catalog):
    for song in list(catalog.songs.values())[:23]:
        await members.save_song(stage.store.database, stage.ann.id, song.key, stage.clock.time)
    shown = answer(await stage.ann.slash(stage.channel, "ostsaved"))
    seen = [line["value"] for line in options(shown)]
    for _ in range(2):
        shown = answer(await stage.ann.click(shown, label="→"))
        seen += [line["value"] for line in options(shown)]
    assert len(set(seen)) == 23
    assert shown.embeds[0].footer.text == "Page 3 of 3"


async def test_an_empty_list_says_how_to_fill_it(stage):
    result = await stage.ann.slash(stage.channel, "ostsaved")
    assert result.ephemeral
    assert "♥ Save" in text(answer(result))


async def test_the_list_works_in_direct_messages(stage):
    assert "♥ Save" in text(answer(await stage.ann.user.slash("ostsaved")))


async def test_saving_over_and_over_is_slowed_with_a_time_that_discord_counts_down(stage, card):
    for _ in range(30):
        await stage.ann.click(card, label="♥ Save")
    refused = await stage.ann.click(card, label="♥ Save")
    assert refused.ephemeral
    assert "<t:" in answer(refused).content
    assert ":R>" in answer(refused).content
    stage.clock.time += timedelta(minutes=1)
    assert "already" in text(answer(await stage.ann.click(card, label="♥ Save")))


async def test_every_award_has_its_source_behind_the_dots(stage, card, catalog):
    result = await stage.bea.click(card, label="⋯")
    assert result.ephemeral
    shown = text(answer(result))
    for outcome in catalog.outcomes_of(SNOW):
        assert all(address.replace("(", "%28").replace(")", "%29") in shown for address in outcome.sources)


async def test_a_report_is_taken_in_a_modal_and_stored(stage, card):
    dots = answer(await stage.ann.click(card, label="⋯"))
    asked = await stage.ann.click(dots, label="Report a mistake")
    thanks = await stage.ann.submit_modal(asked, {"text": "It won in **2018**", "source": "https://example.com/a"})
    assert thanks.ephemeral
    assert "Thank you" in text(answer(thanks))
    async with stage.store.database.reading() as connection:
        row = (await connection.execute(select(schema.correction))).one()
    assert (row.song_key, row.member_id, row.text) == (SNOW, stage.ann.id, "It won in **2018**")
    assert row.source == "https://example.com/a"


async def test_a_report_needs_no_source(stage, card):
    dots = answer(await stage.ann.click(card, label="⋯"))
    asked = await stage.ann.click(dots, label="Report a mistake")
    await stage.ann.submit_modal(asked, {"text": "wrong singer"})
    async with stage.store.database.reading() as connection:
        assert (await connection.scalar(select(schema.correction.c.source))) is None


async def test_reports_are_limited_for_each_member(stage, card):
    dots = answer(await stage.ann.click(card, label="⋯"))
    for _ in range(6):
        asked = await stage.ann.click(dots, label="Report a mistake")
        last = await stage.ann.submit_modal(asked, {"text": "wrong singer"})
    assert "<t:" in answer(last).content
    async with stage.store.database.reading() as connection:
        assert await connection.scalar(select(func.count()).select_from(schema.correction)) == 5
