"""Whatever is typed: a sane answer that mentions nobody and breaks no layout."""

import re
import unicodedata

import pytest

from bot.ui.text import EMBED_DESCRIPTION_MAX, EMBED_TITLE_MAX, EMBED_TOTAL_MAX
from tests.e2e.reading import answer, text

TYPED_MAX = 6000  # Discord's own limit for an option
SNOW = "i-will-go-to-you-like-the-first-snow"

HOSTILE = {
    "6,000 letters": "a" * TYPED_MAX,
    "6,000 syllables": "쀍" * TYPED_MAX,
    "6,000 of many words": ("goblin 도깨비 ost " * 500)[:TYPED_MAX],
    "6,000 combining marks": "e" + "\u0301" * (TYPED_MAX - 1),
    "only spaces": "   ",
    "wide and thin spaces": "\u3000\u2009\u00a0",
    "only punctuation": "?!… --- ...",
    "only quotes": "\"'“”`",
    "emoji": "😀👨‍👩‍👧‍👦🇰🇷❤️‍🔥",
    "right-to-left marks": "\u202egoblin\u202c \u200f\u061c",
    "zero-width": "\u200b\u200b\ufeff",
    "markdown": "**bold** __u__ ~~s~~ ||x|| `c` ```b``` > q\n# h\n- l\n-# s",
    "a masked link": "[free nitro](https://evil.example)",
    "everyone": "@everyone @here",
    "mentions": "<@123456789012345678> <@&123456789012345678> <#123456789012345678> </ost:1>",
    "a timestamp": "<t:0:R> <:a:1>",
    "a picked value of nothing": "song:no-such-song",
    "a picked value of another kind": f"drama:{SNOW}",
    "half a picked value": "song:",
    "braces": "{0.__class__} {text} %s %(a)s",
    "a path": "../../etc/passwd\0",
    "newlines": "a\n\n\n\r\nb",
    "Arabic": "ﷺ مرحبا",
    "lone jamo": "ㄱㄴㄷ ㅏㅑ",
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
async def test_anything_typed_gets_one_sane_answer(stage, typed):
    result = await stage.ann.slash(stage.channel, "ost", query=typed)
    message = answer(result)
    assert not result.followups
    request = stage.env.http_requests[-1].json["data"]
    assert request["allowed_mentions"] == {"parse": []}
    shown = text(message)
    assert not re.search(r"@everyone|@here|(?<!\\)<[@#/t:]|(?<!\\)\]\(https://evil|(?<!\\)\*\*bold", shown)
    assert "\u202e" not in shown
    embed = message.embeds[0]
    assert len(embed) <= EMBED_TOTAL_MAX
    assert len(embed.title or "") <= EMBED_TITLE_MAX
    assert len(embed.description or "") <= EMBED_DESCRIPTION_MAX
    if result.ephemeral:
        assert len(shown) < 400, "a miss quotes a line, not a page"
        assert shown.count("\n") <= 1


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE.keys())
async def test_anything_typed_into_the_box_is_completed_sanely(stage, typed):
    choices = await stage.ann.autocomplete(stage.channel, "ost", "query", typed)
    assert len(choices) <= 25
    assert all(1 <= len(choice["name"]) <= 100 and 1 <= len(choice["value"]) <= 100 for choice in choices)


@pytest.mark.parametrize(
    "typed",
    [
        unicodedata.normalize("NFD", "도깨비"),
        "ＧＯＢＬＩＮ",
        "  goblin  ",
        "GOBLIN",
        "\u202agoblin\u202c",
        "**goblin**",
        "Goblin OST",
        "도깨비 오에스티",
        "/ost goblin",
    ],
)
async def test_odd_ways_to_write_a_name_still_find_it(stage, typed):
    result = await stage.ann.slash(stage.channel, "ost", query=typed)
    assert answer(result).embeds[0].title == "Goblin"


@pytest.mark.parametrize("typed", ["   ", "\u200b", "?!…"])
async def test_nothing_to_look_for_is_said_so(stage, typed):
    result = await stage.ann.slash(stage.channel, "ost", query=typed)
    assert result.ephemeral
    assert "**Goblin**, **도깨비** or **Ailee**" in text(answer(result))
