"""Characters folded for comparison: compatibility forms, case, accents, and traditional Chinese to simplified."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

from core.patterns import late

# CJK unified ideographs with their extensions; compatibility ideographs are folded into these by NFKC.
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_HAN = late(f"[{HAN}]")
_PLAIN_HAN = late(r"[\u3400-\u9fff]+")
_ACCENTS = late(r"[\u0300-\u036f]+")
# Latin with accents, Greek and Cyrillic lose their accents; in other scripts a mark makes another letter.
_ACCENTED = late(r"[\u00c0-\u024f\u0370-\u0482\u048a-\u04ff\u1e00-\u1fff\u0300-\u036f]")
# Letters that Unicode does not take apart, as people without that keyboard type them; apostrophes are dropped.
_LETTERS = {
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "‘": "", "'": "",
    "【": "(", "】": ")", "〔": "(", "〕": ")", "[": "(", "]": ")",
}  # fmt: skip


def package_data(package: str, name: str) -> dict[str, object]:
    """A JSON file of an installed package, read without importing the package: pypinyin's import costs 0.3 s."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    data: dict[str, object] = json.loads((Path(spec.origin).parent / name).read_bytes())
    return data


@cache
def _simplified(character: str) -> str:
    """A traditional character's simplified form, by MediaWiki's table; read alone, so that no phrase is consulted.

    That 乾 of 乾隆 is not 干 matters for reading, and not for finding. The table is loaded with the first character.
    """
    from zhconv_rs import zhconv  # noqa: PLC0415 - most processes meet no Chinese before their first card

    return zhconv(character, "zh-hans")


def is_plain_han(text: str) -> bool:
    """Whether ``text`` is nothing but the common Chinese characters."""
    return _PLAIN_HAN.fullmatch(text) is not None


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in ``text``."""
    return not text.isascii() and _HAN.search(text) is not None


class _Folded(dict[int, str]):
    """What a character folds to, found out when it is first met: ``str.translate`` is slow where a table has holes."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        folded = _LETTERS.get(character)
        if folded is None and _ACCENTED.match(character):
            folded = _ACCENTS.sub("", normalize("NFD", character))
        elif folded is None:
            folded = _simplified(character) if _HAN.match(character) else character
        self[code] = folded
        return folded


_FOLDED = _Folded()


def fold(text: str) -> str:
    """``text`` in the form in which two spellings of one word are equal: ＡＣＭＥ, Acmé and acme; 華為 and 华为.

    Brackets of every shape become round ones. Text in ASCII, and what is not Chinese, costs no table.
    """
    if text.isascii():
        return text.lower().replace("'", "")
    if not is_plain_han(text):
        text = normalize("NFKC", text).casefold()
    return text.translate(_FOLDED)
