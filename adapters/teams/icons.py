"""The app's two icons, drawn here: people who know each other, as linked circles.

Sizes: https://learn.microsoft.com/microsoftteams/platform/concepts/build-and-test/apps-package#app-icons
"""

import io

from PIL import Image, ImageDraw

COLOR_SIZE, OUTLINE_SIZE = 192, 32
_BACKGROUND, _WHITE, _NOTHING = (31, 78, 95, 255), (255, 255, 255, 255), (0, 0, 0, 0)
_SMOOTH = 8  # drawn this much larger and made smaller, which is what smooths the edges
# The three circles in parts of the icon's width: middle and radius.
_CIRCLES = ((0.32, 0.36, 0.12), (0.68, 0.36, 0.12), (0.5, 0.68, 0.12))
_LINE = 0.06


def color_icon() -> bytes:
    """192 by 192 pixels, full of colour, as a PNG."""
    return _drawn(COLOR_SIZE, _BACKGROUND, 1.0)


def outline_icon() -> bytes:
    """32 by 32 pixels, white on nothing, as a PNG."""
    return _drawn(OUTLINE_SIZE, _NOTHING, 1.5)


def _drawn(size: int, background: tuple[int, int, int, int], scale: float) -> bytes:
    """``scale`` is how large the sign is in the icon: the small one has no room for a margin."""
    large = size * _SMOOTH
    image = Image.new("RGBA", (large, large), background)
    draw = ImageDraw.Draw(image)
    circles = [tuple(_placed(part, large, scale) for part in circle[:2]) for circle in _CIRCLES]
    draw.line([*circles, circles[0]], fill=_WHITE, width=round(_LINE * large * scale), joint="curve")
    for (x, y), (_, _, radius) in zip(circles, _CIRCLES, strict=True):
        reach = radius * large * scale
        draw.ellipse((x - reach, y - reach, x + reach, y + reach), fill=_WHITE)
    packed = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(packed, "PNG", optimize=True)
    return packed.getvalue()


def _placed(part: float, large: int, scale: float) -> float:
    return (0.5 + (part - 0.5) * scale) * large
