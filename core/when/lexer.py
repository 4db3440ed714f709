"""A text into tokens, each with the readings its spelling allows; one without is a barrier to every rule."""

import re
from fractions import Fraction
from functools import cache
from typing import NamedTuple

from core.when import chinese, english, numerals, rules  # noqa: F401 - enters the rules, whose words are tokens
from core.when.festivals import FESTIVALS
from core.when.grammar import Context, Reading, literals
from core.when.opaque import NUMBERED_NAMES, OPAQUE
from core.when.shapes import shape
from core.when.values import listed


class Token(NamedTuple):
    """A stretch of the text and what it can stand for."""

    start: int
    end: int
    readings: list[Reading]


LANGUAGES = (english, chinese)
"""The languages' words: each module has ``entries()`` and ``SPELLINGS``."""

_LATIN = "a-z\u00c0-\u024f"
_PHRASES = sorted((name for name in FESTIVALS if not name.isalpha()), key=len, reverse=True)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)(?![a-z])")
_COUNTED = re.compile(r"\s?(?:[万亿元块%‰]|k(?![a-z])|percent\b)")
_WEEKDAY_DIGIT = re.compile(r"[1-7](?![\d.:/\-个天年月日周次台])")
_VULGAR = {"½": Fraction(1, 2), "¼": Fraction(1, 4), "¾": Fraction(3, 4)}
# Words that may touch a number: 3pm, 14april, 2w; Feb13, Q3.
_AFTER_NUMBER = frozenset({
    *english.UNITS, *english.MONTHS, *english.WEEKDAYS, "d", "w", "m", "am", "pm", "a", "p", "t", "q", "z", "ish",
    "oclock", "o'clock",
})  # fmt: skip
_BEFORE_NUMBER = frozenset({*english.MONTHS, "h", "q", "w", "cw", "kw", "fy", "t", "m"})
# After these a number is a name: version 2.10, invoice 20260301.
_NAMED = listed(
    "version ver v firmware release build model invoice inv po order no nr ref id sku pn part ticket case room tel",
    "phone ext fax",
    *NUMBERED_NAMES,
)
_STREETS = frozenset("路街巷弄")  # 中山路28号
_LONGEST = 5


@cache
def _token() -> re.Pattern[str]:
    """What a token looks like; compiled at the first reading, since that takes as long as importing all the rest."""
    return re.compile(
        r"(?P<money>[$¥€£#]\s?\d[\d,.]*)"
        rf"|(?P<odd>(?:{'|'.join(english.DIGIT_WORDS)})(?![{_LATIN}]))"
        r"|(?P<number>\d+(?:,\d{3}(?!\d))*(?:[-./:]\d+)*)"
        rf"|(?P<meridiem>(?<![{_LATIN}])(?:[ap]\s?\.?\s?m(?![{_LATIN}])(?:\s?\.)?))"
        rf"|(?P<word>o'clock|(?:{'|'.join(_PHRASES)})(?![{_LATIN}])|[{_LATIN}]+)"
        r"|(?P<han>[\u3400-\u9fff]+)"
        r"|(?P<mark>'s\b|[^ \t\r])"
    )


@cache
def lexicon() -> dict[str, list[Reading]]:
    """All words of all languages, with their other spellings and the rules' own words."""
    table: dict[str, list[Reading]] = {}
    for language in LANGUAGES:
        for word, readings in language.entries().items():
            table.setdefault(word, []).extend(readings)
    own = literals()
    for word in own:
        table.setdefault(word, []).append((word, None))
    for language in LANGUAGES:
        for first, others in language.SPELLINGS.items():
            for other in others if first in own else ():
                table.setdefault(other, []).append((first, None))
    return table | {word: [] for word in OPAQUE}


def tokenize(folded: str, context: Context) -> list[Token]:
    """The tokens of a folded text."""
    words = lexicon()
    tokens: list[Token] = []
    position, pattern = 0, _token()
    while match := pattern.search(folded, position):
        start, position = match.span()
        kind = match.lastgroup
        if kind in {"word", "odd"}:
            tokens.append(_word(tokens, folded, match, words))
        elif kind == "number":
            position = _number(tokens, folded, match, context)
        elif kind == "han":
            position = _han(tokens, folded, match, words)
        elif kind == "meridiem":
            tokens.append(Token(start, position, words["am" if folded[start] == "a" else "pm"]))
        elif kind == "money":
            tokens.append(Token(start, position, []))
        else:
            mark = match[0]
            tokens.append(
                Token(start, position, [("COUNT", _VULGAR[mark])] if mark in _VULGAR else words.get(mark, []))
            )
    return tokens


