"""alert - who follows what happened, and which messages about it are due."""

from commands.later.model import Desk, Later
from commands.model import Struct
from commands.watching import Happened, add_job
from core.alerts.budget import telling
from core.alerts.fanning import fan_out
from core.alerts.model import Burst
from core.ids import WorkspaceId
from core.jobs.model import JobKind
from core.work import Work


class Due(Struct, frozen=True, kw_only=True):
    """A burst that has something to say."""

    workspace_id: WorkspaceId
    burst_id: str


def run(happened: Happened, desk: Desk) -> None:
    """Keeps an alert for everybody who follows it, and a job for each message that grows by it."""
    work = desk.work
    grown: dict[str, Burst] = {}
    for event in work.events.of_receipt(happened.workspace_id, happened.receipt_id):
        grown |= {burst.id: burst for burst in fan_out(work, event)}
    for burst in grown.values():
        tell_later(work, burst)


def tell_later(work: Work, burst: Burst) -> None:
    """Keeps a job for a message; news of the same moments shares one."""
    number, at = telling(burst, work.now)
    # A member's messages are told one after another, so that their number can be counted.
    add_job(
        work,
        JobKind.ALERT_TOLD,
        Due(workspace_id=burst.workspace_id, burst_id=burst.id),
        lane=f"alerts:{burst.workspace_id}:{burst.member_id}",
        once=f"alert:{burst.id}:{number}",
        at=at,
    )


LATER = Later(kind=JobKind.ALERT, payload=Happened, run=run)
