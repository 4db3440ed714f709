"""The signs that say at a glance how something went, drawn: not every machine that makes a picture has emoji."""

import re

from markupsafe import Markup

from cards.model import Tone
from cards.renderers.drawing import EMOJI

STYLE = """
.sign { display: inline-block; width: 1.15em; height: 1.15em; border-radius: 3px; color: #fff; font-size: .85em;
  line-height: 1.15em; text-align: center; font-weight: 700; vertical-align: .05em; }
.sign-good { background: #2e9e4f; } .sign-warning { background: #e0a100; } .sign-bad { background: #d8333f; }
"""
_DRAWN = {EMOJI[tone]: (tone, sign) for tone, sign in ((Tone.GOOD, "✓"), (Tone.WARNING, "!"), (Tone.BAD, "×"))}
_TAG_OR_SIGN = re.compile(f"<[^>]*>|{'|'.join(_DRAWN)}")


def with_signs(drawn: Markup) -> Markup:
    """The HTML with each such emoji in its text drawn; those in an attribute stay, for there no tag can stand."""
    return Markup(_TAG_OR_SIGN.sub(_drawn, drawn))  # noqa: S704 - it was HTML, and what is put in is our own


def _drawn(found: re.Match[str]) -> str:
    if found[0] not in _DRAWN:
        return found[0]
    tone, sign = _DRAWN[found[0]]
    return f'<span class="sign sign-{tone}">{sign}</span>'
