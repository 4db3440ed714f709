"""A person or customer in a circle: initials, and a colour that stays theirs."""

import hashlib
import unicodedata
from dataclasses import dataclass

HUES = 12
_NOTHING = "·"


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """``hue`` is a class of the style sheet, 0 to 11."""

    id: str
    name: str
    initials: str
    hue: int
    handle: str = ""
    role: str = ""


def face(id_: str, name: str, *, handle: str = "", role: str = "") -> Face:
    """The face of whoever has this id and name."""
    hue = hashlib.sha256(id_.encode()).digest()[0] % HUES
    return Face(id=id_, name=name, initials=initials(name), hue=hue, handle=handle, role=role)


def initials(name: str) -> str:
    """The first letters of the first and the last word; of a name that begins in Chinese the first character alone."""
    words = [word for word in name.split() if any(character.isalnum() for character in word)]
    letters = [next(character for character in word if character.isalnum()) for word in words]
    if not letters:
        return _NOTHING
    first, last = letters[0], letters[-1]
    alone = len(letters) == 1 or "W" in map(unicodedata.east_asian_width, (first, last))
    return (first if alone else first + last).upper()
