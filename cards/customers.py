"""The customer at a glance, and everything around one."""

from collections.abc import Iterable

from cards import labels
from cards.lists import activity_row, deal_row, task_row
from cards.model import (
    Actions,
    Block,
    Button,
    Card,
    Context,
    Element,
    Fact,
    Facts,
    Heading,
    Row,
    Rows,
    Style,
    Text,
    Tone,
)
from cards.reader import Reader
from core.contacts.model import Contact, Decision
from core.customers.model import Customer
from core.customers.overview import Overview
from core.tasks.ports import TaskLine

_QUIET_DAYS = 30  # without contact, a customer is said to have gone quiet


def customer_360(seen: Overview, reader: Reader) -> Card:
    """Who they are, who owns them, what to do next, what is open, what happened last, whom to talk to."""
    words, customer = reader.words, seen.customer
    blocks: list[Block] = [Heading(text=customer.name, detail=_line_of(customer, reader)), *_facts(seen, reader)]
    # The buttons before the lists: what people do next must not have to be scrolled to.
    blocks += [next_step(seen, reader), Actions(elements=_buttons(customer, reader))]
    if seen.tasks.lines:
        blocks += [
            _section(words("Open tasks"), seen.tasks.total),
            _rows(task_row(line, reader, with_customer=False) for line in seen.tasks.lines),
        ]
    if seen.deals.lines:
        sums = " + ".join(words.money(amount) for amount in seen.deals.sums)
        rows = _rows(deal_row(line, reader, with_customer=False) for line in seen.deals.lines)
        blocks += [_section(words("Open deals"), seen.deals.total, sums), rows]
    if seen.activities:
        blocks += [Heading(text=words("Lately")), _rows(activity_row(line, reader) for line in seen.activities)]
    if seen.contacts:
        blocks += [Heading(text=words("Contacts")), _rows(contact_row(contact, reader) for contact in seen.contacts)]
    return Card(
        summary=_summary(seen, reader),
        blocks=tuple(blocks),
        link=reader.page(customer.id),
        language=words.language,
    )


def _section(title: str, total: int, detail: str = "") -> Heading:
    return Heading(text=f"{title} ({total})", detail=detail)


def _rows(rows: Iterable[Row]) -> Rows:
    return Rows(rows=tuple(rows))


def _line_of(customer: Customer, reader: Reader) -> str:
    stage = reader.words(labels.LIFECYCLE[customer.stage])
    return " · ".join(filter(None, (stage, customer.industry, customer.region)))


def _facts(seen: Overview, reader: Reader) -> list[Block]:
    words, customer = reader.words, seen.customer
    known = (
        ("owner_id", seen.owner_name or words("nobody")),
        ("aliases", ", ".join(customer.aliases)),
        ("phone", customer.phone),
        ("website", customer.website),
        ("size", customer.size),
        ("address", customer.address),
        ("tags", ", ".join(customer.tags)),
    )
    facts = [Fact(label=labels.field(name, words), value=value) for name, value in known if value]
    facts += [Fact(label=name, value=value) for name, value in list(customer.extra.items())[:4] if value]
    return [Facts(facts=tuple(facts))]


def next_step(seen: Overview, reader: Reader) -> Text:
    """What to do next: the first task due, or that there is none and since when nobody has been in touch."""
    words = reader.words
    if lines := seen.tasks.lines:
        return _next_task(next((line for line in lines if not line.task.is_snoozed(reader.now)), lines[0]), reader)
    if not seen.activities:
        return Text(text=words("Nothing has happened here yet. Log the first visit or call."), tone=Tone.WARNING)
    silent = (reader.now - seen.activities[0].activity.happened_at).days
    if silent >= _QUIET_DAYS:
        said = words.many("Quiet for {count} day and no next step.", "Quiet for {count} days and no next step.", silent)
        return Text(text=said, tone=Tone.WARNING)
    return Text(text=words("No next step is planned."), tone=Tone.WARNING)


def _next_task(line: TaskLine, reader: Reader) -> Text:
    words, due = reader.words, labels.due_or_snoozed(line.task, reader)
    overdue = line.task.is_overdue(reader.now, reader.today)
    title = labels.excerpt(line.task.title, 100)
    if not due:
        return Text(text=words("Next: {title} ({who})", title=title, who=line.assignee_name))
    said = words("Next: {title} - {due} ({who})", title=title, due=due, who=line.assignee_name)
    return Text(text=said, tone=Tone.BAD if overdue else Tone.NEUTRAL)


def contact_row(contact: Contact, reader: Reader) -> Row:
    """A person at the customer, with how to reach them."""
    decision = "" if contact.decision is Decision.UNKNOWN else reader.words(labels.DECISIONS[contact.decision])
    return Row(
        title=contact.name,
        detail=" · ".join(filter(None, (contact.title, decision))),
        meta=contact.phone or contact.email or contact.wechat,
        action=Button(label=reader.words("Edit"), command=f"edit {contact.id}"),
    )


def _buttons(customer: Customer, reader: Reader) -> tuple[Element, ...]:
    words, id_ = reader.words, customer.id
    return (
        Button(label=words("Log visit"), command=f"visit {id_}", style=Style.PRIMARY),
        Button(label=words("New task"), command=f"task {id_}"),
        Button(label=words("New deal"), command=f"new deal {id_}"),
        Button(label=words("Timeline"), command=f"timeline {id_}"),
        Button(label=words("Edit"), command=f"edit {id_}"),
        Button(label=words("Share"), command=f"share {id_}"),
    )


def _summary(seen: Overview, reader: Reader) -> str:
    words = reader.words
    tasks = words.many("{count} open task", "{count} open tasks", seen.tasks.total)
    deals = words.many("{count} open deal", "{count} open deals", seen.deals.total)
    return f"{seen.customer.name} · {tasks} · {deals}"


def customer_shared(seen: Overview, reader: Reader, *, by: str, in_full: bool) -> Card:
    """A customer shown to a whole conversation: in full where everybody may see it, else without anything personal.

    Who reads along may differ from who shares, so telephone numbers, people and amounts are never in the short form.
    """
    words, customer = reader.words, seen.customer
    blocks: list[Block] = [Heading(text=customer.name, detail=_line_of(customer, reader))]
    if in_full:
        blocks += _facts(seen, reader)
        blocks.append(next_step(seen, reader))
        blocks += (
            [_rows(deal_row(line, reader, with_customer=False) for line in seen.deals.lines)]
            if seen.deals.lines
            else []
        )
    else:
        blocks.append(Facts(facts=(Fact(label=words("Owner"), value=seen.owner_name or words("nobody")),)))
    blocks.append(
        Actions(elements=(Button(label=words("Open for me"), command=f"360 {customer.id}", style=Style.PRIMARY),))
    )
    blocks.append(Context(text=words("Shared by {name}", name=by)))
    summary = words("{by} shared {name}", by=by, name=customer.name)
    return Card(summary=summary, blocks=tuple(blocks), link=reader.page(customer.id), language=words.language)
