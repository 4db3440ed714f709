"""A reminder: when a task is to be spoken of next, and what was last said of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.ids import MemberId, TaskId, WorkspaceId

OFF = -1  # minutes: reminds of nothing
DEFAULT_LEAD = 30  # minutes before a task is due
LONGEST_LEAD = 30 * 24 * 60  # minutes


class Stage(StrEnum):
    """What is to be done with a task at ``Reminder.run_at``: looked at anew, or spoken of."""

    CHANGED = "changed"  # it was changed by its assignee
    GIVEN = "given"  # it was raised or changed by somebody else, whose assignee may not know of it
    REPLAN = "replan"  # its assignee's habits changed, or it came by an import
    CLOSED = "closed"  # done or gone
    SNOOZED = "snoozed"
    DUE = "due"
    OVERDUE = "overdue"


LOOKS = frozenset({Stage.CHANGED, Stage.GIVEN, Stage.REPLAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """One for each task. Without a ``run_at`` nothing is to be said of it any more.

    ``said`` tells which reminder was last said, to whom and for which due date (see ``planning``). ``post`` is the
    name of the message that said it, to ``reader_id``.
    """

    workspace_id: WorkspaceId
    task_id: TaskId
    member_id: MemberId
    stage: Stage
    run_at: datetime | None
    said: str = ""
    said_at: datetime | None = None
    post: str = ""
    reader_id: MemberId | None = None
