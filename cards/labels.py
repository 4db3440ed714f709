"""What fields, kinds and choices are called, and how a field's value reads: one place for all cards."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from cards.reader import Reader
from cards.words import Words, mark
from core.activities.model import ActivityKind
from core.alerts.model import Way
from core.contacts.model import Decision
from core.customers.model import Lifecycle
from core.deals.model import DealStage
from core.digests.model import EVERY_DAY, WORKDAYS, About, Empty, Part
from core.events.model import Kind
from core.money import Money
from core.reminders.hours import hours_of
from core.tasks.model import Priority, Task

FIELDS = {
    "name": mark("Name"),
    "aliases": mark("Also known as"),
    "industry": mark("Industry"),
    "size": mark("Size"),
    "region": mark("Region"),
    "owner_id": mark("Owner"),
    "owner": mark("Owner"),
    "team_id": mark("Team"),
    "team": mark("Team"),
    "stage": mark("Stage"),
    "phone": mark("Phone"),
    "website": mark("Website"),
    "address": mark("Address"),
    "tags": mark("Tags"),
    "external_id": mark("External id"),
    "merged": mark("Merged"),
    "not_same": mark("Not the same as"),
    "customer_id": mark("Customer"),
    "customer": mark("Customer"),
    "title": mark("Title"),
    "first_name": mark("First name"),
    "last_name": mark("Last name"),
    "email": mark("E-mail"),
    "wechat": mark("WeChat"),
    "decision": mark("Say in the purchase"),
    "kind": mark("Kind"),
    "text": mark("What was said"),
    "contact_ids": mark("With"),
    "contacts": mark("With"),
    "place": mark("Place"),
    "outcome": mark("Outcome"),
    "next_step": mark("Next step"),
    "happened_at": mark("When"),
    "happened": mark("When"),
    "author_id": mark("By"),
    "author": mark("By"),
    "due_on": mark("Due"),
    "due_at": mark("Due"),
    "due": mark("Due"),
    "until": mark("Until"),
    "assignee_id": mark("For"),
    "assignee": mark("For"),
    "creator_id": mark("Raised by"),
    "priority": mark("Priority"),
    "snoozed_until": mark("Snoozed until"),
    "done_at": mark("Done"),
    "done": mark("Done"),
    "amount": mark("Amount"),
    "currency": mark("Currency"),
    "probability": mark("Probability"),
    "close_on": mark("Expected close"),
    "closed_at": mark("Closed"),
    "deal_id": mark("Deal"),
    "deal": mark("Deal"),
    "activity_id": mark("Follows from"),
    "language": mark("Language"),
    "zone": mark("Time zone"),
    "remind": mark("Reminder"),
    "hours": mark("Working hours"),
    "handle": mark("Handle"),
    "code": mark("Code"),
    "verb": mark("Command"),
    "page": mark("Page"),
    "extra": mark("More fields"),
    "quiet": mark("Quiet hours"),
    "ceiling": mark("Messages a day, at most"),
    "quiet_from": mark("Quiet from"),
    "quiet_until": mark("Quiet until"),
    "way": mark("Told"),
    "muted_until": mark("Silent until"),
    "at": mark("Time"),
    "days": mark("Days"),
    "about": mark("About"),
    "parts": mark("What is in it"),
    "empty": mark("When there is nothing"),
    "silent_days": mark("A deal is silent after (days)"),
    "off_at": mark("Switched off"),
    "frequency": mark("How often"),
}

KINDS = {
    Kind.CUSTOMER: mark("Customer"),
    Kind.CONTACT: mark("Contact"),
    Kind.ACTIVITY: mark("Activity"),
    Kind.TASK: mark("Task"),
    Kind.DEAL: mark("Deal"),
    Kind.MEMBER: mark("Settings"),
    Kind.CONVERSATION: mark("Conversation"),
    Kind.FOLLOWING: mark("What you follow"),
    Kind.DIGEST: mark("Digest"),
}
LIFECYCLE = {
    Lifecycle.LEAD: mark("Lead"),
    Lifecycle.PROSPECT: mark("Prospect"),
    Lifecycle.CUSTOMER: mark("Customer"),
    Lifecycle.DORMANT: mark("Dormant"),
    Lifecycle.LOST: mark("Lost to us"),
}
STAGES = {
    DealStage.LEAD: mark("Lead"),
    DealStage.QUALIFIED: mark("Qualified"),
    DealStage.QUOTE: mark("Quote"),
    DealStage.NEGOTIATION: mark("Negotiation"),
    DealStage.WON: mark("Won"),
    DealStage.LOST: mark("Lost"),
}
ACTIVITIES = {
    ActivityKind.VISIT: mark("Visit"),
    ActivityKind.CALL: mark("Call"),
    ActivityKind.MEETING: mark("Meeting"),
    ActivityKind.NOTE: mark("Note"),
    ActivityKind.MESSAGE: mark("Saved message"),
}
DECISIONS = {
    Decision.UNKNOWN: mark("Unknown"),
    Decision.DECIDER: mark("Decides"),
    Decision.INFLUENCER: mark("Influences"),
    Decision.USER: mark("Uses"),
    Decision.BLOCKER: mark("Blocks"),
}
PRIORITIES = {Priority.LOW: mark("Low"), Priority.NORMAL: mark("Normal"), Priority.HIGH: mark("High")}
WAYS = {
    Way.NOW: mark("At once"),
    Way.DIGEST: mark("In the digest"),
    Way.NEVER: mark("Never"),
    Way.OFF: mark("Not followed"),
}
PARTS = {
    Part.TASKS: mark("Overdue and due tasks"),
    Part.DEALS: mark("Deals that are stuck"),
    Part.CUSTOMERS: mark("Customers with no next step"),
    Part.DONE: mark("Visits and wins"),
    Part.HANDED: mark("What changed hands"),
}
EMPTY = {Empty.SKIP: mark("Send nothing"), Empty.SAY: mark("Say so in one line")}
ABOUT = {About.MINE: mark("My own work"), About.TEAM: mark("My team's work")}
LANGUAGES = {"en": "English", "zh_Hans": "简体中文"}

_HOUR, _DAY = 60, 24 * 60  # minutes
_WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))

_CHOICES: dict[str, Mapping[Any, str]] = {
    "kind": ACTIVITIES,
    "decision": DECISIONS,
    "priority": PRIORITIES,
    "language": LANGUAGES,
    "way": WAYS,
    "empty": EMPTY,
    "about": ABOUT,
}
_DAYS = frozenset({"due_on", "close_on"})
_INSTANTS = frozenset({"due_at", "snoozed_until", "done_at", "closed_at", "happened_at", "muted_until", "off_at"})
_CLOCKS = frozenset({"quiet_from", "quiet_until"})


# A field that means something else on one kind of record.
_OTHERWISE: Mapping[tuple[Kind | None, str], str] = {(Kind.CONTACT, "title"): mark("Job title")}


def field(name: str, words: Words, kind: Kind | None = None) -> str:
    """What a field is called, on one kind of record or in general."""
    return words(_OTHERWISE.get((kind, name)) or FIELDS.get(name, name))


def value(name: str, raw: Any, reader: Reader, names: Mapping[str, str], kind: Kind | None = None) -> str:
    """How a field's JSON value (as an event keeps it) reads, on one kind of record or in general; ids through
    ``names``. Nothing reads as a dash.
    """
    if raw in (None, "", [], {}):
        return "–"
    if isinstance(raw, dict):
        return _mapping(raw, reader.words)
    if isinstance(raw, list | tuple):
        return _listed(name, raw, reader.words, names)
    if name == "stage" or name in _CHOICES:
        return reader.words(choice_label(name, raw, kind))
    return _scalar(name, raw, reader, names)


def _listed(name: str, raw: Sequence[Any], words: Words, names: Mapping[str, str]) -> str:
    if name == "days":
        return weekdays(raw, words)
    if name == "parts":
        return words(", ").join(words(PARTS[Part(part)]) for part in raw)
    return ", ".join(names.get(item, str(item)) for item in raw)


def _mapping(raw: dict[str, Any], words: Words) -> str:
    if raw.keys() == {"minor", "currency"}:
        return words.money(Money(raw["minor"], raw["currency"]))
    return ", ".join(f"{key}: {item}" for key, item in raw.items())


def _scalar(name: str, raw: Any, reader: Reader, names: Mapping[str, str]) -> str:
    if name == "probability":
        return f"{raw} %"
    if name == "remind":
        return lead(int(raw), reader.words)
    if name == "hours":
        return hours(raw, reader.words)
    if name in _DAYS:
        return reader.words.date(date.fromisoformat(raw), reader.today)
    if name in _INSTANTS:
        return reader.words.moment(datetime.fromisoformat(raw), reader.now)
    return clock(raw) if name in _CLOCKS else names.get(raw, str(raw))


def lead(minutes: int, words: Words) -> str:
    """How long before something is due: 30 minutes before, 2 hours before, off."""
    if minutes < 0:
        return words("off")
    if minutes == 0:
        return words("when it is due")
    if minutes % _DAY == 0:
        return words.many("{count} day before", "{count} days before", minutes // _DAY)
    if minutes % _HOUR == 0:
        return words.many("{count} hour before", "{count} hours before", minutes // _HOUR)
    return words.many("{count} minute before", "{count} minutes before", minutes)


def hours(kept: str, words: Words) -> str:
    """Working hours as they can be typed: 9:00-18:00 Mon-Fri, 9:00-18:00 Mon, Wed."""
    of = hours_of(kept)
    names = [words(_WEEKDAYS[day]) for day in of.days]
    in_a_row = len(names) > 2 and of.days[-1] - of.days[0] == len(names) - 1
    days = words("{first}-{last}", first=names[0], last=names[-1]) if in_a_row else ", ".join(names)
    return f"{of.starts.hour}:{of.starts:%M}-{of.ends.hour}:{of.ends:%M} {days}"


def clock(minutes: int) -> str:
    """Minutes after midnight as a time of day."""
    return f"{minutes // 60}:{minutes % 60:02}"


def choice_label(name: str, choice: str, kind: Kind | None = None) -> str:
    """How a choice of a field is called, as a message of the catalogue. Customers have stages of their own."""
    stages: Mapping[Any, str] = LIFECYCLE if kind is Kind.CUSTOMER else {**LIFECYCLE, **STAGES}
    return (stages if name == "stage" else _CHOICES.get(name, {})).get(choice, choice)


def digest_part(part: Part, since: date, reader: Reader) -> str:
    """What a part of a digest is called; what is new is new since a day."""
    words = reader.words
    if part is not Part.DONE:
        return words(PARTS[part])
    if (reader.today - since).days == 1:
        return words("Yesterday's visits and wins")
    day = words.date(since, reader.today)
    return words("Visits and wins since {day}", day=day)


def weekdays(days: Sequence[int], words: Words) -> str:
    """Days of the week, counted from Monday, 1: every day, on workdays, Mon and Thu."""
    if tuple(days) == EVERY_DAY:
        return words("Every day")
    if tuple(days) == WORKDAYS:
        return words("Workdays")
    return words("Every {days}", days=words(", ").join(words.weekday(day) for day in days))


def day_choices(words: Words) -> list[tuple[str, str]]:
    """The days to choose from in a form, with what they are called."""
    single = [(str(day), words("Every {days}", days=words.weekday(day))) for day in EVERY_DAY]
    return [("daily", words("Every day")), ("workdays", words("Workdays")), *single]


def due(task: Task, reader: Reader) -> str:
    """When a task is due, as the reader says it; empty without a date."""
    if task.due_at is not None:
        return reader.words.moment(task.due_at, reader.now)
    return reader.words.date(task.due_on, reader.today) if task.due_on else ""


def due_or_snoozed(task: Task, reader: Reader) -> str:
    """When a task is due; of one that is put off, until when."""
    if task.snoozed_until is not None and task.is_snoozed(reader.now):
        return reader.words("snoozed until {when}", when=reader.words.moment(task.snoozed_until, reader.now))
    return due(task, reader)


def excerpt(text: str, limit: int = 140) -> str:
    """The beginning of a text on one line, for a list."""
    line = " ".join(text.split())
    return line if len(line) <= limit else f"{line[: limit - 1].rstrip()}…"
