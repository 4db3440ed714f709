"""A kind of work that is done later, and what it works with."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from commands.model import Incoming
from commands.notices import Notifier
from core.jobs.model import Job, JobKind
from core.work import Work

P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class Desk:
    """What a job has at hand. ``found`` is what its ``look`` brought, None where there is none."""

    work: Work
    notifier: Notifier
    job: Job
    found: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Later(Generic[P]):
    """A kind of job. ``payload`` is what its JSON decodes to.

    ``run`` does it inside one unit of work, in which the job is finished as well: all of it happens once, or it is
    tried again. It may be run together with others in one commit. What takes long to read is read by ``look``
    beforehand, without holding anybody up; ``run`` then gets what it found, and must bear that it is a little old.
    Who reads the conversation that ``place`` names is asked of its platform before that, and put into the payload's
    ``people``: their ids, or nobody where the platform does not tell.
    """

    kind: JobKind
    payload: type[P]
    run: Callable[[P, Desk], None]
    look: Callable[[P, Work], Any] | None = None
    place: Callable[[P, Work], Incoming | None] | None = None
