"""Half a year of selling, planned: which company was seen when, by whom, and what came of it. The same every day."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bots.sample.shapes import Company, Person, Tongue
from core.activities.model import ActivityKind
from core.money import Money

_SEED = 20_26
_HALF_A_YEAR = 178  # days

# How far sales have come, from the first word to service; a company is given one in turn.
_ARCS = (
    "hello need demo pilot quote haggle",
    "hello need demo pilot quote",
    "hello need",
    "hello need demo quote haggle won care",
    "hello need demo pilot",
    "need demo quote",
    "hello",
    "need demo pilot quote won care care care",
    "hello need pilot quote",
    "hello need demo quote lost",
    "hello need demo",
    "hello need quote haggle",
    "need demo pilot quote haggle won care care",
    "hello need quiet",
)
_OVER = {"lost", "quiet"}
# When what is still to do is due, in days from today.
_DUE = (0, 2, -3, 5, 0, 1, -1, 9, 0, 3, -6, 1, 14, 4, 0, 7)
_AMOUNTS = (18_000, 24_500, 36_000, 48_000, 62_000, 90_000, 135_000, 210_000, 380_000)
_YUAN = 7  # about what a dollar or euro comes to


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One contact with a company. ``todo`` is what it left to do (empty: nothing), due on ``due``, maybe at ``clock``."""

    at: datetime
    who: str
    step: str
    kind: ActivityKind
    person: int
    note: str
    outcome: str
    todo: str
    due: date
    clock: time | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """A company and everything that was done with it, the first contact first."""

    company: Company
    tongue: Tongue
    owner: str
    phone: str
    deal: str
    amount: Money
    close_on: date
    beats: tuple[Beat, ...]


class Planner:
    """Plans the sales of one half of the sample, as seen at the instant ``now``."""

    def __init__(self, tongue: Tongue, now: datetime, zone_of: Callable[[str], str]) -> None:
        self._tongue = tongue
        self._now = now
        self._zone_of = zone_of
        self._random = random.Random(_SEED)  # noqa: S311 - the same sample every day is what is wanted
        self._decks: dict[int, list[str]] = {}

    def sales(self) -> list[Sale]:
        """One sale for each company."""
        companies = self._tongue.companies
        return [self._sale(index, company) for index, company in enumerate(companies)]

    def _sale(self, index: int, company: Company) -> Sale:
        owner = self._tongue.owners[index % len(self._tongue.owners)]
        arc = _ARCS[index % len(_ARCS)].split()
        slots = self._slots(company)
        days = self._days(arc)
        beats = tuple(self._beats(index, company, owner, arc, days))
        currency = self._tongue.currency[index % len(self._tongue.currency)]
        major = self._random.choice(_AMOUNTS) * (_YUAN if currency == "CNY" else 1)
        return Sale(
            company=company,
            tongue=self._tongue,
            owner=owner,
            phone=self.number(company.dial, index),
            deal=self._draw(self._tongue.deals).format(**slots),
            amount=Money(major * 100, currency),
            close_on=self._now.date() + timedelta(days=self._random.randint(6, 80)),
            beats=beats,
        )

    @staticmethod
    def number(dial: str, index: int) -> str:
        """A number of the range: its ``#`` filled with digits that differ from company to company."""
        digits = f"{index * 7 + 11:0{dial.count('#')}d}"[-dial.count("#") :]
        parts = dial.split("#")
        return "".join(part + digit for part, digit in zip(parts, [*digits, ""], strict=True))

    # -- when --------------------------------------------------------------------------------------

    def _days(self, arc: Sequence[str]) -> list[int]:
        """How many days ago each step was taken; what is over has been over for a while."""
        last = self._random.randint(45, 100) if arc[-1] in _OVER else self._random.randint(0, 11)
        room = (_HALF_A_YEAR - last) // max(1, len(arc) - 1)
        ago = [last]
        for _ in arc[1:]:
            ago.append(ago[-1] + self._random.randint(min(6, room), min(26, room)))
        return ago[::-1]

    def _instant(self, days_ago: int, who: str) -> datetime:
        """A working hour of a working day, not in the future."""
        zone = ZoneInfo(self._zone_of(who))
        day = self._now.astimezone(zone).date() - timedelta(days=days_ago)
        clock = time(self._random.randint(9, 17), self._random.choice((0, 10, 20, 30, 45)))
        while True:
            at = datetime.combine(day, clock, zone)
            if day.weekday() < 5 and at <= self._now - timedelta(minutes=30):
                return at
            day -= timedelta(days=1)

    def _due(self, index: int, at: datetime, following: datetime | None) -> date:
        if following is not None:
            return max(at.date(), following.date() - timedelta(days=self._random.randint(0, 2)))
        return max(at.date(), self._now.astimezone(at.tzinfo).date() + timedelta(days=_DUE[index % len(_DUE)]))

    # -- what --------------------------------------------------------------------------------------

    def _beats(
        self, index: int, company: Company, owner: str, arc: Sequence[str], days: Sequence[int]
    ) -> Iterator[Beat]:
        colleagues = [who for who in dict.fromkeys(self._tongue.owners) if who != owner]
        takers = [owner if self._random.random() < 0.85 else self._random.choice(colleagues) for _ in arc]
        instants = [self._instant(ago, who) for ago, who in zip(days, takers, strict=True)]
        for name, who, at, following in zip(arc, takers, instants, [*instants[1:], None], strict=True):
            person = self._random.randrange(len(company.people))
            slots = self._slots(company, company.people[person])
            step = self._tongue.steps[name]
            yield Beat(
                at=at,
                who=who,
                step=name,
                kind=self._random.choice(step.kinds),
                person=person,
                note=self._draw(step.notes).format(**slots),
                outcome=self._random.choice(step.outcomes),
                todo=self._draw(step.todos).format(**slots) if step.todos else "",
                due=self._due(index, at, following),
                clock=time(self._random.randint(9, 16), 30) if self._random.random() < 0.3 else None,
            )

    def _slots(self, company: Company, person: Person | None = None) -> dict[str, str]:
        return {
            "person": (person or company.people[0]).name,
            "asset": company.asset,
            "line": self._random.choice(self._tongue.lines),
            "n": str(self._random.randint(6, 48)),
        }

    def _draw(self, options: tuple[str, ...]) -> str:
        """One of the options; none comes again before all have come."""
        deck = self._decks.setdefault(id(options), [])
        if not deck:
            deck.extend(self._random.sample(options, len(options)))
        return deck.pop()
