"""The lines of a digest, each with what can be done about it."""

from collections.abc import Callable, Mapping
from typing import Any

from cards import labels
from cards.lists import task_row
from cards.model import Button, Row, Tone
from cards.reader import Reader
from core.activities.model import ActivityKind
from core.deals.model import DealStage
from core.digests.contents import Achievement, DueTask, HandedOver, IdleCustomer, StuckDeal
from core.digests.model import About, Digest, Part


def _task(each: DueTask, digest: Digest, reader: Reader) -> Row:
    return task_row(each.line, reader, mine=digest.about is About.MINE)


def _deal(each: StuckDeal, digest: Digest, reader: Reader) -> Row:
    """Past its close date it wants a new one; silent it wants a visit."""
    words, deal = reader.words, each.line.deal
    late = deal.close_on is not None and deal.close_on < reader.today
    if late and deal.close_on:
        why = words("was to close {day}", day=words.date(deal.close_on, reader.today))
        action = Button(label=words("Edit"), command=f"edit {deal.id}")
    else:
        why = words.many("silent for {count} day", "silent for {count} days", digest.silent_days)
        action = Button(label=words("Log visit"), command=f"visit {deal.customer_id}")
    detail = (each.line.customer_name, "" if digest.about is About.MINE else each.line.owner_name, why)
    return Row(
        title=deal.name,
        detail=" · ".join(filter(None, detail)),
        meta=words.money(deal.amount) if deal.amount else "",
        tone=Tone.BAD if late else Tone.WARNING,
        action=action,
    )


def _customer(each: IdleCustomer, digest: Digest, reader: Reader) -> Row:
    plan = Button(label=reader.words("Plan"), command=f"task {each.customer_id}")
    return Row(title=each.name, detail="" if digest.about is About.MINE else each.owner_name, action=plan)


def _done(each: Achievement, digest: Digest, reader: Reader) -> Row:
    words = reader.words
    by = "" if digest.about is About.MINE else each.member_name
    if each.deal_id is not None:
        command, what = f"deal {each.deal_id}", words(labels.STAGES[DealStage.WON])
    else:
        command, what = f"360 {each.customer_id}", words(labels.ACTIVITIES[ActivityKind(each.kind)])
    return Row(
        title=words("{label}: {value}", label=what, value=each.customer_name),
        detail=" · ".join(filter(None, (labels.excerpt(each.text), by))),
        meta=words.moment(each.happened_at, reader.now),
        tone=Tone.GOOD if each.deal_id is not None else Tone.NEUTRAL,
        action=Button(label=words("Open"), command=command),
    )


def _handed(each: HandedOver, _digest: Digest, reader: Reader) -> Row:
    words = reader.words
    to = words("now with {name}", name=each.to_name or words("nobody"))
    by = words("by {name}", name=each.by_name) if each.by_name else ""
    is_task = each.task_id is not None
    action = (
        Button(label=words("Done"), command=f"done {each.task_id}")
        if is_task
        else Button(label=words("Open"), command=f"360 {each.customer_id}")
    )
    return Row(title=each.name, detail=" · ".join(filter(None, (to, by))), action=action)


ROWS: Mapping[Part, Callable[[Any, Digest, Reader], Row]] = {
    Part.TASKS: _task,
    Part.DEALS: _deal,
    Part.CUSTOMERS: _customer,
    Part.DONE: _done,
    Part.HANDED: _handed,
}
