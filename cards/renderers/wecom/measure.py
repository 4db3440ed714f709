"""WeCom's limits, and text cut to them: by bytes where WeCom counts bytes, else by how wide it is shown.

A "字" in WeCom's tables is a Chinese character; a Latin letter takes half its room, so those limits are kept in cells,
two for each. Pages 90236 and 101032 of developer.work.weixin.qq.com/document.
"""

from cards.renderers.cutting import ELLIPSIS, NOTHING, cells, clean, clean_line, graphemes

TEXT_BYTES = 2048  # content of text and markdown of an app
STREAM_BYTES = 20_480  # content of a robot's answer
KEY_BYTES = 1024  # of a button
OPTION_ID_BYTES = 128
NEWS_TITLE_BYTES = 128
NEWS_DESCRIPTION_BYTES = 512
URL_BYTES = 2048

BUTTONS_MAX = 6
FACTS_MAX = 6  # horizontal_content_list
JUMPS_MAX = 3
OPTIONS_MAX = 10  # of a drop-down
VOTES_MAX = 20  # of a checkbox

TITLE_CELLS = 2 * 26
DETAIL_CELLS = 2 * 30
BODY_CELLS = 2 * 112
BODY_LINES = 8  # ours: more is folded on a phone
NAME_CELLS = 2 * 5
VALUE_CELLS = 2 * 26
BUTTON_CELLS = 2 * 10
VOTE_CELLS = 2 * 17

_BYTES_PER_CELL = 16  # ours: no letter under more accents than that
_ELLIPSIS_BYTES = 3
# "<a href" is a link in a text message, wherever it stands. A word joiner behind the < is not seen.
_JOINED = "<\u2060"


def size(text: str) -> int:
    """Bytes in UTF-8."""
    return len(text) if text.isascii() else len(text.encode())


def _begun(text: str, width: int, most: int) -> str:
    """The beginning of ``text`` that is within ``width`` cells and ``most`` bytes, between graphemes if it can be."""
    used = wide = end = 0
    for sign in graphemes(text):
        used, wide = used + size(sign), wide + cells(sign)
        if used > most or wide > width:
            break
        end += len(sign)
    if not end:  # a first letter under a thousand accents
        return text.encode()[:most].decode("utf-8", "ignore")
    return text[:end]


def cut_bytes(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` bytes; what was cut off is marked by a final …"""
    if size(text) <= limit:
        return text
    return _begun(text, limit, limit - _ELLIPSIS_BYTES).rstrip() + ELLIPSIS


def fits_cells(text: str, limit: int) -> bool:
    """Whether ``text`` is shown in full where there is room for ``limit`` cells."""
    return cells(text) <= limit and size(text) <= limit * _BYTES_PER_CELL


def cut_cells(text: str, limit: int) -> str:
    """``text`` in at most ``limit`` cells; what was cut off is marked by a final …"""
    if fits_cells(text, limit):
        return text
    return _begun(text, limit - 1, limit * _BYTES_PER_CELL - _ELLIPSIS_BYTES).rstrip() + ELLIPSIS


def label(text: str, limit: int) -> str:
    """One line that is never empty and at most ``limit`` cells wide."""
    return cut_cells(clean_line(text), limit) or NOTHING


def plain(text: str) -> str:
    """People's words as they typed them, for a text message: nothing in them becomes a link but a bare address."""
    return clean(text).replace("<", _JOINED)


def plain_line(text: str) -> str:
    """``plain`` on one line."""
    return clean_line(text).replace("<", _JOINED)
