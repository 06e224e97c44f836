"""/ost and the cards behind its buttons, as members use them."""

import pytest

from bot.domain.catalog import Kind
from bot.domain.search import Hit
from bot.store import BackgroundIndex
from tests.e2e.reading import answer, controls, labels, options, text

SNOW = "i-will-go-to-you-like-the-first-snow"


async def test_what_is_typed_and_sent_without_picking_gets_its_card(stage):
    result = await stage.ann.slash(stage.channel, "ost", query="i will go to you like the first snow")
    assert not result.ephemeral
    assert answer(result).embeds[0].title == "I Will Go to You Like the First Snow"


@pytest.mark.parametrize(
    ("typed", "picked", "title"),
    [
        ("gobl", "drama:goblin", "Goblin"),
        ("첫눈처럼", f"song:{SNOW}", "I Will Go to You Like the First Snow"),
        ("ailee", "artist:ailee", "Ailee"),
    ],
)
async def test_a_suggestion_picked_opens_exactly_that_card(stage, typed, picked, title):
    choices = await stage.ann.autocomplete(stage.channel, "ost", "query", typed)
    assert picked in [choice["value"] for choice in choices]
    result = await stage.ann.slash(stage.channel, "ost", query=picked)
    assert answer(result).embeds[0].title == title


async def test_the_empty_box_already_suggests_something(stage):
    choices = await stage.ann.autocomplete(stage.channel, "ost", "query", "")
    assert 5 <= len(choices) <= 25
    result = await stage.ann.slash(stage.channel, "ost", query=choices[0]["value"])
    assert answer(result).embeds


async def test_a_song_card_says_all_that_matters(stage):
    card = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    shown = text(card)
    for fact in ("첫눈처럼 너에게 가겠다", "Ailee", "Goblin", "2016", "tvN", "🏆", "2017", "Melon Music Awards"):
        assert fact in shown
    listen = next(field.value for field in card.embeds[0].fields if field.name == "Listen")
    assert [name for name in ("YouTube", "Spotify", "Apple Music", "Melon") if f"[{name}](https://" in listen] == [
        "YouTube",
        "Spotify",
        "Apple Music",
        "Melon",
    ]
    assert labels(card) == ["More from Goblin", "More by Ailee", "♥ Save", "⋯"]


async def test_a_drama_card_lists_awarded_songs_first_and_its_menu_opens_one(stage):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    assert "14 songs" in text(card)
    assert SNOW in options(card)[0]["value"]
    result = await stage.ann.select(card, [options(card)[0]["value"]])
    assert answer(result).id == card.id, "the caller's own card changes in place"
    assert answer(result).embeds[0].title == "I Will Go to You Like the First Snow"


async def test_an_artist_card_gives_the_total_and_its_menu_opens_a_song(stage, catalog):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="artist:baek-ji-young"))
    songs = catalog.songs_by_artist("baek-ji-young")
    assert f"{len(songs)} songs" in text(card)
    assert f"{sum(catalog.wins(song.key) for song in songs)} awards" in text(card)
    result = await stage.ann.select(card, [options(card)[1]["value"]])
    assert songs[1].title in answer(result).embeds[0].title


async def test_the_caller_turns_pages_in_place(stage):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    first = [line["value"] for line in options(card)]
    turned = answer(await stage.ann.click(card, label="→"))
    assert turned.id == card.id
    assert turned.embeds[0].footer.text == "Page 2 of 2"
    assert not set(first) & {line["value"] for line in options(turned)}
    back = answer(await stage.ann.click(card, label="←"))
    assert back.embeds[0].footer.text == "Page 1 of 2"
    assert [line["value"] for line in options(back)] == first


async def test_anybody_else_who_presses_gets_a_private_answer_and_the_card_stays(stage):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    before = text(card)
    turned = await stage.bea.click(card, label="→")
    assert turned.ephemeral
    assert answer(turned).embeds[0].footer.text == "Page 2 of 2"
    picked = await stage.bea.select(card, [options(card)[0]["value"]])
    assert picked.ephemeral
    assert text(card) == before


