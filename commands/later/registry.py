"""Every kind of work that is done later."""

from typing import Any

from commands.later import next_step, nothing, reminders, sweep
from commands.later.model import Later
from core.jobs.model import JobKind

ALL: tuple[Later[Any], ...] = (nothing.LATER, sweep.LATER, reminders.LATER, next_step.LATER)
LATER: dict[JobKind, Later[Any]] = {later.kind: later for later in ALL}
