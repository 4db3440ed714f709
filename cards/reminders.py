"""What Kith reminds of: tasks that are due or overdue, and what comes after a visit."""

from collections.abc import Sequence
from dataclasses import dataclass

from cards import labels
from cards.model import (
    Actions,
    Block,
    Button,
    Card,
    Context,
    Fact,
    Facts,
    Heading,
    Menu,
    Option,
    Row,
    Rows,
    Style,
    Text,
    Tone,
)
from cards.reader import Reader
from cards.tasks import snooze_options
from core.activities.model import Activity
from core.customers.model import Customer
from core.tasks.ports import TaskLine


@dataclass(frozen=True, slots=True)
class Reminded:
    """A task that is spoken of; no ``line`` when it is gone, or not the reader's to see any more.

    ``mine`` is false once it was handed over.
    """

    line: TaskLine | None
    mine: bool = True


def reminder(told: Reminded, reader: Reader) -> Card:
    """One task, by when, about whom, with Done, Snooze, Hand over and Open; or what has become of it."""
    words = reader.words
    if told.line is None:
        gone = words("This task is no longer there for you.")
        return Card(summary=gone, blocks=(Text(text=gone),), language=words.language)
    line, state = told.line, _state(told, reader)
    title = labels.excerpt(line.task.title)
    blocks: list[Block] = [Heading(text=title, detail=state or _when(line, reader))]
    known = (("customer", line.customer_name), ("priority", _priority(line, reader)))
    if facts := tuple(Fact(label=labels.field(name, words), value=value) for name, value in known if value):
        blocks.append(Facts(facts=facts))
    blocks.append(Actions(elements=_buttons(line, reader) if not state else (_open(line, reader),)))
    if not state:
        blocks.append(Context(text=words("To be reminded at another time, type: settings remind 1h")))
    tone = _tone(told, reader)
    summary = words("{label}: {value}", label=title, value=state or _when(line, reader))
    return Card(summary=summary, blocks=tuple(blocks), tone=tone, language=words.language)


def reminders(told: Sequence[Reminded], reader: Reader) -> Card:
    """Several tasks at a time, each with Done while it is to be done."""
    words = reader.words
    still = sum(1 for each in told if each.line is not None and not _state(each, reader))
    title = words.many("{count} task to do", "{count} tasks to do", still) if still else words("All done")
    rows = tuple(_row(each, reader) for each in told)
    blocks = (
        Heading(text=title),
        Rows(rows=rows),
        Actions(elements=(Button(label=words("My tasks"), command="tasks"),)),
        Context(text=words("To be reminded at another time, type: settings remind 1h")),
    )
    return Card(summary=title, blocks=blocks, tone=Tone.NEUTRAL if still else Tone.GOOD, language=words.language)


def _row(told: Reminded, reader: Reader) -> Row:
    words = reader.words
    if told.line is None:
        return Row(title=words("This task is no longer there for you."))
    line, state = told.line, _state(told, reader)
    return Row(
        title=labels.excerpt(line.task.title),
        detail=line.customer_name,
        meta=state or _when(line, reader),
        tone=_tone(told, reader),
        action=None if state else Button(label=words("Done"), command=f"done {line.task.id}"),
    )


def _state(told: Reminded, reader: Reader) -> str:
    """What has become of it, when there is nothing to do for the reader any more."""
    words = reader.words
    assert told.line is not None  # noqa: S101 - asked before
    task = told.line.task
    if task.done_at is not None:
        return words("Done {when}", when=words.moment(task.done_at, reader.now))
    if not told.mine:
        return words("Handed over to {name}", name=told.line.assignee_name)
    if task.snoozed_until is not None and task.snoozed_until > reader.now:
        return words("Snoozed until {when}", when=words.moment(task.snoozed_until, reader.now))
    return ""


def _when(line: TaskLine, reader: Reader) -> str:
    words, when = reader.words, labels.due(line.task, reader)
    if not when:
        return words("To do")
    late = line.task.is_overdue(reader.now, reader.today)
    return words("Overdue since {when}", when=when) if late else words("Due {when}", when=when)


def _tone(told: Reminded, reader: Reader) -> Tone:
    assert told.line is not None  # noqa: S101 - asked before
    if told.line.task.done_at is not None:
        return Tone.GOOD
    late = told.line.task.is_overdue(reader.now, reader.today) and not _state(told, reader)
    return Tone.WARNING if late else Tone.NEUTRAL


def _priority(line: TaskLine, reader: Reader) -> str:
    return reader.words(labels.PRIORITIES[line.task.priority]) if line.task.priority == "high" else ""


def _buttons(line: TaskLine, reader: Reader) -> tuple[Button | Menu, ...]:
    words, task_id = reader.words, line.task.id
    typed = Option(label=words("Type a date…"), value=f"snooze {task_id} ?")
    return (
        Button(label=words("Done"), command=f"done {task_id}", style=Style.PRIMARY),
        Menu(label=words("Snooze"), options=(*snooze_options(task_id, reader), typed)),
        Button(label=words("Hand over"), command=f"assign {task_id}"),
        _open(line, reader),
    )


def _open(line: TaskLine, reader: Reader) -> Button:
    return Button(label=reader.words("Open"), command=f"360 {line.task.id}")


def next_step(activity: Activity, customer: Customer, reader: Reader) -> Card:
    """What happens next? Asked once, on the day of a visit that nothing follows from."""
    words = reader.words
    title = words("What happens next with {name}?", name=customer.name)
    choices = (
        (words("Tomorrow"), f"next-step {activity.id} tomorrow"),
        (words("Next week"), f"next-step {activity.id} week"),
        (words("Type it…"), f"task {customer.id}"),
        (words("Nothing"), f"next-step {activity.id} nothing"),
    )
    about = words(
        "{kind}, {when}: {text}",
        kind=words(labels.ACTIVITIES[activity.kind]),
        when=words.moment(activity.happened_at, reader.now),
        text=labels.excerpt(activity.text),
    )
    return Card(
        summary=title,
        blocks=(
            Heading(text=title),
            Text(text=about),
            Actions(elements=tuple(Button(label=label, command=command) for label, command in choices)),
            Context(text=words("Asked once, because no next step was written down.")),
        ),
        language=words.language,
    )


def nothing_next(name: str, reader: Reader) -> Card:
    """Nothing is to follow, and Kith asks no more."""
    words = reader.words
    title = words("Nothing next with {name}", name=name)
    return Card(
        summary=title,
        blocks=(Heading(text=title), Text(text=words("All right. Kith does not ask again."), tone=Tone.GOOD)),
        tone=Tone.GOOD,
        language=words.language,
    )
