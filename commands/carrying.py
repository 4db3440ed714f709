"""Carrying out what was kept as jobs: deliveries, answers, notices, and what is done later.

Each job ends in the commit that holds its effects, and only while this process still has its lease.
"""

import secrets
import time
from collections.abc import Callable, Coroutine, Iterable, Mapping
from dataclasses import replace
from typing import Any

import msgspec
import structlog

from commands.dispatch import Dispatcher
from commands.later.model import Desk, Later
from commands.leases import EXTEND_EVERY, holding, new_lease
from commands.mailing import MOST_ATTEMPTS, Mailer, Message, tell_ended
from commands.model import Incoming, Reply, Struct
from commands.notices import Notifier
from commands.sending import Platform, Sending, Sent
from commands.watching import watch
from core.jobs.model import LEASE, Job, JobKind, JobState
from core.work import Database, Work

log = structlog.get_logger()

_TAKEN_OVER = 1000  # jobs looked at when a process starts; the leases of others end by themselves


class LeaseLostError(Exception):
    """Somebody else has the job now; nothing that was done for it is kept."""


class Carrier:
    """Does jobs, each under a lease of a name that no other one has: who lost it cannot pass for the next holder.

    ``holder`` begins the names of this process's leases. While a job is being done its lease is extended every
    ``extend_every`` seconds, so that nobody else takes it up.
    """

    def __init__(  # noqa: PLR0913 - what carrying out stands on
        self,
        database: Database,
        dispatcher: Dispatcher,
        notifier: Notifier,
        mailer: Mailer,
        *,
        later: Mapping[JobKind, Later[Any]] | None = None,
        holder: str = "",
        extend_every: float = EXTEND_EVERY,
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._notifier = notifier
        self._mailer = mailer
        self._later = later
        self._extend_every = extend_every
        self.holder = holder or secrets.token_hex(8)

    @property
    def _kinds(self) -> Mapping[JobKind, Later[Any]]:
        """What there is to do later, imported with the first such job: a console has none."""
        if self._later is None:
            from commands.later.registry import LATER  # noqa: PLC0415 - see above

            self._later = LATER
        return self._later

    def platform_of(self, incoming: Incoming) -> Platform | None:
        """The platform that a delivery came from; None where this process does not run it."""
        return self._mailer.platforms.get(incoming.platform)

    # -- leases ------------------------------------------------------------------------------------

    async def claim(self, limit: int) -> list[Job]:
        """Leases jobs that are due and free."""
        lease = new_lease(self.holder)
        return await self._database.write(
            lambda work: work.jobs.claim(lease, work.now, work.now + LEASE, limit=limit), contended=True
        )

    async def take_over(self, is_dead: Callable[[str], bool]) -> None:
        """Frees what is held by processes that have ended, by the names of their leases."""

        def free(work: Work) -> None:
            held = work.jobs.list_by_state(JobState.RUNNING, work.now, limit=_TAKEN_OVER)
            _release(work, (record.job for record in held if is_dead(record.job.lease)))

        await self._database.write(free)

    async def give_back(self, jobs: Iterable[Job]) -> None:
        """Frees jobs that were leased and will not be done here."""
        given = tuple(jobs)
        await self._database.write(lambda work: _release(work, given))

    # -- jobs --------------------------------------------------------------------------------------

    def is_light(self, job: Job) -> bool:
        """Whether it can be done together with others in one commit."""
        later = self._kinds.get(job.kind)
        return later is not None and later.look is None

    async def carry_out(self, job: Job) -> None:
        """Does a job that is leased to this process; a delivery's answer is sent right after it.

        One that was interrupted too often is given up; one without a lease waits behind others of its lane.
        """
        if not job.lease:
            return
        if job.attempts > MOST_ATTEMPTS:
            await self._database.write(lambda work: work.jobs.fail(job.id, job.lease, work.now, "interrupted"))
            log.error("job_given_up", job=job.id)
            return
        match job.kind:
            case JobKind.MESSAGE:
                await self._holding(job, self._mailer.send(job))
            case JobKind.NOTICE:
                await self._holding(job, self._mailer.say(job))
            case JobKind.DELIVERY:
                if message := await self._process(job):
                    await self.carry_out(message)
            case _:
                await self._holding(job, self._do_later(job))

    async def _holding(self, job: Job, doing: Coroutine[Any, Any, None]) -> None:
        await holding(self._database, job, doing, self._extend_every)

    async def carry_out_together(self, jobs: list[Job]) -> None:
        """Does light jobs of one claim in one commit. Raises what any of them raises; then none of them is done."""
        started = time.perf_counter()
        await self._database.write(lambda work: self._run_together(work, jobs))
        tell_ended(jobs, started)

    async def failed(self, job: Job, fault: BaseException) -> None:
        """Keeps a job that broke for another try, or as a dead letter."""
        where = type(fault).__name__
        log.error("job_failed", job=job.id, attempt=job.attempts, error=where)
        log.info("job_ended", kind=job.kind, outcome="failed", count=1, milliseconds=0)
        await self._database.write(lambda work: self._mailer.again(work, job, Sending(Sent.RETRY, reason=where)))

    # -- deliveries --------------------------------------------------------------------------------

    def message(self, work: Work, incoming: Incoming, reply: Reply) -> Job:
        """Keeps an answer as a job that is leased to this process, or waits behind others of its lane."""
        message = self.job(work, JobKind.MESSAGE, incoming, Message(incoming=incoming, reply=reply))
        if work.jobs.holds_back(message.lane, message.kind, work.now):
            # Left to the worker, which keeps the lane's order and the pause that the platform asked for.
            message = replace(message, lease="", leased_until=None, attempts=0)
        work.jobs.add(message)
        return message

    def job(self, work: Work, kind: JobKind, incoming: Incoming, payload: Struct) -> Job:
        """A job of a conversation, leased to this process."""
        return Job(
            id=work.new_id(),
            kind=kind,
            lane=incoming.place.key,
            payload=msgspec.json.encode(payload).decode(),
            run_at=work.now,
            lease=new_lease(self.holder),
            leased_until=work.now + LEASE,
            attempts=1,
            created_at=work.now,
        )

    async def _process(self, job: Job) -> Job | None:
        incoming = msgspec.json.decode(job.payload, type=Incoming)
        return await self._database.write(lambda work: self._perform(work, job, incoming))

    def _perform(self, work: Work, job: Job, incoming: Incoming) -> Job | None:
        """One commit: the command's effects, the end of the delivery, and the answer as a job of its own."""
        if not work.jobs.holds(job.id, job.lease):
            return None
        reply = self._dispatcher.run(work, incoming)
        work.jobs.finish(job.id, job.lease, work.now)
        return self.message(work, incoming, reply)

    # -- what is done later ------------------------------------------------------------------------

    async def _do_later(self, job: Job) -> None:
        later, started = self._kinds[job.kind], time.perf_counter()
        payload = msgspec.json.decode(job.payload, type=later.payload)
        found = None
        if later.look is not None:
            look, payload = later.look, await self._with_readers(later, payload)
            found = await self._database.read_long(lambda work: look(payload, work))
        await self._database.write(lambda work: self._run(work, job, found))
        tell_ended([job], started)

    async def _with_readers(self, later: Later[Any], payload: Any) -> Any:
        """The payload with who reads the conversation it is about. Raises LookupError: its platform is not run here."""
        place = later.place
        if place is None or (asked := await self._database.read(lambda work: place(payload, work))) is None:
            return payload
        platform = self.platform_of(asked)
        if platform is None:
            raise LookupError(asked.platform)
        return msgspec.structs.replace(payload, people=await platform.people_in(asked))

    def _run_together(self, work: Work, jobs: list[Job]) -> None:
        for job in jobs:
            self._run_one(work, job, None)
        watch(work)
        if work.jobs.finish_many([job.id for job in jobs], jobs[0].lease, work.now) < len(jobs):
            raise LeaseLostError

    def _run(self, work: Work, job: Job, found: Any) -> None:
        # First of all, so that whoever extends the lease waits for this commit instead of getting in its way.
        if not work.jobs.holds(job.id, job.lease):
            raise LeaseLostError
        self._run_one(work, job, found)
        watch(work)
        if not work.jobs.finish(job.id, job.lease, work.now):
            raise LeaseLostError

    def _run_one(self, work: Work, job: Job, found: Any) -> None:
        later = self._kinds[job.kind]
        payload = msgspec.json.decode(job.payload or b"{}", type=later.payload)
        later.run(payload, Desk(work, self._notifier, job, found))


def _release(work: Work, jobs: Iterable[Job]) -> None:
    for job in jobs:
        work.jobs.release([job.id], job.lease)
