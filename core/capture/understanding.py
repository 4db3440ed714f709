"""A whole line understood: what was done, with which of the known customers and people, and the parts of it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from core.amounts import FoundAmount
from core.capture import marks
from core.capture.followups import MERELY_DATED, followup
from core.capture.intents import Seen, intent
from core.capture.line import READ, Line, Span, read_line
from core.capture.model import Captured, Followup, Part
from core.capture.newcomers import newcomers, unknown_company
from core.capture.roster import FULL, SHORT, Company, Person, Roster, spell
from core.capture.surnames import NO_NAMES
from core.capture.who import Named, bears, company_of, find_named, people_of, slips, titled

_IDLE = frozenset({"lookup", "none"})
_TITLED = 0.8
_NEW = 0.75
_INFERRED = 0.8  # a customer of whom only somebody who works there is named


@dataclass(frozen=True, slots=True)
class Understood:
    """A line and its parts. ``intent`` is visit, call, meeting, note, task, deal, lookup or none.

    ``choices`` are the customers a name may mean when it means several; ``unknown_company`` what an unknown one is
    called; ``customer_at`` where the customer stands in the line, -1 when it does not. ``confidence`` has an entry, 0
    to 1, for each part that was found, and for ``intent``.
    """

    captured: Captured
    intent: str
    customer: Company | None
    choices: tuple[Company, ...]
    contacts: tuple[Person, ...]
    new_contacts: tuple[str, ...]
    unknown_company: str
    confidence: dict[str, float]
    customer_at: int = -1

    @property
    def followup(self) -> Followup | None:
        """What is to be done, and when."""
        return self.captured.followup

    @property
    def happened(self) -> date | None:
        """The day before today on which it happened."""
        return self.captured.happened

    @property
    def amount(self) -> FoundAmount | None:
        """The amount that was said."""
        return self.captured.amount


@dataclass(frozen=True, slots=True)
class _Who:
    """Who is named: the customer with how sure it is, the people known and new, and where the names stand."""

    customer: Part[Company]
    choices: tuple[Company, ...]
    contacts: tuple[tuple[Person, float], ...]
    new: tuple[str, ...]
    unknown: str
    at: int
    spans: tuple[Span, ...]


def understand(  # noqa: PLR0913 - a line, when and where it is said, and what is settled already
    text: str,
    now: datetime,
    locale: str,
    roster: Roster,
    default_currency: str | None = None,
    *,
    kind: str | None = None,
    customer: Company | None = None,
) -> Understood:
    """Reads a line against what is known. ``now`` is the member's local wall time.

    ``kind`` (an intent) and ``customer`` are not guessed where they are settled already.
    """
    # What a line is shows at its beginning; the rest of a long text is told.
    line = read_line(text[:READ], now, locale, default_currency)
    todo = followup(line)
    line = replace(line, promised=todo.clause)
    stage, amount = marks.stage(line), marks.amount(line)
    mentioned = _mentions(line, roster)
    who = _who(line, roster, mentioned, customer)
    said = Part(kind, 1.0) if kind else intent(line, _seen(who, todo, amount, stage))
    parts = _Parts(todo, marks.happened(line), amount, stage, mentioned).of(said.value or "none")
    return _put_together(text, said, who, parts)


def _seen(who: _Who, todo: Part[Followup], amount: Part[FoundAmount], stage: Part[str]) -> Seen:
    return Seen(
        named=who.spans,
        who=bool(who.customer.value or who.choices or who.contacts or who.new or who.unknown),
        followup=todo.value is not None,
        merely_dated=todo.value is not None and todo.sure <= MERELY_DATED,
        amount=amount.value is not None,
        stage=stage.value,
        stage_at=stage.clause[0] if stage.clause else -1,
    )


@dataclass(frozen=True, slots=True)
class _Parts:
    """What each reader made of a line."""

    followup: Part[Followup]
    happened: Part[date]
    amount: Part[FoundAmount]
    stage: Part[str]
    mentions: Part[tuple[str, ...]]

    def of(self, kind: str) -> "_Parts":
        """Those that a line of that kind can have."""
        made = self
        if kind in _IDLE:
            made = replace(made, followup=Part(), happened=Part())
        if kind == "note" and made.followup.sure <= MERELY_DATED:
            made = replace(made, followup=Part())  # "FYI: Ada leaves in May" asks for nothing
        if kind == "task":
            # To send a quote is not to have sent it.
            kept = made.stage.value in {"won", "lost"}
            made = replace(made, happened=Part(), stage=made.stage if kept else Part())
        return replace(made, amount=Part(), stage=Part()) if kind == "none" else made

    def confidence(self) -> dict[str, float]:
        """How sure each part is that was found."""
        parts = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: part.sure for name, part in parts.items() if part.value is not None}


def _put_together(text: str, kind: Part[str], who: _Who, parts: _Parts) -> Understood:
    confidence = {"intent": kind.sure} | parts.confidence()
    if who.customer.value:
        confidence["customer"] = who.customer.sure
    if who.contacts:
        confidence["contacts"] = min(sure for _, sure in who.contacts)
    if who.new:
        confidence["new_contacts"] = _NEW
    confidence = {name: round(sure, 2) for name, sure in confidence.items()}
    said = Captured(
        text,
        parts.followup.value,
        parts.happened.value,
        parts.amount.value,
        parts.stage.value,
        parts.mentions.value or (),
        confidence,
    )
    return Understood(
        captured=said,
        intent=kind.value or "none",
        customer=who.customer.value,
        choices=who.choices,
        contacts=tuple(person for person, _ in who.contacts),
        new_contacts=who.new,
        unknown_company=who.unknown,
        confidence=confidence,
        customer_at=who.at,
    )


# --- who


def _who(line: Line, roster: Roster, mentioned: Part[tuple[str, ...]], settled: Company | None) -> _Who:
    spelt = spell(line.text)
    taken = [each.span for each in line.dates] + [each.span for each in line.amounts]
    taken += [
        match.span()
        for match in re.finditer(r"@\S+", line.text)
        if mentioned.value and match[0].startswith(mentioned.value)
    ]
    named = find_named(spelt, line.text, roster, taken)
    if not any(company_of(each) for each in named):
        slipped = slips(spelt, roster, [*taken, *(each.span for each in named)])
        named = sorted([*named, *slipped], key=lambda each: each.span)
    customer, choices = (Part(settled, 1.0), ()) if settled else _customer(named)
    contacts, spans, loose = _contacts(line, spelt, named, customer.value, roster)
    if customer.value is None and not choices:
        customer = _inferred(contacts, roster)
    kept = [*taken, *spans, *(each.span for each in named if company_of(each) or each.span in spans)]
    new = _unique(newcomers(line.text, spelt, kept, loose, spans))
    if customer.value:
        own = set(spell(customer.value.name).split())
        new = [each for each in new if not set(spell(each[1]).split()) <= own]
    new_spans = [span for span, _ in new]
    unknown = "" if customer.value or choices else unknown_company(line.text, spelt, [*kept, *new_spans])
    at = next((each.span[0] for each in named if customer.value and company_of(each) is customer.value), -1)
    names = tuple(name for _, name in new)
    return _Who(customer, choices, tuple(contacts), names, unknown, at, (*kept[len(taken) :], *new_spans))


def _unique(found: list[tuple[Span, str]]) -> list[tuple[Span, str]]:
    return list({name: (span, name) for span, name in reversed(found)}.values())[::-1]


def _customer(named: Sequence[Named]) -> tuple[Part[Company], tuple[Company, ...]]:
    """The first customer that is named; several when its name means several."""
    for each in named:
        companies = [meant for meant in each.meant if isinstance(meant.record, Company)]
        if len(companies) == 1:
            return Part(company_of(each), companies[0].sure), ()
        if companies:
            return Part(), tuple(meant.record for meant in companies if isinstance(meant.record, Company))
    return Part(), ()


def _contacts(
    line: Line, spelt: str, named: Sequence[Named], customer: Company | None, roster: Roster
) -> tuple[list[tuple[Person, float]], list[Span], list[Span]]:
    """The people who are named, where they stand, and where a title may mean several of them."""
    found: list[tuple[Span, Person, float]] = []
    found += [
        (each.span, *meant)
        for each in named
        if company_of(each) is None and (meant := _the_person(line, each, customer))
    ]
    spans, loose = [span for span, *_ in found], []
    busy = [*spans, *(each.span for each in named if company_of(each))]
    for span, surname in titled(spelt):
        if any(span[0] < other[1] and other[0] < span[1] for other in busy):
            continue
        people = customer.people if customer else tuple(roster.people)
        bearing = [person for person in people if bears(person, surname)]
        if len(bearing) == 1:
            found.append((span, bearing[0], _TITLED))
            spans.append(span)
        elif bearing:
            loose.append(span)
    ordered = sorted(found, key=lambda each: each[0])
    unique = {person.id: (person, sure) for _, person, sure in reversed(ordered)}
    return list(unique.values())[::-1], spans, loose


def _the_person(line: Line, named: Named, customer: Company | None) -> tuple[Person, float] | None:
    people = [(each.record, each.sure) for each in people_of(named) if isinstance(each.record, Person)]
    here = [each for each in people if customer is not None and each[0].customer_id == customer.id]
    fitting = here or [each for each in people if customer is None or each[1] >= SHORT]
    if len(fitting) != 1:
        return None
    person, sure = fitting[0]
    if sure < FULL and _goes_on(line.text, named.span):
        return None
    return person, sure


def _goes_on(text: str, span: Span) -> bool:
    """Whether a first name belongs to a longer one: the Tom of Tom Hicks is not Tom Reyes."""
    more = re.match(r" ([A-Z][a-z]+)", text[span[1] :])
    return text[span[0]].isupper() and more is not None and more[1].casefold() not in NO_NAMES


def _inferred(contacts: Sequence[tuple[Person, float]], roster: Roster) -> Part[Company]:
    """The customer for whom the people work who are named."""
    ids = {person.customer_id for person, _ in contacts}
    company = next((company for company in roster.companies if ids == {company.id}), None)
    return Part(company, _INFERRED * min(sure for _, sure in contacts)) if company else Part()


# --- colleagues


def _mentions(line: Line, roster: Roster) -> Part[tuple[str, ...]]:
    """Who was named after an at sign, as the known members are called."""
    found = marks.mentions(line)
    if not roster.members or not found.value:
        return found
    return replace(found, value=tuple(dict.fromkeys(_member(name, roster.members) for name in found.value)))


def _member(name: str, members: Sequence[str]) -> str:
    folded = name.casefold()
    exact = next((member for member in members if member.casefold() == folded), "")
    begins = [member for member in members if folded.startswith(member.casefold()) and not member.isascii()]
    return exact or max(begins, key=len, default=name)
