"""Charts, drawn by a process of its own: the bot carries no drawing library, and a drawing never makes anybody wait.

``python -m bot.ui.pictures`` reads a :class:`BarChart` as JSON from standard input and writes a PNG. It takes a fifth
of a second; what was drawn is kept, so most pictures cost nothing.
"""

import asyncio
import json
import logging
import sys
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from io import BytesIO

log = logging.getLogger(__name__)

DRAWING_MAX_S = 2.0  # Discord waits three seconds for an answer; it comes without a picture rather than late
_KEPT = 64

# Twice the size that Discord shows, for sharp text. The colours sit well on its dark and its light theme alike.
_WIDTH, _ROW, _MARGIN = 1040, 64, 40
_LABEL_MOST, _LABEL_GAP, _VALUE_WIDTH = 540, 24, 70
_PANEL, _TRACK, _BAR, _LEADER = "#2b2d35", "#3a3d47", "#8ea1e1", "#f2b632"
_TEXT, _QUIET = "#f2f3f5", "#b5bac1"
_FONT_SIZE = 27


@dataclass(frozen=True, slots=True)
class Bar:
    label: str
    value: int


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars from the longest down; those as long as the first stand out."""

    bars: tuple[Bar, ...]

    def to_json(self) -> bytes:
        return json.dumps(asdict(self)).encode()

    @classmethod
    def from_json(cls, text: bytes) -> "BarChart":
        return cls(tuple(Bar(**bar) for bar in json.loads(text)["bars"]))


class Painter:
    """Draws charts, one process each, and keeps the last ones."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[BarChart, bytes] = OrderedDict()
        self._one_at_a_time = asyncio.Lock()

    async def draw(self, chart: BarChart) -> bytes | None:
        """A PNG; None where drawing failed or took too long (the log says why)."""
        if chart not in self._drawn:
            try:
                async with asyncio.timeout(DRAWING_MAX_S), self._one_at_a_time:
                    if chart not in self._drawn:  # those who asked at the same time have waited for the same picture
                        self._drawn[chart] = await _draw_in_process(chart)
            except (OSError, TimeoutError, RuntimeError) as error:
                log.warning("No picture was drawn: %s", str(error) or type(error).__name__)
                return None
        self._drawn.move_to_end(chart)
        while len(self._drawn) > _KEPT:
            self._drawn.popitem(last=False)
        return self._drawn[chart]


async def _draw_in_process(chart: BarChart) -> bytes:
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot.ui.pictures",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        picture, complaint = await process.communicate(chart.to_json())
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode != 0 or not picture:
        raise RuntimeError(complaint.decode(errors="replace").strip().rpartition("\n")[2] or "nothing was drawn")
    return picture


def paint(chart: BarChart) -> bytes:
    """The chart as a PNG. Needs the drawing library, so it runs in the process of its own."""
    from PIL import Image, ImageDraw, ImageFont  # noqa: PLC0415 - only the drawing process pays for it

    font = ImageFont.truetype(font_file(), _FONT_SIZE)
    height = 2 * _MARGIN + _ROW * len(chart.bars)
    image = Image.new("RGBA", (_WIDTH, height), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    draw.rounded_rectangle((0, 0, _WIDTH - 1, height - 1), radius=28, fill=_PANEL)
    longest = max((bar.value for bar in chart.bars), default=1)
    labels = [_shortened(bar.label, font.getlength) for bar in chart.bars]
    widest = max(map(font.getlength, labels), default=0)
    left, right = _MARGIN + widest + _LABEL_GAP, _WIDTH - _MARGIN - _VALUE_WIDTH
    for row, (bar, label) in enumerate(zip(chart.bars, labels, strict=True)):
        middle = _MARGIN + row * _ROW + _ROW // 2
        draw.text((left - _LABEL_GAP, middle), label, fill=_TEXT, font=font, anchor="rm")
        end = left + (right - left) * bar.value / longest
        draw.rounded_rectangle((left, middle - 14, right, middle + 14), radius=14, fill=_TRACK)
        draw.rounded_rectangle(
            (left, middle - 14, end, middle + 14), radius=14, fill=_LEADER if bar.value == longest else _BAR
        )
        draw.text((right + 20, middle), str(bar.value), fill=_QUIET, font=font, anchor="lm")
    buffer = BytesIO()
    # A palette is enough for so few colours: a quarter of the bytes to keep and to send. Only this method keeps the
    # transparent corners: https://pillow.readthedocs.io/en/stable/reference/Image.html#PIL.Image.Quantize
    few_colours = image.quantize(method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few_colours.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def font_file() -> BytesIO:
    """A bold sans serif with Latin, Hangul and whatever else the catalog's titles use (licence: ``fonts/OFL.txt``)."""
    return BytesIO(files("bot.ui").joinpath("fonts", "NotoSansKR-Bold-subset.otf").read_bytes())


def _shortened(label: str, width_of: Callable[[str], float]) -> str:
    """As much of the label as has room."""
    if width_of(label) <= _LABEL_MOST:
        return label
    kept = label
    while kept and width_of(kept + "…") > _LABEL_MOST:
        kept = kept[:-1]
    return kept.rstrip() + "…"


if __name__ == "__main__":
    sys.stdout.buffer.write(paint(BarChart.from_json(sys.stdin.buffer.read())))
