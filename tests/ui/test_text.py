"""Text that fits Discord and cannot be turned against its readers."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ui.text import clip, escape, fit_lines, human_join, quoted

HOSTILE = [
    "@everyone",
    "<@123456789012345678>",
    "<#1>",
    "**bold** __under__ ~~gone~~ ||spoiler||",
    "[click](https://evil.example)",
    "https://evil.example",
    "`code` ```block```",
    "# heading",
    "> quote",
    "- list",
    "-# small",
    "\u202egnp.exe",
    "a\u200b\u200db",
    "line\nbreak",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_text_keeps_no_power(text):
    shown = escape(text)
    assert "@everyone" not in shown
    assert not re.search(r"(?<!\\)(<@|<#|\[|\]|://)", shown)
    assert not any(mark in shown.replace("\\*", "").replace("\\_", "").replace("\\`", "") for mark in "*_`")
    assert not shown.startswith(("# ", "> ", "- ", "-# "))
    assert "\u202e" not in shown
    assert "\n" not in shown


def test_ordinary_names_stay_as_they_are():
    for name in ("Seo In-guk", "V (BTS)", "It's You", "첫눈처럼 너에게 가겠다", "D.O.", "10cm", "Dr. Romantic 2"):
        assert escape(name) == name


@given(st.text(), st.integers(min_value=1, max_value=50))
def test_clipped_text_fits(text, limit):
    assert len(clip(text, limit)) <= limit


@given(st.text(max_size=8000))
def test_a_quoted_query_is_one_short_line(text):
    shown = quoted(text)
    assert "\n" not in shown
    assert len(shown) <= 2 * 60 + 60  # each character may get a backslash or a zero-width space


def test_a_decomposed_query_is_quoted_composed():
    assert quoted("\u1103\u1169\u1101\u1162\u1107\u1175") == "도깨비"


@given(st.lists(st.text(min_size=1, max_size=30).filter(lambda line: "\n" not in line), max_size=40))
def test_lines_that_fit_are_all_kept_and_others_are_counted(lines):
    text = fit_lines(lines, 200, "… and {count} more")
    assert len(text) <= 200
    if len("\n".join(lines)) <= 200:
        assert text == "\n".join(lines)
    else:
        kept = text.count("\n")
        assert text.endswith(f"… and {len(lines) - kept} more")


@pytest.mark.parametrize(("words", "joined"), [(["a"], "a"), (["a", "b"], "a & b"), (["a", "b", "c"], "a, b & c")])
def test_words_are_joined_as_people_write_them(words, joined):
    assert human_join(words, " & ") == joined
