"""Page numbers at the end of a line, as a list's own buttons write them."""

import re

from core.patterns import late

_MOST_PAGES = 10_000
_OF = late(r"^(?:for|of|with)\s+", re.IGNORECASE)


def split_page(text: str) -> tuple[str, int]:
    """Whose list, without ``for`` or ``of``, and the page, from 1.

    A number counts as a page only behind other words or an id: ``tasks team 2``. It is never larger than ten thousand.
    """
    text = _OF.sub("", text.strip())
    words = text.split()
    if words and words[-1].isdecimal() and len(words[-1]) < 5 and 1 <= int(words[-1]) <= _MOST_PAGES:
        return " ".join(words[:-1]), int(words[-1])
    return text, 1
