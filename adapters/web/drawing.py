"""A chart as a picture, its title left to the text around it: with labels where there are letters for them."""

from functools import lru_cache
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cards.model import Chart
from cards.renderers.drawing import lengths

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

_SCALE = 2  # pixels for each of those below: sharp on today's screens
_WIDTH, _ROW, _EDGE, _LABEL, _VALUE = 560, 34, 16, 170, 130
_SIZE = 15  # of the letters
_MOST_BARS = 24
_PAPER, _INK, _FAINT, _BAR = "#ffffff", "#1d2733", "#e8edf3", "#2f6fdb"
# Where the systems that Kith runs on keep fonts with Chinese letters.
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "C:/Windows/Fonts")
_FONTS = ("NotoSansCJK-Regular*", "SourceHanSans*Regular*", "wqy-*.ttc", "DroidSansFallback*", "PingFang*", "msyh*")
_LATIN_END = 0x250


def draw(chart: Chart) -> bytes:
    """The chart as a PNG, twice as many pixels as its size. Takes some milliseconds; not for the event loop."""
    from PIL import Image, ImageDraw  # noqa: PLC0415 - heavy, and needed by nobody else

    bars = chart.bars[:_MOST_BARS]
    height = 2 * _EDGE + _ROW * len(bars)
    image = Image.new("RGB", (_WIDTH * _SCALE, height * _SCALE), _PAPER)
    canvas = ImageDraw.Draw(image)
    words = _letters(chart)
    for number, (bar, share) in enumerate(zip(bars, lengths(chart), strict=False)):
        top = _EDGE + _ROW * number
        _write(canvas, (_EDGE, top + 6), f"{number + 1} {bar.label}" if words else str(number + 1), _LABEL - 10)
        _rectangle(canvas, top, 1.0, _FAINT)
        _rectangle(canvas, top, share, _BAR)
        if words:
            _write(canvas, (_WIDTH - _EDGE - _VALUE + 10, top + 6), bar.text, _VALUE - 10)
    return _png(image)


def _png(image: Any) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def _rectangle(canvas: "ImageDraw", top: int, share: float, colour: str) -> None:
    left, full = _EDGE + _LABEL, _WIDTH - 2 * _EDGE - _LABEL - _VALUE
    right = left + max(share * full, 1 if share > 0 else 0)
    if right > left:
        box = [left * _SCALE, (top + 7) * _SCALE, right * _SCALE, (top + _ROW - 9) * _SCALE]
        canvas.rounded_rectangle(box, 3 * _SCALE, fill=colour)


def _write(canvas: "ImageDraw", at: tuple[int, int], text: str, width: int) -> None:
    """One line, its end cut off where it is wider than there is room."""
    font = _font()
    while len(text) > 1 and canvas.textlength(text, font) > width * _SCALE:
        text = f"{text.rstrip('…')[:-1]}…"
    canvas.text((at[0] * _SCALE, at[1] * _SCALE), text, _INK, font)


def _letters(chart: Chart) -> bool:
    """Whether all that is to be written can be: without a font for Chinese only what is Latin."""
    said = [word for bar in chart.bars for word in (bar.label, bar.text)]
    return font_file() is not None or all(ord(letter) < _LATIN_END for word in said for letter in word)


@lru_cache
def font_file() -> Path | None:
    """A font of this machine with Chinese letters."""
    for pattern in _FONTS:
        for folder in _FOLDERS:
            if found := next(islice(sorted(Path(folder).rglob(pattern)), 1), None):
                return found
    return None


@lru_cache
def _font() -> Any:
    from PIL import ImageFont  # noqa: PLC0415 - see above

    found = font_file()
    if found is None:
        return ImageFont.load_default(_SIZE * _SCALE)
    # The second face of Noto's and Source Han's collections draws Chinese the mainland's way.
    return ImageFont.truetype(str(found), _SIZE * _SCALE, index=2 if "CJK" in found.name else 0)
