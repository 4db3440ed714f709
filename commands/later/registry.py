"""Every kind of work that is done later."""

from typing import Any

from commands.later import alert_telling, alerting, digest, live, next_step, nothing, reminders, sweep
from commands.later.model import Later
from core.jobs.model import JobKind

ALL: tuple[Later[Any], ...] = (
    alerting.LATER,
    alert_telling.LATER,
    digest.LATER,
    live.LATER,
    next_step.LATER,
    nothing.LATER,
    reminders.LATER,
    sweep.LATER,
)
LATER: dict[JobKind, Later[Any]] = {later.kind: later for later in ALL}
