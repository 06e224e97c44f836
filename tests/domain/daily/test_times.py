import contextlib
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.daily.times import UnreadableTime, parse_time


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("9", 9, 0),
        ("09", 9, 0),
        ("9:00", 9, 0),
        ("9.30", 9, 30),
        ("9：30", 9, 30),  # full width, as Korean keyboards may type it
        ("２１：３０", 21, 30),
        ("930", 9, 30),
        ("2130", 21, 30),
        ("0:05", 0, 5),
        ("24:00", 0, 0),
        ("9am", 9, 0),
        ("9 AM", 9, 0),
        ("9:30pm", 21, 30),
        ("9:30 p.m.", 21, 30),
        ("9p", 21, 0),
        ("12am", 0, 0),
        ("12:30 AM", 0, 30),
        ("12pm", 12, 0),
        ("PM 9:00", 21, 0),
        ("21h30", 21, 30),
        ("21h", 21, 0),
        ("noon", 12, 0),
        ("12 noon", 12, 0),
        ("Midnight", 0, 0),
        ("정오", 12, 0),
        ("자정", 0, 0),
        ("9시", 9, 0),
        ("21시 30분", 21, 30),
        ("21시30분", 21, 30),
        ("9시 반", 9, 30),
        ("아홉시 반", 9, 30),
        ("오후 열두 시", 12, 0),
        ("열한 시", 11, 0),
        ("9시 정각", 9, 0),
        ("오후 9시", 21, 0),
        ("오후9시30분", 21, 30),
        ("오후 9:30", 21, 30),
        ("오후 21시", 21, 0),
        ("오후 12시", 12, 0),
        ("오전 12시", 0, 0),
        ("오전 9시", 9, 0),
        ("밤 9시", 21, 0),
        ("밤 12시", 0, 0),
        ("밤 1시", 1, 0),
        ("새벽 2시", 2, 0),
        ("아침 8시", 8, 0),
        ("낮 12시", 12, 0),
        ("낮 2시", 14, 0),
        ("낮 11시", 11, 0),
        ("저녁 7시 반", 19, 30),
        ("  저녁   7시 ", 19, 0),
    ],
)
def test_a_time_is_read_as_people_mean_it(text, hour, minute):
    assert parse_time(text) == time(hour, minute)


def test_decomposed_hangul_is_read_too():
    assert parse_time("오후 9시") == time(21)


NO_TIMES = """
25:10|9:60|24:01|-3|9:5|9 10|soon|오전 21시|am|9am pm|오후 9pm|99|9시 60분|아침 9시 밤|1:2:3|저녁 3시|2500|12345|열세 시
|9:00 KST
"""


@pytest.mark.parametrize("text", ["", " ", *NO_TIMES.replace("\n", "").split("|")])
def test_what_is_no_time_is_refused_by_name(text):
    with pytest.raises(UnreadableTime) as caught:
        parse_time(text)
    assert caught.value.text == text


@given(st.times())
def test_every_minute_of_the_day_is_read_back_from_its_usual_spellings(at):
    at = at.replace(second=0, microsecond=0)
    hour_12, half = at.hour % 12 or 12, at.hour // 12
    for text in (
        f"{at:%H:%M}",
        f"{at:%H%M}",
        f"{at.hour}h{at.minute:02}",
        f"{at.hour}시 {at.minute}분",
        f"{hour_12}:{at.minute:02}{('am', 'pm')[half]}",
        f"{('오전', '오후')[half]} {hour_12}시 {at.minute}분",
    ):
        assert parse_time(text) == at, text


@given(st.text())
def test_any_text_is_a_time_or_refused(text):
    with contextlib.suppress(UnreadableTime):
        assert parse_time(text).second == 0
