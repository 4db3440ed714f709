"""Which of all readings are meant: the longest that do not overlap, and none that a following noun makes a count."""

import re
from collections.abc import Sequence

from core.when.grammar import Chart, Edge, edges
from core.when.lexer import Token
from core.when.values import listed

# Final categories, the preferred first among readings of the same words.
_STRONG = ("EVERYAT", "EVERY", "MOMENT", "TIME", "DATE", "RANGE", "PERIOD", "LENGTH", "PARTALONE", "NOTHING")
_DOUBTFUL = ("WEAKDATE", "WEAKTIME", "WEAKRANGE")  # only where nothing or a small word follows
_ALONE = ("WEAKPERIOD", "BAREDATE", "DOTTEDDATE", "SPELT", "WEAKLENGTH", "SHORTSPAN")  # only as the whole text
_RANK = {category: rank for rank, category in enumerate((*_STRONG, *_DOUBTFUL, *_ALONE))}
# A leading word that says what the time is for is left out of what was matched.
INTRODUCTIONS = listed("on at by for from until till before since about around @ due b4")
_MARKS = frozenset(".,;:!?)]}\"'-/、。，；：！？）】」》&+|@~\n(（")
_SMALL_WORDS = listed(
    "to for with at in on and or but if from by about via re then please pls so as because is was are were will",
    "would can could should works i we he she they you it let lets just not no ok okay",
)
# Words before "sat" or "sun" that make them a verb or a star.
_SITTERS = listed("i we he she they you it who and the a just had has have")
_SAT_WITH = listed("with in down through next beside around together")
# What makes a name of the date before it: monday.com, 12 March Road, Friday Ltd, a week-old offer.
_NAME_GOES_ON = re.compile(
    r"(?<=\.)(?:com|net|org|io|ai|co|cn)\b|\.(?:com|net|org|io|ai|co|cn)\b|-old\b"
    r"| (?:street|road|rd|avenue|ave|lane|boulevard|blvd|square|ltd|inc|llc|gmbh|corp|limited|plc)\b"
)
_MIGHT_LAST = re.compile(r"\b(?:will|to|should|could|can|may|might|would) $")


def choose(chart: Chart, tokens: Sequence[Token], text: str, folded: str) -> list[Edge]:
    """The readings meant, in the order of the text."""
    leading = {at for at, token in enumerate(tokens) if folded[token.start : token.end] in INTRODUCTIONS}
    candidates = sorted(edges(chart, _RANK), key=lambda edge: (*_length(edge, tokens, leading), _RANK[edge.category]))
    taken = bytearray(len(tokens))
    chosen = []
    for edge in candidates:
        if not any(taken[edge.start : edge.end]) and _meant(edge, tokens, text, folded):
            taken[edge.start : edge.end] = b"\x01" * (edge.end - edge.start)
            chosen.append(_without_introduction(edge, chart, leading))
    return sorted(edge for edge in chosen if edge.category != "NOTHING")


def _length(edge: Edge, tokens: Sequence[Token], leading: set[int]) -> tuple[int, int]:
    """Sorts the longest first, a leading "until" not counted, and of equals the one that begins first."""
    first = edge.start
    while first < edge.end - 1 and first in leading:
        first += 1
    return tokens[first].start - tokens[edge.end - 1].end, edge.start


def _without_introduction(edge: Edge, chart: Chart, leading: set[int]) -> Edge:
    while edge.start in leading:
        rest = next((each for each in _RANK if chart[edge.end].get(each, {}).get(edge.start + 1) == edge.value), None)
        if rest is None:
            break
        edge = edge._replace(start=edge.start + 1)
    return edge


def _meant(edge: Edge, tokens: Sequence[Token], text: str, folded: str) -> bool:
    start, end = tokens[edge.start].start, tokens[edge.end - 1].end
    if not folded[:start].strip(" ") and not folded[end:].strip(" .!?。"):
        return True
    if edge.category in _ALONE or _NAME_GOES_ON.match(folded, end):
        return False
    if edge.category in _DOUBTFUL:
        return _free_after(folded, end)
    word = folded[start:end].rstrip(".")
    if word in {"sat", "sun"}:
        return _is_weekday(text, folded, start, end)
    if word in {"this may", "this march"} or (word.startswith("last ") and _MIGHT_LAST.search(folded[:start])):
        return text[end - 1].isupper()  # "this may be", "it will last three weeks"
    return True


def _is_weekday(text: str, folded: str, start: int, end: int) -> bool:
    """Whether a lone sat or sun is a day: not "he sat", "the sun", "Sun Microsystems"."""
    if _last_word(folded[:start]) in _SITTERS:
        return False
    if not folded[:start].strip() and _first_word(folded[end:]) in _SAT_WITH:
        return False
    return _ends_clause(folded, end) or (text[start].isupper() and not text[end:].lstrip()[:1].isupper())


def _first_word(folded: str) -> str:
    return folded.split(maxsplit=1)[0].strip(".,!?;:") if folded.strip() else ""


def _last_word(folded: str) -> str:
    return folded.rsplit(maxsplit=1)[-1] if folded.strip() else ""


def _ends_clause(folded: str, end: int) -> bool:
    rest = folded[end:].lstrip()
    ends_line = "\n" in folded[end : len(folded) - len(rest)]
    return not rest or ends_line or rest[0] in _MARKS or rest[0] > "\u2e80"


def _free_after(folded: str, end: int) -> bool:
    return _ends_clause(folded, end) or _first_word(folded[end:]) in _SMALL_WORDS
