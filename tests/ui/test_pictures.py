"""Charts drawn by a process of their own."""

import asyncio
from io import BytesIO

import pytest
from PIL import Image, ImageFont

from bot.ui import pictures
from bot.ui.i18n import all_languages
from bot.ui.names import title
from bot.ui.pictures import Bar, BarChart, Painter, paint


@pytest.fixture(autouse=True)
def nobody_waits(monkeypatch):
    """A busy machine may take its time here; how long a member waits for is tested by itself."""
    monkeypatch.setattr(pictures, "DRAWING_MAX_S", 60.0)


def _opened(drawn: bytes) -> Image.Image:
    return Image.open(BytesIO(drawn)).convert("RGBA")


CHART = BarChart(
    (Bar("첫눈처럼 너에게 가겠다", 7), Bar("A very long English title that cannot possibly fit its room", 5))
)


async def test_a_drawing_comes_from_another_process_and_is_kept():
    painter = Painter()
    drawn = await painter.draw(CHART)
    assert Image.open(BytesIO(drawn)).format == "PNG"
    assert await painter.draw(CHART) is drawn


async def test_those_who_ask_at_the_same_time_wait_for_one_drawing():
    painter = Painter()
    first, *others = await asyncio.gather(*(painter.draw(CHART) for _ in range(5)))
    assert first
    assert all(other is first for other in others)


async def test_a_drawing_that_takes_too_long_is_done_without(monkeypatch, caplog):
    monkeypatch.setattr(pictures, "DRAWING_MAX_S", 0.0)
    assert await Painter().draw(CHART) is None
    assert "No picture was drawn: TimeoutError" in caplog.text


async def test_a_failed_drawing_is_done_without_and_says_why(caplog):
    assert await Painter().draw(BarChart((Bar("x", None),))) is None  # type: ignore[arg-type] # wrong on purpose
    assert "TypeError" in caplog.text


def test_the_longest_bars_stand_out_in_gold():
    image = _opened(paint(CHART))
    colours = {image.getpixel((700, y)) for y in range(image.height)}
    for wanted in ((242, 182, 50, 255), (142, 161, 225, 255)):
        assert any(colour == pytest.approx(wanted, abs=1) for colour in colours)  # a palette rounds


def test_a_whole_chart_is_a_small_file_with_transparent_corners():
    drawn = paint(BarChart(tuple(Bar(f"첫눈처럼 너에게 가겠다 {number}", 30 - number) for number in range(15))))
    assert len(drawn) < 32_000
    image = _opened(drawn)
    assert [image.getpixel(corner)[3] for corner in ((0, 0), (image.width - 1, image.height - 1))] == [0, 0]
    assert image.getpixel((image.width // 2, 10))[3] == 255


def test_bars_begin_where_the_longest_label_ends_but_leave_room_for_themselves():
    def begins_at(label: str) -> int:
        image = _opened(paint(BarChart((Bar(label, 7),))))
        return next(x for x in range(image.width) if image.getpixel((x, image.height // 2)) == (242, 182, 50, 255))

    assert begins_at("Lyn") < begins_at("I Will Go to You Like the First Snow") < begins_at("W" * 30)
    assert begins_at("W" * 30) == pytest.approx(begins_at("W" * 300), abs=1)
    assert begins_at("W" * 300) < 640


def test_the_font_has_every_character_of_every_title(catalog):
    font = ImageFont.truetype(pictures.font_file(), 20)
    missing_glyph = font.getmask("\uffff").getbbox(), bytes(font.getmask("\uffff"))
    shown = set()
    for say in all_languages():
        for entity in (*catalog.songs.values(), *catalog.artists.values()):
            shown |= set(title(entity, say))
        shown |= {char for song in catalog.songs.values() for char in title(catalog.drama_of(song), say)}
    absent = [
        char
        for char in sorted(shown)
        if not char.isspace() and (font.getmask(char).getbbox(), bytes(font.getmask(char))) == missing_glyph
    ]
    assert absent == []
