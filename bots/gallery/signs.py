"""The signs that say at a glance how something went, drawn: not every machine that makes a picture has emoji."""

from markupsafe import Markup

from cards.model import Tone
from cards.renderers.drawing import EMOJI

STYLE = """
.sign { display: inline-block; width: 1.15em; height: 1.15em; border-radius: 3px; color: #fff; font-size: .85em;
  line-height: 1.15em; text-align: center; font-weight: 700; vertical-align: .05em; }
.sign-good { background: #2e9e4f; } .sign-warning { background: #e0a100; } .sign-bad { background: #d8333f; }
"""
_DRAWN = {Tone.GOOD: "✓", Tone.WARNING: "!", Tone.BAD: "×"}


def with_signs(drawn: Markup) -> Markup:
    """The HTML with each such emoji in it drawn."""
    for tone, sign in _DRAWN.items():
        drawn = drawn.replace(EMOJI[tone], Markup('<span class="sign sign-{}">{}</span>').format(tone, sign))
    return drawn
