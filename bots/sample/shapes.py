"""What the sample is written in: companies, their people, and what reps note at each step of a sale."""

from dataclasses import dataclass

from core.activities.model import ActivityKind
from core.contacts.model import Decision
from core.deals.model import DealStage


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at a company."""

    name: str
    title: str
    decision: Decision = Decision.UNKNOWN


@dataclass(frozen=True, slots=True)
class Company:
    """A fictional company. ``dial`` is a range of numbers that nobody can have; each ``#`` becomes a digit.

    ``site`` is the first label of its web address, ``asset`` what its machines are called in a note.
    """

    name: str
    aliases: tuple[str, ...]
    industry: str
    size: str
    region: str
    dial: str
    site: str
    asset: str
    people: tuple[Person, ...]
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step of a sale: what may be noted and what is to do next.

    Texts name ``{person}``, ``{asset}``, ``{n}`` and ``{line}``.

    ``stage`` is where the deal stands afterwards; None leaves it.
    """

    notes: tuple[str, ...]
    todos: tuple[str, ...]
    kinds: tuple[ActivityKind, ...]
    stage: DealStage | None = None
    outcomes: tuple[str, ...] = ("",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """One language's half of the sample: its companies, its words, who sells to them and in which currencies."""

    companies: tuple[Company, ...]
    steps: dict[str, Step]
    deals: tuple[str, ...]
    renewal: str
    address: str
    lines: tuple[str, ...]
    currency: tuple[str, ...]
    owners: tuple[str, ...]
    team: str
