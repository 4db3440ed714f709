"""People a line names that nobody knows yet, and the company they may be at."""

import re
from collections.abc import Iterator, Sequence

from core.capture.line import Span
from core.capture.surnames import (
    AFTER_HAN_NAME,
    BEFORE_COMPANY,
    BEFORE_PERSON,
    COMPANY_ENDS,
    COMPOUND,
    HAN_ROLES,
    LATIN_TITLES,
    NO_HAN_NAMES,
    NO_NAMES,
    ROLES,
    SURNAMES,
)
from core.capture.who import titled

_CAPITAL = r"[A-Z][a-zà-ÿ]+(?:['-][A-Z]?[a-zà-ÿ]+)*|(?:Mc|Mac|O'|D')[A-Z][a-z]+|[A-Z][A-Za-z]*[a-z]"
_RUN = re.compile(rf"(?<![\w@.])(?:{_CAPITAL})(?:[ ](?:{_CAPITAL}))*(?![\w@])")
_ONE = re.compile(_CAPITAL)
_LISTED = re.compile(rf"\s*(?:,|&|\+|and|,\s*and)\s*(?P<name>{_CAPITAL})(?=\s*(?:[,.;&+]|and\b|$))")
_NO_FIRST = NO_NAMES | frozenset(LATIN_TITLES)
_BEFORE = re.compile(r"([a-z/]+|&|\+|@|[\u3400-\u9fff]{1,3})\s*$")
_SURNAME = "|".join((*COMPOUND, *SURNAMES))
_STARTS = r"(?:^|(?<=[\s,，、;；:：。(（和跟与及]))"
_HAN_NAME = rf"(?P<name>(?:{_SURNAME})[\u3400-\u9fff]{{1,2}})(?=$|[{re.escape(AFTER_HAN_NAME)}])"
_HAN_ALONE = re.compile(_STARTS + _HAN_NAME)
_HAN_ROLE = re.compile(rf"(?:{'|'.join(sorted(HAN_ROLES, key=len, reverse=True))})\s*{_HAN_NAME}")
_LOWER = re.compile(
    r"\b(?:met|met with|met w/|saw|spoke to|spoke with|talked to|talked with)\s+"
    r"(?P<name>[a-z]{2,}\s[a-z]{2,})(?=\s(?:at|from|@|of)\s)"
)
_COMPANY = re.compile(
    rf"(?:\b(?:at|from|@|visited|visit)|@)\s*(?P<name>(?:{_CAPITAL}|[A-Z]{{2,}})(?:\s(?:&\s)?(?:{_CAPITAL}|[A-Z]{{2,}}))*)"
)
_HAN_COMPANY = re.compile(
    r"(?:拜访了?|走访了?|去了?|到了?|致电|^)\s*(?P<name>[\u3400-\u9fff]{2,12}?(?:有限公司|公司|集团|科技|实业|医院|大学|银行|股份|制药|酒店))"
)


def newcomers(
    text: str, spelt: str, taken: Sequence[Span], known_titled: Sequence[Span], people: Sequence[Span] = ()
) -> list[tuple[Span, str]]:
    """Names of people that stand on none of the ``taken`` stretches, in their order, as they are typed."""
    found: list[tuple[Span, str]] = []
    busy = [*taken, *known_titled]
    for span in (*_by_title(text, spelt), *_han_names(spelt), *_latin_names(text, busy), *_lower_names(text)):
        if not _on(span, busy):
            busy.append(span)
            found.append((span, text[span[0] : span[1]].strip()))
    listed = _beside(text, [*people, *(span for span, _ in found)], busy)
    return sorted([*found, *((span, text[span[0] : span[1]]) for span in listed)])


def _beside(text: str, people: Sequence[Span], busy: Sequence[Span]) -> Iterator[Span]:
    """Single names in a list of people: Ada Bell, Tom and Sue."""
    waiting = list(people)
    while waiting:
        match = _LISTED.match(text, waiting.pop()[1])
        if match and not _on(match.span("name"), busy) and match["name"].casefold() not in NO_NAMES:
            waiting.append(match.span("name"))
            yield match.span("name")


def unknown_company(text: str, spelt: str, taken: Sequence[Span]) -> str:
    """What a line calls a customer that nobody knows: the name behind ``at``, or one that ends as a company's."""
    for match in (*_COMPANY.finditer(text), *_HAN_COMPANY.finditer(spelt)):
        span = match.span("name")
        words = match["name"].casefold().split()
        if words[0] not in NO_NAMES and not any(span[0] < other[1] and other[0] < span[1] for other in taken):
            return text[span[0] : span[1]]
    return ""


def _by_title(text: str, spelt: str) -> Iterator[Span]:
    for (start, end), surname in titled(spelt):
        more = re.match(rf" ({_CAPITAL})", text[end:]) if surname.isascii() else None
        span = start, end + more.end() if more and more[1].casefold() not in NO_NAMES else end
        if surname.isascii() or surname in SURNAMES or surname in COMPOUND:
            yield span


def _han_names(spelt: str) -> Iterator[Span]:
    """A surname and one or two characters, standing apart or behind what somebody is."""
    if spelt.isascii():
        return
    for match in (*_HAN_ROLE.finditer(spelt), *_HAN_ALONE.finditer(spelt)):
        start, end = match.span("name")
        name = match["name"]
        # 周敏聊 ends before the deed: the shorter reading, where what would be cut off begins another word.
        if len(name) == 3 and name[2] in AFTER_HAN_NAME and name[:2] not in NO_HAN_NAMES:
            end -= 1
        if not any(spelt.startswith(word, start) for word in NO_HAN_NAMES):
            yield start, end


def _latin_names(text: str, taken: Sequence[Span]) -> Iterator[Span]:
    for run in _RUN.finditer(text):
        words = [match for match in _ONE.finditer(text, run.start(), run.end()) if not _on(match.span(), taken)]
        while words and words[0][0].casefold() in _NO_FIRST:
            words.pop(0)
        words = words[: next((at for at, word in enumerate(words) if word[0].casefold() in NO_NAMES), len(words))]
        if words and _is_person(text, [word[0].casefold() for word in words], words[0].start(), words[-1].end()):
            yield words[0].start(), words[-1].end()


def _is_person(text: str, words: Sequence[str], start: int, end: int) -> bool:
    if words[-1] in COMPANY_ENDS or len(words) > 3:
        return False
    before = _BEFORE.search(text[:start].lower())
    word = before[1] if before else ""
    role = word in ROLES or word in BEFORE_PERSON or word in LATIN_TITLES
    if word in BEFORE_COMPANY and word not in {"to", "from", "of"}:
        return False
    if len(words) == 1:
        return (role and word not in BEFORE_COMPANY) or _does(text[end:])
    if word in {"from", "of", "to"}:
        return word == "to"
    return True


def _does(rest: str) -> bool:
    """Whether somebody does something: ``Rosa asked``."""
    return (
        re.match(r"\s+(?:asked|says|said|wants|told|called|will|needs|thinks|confirmed|agreed|joined|left)\b", rest)
        is not None
    )


def _lower_names(text: str) -> Iterator[Span]:
    for match in _LOWER.finditer(text):
        if not set(match["name"].split()) & NO_NAMES:
            yield match.span("name")


def _on(span: Span, others: Sequence[Span]) -> bool:
    return any(span[0] < other[1] and other[0] < span[1] for other in others)
