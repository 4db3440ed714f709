"""Characters folded for comparison: compatibility forms, case, accents, and traditional Chinese to simplified."""

import json
import re
from collections.abc import Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from unicodedata import normalize

# CJK unified ideographs with their extensions; compatibility ideographs are folded into these by NFKC.
HAN = r"\u3400-\u9fff\U00020000-\U0003ffff"
_HAN = re.compile(f"[{HAN}]")
# Latin with accents, Greek and Cyrillic lose their accents; in other scripts a mark makes another letter.
_ACCENTED = re.compile(r"[\u00c0-\u024f\u0370-\u0482\u048a-\u04ff\u1e00-\u1fff\u0300-\u036f]")
_ACCENTS = re.compile(r"[\u0300-\u036f]+")
# Letters that Unicode does not take apart, as people without that keyboard type them, and apostrophes, dropped.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": None, "‘": None, "'": None}
)


def package_data(package: str, name: str) -> dict[str, object]:
    """A JSON file of an installed package, read without importing the package: pypinyin's import costs 0.3 s."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    data: dict[str, object] = json.loads((Path(spec.origin).parent / name).read_bytes())
    return data


@cache
def _simplified() -> Mapping[int, str]:
    """Traditional character to simplified, one to one, from MediaWiki's table as zhconv brings it.

    Its phrases are left out: that 乾 of 乾隆 is not 干 matters for reading, and not for finding.
    """
    table = package_data("zhconv", "zhcdict.json")["zh2Hans"]
    if not isinstance(table, dict):
        raise TypeError("zh2Hans")
    single = {word: folded for word, folded in table.items() if len(word) == 1}
    return {ord(word): single.get(folded, folded) for word, folded in single.items()}


def has_han(text: str) -> bool:
    """Whether there is a Chinese character in ``text``."""
    return not text.isascii() and _HAN.search(text) is not None


def fold(text: str) -> str:
    """``text`` in the form in which two spellings of one word are equal: ＡＣＭＥ, Acmé and acme; 華為 and 华为."""
    if text.isascii():
        return text.lower().replace("'", "")
    folded = normalize("NFKC", text).casefold().translate(_LETTERS)
    if _ACCENTED.search(folded):
        folded = normalize("NFC", _ACCENTS.sub("", normalize("NFD", folded)))
    return folded.translate(_simplified()) if _HAN.search(folded) else folded
