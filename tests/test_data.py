"""Every message that the shipped catalog can lead to, in every language, is one that Discord takes."""

from collections.abc import Iterator
from typing import Any

import discord
import pytest

from bot.domain.catalog import Catalog, Kind, Outcome
from bot.domain.hangul import nfc
from bot.domain.lookup import ANY_DECADE, DECADES, POOLS, choice_value
from bot.ui import lookup as ui
from bot.ui import saved as notices
from bot.ui import text as limits
from bot.ui.components import custom_id
from bot.ui.i18n import LANGUAGE_NAMES, Language, language
from bot.ui.lookup._list import PAGE_SIZE
from bot.ui.lookup._song import outcome_line
from bot.ui.replies import Reply

pytestmark = pytest.mark.parametrize("say", [language(code) for code in LANGUAGE_NAMES], ids=str)

ROWS_MAX = 5
BUTTONS_IN_A_ROW_MAX = 5


def problems(reply: Reply) -> Iterator[str]:
    """What Discord would refuse, or a reader stumble over."""
    if reply.content is not None and not 1 <= len(reply.content) <= limits.CONTENT_MAX:
        yield "content"
    if reply.embed is not None:
        yield from embed_problems(reply.embed)
    yield from component_problems(reply.components.to_components())


def embed_problems(embed: discord.Embed) -> Iterator[str]:
    bounds = {
        "title": (embed.title, limits.EMBED_TITLE_MAX),
        "description": (embed.description, limits.EMBED_DESCRIPTION_MAX),
        "author": (embed.author.name, limits.EMBED_AUTHOR_MAX),
        "footer": (embed.footer.text, limits.EMBED_FOOTER_MAX),
    }
    for field in embed.fields:
        bounds[f"name of {field.name}"] = (field.name or "", limits.EMBED_FIELD_NAME_MAX)
        bounds[f"value of {field.name}"] = (field.value or "", limits.EMBED_FIELD_VALUE_MAX)
    for where, (text, most) in bounds.items():
        if text is not None and not 1 <= len(text.strip()) <= len(text) <= most:
            yield f"{where}: {len(text)} characters"
        if text is not None and text != nfc(text):
            yield f"{where}: not composed"
        if text is not None and "{" in text:
            yield f"{where}: something was not filled in: {text}"
    if len(embed) > limits.EMBED_TOTAL_MAX:
        yield f"{len(embed)} characters in all"
    if len(embed.fields) > limits.EMBED_FIELDS_MAX:
        yield "fields"


def component_problems(rows: list[dict[str, Any]]) -> Iterator[str]:
    if len(rows) > ROWS_MAX:
        yield "rows"
    controls = [one for row in rows for one in row["components"]]
    ids = [one["custom_id"] for one in controls]
    if len(ids) != len(set(ids)):
        yield f"ids twice: {ids}"
    for row in rows:
        if len(row["components"]) > BUTTONS_IN_A_ROW_MAX:
            yield "buttons in a row"
    for one in controls:
        yield from menu_problems(one) if "options" in one else button_problems(one)


