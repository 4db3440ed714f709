"""sweep - a workspace's customers are searched for duplicates, each night again."""

from datetime import datetime

import msgspec

from commands.later.model import Desk, Later
from core.duplicates.model import Suspect
from core.duplicates.sweeping import conclude, customers_of, plan, suspects
from core.ids import WorkspaceId
from core.jobs.model import JobKind
from core.work import Work


class Sweep(msgspec.Struct, frozen=True):
    """Whose customers."""

    workspace_id: str


def look(payload: Sweep, work: Work) -> list[Suspect]:
    """The pairs that may be the same."""
    return search(work, WorkspaceId(payload.workspace_id), work.now)


def search(work: Work, workspace_id: WorkspaceId, now: datetime) -> list[Suspect]:
    """Reads the customers and compares them; takes seconds where there are many."""
    return suspects(customers_of(work, workspace_id), workspace_id, now)


def run(payload: Sweep, desk: Desk) -> None:
    """Keeps them, and plans the next night's search in the same commit."""
    workspace_id = WorkspaceId(payload.workspace_id)
    conclude(desk.work, workspace_id, desk.found or [])
    workspace = desk.work.members.workspace(workspace_id)
    if workspace is not None:
        plan(desk.work, workspace)


LATER = Later(kind=JobKind.SWEEP, payload=Sweep, run=run, look=look)
