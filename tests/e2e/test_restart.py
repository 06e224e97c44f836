"""A restart loses nothing that was on show, and what the bot never made, or made long ago, is answered politely."""

import gc
import weakref

import pytest

from bot.ui.components import button
from bot.ui.i18n import language
from tests.e2e.reading import answer, labels, options, text

SNOW = "i-will-go-to-you-like-the-first-snow"


async def test_buttons_and_menus_of_before_a_restart_still_work(stage):
    drama = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    drawn = answer(await stage.bea.slash(stage.channel, "ostrandom"))
    await stage.restart()
    assert answer(await stage.ann.click(drama, label="→")).embeds[0].footer.text == "Page 2 of 2"
    song = answer(await stage.ann.select(drama, [options(drama)[0]["value"]]))
    assert song.id == drama.id, "still the caller's own card"
    assert (await stage.bea.click(song, label="♥ Save")).ephemeral
    assert answer(await stage.bea.click(drawn, label="Another")).id == drawn.id


async def test_a_modal_opened_before_a_restart_can_still_be_sent(stage):
    song = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    dots = answer(await stage.ann.click(song, label="⋯"))
    asked = await stage.ann.click(dots, label="Report a mistake")
    await stage.restart()
    assert "Thank you" in text(answer(await stage.ann.submit_modal(asked, {"text": "wrong year"})))


async def test_what_was_saved_before_a_restart_is_there_after_it(stage):
    song = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    await stage.ann.click(song, label="♥ Save")
    await stage.restart()
    saved = answer(await stage.ann.slash(stage.channel, "ostsaved"))
    assert SNOW in options(saved)[0]["value"]


async def test_a_new_session_lets_go_of_what_the_one_before_left_though_it_was_frozen(stage):
    class Server:
        """In a circle with its channels, as the library's are."""

        def __init__(self) -> None:
            self.channel = self

    lookup, song = stage.bot.get_cog("Lookup"), stage.bot.catalog.songs[SNOW]
    try:
        old = weakref.ref(Server())
        gc.freeze()
        gc.collect()
        assert old()
        shown = weakref.ref(lookup.card(song, language("en")).components)
        await stage.bot.on_ready()
        assert old() is None
        assert shown() is None, "a cache that is frozen keeps what it has let go"
    finally:
        gc.unfreeze()


async def test_the_library_keeps_no_view_and_no_modal(stage):
    song = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    dots = answer(await stage.ann.click(song, label="⋯"))
    await stage.ann.click(dots, label="Report a mistake")
    kept = stage.bot._connection._view_store
    assert not kept._views
    assert not kept._modals


FORGED = [
    "o0:open:song:" + SNOW,
    "o2:open:song:" + SNOW,
    "somebody-elses-button",
    "o1",
    "o1:",
    "o1:nosuchaction",
    "o1:open",
    "o1:open:song",
    "o1:open:song:no-such-song",
    "o1:open:planet:mars",
    "o1:open:song:a:b:c",
    "o1:page:drama:goblin:x",
    "o1:page:drama:goblin:--1",
    "o1:page:drama:goblin:²",
    "o1:page:planet:mars:1",
    "o1:random:nosuchpool:any",
    "o1:random:awarded:1890s",
    "o1:save:no-such-song",
    "o1:unsave:no-such-song",
    "o1:resave:no-such-song",
    "o1:more:no-such-song",
    "o1:report:no-such-song",
    "o1:saved:x",
    "o1:saved:",
    "o1:pick:drama",
    "o1:mylanguage",
    "o1:reported:" + SNOW,
    "o1:__init__",
    *(f"o1:page:drama:goblin:{number}" for number in ("-7", "-0", "९", "99999999999999999999")),
]


@pytest.mark.parametrize("custom_id", FORGED)
async def test_a_button_that_is_forged_or_old_is_answered_politely(stage, custom_id):
    message = await stage.post(button("?", custom_id))
    result = await stage.ann.click(message, label="?")
    assert result.ephemeral
    assert any(advice in text(answer(result)) for advice in ("Look it up anew", "use the command again"))


async def test_a_page_that_does_not_exist_any_more_becomes_the_last_one(stage):
    message = await stage.post(button("?", "o1:page:drama:goblin:99"))
    shown = answer(await stage.ann.click(message, label="?"))
    assert shown.embeds[0].footer.text == "Page 2 of 2"


async def test_a_song_that_the_catalog_has_dropped_is_left_out_of_the_list_and_kept_in_the_store(stage, catalog):
    song = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    await stage.ann.click(song, label="♥ Save")
    stage.bot.catalog = type(catalog)(
        dramas=catalog.dramas.values(), songs=[], artists=[], awards=[], editions=[], outcomes=[]
    )
    saved = answer(await stage.ann.slash(stage.channel, "ostsaved"))
    assert "Nothing saved yet" in text(saved)
    stage.bot.catalog = catalog
    saved = answer(await stage.ann.slash(stage.channel, "ostsaved"))
    assert len(options(saved)) == 1
    assert labels(saved) == []
