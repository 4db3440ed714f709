"""reminders - plans anew what was changed of tasks, and speaks of those whose time has come."""

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

import msgspec

from cards.model import Card
from cards.reader import Reader
from cards.reminders import Reminded, reminder, reminders
from commands.later.model import Desk, Later
from commands.notices import Terms
from core.actor import Actor
from core.events.model import Kind, Ref
from core.ids import MemberId, TaskId, WorkspaceId
from core.jobs.model import JobKind
from core.members.model import Membership
from core.reminders.following import go_on, wake
from core.reminders.model import LOOKS, Reminder, Stage
from core.reminders.planning import Moment, habits_of, key_of, next_moment
from core.tasks.model import Task
from core.tasks.ports import TaskLine
from core.work import Work

_BATCH = 100  # tasks that one job looks at; what is left is another job's
_APART = 3  # reminders of a member at a time that come in messages of their own; more come in one
_EDITED = timedelta(days=3)  # how long a message that was said follows its tasks


class Tick(msgspec.Struct, frozen=True):
    """Whose tasks."""

    workspace_id: WorkspaceId


def run(payload: Tick, desk: Desk) -> None:
    """Looks at a bounded number of tasks, and leaves the others to another job."""
    due = desk.work.reminders.list_due(payload.workspace_id, desk.work.now, limit=_BATCH)
    turn = _Turn(desk, payload.workspace_id)
    for each in due:
        turn.look(each)
    turn.speak()
    if len(due) == _BATCH:
        go_on(desk.work, payload.workspace_id, desk.job.id)


@dataclass(slots=True)
class _Turn:
    """One job's work."""

    desk: Desk
    workspace_id: WorkspaceId
    members: dict[MemberId, Membership | None] = field(default_factory=dict)
    due: dict[MemberId, list[tuple[Reminder, Moment]]] = field(default_factory=lambda: defaultdict(list))
    edited: dict[str, MemberId] = field(default_factory=dict)

    def look(self, each: Reminder) -> None:
        """Plans what is to be said next, or puts it among what is to be said now."""
        work, member, given = self.desk.work, self._member(each.member_id), each.stage is Stage.GIVEN
        task = _seen(work, member, each.task_id)
        self._note_edit(each)
        if task is None or member is None or task.done_at is not None:
            self._keep(replace(each, stage=Stage.CLOSED, run_at=None))
            return
        planned: Moment | None
        if each.stage in LOOKS or each.run_at is None:
            planned = next_moment(task, habits_of(member), work.now, said=each.said, given=given)
        else:
            planned = Moment(each.run_at, each.stage, key_of(task, each.stage))
        if planned is not None and planned.at <= work.now:
            self.due[each.member_id].append((each, planned))
        else:
            self._plan(each, planned)

    def _note_edit(self, each: Reminder) -> None:
        changed = each.stage in {Stage.CHANGED, Stage.GIVEN}
        recent = each.said_at is not None and self.desk.work.now - each.said_at < _EDITED
        if changed and recent and each.post and each.reader_id:
            self.edited[each.post] = each.reader_id

    def _plan(self, each: Reminder, moment: Moment | None) -> None:
        if moment is None:
            self._keep(replace(each, stage=Stage.REPLAN, run_at=None))
            return
        self._keep(replace(each, stage=moment.stage, run_at=moment.at))
        wake(self.desk.work, self.workspace_id, moment.at)

    def _keep(self, each: Reminder) -> None:
        self.desk.work.reminders.save(self.workspace_id, each)

    def _member(self, member_id: MemberId) -> Membership | None:
        if member_id not in self.members:
            self.members[member_id] = self.desk.work.members.membership(self.workspace_id, member_id)
        return self.members[member_id]

    # -- what is said --------------------------------------------------------------------------------

    def speak(self) -> None:
        """Says what is due, to each member in a few messages, and changes the messages that are not true any more."""
        for post, reader_id in self.edited.items():  # before a task's next message takes this one's place in the books
            tasks = tuple(each.task_id for each in self.desk.work.reminders.list_of_post(self.workspace_id, post))
            self._tell(reader_id, tasks, Terms(post=post, about=_about(tasks)))
        for member_id, due in self.due.items():
            together = [due] if len(due) > _APART else [[each] for each in due]
            for some in together:
                self._say(member_id, some)

    def _say(self, member_id: MemberId, due: Sequence[tuple[Reminder, Moment]]) -> None:
        work, post = self.desk.work, f"reminder:{self.desk.work.new_id()}"
        for each, moment in due:
            told = replace(each, said=moment.key, said_at=work.now, post=post, reader_id=member_id)
            self._plan_next(told)
        tasks = tuple(each.task_id for each, _ in due)
        once = f"reminder:{tasks[0]}:{due[0][1].key}"
        self._tell(member_id, tasks, Terms(once=once, post=post, about=_about(tasks)))

    def _plan_next(self, told: Reminder) -> None:
        member = self._member(told.member_id)
        task = _seen(self.desk.work, member, told.task_id)
        if member is not None and task is not None:
            self._plan(told, next_moment(task, habits_of(member), self.desk.work.now, said=told.said))

    def _tell(self, reader_id: MemberId, tasks: tuple[TaskId, ...], terms: Terms) -> None:
        member, work = self._member(reader_id), self.desk.work
        if member is None or not tasks:
            return

        def build(actor: Actor, reader: Reader) -> Card:
            told = [_reminded(work, actor, task_id) for task_id in tasks]
            return reminder(told[0], reader) if len(told) == 1 else reminders(told, reader)

        self.desk.notifier.tell(work, member, build, replace(terms, data=json.dumps({"tasks": tasks})))


def _about(tasks: tuple[TaskId, ...]) -> Ref | None:
    """The record a message is about, when it is one."""
    return Ref(Kind.TASK, tasks[0]) if len(tasks) == 1 else None


def _seen(work: Work, member: Membership | None, task_id: TaskId) -> Task | None:
    """The task, if its assignee is there and may see it."""
    return work.tasks.by_id(member.actor(platform="").scope, task_id) if member else None


def _reminded(work: Work, actor: Actor, task_id: TaskId) -> Reminded:
    task = work.tasks.by_id(actor.scope, task_id)
    if task is None:
        return Reminded(None)
    customer = work.customers.by_id(actor.scope, task.customer_id) if task.customer_id else None
    assignee = work.members.by_id(actor.workspace_id, task.assignee_id)
    line = TaskLine(task, customer.name if customer else "", assignee.name if assignee else "")
    return Reminded(line, mine=task.assignee_id == actor.member_id)


LATER = Later(kind=JobKind.REMINDERS, payload=Tick, run=run)
