"""Lists that page in place, and the lines of tasks, deals and activities in them."""

from cards import labels
from cards.model import Button, Row, Rows, Tone
from cards.reader import Reader
from cards.words import Words
from core.activities.ports import ActivityLine
from core.deals.model import CLOSED, DealStage
from core.deals.ports import DealLine
from core.tasks.model import Priority
from core.tasks.ports import TaskLine

PAGE = 8  # rows: one glance, and within every platform's limits with a button each


def last_page(total: int) -> int:
    """The number of the last page of so many rows, from 1."""
    return max(1, -(-total // PAGE))


def paged(
    rows: tuple[Row, ...], words: Words, *, command: str, page: int, total: int, open_ended: bool = False
) -> Rows:
    """One page of a list; ``command`` and a page number show the neighbours. ``page`` counts from 1.

    ``open_ended`` says that the total is not known, only that there is more.
    """
    pages = last_page(total)
    first = (page - 1) * PAGE
    position = words("{first}-{last} of {total}", first=first + 1, last=first + len(rows), total=words.number(total))
    return Rows(
        rows=rows,
        previous=Button(label=words("Previous"), command=f"{command} {page - 1}") if page > 1 else None,
        next=Button(label=words("Next"), command=f"{command} {page + 1}") if page < pages else None,
        position=position if pages > 1 and not open_ended else "",
    )


def task_row(line: TaskLine, reader: Reader, *, with_customer: bool = True, mine: bool = False) -> Row:
    """A task with its Done button."""
    task, words = line.task, reader.words
    overdue = task.is_overdue(reader.now, reader.today) and not task.is_snoozed(reader.now)
    detail = [line.customer_name if with_customer else "", "" if mine else line.assignee_name]
    if task.priority is Priority.HIGH:
        detail.append(words("High priority"))
    due = labels.due_or_snoozed(task, reader)
    return Row(
        title=task.title,
        detail=" · ".join(filter(None, detail)),
        meta=words("{due}, overdue", due=due) if overdue else due,
        tone=Tone.BAD if overdue else Tone.NEUTRAL,
        action=Button(label=words("Done"), command=f"done {task.id}"),
    )


def deal_row(line: DealLine, reader: Reader, *, with_customer: bool = True) -> Row:
    """A deal with a button that opens it."""
    deal, words = line.deal, reader.words
    late = deal.close_on is not None and deal.stage not in CLOSED and deal.close_on < reader.today
    detail = [line.customer_name if with_customer else "", words(labels.STAGES[deal.stage]), f"{deal.probability} %"]
    if deal.close_on:
        day = words.date(deal.close_on, reader.today)
        detail.append(words("was to close {day}", day=day) if late else words("closes {day}", day=day))
    tone = {DealStage.WON: Tone.GOOD, DealStage.LOST: Tone.BAD}.get(deal.stage, Tone.WARNING if late else Tone.NEUTRAL)
    return Row(
        title=deal.name,
        detail=" · ".join(filter(None, detail)),
        meta=words.money(deal.amount) if deal.amount else "",
        tone=tone,
        action=Button(label=words("Open"), command=f"deal {deal.id}"),
    )


def activity_row(line: ActivityLine, reader: Reader) -> Row:
    """What was done, by whom and when."""
    activity, words = line.activity, reader.words
    said = activity.text or activity.outcome or activity.next_step
    return Row(
        title=words(labels.ACTIVITIES[activity.kind]),
        detail=labels.excerpt(said),
        meta=" · ".join(filter(None, (words.ago(activity.happened_at, reader.now), line.author_name))),
    )
