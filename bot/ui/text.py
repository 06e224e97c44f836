"""Discord's limits by name, and the few ways in which text is made to fit them.

The limits: https://docs.discord.com/developers/resources/message#embed-object-embed-limits and
https://docs.discord.com/developers/components/reference.
"""

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from discord.utils import format_dt

CONTENT_MAX = 2000
EMBED_TITLE_MAX = 256
EMBED_DESCRIPTION_MAX = 4096
EMBED_FIELD_NAME_MAX = 256
EMBED_FIELD_VALUE_MAX = 1024
EMBED_FIELDS_MAX = 25
EMBED_AUTHOR_MAX = 256
EMBED_FOOTER_MAX = 2048
EMBED_TOTAL_MAX = 6000
BUTTON_LABEL_MAX = 80
SELECT_OPTIONS_MAX = 25
SELECT_LABEL_MAX = 100
SELECT_DESCRIPTION_MAX = 100
SELECT_PLACEHOLDER_MAX = 150
CUSTOM_ID_MAX = 100
THREAD_NAME_MAX = 100
CHOICES_MAX = 25
CHOICE_NAME_MAX = 100
CHOICE_VALUE_MAX = 100
MODAL_TITLE_MAX = 45
TEXT_INPUT_LABEL_MAX = 45
TEXT_INPUT_PLACEHOLDER_MAX = 100

# Invisible characters that reorder or hide text around them: bidirectional marks, zero-width ones, controls.
_INVISIBLE = re.compile(r"[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]+")

# What Discord's markdown would act on, anywhere or at the start of a line, and the colon of a web address.
_MARKDOWN = re.compile(r"[\\*_~|`\[\]<>]|^[#-](?=[\s#])|(?<=\w):(?=//)")


def clip(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` characters, with an ellipsis where it was cut."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def escape(text: str) -> str:
    """Text from members or data, shown as it was written: no markdown, no mention, no link, no hidden characters.

    For places that render markdown; labels, choices, footers and author lines take plain text as it is.
    """
    shown = _MARKDOWN.sub(r"\\\g<0>", _INVISIBLE.sub(" ", text))
    return shown.replace("@", "@\u200b")  # a zero-width space takes the sting out of every mention


def quoted(text: str, limit: int = 60) -> str:
    """What somebody typed, repeated to them: one line, clipped, harmless."""
    one_line = " ".join(_INVISIBLE.sub(" ", unicodedata.normalize("NFC", text)).split())
    return escape(clip(one_line, limit))


def human_join(words: Sequence[str], conjunction: str) -> str:
    """``a, b and c``; the conjunction comes with its spaces."""
    *others, last = words
    return conjunction.join([", ".join(others), last]) if others else last


def link(label: str, address: str) -> str:
    """A masked link; ``label`` must be escaped already."""
    return f"[{label}](<{address.replace(')', '%29').replace('>', '%3E').replace(' ', '%20')}>)"


def web_query(text: str) -> str:
    """``text`` as a part of a web address."""
    return quote(text, safe="")


def relative_time(moment: datetime) -> str:
    """A time that every reader's own Discord counts down."""
    return format_dt(moment, "R")


def fit_lines(lines: Sequence[str], limit: int, more: str) -> str:
    """As many whole lines as fit ``limit`` characters; ``more`` (with ``{count}``) then says how many are missing."""
    text = "\n".join(lines)
    kept = len(lines)
    while len(text) > limit:
        kept -= 1
        text = "\n".join([*lines[:kept], more.format(count=len(lines) - kept)])
    return text
