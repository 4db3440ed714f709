"""An import reminds of what is still to come and not of what was overdue when it came."""

from datetime import UTC, datetime

from core.jobs.model import JobKind, JobState
from core.reminders.model import Reminder, Stage
from core.work import Work
from tests.desk import Desk, counts


def _kept(desk: Desk) -> list[Reminder]:
    def read(work: Work) -> list[Reminder]:
        return work.reminders.list_due(desk.actor.workspace_id, datetime(2030, 1, 1, tzinfo=UTC), limit=999)

    return desk.write(read)


def test_import_is_looked_at_later(desk: Desk) -> None:
    """Its tasks are noted to be looked at, those that are done apart, by a job for each batch rather than for each."""
    rows = [f"T{number},Call {number},2026-11-{number % 28 + 1:02}," for number in range(120)]
    sheet = "\n".join(("external_id,title,due,done", *rows, "T998,Old,2026-11-01,yes"))
    assert counts(desk.bring("tasks", sheet))[0] == 121
    kept = _kept(desk)
    assert len(kept) == 120
    assert {each.stage for each in kept} == {Stage.REPLAN}
    waiting = desk.read(lambda work: work.jobs.list_by_state(JobState.WAITING, work.now, limit=99))
    assert 1 <= sum(record.job.kind is JobKind.REMINDERS for record in waiting) <= 3