def _word(tokens: list[Token], folded: str, match: re.Match[str], words: dict[str, list[Reading]]) -> Token:
    start, end = match.span()
    before = folded[start - 1] if start else " "
    if before.isdigit() and tokens and match[0] not in _AFTER_NUMBER:
        tokens[-1] = tokens[-1]._replace(readings=[])
        return Token(start, end, [])
    if before in "$#_\\&":
        return Token(start, end, [])
    return Token(start, end, words.get(match[0], []))


def _number(tokens: list[Token], folded: str, match: re.Match[str], context: Context) -> int:
    start, end = match.span()
    text = match[0]
    suffix = _ORDINAL.match(folded, end)
    if suffix and text.isdigit():
        readings: list[Reading] = [("ORD", int(text)), ("NTH", int(text))] if 1 <= int(text) <= 366 else []
        tokens.append(Token(start, suffix.end(), readings))
        return suffix.end()
    if _COUNTED.match(folded, end) or not _free_before(tokens, folded, start):
        tokens.append(Token(start, end, []))
    elif text.count("-") == 1 and (":" in text or "/" in text):
        middle = start + text.index("-")
        for first, last in ((start, middle), (middle, middle + 1), (middle + 1, end)):
            piece = folded[first:last]
            tokens.append(Token(first, last, lexicon()["-"] if piece == "-" else shape(piece, context)))
    else:
        tokens.append(Token(start, end, shape(text, context)))
    return end


def _free_before(tokens: list[Token], folded: str, start: int) -> bool:
    """Whether what precedes a number lets it be part of a time: Feb13 does; A4, +86, X-10 and "version" do not."""
    if not tokens:
        return not start or folded[start - 1] not in "+_\\#"
    last, before = tokens[-1], folded[start - 1]
    if before in _STREETS:
        return False
    if before.isalpha() and before.isascii():
        if folded[last.start : start] in _BEFORE_NUMBER and not _inside_a_name(tokens, folded):
            return True
        tokens[-1] = last._replace(readings=[])
        return False
    if before in "-./" and len(tokens) > 1 and tokens[-2].end == start - 1:
        return bool(tokens[-2].readings)
    return before not in "+_\\#" and folded[last.start : last.end] not in _NAMED


def _inside_a_name(tokens: list[Token], folded: str) -> bool:
    """Whether the last token goes on from digits that are no time: 00h within 0pq3txh00h23h, unlike 1h30."""
    start = tokens[-1].start
    if not start or not (folded[start - 1].isascii() and folded[start - 1].isalnum()):
        return False
    return len(tokens) > 1 and not tokens[-2].readings


def _han(tokens: list[Token], folded: str, match: re.Match[str], words: dict[str, list[Reading]]) -> int:
    """Chinese has no spaces: the longest word wins, else a numeral, else a single character as a barrier."""
    position, end = match.span()
    while position < end:
        token = _weekday_in_digits(tokens, folded, position, end) or _han_token(folded, position, end, words)
        tokens.append(token)
        position = token.end
    return position


def _han_token(folded: str, start: int, end: int, words: dict[str, list[Reading]]) -> Token:
    stop = min(start + _LONGEST, end)
    while stop > start and folded[start:stop] not in words:
        stop -= 1
    numeral = folded[start] in numerals.CHARACTERS
    if stop > start + numeral:
        return Token(start, stop, words[folded[start:stop]])
    stop = start + 1
    while numeral and stop < end and folded[stop] in numerals.CHARACTERS:
        stop += 1
    if not numeral or _COUNTED.match(folded, stop) or (start and folded[start - 1] in _STREETS):
        return Token(start, stop, [])
    return Token(start, stop, numerals.chinese_readings(folded[start:stop]))


def _weekday_in_digits(tokens: list[Token], folded: str, start: int, end: int) -> Token | None:
    """周5, unless it is two weeks (两周) and a 5."""
    digit = _WEEKDAY_DIGIT.match(folded, end) if folded[start:end] in chinese.WEEK_WORDS else None
    counted = tokens and tokens[-1].end == start and any(category == "INT" for category, _ in tokens[-1].readings)
    return Token(start, end + 1, [("WEEKDAY", int(digit[0]) - 1)]) if digit and not counted else None
