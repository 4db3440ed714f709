"""The application's own menu, below its chat: command lines that need nothing typed. Page 90231.

A menu has one language for everybody: the workspace's, or else English.
"""

from typing import Any

from cards.renderers.wecom.measure import cut_bytes
from cards.words import Words, mark

Payload = dict[str, Any]

_NAME_BYTES, _ENTRY_BYTES = 16, 40
_MINE = (
    (mark("My tasks"), "tasks"),
    (mark("My deals"), "deals"),
    (mark("Digest"), "digest"),
)
_ADD = (
    (mark("New customer"), "new customer"),
    (mark("Log a visit"), "visit"),
    (mark("Add a task"), "task"),
)
_MORE = ((mark("Help"), "help"), (mark("Settings"), "settings"))
_MENU = ((mark("Mine"), _MINE), (mark("Add"), _ADD), (mark("More"), _MORE))


def menu(language: str, *, page: str = "") -> Payload:
    """The body of /cgi-bin/menu/create: at most three entries with five below each; a click sends its line.

    ``page`` is the address of the customers' page, where there is one.
    """
    words = Words(language)
    listed = [(name, [_entry(*one, words) for one in entries]) for name, entries in _MENU]
    if page:
        opens = {"type": "view", "name": cut_bytes(words(mark("Customers")), _ENTRY_BYTES), "url": page}
        listed[0][1].append(opens)
    return {"button": [{"name": cut_bytes(words(name), _NAME_BYTES), "sub_button": below} for name, below in listed]}


def _entry(name: str, line: str, words: Words) -> Payload:
    return {"type": "click", "name": cut_bytes(words(name), _ENTRY_BYTES), "key": line}
