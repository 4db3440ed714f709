"""nothing - a job that does nothing, so that what a job costs can be measured."""

import msgspec

from commands.later.model import Desk, Later
from core.jobs.model import JobKind


class Nothing(msgspec.Struct, frozen=True):
    """No payload."""


def run(_payload: Nothing, _desk: Desk) -> None:
    """Done."""


LATER = Later(kind=JobKind.NOTHING, payload=Nothing, run=run)
