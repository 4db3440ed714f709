"""Lists of tasks, and one task with what can be done about it."""

from dataclasses import dataclass

from cards import labels
from cards.lists import paged, task_row
from cards.model import Actions, Block, Button, Card, Fact, Facts, Heading, Menu, Option, Row, Style, Text, Tone
from cards.reader import Reader
from core.tasks.ports import TaskLine, TaskPage


@dataclass(frozen=True, slots=True)
class Columns:
    """What a list's lines tell of each task: what the title says already is left out."""

    assignee: bool = True
    customer: bool = True


def task_list(title: str, found: TaskPage, reader: Reader, *, command: str, page: int, columns: Columns) -> Card:
    """One page of open tasks. ``command`` is the line that shows this list."""
    words = reader.words
    rows = tuple(
        task_row(line, reader, with_customer=columns.customer, mine=not columns.assignee) for line in found.lines
    )
    listing: Block = paged(rows, words, command=command, page=page, total=found.total)
    if not rows:
        listing = Text(text=words("Nothing to do here."), tone=Tone.GOOD)
    summary = words.many("{title}: {count} open", "{title}: {count} open", found.total, title=title)
    return Card(
        summary=summary,
        blocks=(
            Heading(text=f"{title} ({words.number(found.total)})"),
            listing,
            Actions(elements=_other_lists(command, reader)),
        ),
        language=words.language,
    )


def _other_lists(command: str, reader: Reader) -> tuple[Button, ...]:
    words = reader.words
    lists = (("tasks", words("Mine")), ("tasks team", words("Team")), ("tasks overdue", words("Overdue")))
    others = tuple(Button(label=label, command=line) for line, label in lists if line != command)
    return (*others, Button(label=words("New task"), command="task"))


def task_card(line: TaskLine, reader: Reader) -> Card:
    """One task: what, by when, for whom, with Done, Snooze, Edit and Hand over."""
    words, task = reader.words, line.task
    known = (
        ("due", labels.due(task, reader)),
        ("assignee", line.assignee_name),
        ("customer", line.customer_name),
        ("priority", words(labels.PRIORITIES[task.priority])),
        ("done_at", words.moment(task.done_at, reader.now) if task.done_at else ""),
        ("snoozed_until", words.moment(task.snoozed_until, reader.now) if task.snoozed_until else ""),
    )
    facts = tuple(Fact(label=labels.field(name, words), value=value) for name, value in known if value)
    blocks: list[Block] = [Heading(text=labels.excerpt(task.title)), Facts(facts=facts)]
    if task.done_at is None:
        blocks.append(Actions(elements=_task_buttons(task.id, reader)))
    return Card(summary=task.title, blocks=tuple(blocks), language=words.language)


def _task_buttons(task_id: str, reader: Reader) -> tuple[Button | Menu, ...]:
    words = reader.words
    return (
        Button(label=words("Done"), command=f"done {task_id}", style=Style.PRIMARY),
        Menu(label=words("Snooze"), options=snooze_options(task_id, reader)),
        Button(label=words("Edit"), command=f"edit {task_id}"),
        Button(label=words("Hand over"), command=f"assign {task_id}"),
    )


def snooze_options(task_id: str, reader: Reader) -> tuple[Option, ...]:
    """The usual ways to put a task off."""
    words = reader.words
    choices = (("1h", words("1 hour")), ("tomorrow", words("Tomorrow")), ("next week", words("Next week")))
    return tuple(Option(label=label, value=f"snooze {task_id} {until}") for until, label in choices)


def snooze_choice(line: TaskLine, reader: Reader) -> Card:
    """Until when?"""
    words = reader.words
    title = words("Snooze until when?")
    buttons = tuple(Button(label=option.label, command=option.value) for option in snooze_options(line.task.id, reader))
    return Card(
        summary=title,
        blocks=(
            Heading(text=title, detail=labels.excerpt(line.task.title)),
            Actions(elements=buttons),
            Text(text=words("Or type: snooze {id} Friday 9am", id=line.task.id)),
        ),
        language=words.language,
    )


def pick_task(title: str, found: TaskPage, reader: Reader, *, verb: str, rest: str = "", mine: bool = True) -> Card:
    """Which task? Each line's button completes ``verb`` with the task and ``rest``; ``mine`` need no assignee."""
    words = reader.words
    rows = tuple(
        Row(
            title=line.task.title,
            detail=" · ".join(filter(None, (line.customer_name, "" if mine else line.assignee_name))),
            meta=labels.due_or_snoozed(line.task, reader),
            action=Button(label=words("This one"), command=f"{verb} {line.task.id} {rest}".strip()),
        )
        for line in found.lines
    )
    listing: Block = paged(rows, words, command=verb, page=1, total=len(rows))
    return Card(summary=title, blocks=(Heading(text=title), listing), language=words.language)
