"""A time of day as people write it, in English and Korean.

``9`` ``9:00`` ``9.30`` ``0930`` ``9am`` ``9:30 p.m.`` ``21h30`` ``noon`` ``midnight``
``오후 9시`` ``밤 9시`` ``21시 30분`` ``9시 반`` ``아홉 시`` ``정오`` ``자정`` ``오전 12시``

A bare hour is read on the 24-hour clock: ``9`` and ``9시`` are nine in the morning. A word for a part of the day says
which of the two hours is meant (밤 9시 is 21:00, 밤 1시 and 새벽 1시 are 1:00, 밤 12시 is midnight, 낮 12시 noon), and
an hour that cannot be in it is no time at all (오전 21시). 24:00 is midnight.
"""

import re
import unicodedata
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import time
from types import MappingProxyType

from bot.domain.errors import UserError

_MORNING, _AFTER_NOON = frozenset(range(12)), frozenset(range(12, 24))
_HOURS_OF_DAY_PART: MappingProxyType[str, AbstractSet[int]] = MappingProxyType(
    {
        **dict.fromkeys(("am", "a", "오전"), _MORNING),
        **dict.fromkeys(("pm", "p", "오후"), _AFTER_NOON),
        "새벽": frozenset(range(7)),
        "아침": frozenset(range(4, 12)),
        "낮": frozenset(range(10, 18)),
        "저녁": frozenset(range(16, 24)),
        "밤": frozenset({*range(18, 24), *range(4)}),
    }
)
_KOREAN_HOURS = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉", "열", "열한", "열두")
_NOON = re.compile(r"(?:12 ?)?(?:noon|midday)|정오")
_MIDNIGHT = re.compile(r"(?:12 ?)?midnight|자정")
_DAY_PART = "오전|오후|새벽|아침|낮|저녁|밤"
_CLOCK_TIME = re.compile(
    rf"(?P<before>[ap]m|{_DAY_PART})? ?"
    r"(?:(?P<hour>\d{1,2})(?: ?[:.h] ?(?P<minute>\d{2})|h)?"
    r"|(?P<digits>\d{3,4})"
    rf"|(?P<korean_hour>\d{{1,2}}|{'|'.join(_KOREAN_HOURS)}) ?시"
    r"(?: ?(?:정각|(?P<half>반)|(?P<korean_minute>\d{1,2}) ?분))?)"
    rf" ?(?P<after>[ap]m?|{_DAY_PART})?"
)


@dataclass
class UnreadableTime(UserError):
    """``text`` is no time of day that we can read."""

    text: str


def parse_time(text: str) -> time:
    """The time of day that ``text`` means, to the minute; raises UnreadableTime."""
    clean = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
    clean = re.sub(r"([ap])\.m\.?", r"\1m", clean)
    if _NOON.fullmatch(clean):
        return time(12)
    if _MIDNIGHT.fullmatch(clean):
        return time(0)
    match = _CLOCK_TIME.fullmatch(clean)
    if not match or (match["before"] and match["after"]):
        raise UnreadableTime(text)
    hour, minute = _hour_and_minute(match)
    placed = _place(hour, minute, match["before"] or match["after"])
    if placed is None:
        raise UnreadableTime(text)
    return placed


def _hour_and_minute(match: re.Match[str]) -> tuple[int, int]:
    if digits := match["digits"]:
        return int(digits[:-2]), int(digits[-2:])
    if korean_hour := match["korean_hour"]:
        hour = int(korean_hour) if korean_hour.isdecimal() else _KOREAN_HOURS.index(korean_hour) + 1
        return hour, 30 if match["half"] else int(match["korean_minute"] or 0)
    return int(match["hour"]), int(match["minute"] or 0)


def _place(hour: int, minute: int, day_part: str | None) -> time | None:
    """The time on the 24-hour clock; None where there is none."""
    if minute >= 60 or hour > 24 or (hour == 24 and minute):  # noqa: PLR2004 - the clock's own limits
        return None
    if day_part is None:
        return time(hour % 24, minute)
    possible = {hour % 12, hour % 12 + 12} if hour <= 12 else {hour % 24}  # noqa: PLR2004 - the 12-hour clock
    fitting = possible & _HOURS_OF_DAY_PART[day_part]
    return time(fitting.pop(), minute) if fitting else None
