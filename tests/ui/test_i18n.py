"""Sentences in every language."""

import re

import pytest
from babel.messages.pofile import read_po

from bot.ui.i18n import LANGUAGE_NAMES, language
from tests.ui.messages import LOCALES, messages

TRANSLATED = [code for code in LANGUAGE_NAMES if code != "en"]


def placeholders(sentence: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", sentence))


@pytest.mark.parametrize("code", TRANSLATED)
def test_every_sentence_is_translated_and_every_translation_used(code):
    with (LOCALES / f"{code}.po").open("rb") as file:
        entries = {message.id: message.string for message in read_po(file, locale=code) if message.id}
    in_code = set(messages())
    assert in_code - set(entries) == set(), "untranslated"
    assert set(entries) - in_code == set(), "no longer used"
    empty = [source for source, text in entries.items() if not all(text if isinstance(text, tuple) else (text,))]
    assert empty == [], "empty"


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_translation_names_no_fact_that_its_source_does_not_have(code):
    with (LOCALES / f"{code}.po").open("rb") as file:
        for message in read_po(file, locale=code):
            if not message.id:
                continue
            known = set().union(*(placeholders(text) for text in _texts(message.id)))
            for text in _texts(message.string):
                # Dates come with more facts than English uses: Korean writes months as numbers.
                assert placeholders(text) <= known | {"month"}, message.id
                assert known - placeholders(text) <= {"month_name"}, message.id


def _texts(value):
    return value if isinstance(value, tuple) else (value,)


@pytest.mark.parametrize(
    ("locale", "code"), [("ko", "ko"), ("en-GB", "en"), ("en-US", "en"), ("fr", "en"), (None, "en"), ("", "en")]
)
def test_a_discord_locale_leads_to_the_nearest_language(locale, code):
    assert language(locale).code == code


def test_a_korean_sentence_gets_the_particle_that_fits():
    say = language("ko")
    sentence = "**{title}** is no longer in your list."
    assert say(sentence, title="도깨비") == "**도깨비를** 찜 목록에서 뺐어요."
    assert say(sentence, title="시그널") == "**시그널을** 찜 목록에서 뺐어요."


def test_plurals_follow_the_language():
    assert language("en").plural("{count} song", "{count} songs", 1) == "1 song"
    assert language("en").plural("{count} song", "{count} songs", 2) == "2 songs"
    assert language("ko").plural("{count} song", "{count} songs", 1) == "노래 1곡"


def test_braces_in_a_fact_are_left_alone():
    assert language("en")("I found nothing for “{text}”.", text="{count} {0.__class__}") == (
        "I found nothing for “{count} {0.__class__}”."
    )
