"""The one question about a line that is not surely read: the least sure of what matters, the customer first."""

import json
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from cards import asking, labels
from cards.asking import Answer
from cards.model import Card
from cards.words import mark
from commands.model import Context, Reply
from core import when
from core.activities.model import ActivityKind

if TYPE_CHECKING:
    from core.capture.understanding import Understood

# Below these Kith asks. A customer that is named by half its name is sure enough, one with a slip is not.
SURE_WHO = 0.8
_SURE_KIND = 0.7
_SURE_DAY = 0.75
_RECENT = 3
_ACTIVITIES = frozenset({"visit", "call", "meeting", "note", "deal"})
_KINDS = (ActivityKind.VISIT, ActivityKind.CALL, ActivityKind.MEETING, ActivityKind.NOTE)


def unsure(context: Context, text: str, heard: "Understood", chosen: Mapping[str, str]) -> Reply | None:
    """The question, or None when all is sure enough. After one answer nothing more is asked but whom it is about."""
    asks_whom = heard.intent in _ACTIVITIES or bool(heard.choices)
    if asks_whom and not chosen.keys() & {"customer", "new"} and _doubtful(heard):
        return about_customer(context, text, heard, chosen)
    if chosen:
        return None
    if heard.confidence["intent"] < _SURE_KIND:
        return _about_kind(context, text, heard)
    if heard.intent in _ACTIVITIES and heard.confidence.get("followup", 1) < _SURE_DAY:
        return _about_day(context, text, heard)
    return None


def _doubtful(heard: "Understood") -> bool:
    return heard.customer is None or heard.confidence.get("customer", 1) < SURE_WHO * _inferred(heard)


def _inferred(heard: "Understood") -> float:
    """A customer known by its people alone is as sure as they are named."""
    return 0.8 if heard.contacts else 1


def about_customer(context: Context, text: str, heard: "Understood", chosen: Mapping[str, str]) -> Reply:
    """Whom is it about?"""
    answers = [
        *((name, _line(text, chosen, customer=id_)) for id_, name in _likely(context, heard).items()),
        *_newly(context, text, heard, chosen),
    ]
    return _asked(asking.which_customer(text, answers, context.words), "which_customer")


def _likely(context: Context, heard: "Understood") -> dict[str, str]:
    """Those it may mean, else those that the member touched last."""
    near = [*heard.choices, *((heard.customer,) if heard.customer else ())]
    recent = context.work.customers.list_recent(context.actor.scope, limit=_RECENT)
    return {each.id: each.name for each in (*near, *recent)[: asking.MOST_ANSWERS - 1]}


def _newly(context: Context, text: str, heard: "Understood", chosen: Mapping[str, str]) -> Iterator[Answer]:
    if heard.unknown_company:
        label = context.words("New customer “{name}”", name=heard.unknown_company)
        yield label, _line(text, chosen, new=heard.unknown_company)


def _about_kind(context: Context, text: str, heard: "Understood") -> Reply:
    words = context.words
    settled = {"customer": heard.customer.id} if heard.customer else {}
    guess = heard.intent
    kinds = sorted(_KINDS, key=lambda kind: str(kind) != guess)
    answers = [(words(labels.ACTIVITIES[kind]), _line(text, settled, kind=str(kind))) for kind in kinds]
    task = (words("Task"), _line(text, settled, kind="task"))
    answers = [task, *answers] if guess == "task" else [*answers, task]
    answers.append((words("Just look it up"), f"find {text}"))
    return _asked(asking.which_kind(text, answers, words), "which_kind")


_DAY = {"yes": mark("Yes, a task for then"), "happened": mark("It happened then"), "no": mark("No task")}


def _about_day(context: Context, text: str, heard: "Understood") -> Reply:
    words, todo = context.words, heard.followup
    assert todo is not None  # noqa: S101 - only a follow-up that was read can be unsure
    settled = {"customer": heard.customer.id} if heard.customer else {}
    past = when.read(todo.matched, context.local_now, context.locale, past=True)
    told = past is not None and past.start.date() < context.today
    answers = [
        (words(label), _line(text, {**settled, "kind": _kind(heard)}, due=due))
        for due, label in _DAY.items()
        if told or due != "happened"
    ]
    day = words.date(todo.date, context.today)
    return _asked(asking.which_day(text, day, answers, words), "which_day")


def _kind(heard: "Understood") -> str:
    return heard.intent


def _line(text: str, chosen: Mapping[str, str], **answer: str) -> str:
    """The line with an answer put before it."""
    return f"tell {json.dumps({**chosen, **answer}, ensure_ascii=False, separators=(',', ':'))} {text}"


def _asked(card: Card, error: str) -> Reply:
    return Reply(cards=(card,), ok=False, error=error)