def button_problems(button: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(button["custom_id"]) <= limits.CUSTOM_ID_MAX:
        yield f"id {button['custom_id']}"
    if not (button.get("label") or button.get("emoji")):
        yield f"{button['custom_id']} shows nothing"
    if len(button.get("label") or "") > limits.BUTTON_LABEL_MAX:
        yield f"label of {button['custom_id']}"


def menu_problems(menu: dict[str, Any]) -> Iterator[str]:
    if not 1 <= len(menu["custom_id"]) <= limits.CUSTOM_ID_MAX:
        yield f"id {menu['custom_id']}"
    if not 1 <= len(menu["options"]) <= limits.SELECT_OPTIONS_MAX:
        yield "options"
    if len(menu.get("placeholder") or "") > limits.SELECT_PLACEHOLDER_MAX:
        yield "placeholder"
    values = [option["value"] for option in menu["options"]]
    if len(values) != len(set(values)):
        yield f"values twice: {values}"
    for option in menu["options"]:
        if not 1 <= len(option["label"]) <= limits.SELECT_LABEL_MAX:
            yield f"label {option['label']}"
        if not 0 < len(option.get("description") or "-") <= limits.SELECT_DESCRIPTION_MAX:
            yield f"description {option['description']}"


def assert_fine(replies: dict[str, Reply]) -> None:
    assert replies
    assert {key: found for key, reply in replies.items() if (found := list(problems(reply)))} == {}


def test_every_song_card(catalog: Catalog, say: Language):
    assert_fine({song.key: ui.song_card(catalog, song, say) for song in catalog.songs.values()})


def test_every_random_card(catalog: Catalog, say: Language):
    again = custom_id("random", max(POOLS, key=len), max((ANY_DECADE, *DECADES), key=len))
    assert_fine({song.key: ui.random_card(catalog, song, say, again=again) for song in catalog.songs.values()})


def test_every_page_of_every_drama_card(catalog: Catalog, say: Language):
    cards = {}
    for drama in catalog.dramas.values():
        for page in range(max(1, -(-len(catalog.songs_of_drama(drama.key)) // PAGE_SIZE))):
            cards[f"{drama.key} {page}"] = ui.drama_card(catalog, drama, say, page)
    assert len(cards) > len(catalog.dramas), "at least one has several pages"
    assert_fine(cards)


def test_every_page_of_every_artist_card(catalog: Catalog, say: Language):
    cards = {}
    for artist in catalog.artists.values():
        for page in range(max(1, -(-len(catalog.songs_by_artist(artist.key)) // PAGE_SIZE))):
            cards[f"{artist.key} {page}"] = ui.artist_card(catalog, artist, say, page)
    assert len(cards) > len(catalog.artists), "at least one has several pages"
    assert_fine(cards)


def test_a_list_of_every_song_saved(catalog: Catalog, say: Language):
    songs = list(catalog.songs.values())
    pages = range(-(-len(songs) // PAGE_SIZE))
    assert_fine({str(page): ui.saved_list(catalog, songs, say, page) for page in pages})


def test_every_sources_card_and_notice(catalog: Catalog, say: Language):
    songs = catalog.songs.values()
    assert_fine({song.key: ui.sources(catalog, song, say) for song in songs})
    assert_fine({song.key: notices.saved(song, say, anew=True) for song in songs})
    assert_fine({song.key: notices.removed(song, say) for song in songs})


def test_every_report_form(catalog: Catalog, say: Language):
    for song in catalog.songs.values():
        form = ui.report_modal(song, say).to_dict()
        assert len(form["title"]) <= limits.MODAL_TITLE_MAX
        assert len(form["custom_id"]) <= limits.CUSTOM_ID_MAX
        assert all(1 <= len(row["label"]) <= limits.TEXT_INPUT_LABEL_MAX for row in form["components"])


def test_every_suggestion_s_line_and_value(catalog: Catalog, say: Language):
    kinds = ((Kind.DRAMA, catalog.dramas), (Kind.SONG, catalog.songs), (Kind.ARTIST, catalog.artists))
    for kind, entities in kinds:
        for key, entity in entities.items():
            for typed in ("a", "가"):
                assert 1 <= len(ui.choice_name(catalog, entity, typed, say)) <= limits.CHOICE_NAME_MAX
            assert len(choice_value(kind, key)) <= limits.CHOICE_VALUE_MAX


def test_every_entity_as_what_may_have_been_meant(catalog: Catalog, say: Language):
    for kind, entities in ((Kind.DRAMA, catalog.dramas), (Kind.SONG, catalog.songs), (Kind.ARTIST, catalog.artists)):
        misses = {key: ui.not_found(catalog, "x" * 6000, [(kind, key)], say) for key in entities}
        assert_fine(misses)


def outcomes(catalog: Catalog) -> Iterator[tuple[str, Outcome]]:
    for song in catalog.songs.values():
        yield from ((song.key, outcome) for outcome in catalog.outcomes_of(song.key))


def test_every_outcome_stands_on_its_song_s_card_or_is_counted_there(catalog: Catalog, say: Language):
    more = say("… and {count} more under ⋯").split("{count}")[1]
    for key, outcome in outcomes(catalog):
        card = ui.song_card(catalog, catalog.songs[key], say).embed
        assert card is not None
        values = [field.value or "" for field in card.fields]
        line = outcome_line(catalog, outcome, say)
        assert any(line in value for value in values) or any(more in value for value in values), (key, line)


def test_every_outcome_s_sources_stand_behind_the_dots(catalog: Catalog, say: Language):
    for key, outcome in outcomes(catalog):
        shown = ui.sources(catalog, catalog.songs[key], say).embed
        assert shown is not None
        for address in outcome.sources:
            assert address.replace("(", "%28").replace(")", "%29") in (shown.description or ""), (key, address)


def test_no_line_of_sources_ends_before_its_page(catalog: Catalog, say: Language):
    for song in catalog.songs.values():
        shown = ui.sources(catalog, song, say).embed
        assert shown is not None
        lines = (shown.description or "").splitlines()
        assert [line for line in lines if line.rstrip().endswith((":", "↳"))] == [], song.key