async def test_the_private_answer_belongs_to_its_reader_who_goes_on_in_place(stage):
    card = answer(await stage.ann.slash(stage.channel, "ost", query="drama:goblin"))
    mine = answer(await stage.bea.click(card, label="→"))
    back = await stage.bea.click(mine, label="←")
    assert answer(back).id == mine.id
    assert answer(back).embeds[0].footer.text == "Page 1 of 2"


async def test_buttons_lead_from_card_to_card(stage):
    song = answer(await stage.ann.slash(stage.channel, "ost", query=f"song:{SNOW}"))
    drama = answer(await stage.ann.click(song, label="More from Goblin"))
    assert drama.embeds[0].title == "Goblin"
    song = answer(await stage.ann.select(drama, [options(drama)[0]["value"]]))
    artist = answer(await stage.ann.click(song, label="More by Ailee"))
    assert (artist.id, artist.embeds[0].title) == (song.id, "Ailee")


async def test_a_random_song_and_another_from_the_same_pool_and_decade(stage, catalog):
    card = answer(await stage.ann.slash(stage.channel, "ostrandom", pool="nominated", decade="2010s"))
    seen = {card.embeds[0].title}
    for _ in range(5):
        another = await stage.ann.click(card, label="Another")
        assert answer(another).id == card.id
        seen.add(answer(another).embeds[0].title)
        again = [one["custom_id"] for one in controls(card) if one.get("label") == "Another"]
        assert again == ["o1:random:nominated:2010s"]
    assert len(seen) > 1
    titles = {song.title or song.title_ko for song in catalog.songs.values() if catalog.outcomes_of(song.key)}
    assert seen <= titles


async def test_somebody_else_draws_privately(stage):
    card = answer(await stage.ann.slash(stage.channel, "ostrandom"))
    assert (await stage.bea.click(card, label="Another")).ephemeral


class NearlyFound:
    """A search that finds nothing and has a guess, whatever the real one makes of a word."""

    def find(self, _text, **_limit):
        return []

    def nearest(self, _text, limit):
        return [Hit(Kind.DRAMA, "goblin", 50.0), Hit(Kind.SONG, SNOW, 40.0), Hit(Kind.ARTIST, "ailee", 30.0)][:limit]


async def test_a_miss_is_private_and_its_buttons_open_the_nearest(stage):
    stage.bot.index = BackgroundIndex(stage.bot.catalog, NearlyFound())
    result = await stage.ann.slash(stage.channel, "ost", query="the goblet **drama**")
    assert result.ephemeral
    near = answer(result)
    assert "Did you mean" in text(near)
    assert "the goblet \\*\\*drama\\*\\*" in text(near)
    assert labels(near) == ["Goblin (2016)", "I Will Go to You Like the First Snow · Ailee", "Ailee"]
    opened = await stage.ann.click(near, label="Ailee")
    assert answer(opened).id == near.id
    assert answer(opened).embeds[0].title == "Ailee"


async def test_nothing_near_leaves_a_hint_what_to_type(stage):
    result = await stage.ann.slash(stage.channel, "ost", query="zzzzqqqqxxxx 98765")
    assert result.ephemeral
    assert "zzzzqqqqxxxx 98765" in text(answer(result))
    assert "**Goblin**, **도깨비** or **Ailee**" in text(answer(result))


async def test_direct_messages_work_like_servers(stage):
    member = stage.ann.user
    assert {"ost", "ostrandom", "ostsaved", "osthelp"} <= set(member.available_commands())
    assert (await member.autocomplete("ost", "query", "goblin"))[0]["value"] == "drama:goblin"
    assert answer(await member.slash("ost", query="goblin")).embeds[0].title == "Goblin"
