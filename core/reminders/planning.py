"""When a task is to be spoken of next: before it is due, when a snooze ends, and once when it is overdue."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from core.members.model import Membership
from core.reminders.hours import WorkingHours, hours_of, instant
from core.reminders.model import DEFAULT_LEAD, OFF, Stage
from core.tasks.model import Task

_SHORT = timedelta(minutes=5)  # what is left of a lead that is longer than the time there is
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Habits:
    """How a member wants to be reminded: ``lead`` is minutes before a task is due, ``OFF`` not at all."""

    zone: str
    lead: int = DEFAULT_LEAD
    hours: WorkingHours = WorkingHours()  # noqa: RUF009 - it is frozen


def habits_of(membership: Membership) -> Habits:
    """A member's own habits, or the usual ones."""
    member = membership.member
    zone = member.zone or membership.workspace.zone
    return Habits(zone, DEFAULT_LEAD if member.remind is None else member.remind, hours_of(member.hours))


def key_of(task: Task, stage: Stage) -> str:
    """What is said of a task at a stage: of which due date, or which snooze, and to whom."""
    due = task.snoozed_until if stage is Stage.SNOOZED else task.due_at or task.due_on
    return f"{stage} {due.isoformat() if due else ''} {task.assignee_id}"


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said of a task, and what. ``key`` tells it from everything else that is said of it."""

    at: datetime
    stage: Stage
    key: str


def next_moment(task: Task, habits: Habits, now: datetime, *, said: str = "", given: bool = False) -> Moment | None:
    """What is to be said next; None when there is nothing more.

    ``said`` is the key of what was said last. ``given`` is true when somebody else has just handed it to the assignee,
    who then hears of it at once where there is no more time; one's own tasks are never announced to oneself.
    """
    if task.done_at is not None or task.removed_at is not None or lead_of(task, habits) == OFF:
        return None
    return min(_Planning(task, habits, now, said, given).moments(), key=lambda moment: moment.at, default=None)


def lead_of(task: Task, habits: Habits) -> int:
    """Minutes before it is due: the task's own, or its assignee's."""
    return habits.lead if task.remind is None else task.remind


@dataclass(frozen=True, slots=True)
class _Planning:
    task: Task
    habits: Habits
    now: datetime
    said: str
    given: bool

    def moments(self) -> Iterator[Moment]:
        until = self.task.snoozed_until
        if until is not None and until > self.now:
            # Whoever snoozes names the moment: it is kept, whatever the hour.
            yield self._moment(until, Stage.SNOOZED)
        if self.task.due_on is None and self.task.due_at is None:
            return
        told = [stage for stage in (Stage.DUE, Stage.OVERDUE) if self.said == key_of(self.task, stage)]
        if not told and (at := self._due()):
            yield self._moment(at, Stage.DUE)
        if Stage.OVERDUE not in told and (late := self._overdue()):
            yield self._moment(late, Stage.OVERDUE)

    def _moment(self, at: datetime, stage: Stage) -> Moment:
        return Moment(at, stage, key_of(self.task, stage))

    @property
    def _over(self) -> datetime:
        """When it is over: the time, or the end of the day."""
        if self.task.due_at is not None:
            return self.task.due_at
        assert self.task.due_on is not None  # noqa: S101 - asked before
        return instant(self.task.due_on + _DAY, time(), self.habits.zone)

    def _due(self) -> datetime | None:
        """Before it is due; None when that is over, or follows the end of a snooze too closely to be news."""
        if self._over <= self.now or (wanted := self._wanted()) is None:
            return None
        until = self.task.snoozed_until
        if until is not None and wanted <= until:
            return None
        return self.habits.hours.nearest(wanted, self.habits.zone, after=self.now, before=self._over)

    def _wanted(self) -> datetime | None:
        lead = timedelta(minutes=lead_of(self.task, self.habits))
        if self.task.due_at is None:
            return self._wanted_day(lead)
        wanted = self.task.due_at - lead
        if wanted >= self.now:
            return wanted
        if self.given:
            return self.now
        short = self.task.due_at - min(_SHORT, lead)
        return short if short >= self.now else self.task.due_at

    def _wanted_day(self, lead: timedelta) -> datetime | None:
        """The beginning of the day, or of one that lies whole days before it."""
        day = self.task.due_on
        assert day is not None  # noqa: S101 - asked before
        for each in (day - timedelta(days=lead.days), day):
            if (start := self.habits.hours.start_of(each, self.habits.zone)) >= self.now:
                return start
        return self.now if self.given else None

    def _overdue(self) -> datetime | None:
        """The beginning of the next day of work; None for what nobody was told of while there was time."""
        hours, zone = self.habits.hours, self.habits.zone
        known = self.said.endswith(f" {self.task.assignee_id}")
        if self._over > self.now or known:
            return hours.next_start(max(self._over, self.now), zone)
        return hours.first(self.now, zone) if self.given else None
