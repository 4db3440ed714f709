"""The road of a command, from a delivery that was verified to an answer that was sent.

What only reads is answered at once. What writes is accepted first - the delivery's id and a leased job, in one commit -
so that the platform can be acknowledged; then it is carried out in one unit of work that also keeps the answer as a
job; then the answer is sent. Whatever is interrupted is taken up again by the worker when its lease has ended.
"""

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import Any, Protocol

import msgspec
import structlog

from cards.model import InputKind, Option
from commands.dispatch import Dispatcher, Resolved, keep_all
from commands.leases import EXTEND_EVERY, holding, new_lease, tell_interrupted
from commands.model import Incoming, Reply
from core.drafts import Draft
from core.jobs.model import LEASE, Job, JobKind
from core.work import Database, Work

log = structlog.get_logger()

# A delivery that fails this often by a fault of ours is kept as a dead letter.
_MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)


class Sent(StrEnum):
    """How sending went."""

    DELIVERED = "delivered"
    RETRY = "retry"
    GONE = "gone"  # nobody will ever receive it: the conversation is gone, the permission withdrawn


@dataclass(frozen=True, slots=True)
class Sending:
    """The result of sending; ``after`` is how long the platform asks to wait before the next try."""

    sent: Sent
    after: timedelta | None = None
    reason: str = ""


class Platform(Protocol):
    """The half of the road that an adapter builds. ``name`` is the platform's, as in ``Incoming.platform``."""

    @property
    def name(self) -> str:
        """The platform's name."""
        ...

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Renders and sends the answer to ``incoming``; ``key`` is the same for every try at the same answer."""
        ...

    async def verified_email(self, incoming: Incoming) -> str:
        """The address that the platform vouches for, or an empty string."""
        ...

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """The platform user ids of everybody who reads the conversation; empty when the platform does not tell."""
        ...


class _Message(msgspec.Struct, frozen=True):
    """A message job's payload."""

    incoming: Incoming
    reply: Reply


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer is here; nothing is left to do but show it."""

    reply: Reply


@dataclass(frozen=True, slots=True)
class Accepted:
    """It is on disk and will be carried out; ``job`` is leased to this process, or waits behind others of its lane."""

    job: Job


@dataclass(frozen=True, slots=True)
class Repeated:
    """This delivery had come before; there is nothing to do."""


class _SentBackError(Exception):
    """Takes back that a form was accepted: it failed, and will be mended and sent again. Its buttons are kept."""

    def __init__(self, reply: Reply, drafts: list[Draft]) -> None:
        super().__init__()
        self.reply = reply
        self.drafts = drafts


def _is_message(reply: Reply) -> bool:
    """Whether there is something to show in the chat, rather than in the form."""
    return reply.ok and bool(reply.cards) and reply.form is None


class Road:
    """Carries deliveries from the adapters to the dispatcher, and answers back."""

    def __init__(
        self,
        database: Database,
        dispatcher: Dispatcher,
        platforms: Mapping[str, Platform],
        *,
        extend_every: float = EXTEND_EVERY,
    ) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self._platforms = platforms
        self._extend_every = extend_every
        self._running: set[asyncio.Task[None]] = set()

    async def receive(self, incoming: Incoming) -> Answered | Accepted | Repeated:
        """Takes a verified delivery: answers what only reads, and keeps what writes until it is carried out."""
        incoming, found = await self._begin(incoming)
        if isinstance(found, Reply):
            return Answered(found)
        job = await self._database.write(lambda work: self._accept(work, incoming))
        return Accepted(job) if job else Repeated()

    async def answer_now(self, incoming: Incoming) -> Reply:
        """For callbacks that must be answered with content: the delivery's id, its effects and the answer in one
        commit.

        A delivery that had come before is answered with an empty reply.
        """
        incoming, found = await self._begin(incoming)
        if isinstance(found, Reply):
            return found
        return await self._database.write(lambda work: self._once(work, incoming))

    async def answer_form(self, incoming: Incoming) -> tuple[Reply, Accepted | None]:
        """As ``answer_now``, where the answer's cards are a message of their own, kept as a job in the same commit.

        A form that failed stays open and counts as not come, so that it can be mended and sent again.
        """
        incoming, found = await self._begin(incoming)
        if not isinstance(found, Reply):
            return await self._database.write(lambda work: self._once_kept(work, incoming))
        kept = await self.keep(incoming, found) if _is_message(found) else None
        return found, kept if isinstance(kept, Accepted) else None

    async def keep(
        self, incoming: Incoming, reply: Reply, *, beside: Callable[[Work], None] | None = None
    ) -> Accepted | Repeated:
        """An answer that cannot ride on the acknowledgement: the delivery's id and a job to send it, in one commit.

        ``beside`` writes what else belongs into that commit, such as how far a form has come.
        """
        message = await self._database.write(lambda work: self._keep(work, incoming, reply, beside))
        return Accepted(message) if message else Repeated()

    async def suggest(self, incoming: Incoming, kind: InputKind, typed: str) -> tuple[Option, ...]:
        """What a customer or member input offers for what is typed so far: ids with names, best first."""
        return await self._dispatcher.suggest(incoming, kind, typed)

    async def complete(self, incoming: Incoming, line: str) -> tuple[Option, ...]:
        """How a command line may go on: whole lines to put in its place, with a word on each, best first."""
        return await self._dispatcher.complete(incoming, line)

    def start(self, accepted: Accepted) -> None:
        """Carries it out in the background, after the platform was acknowledged."""
        self._spawn(self.carry_out(accepted.job))

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._running.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled():
            tell_interrupted(task.exception())

    async def settle(self) -> None:
        """Waits until everything that was started is done: for an orderly shutdown, and for tests."""
        while self._running:
            await asyncio.gather(*self._running, return_exceptions=True)

    async def carry_out(self, job: Job) -> None:
        """Does a job that is leased to this process: carries out a delivery and sends its answer, or sends an
        answer. One that was interrupted too often is given up; one without a lease waits behind others of its lane.
        """
        if not job.lease:
            return
        if job.attempts > _MOST_ATTEMPTS:
            await self._database.write(lambda work: work.jobs.fail(job.id, job.lease, work.now, "interrupted"))
            log.error("job_given_up", job=job.id)
        elif job.kind is JobKind.MESSAGE:
            await self._send(job)
        elif message := await self._process(job):
            await self.carry_out(message)

    async def work_off(self, *, limit: int = 20) -> int:
        """Leases jobs that are due and free and does them; returns how many there were."""
        jobs = await self._database.write(
            lambda work: work.jobs.claim(new_lease(), work.now, work.now + LEASE, limit=limit)
        )
        # Each is waited for, whatever becomes of the others.
        for fault in await asyncio.gather(*(self.carry_out(job) for job in jobs), return_exceptions=True):
            tell_interrupted(fault)
        return len(jobs)

    # -- steps -------------------------------------------------------------------------------------

    async def _begin(self, incoming: Incoming) -> tuple[Incoming, Resolved | Reply]:
        """Answers, or asks the platform for what a stranger or the command needs and then tells what is to be
        written.
        """
        incoming = incoming.sound()
        platform = self._platforms.get(incoming.platform)
        found = await self._dispatcher.begin(incoming, asked=platform is None)
        if platform is None or isinstance(found, Reply):
            return incoming, found
        if found.stranger and (email := await platform.verified_email(incoming)):
            await self._dispatcher.tie_by_email(incoming, email)
        if found.needs_people and incoming.people is None:
            people = () if incoming.direct else await platform.people_in(incoming)
            incoming = msgspec.structs.replace(incoming, people=people)
        if found.writes and not found.stranger:
            return incoming, found
        return incoming, await self._dispatcher.begin(incoming, asked=True)

    def _accept(self, work: Work, incoming: Incoming) -> Job | None:
        if not work.jobs.accept(incoming.key, work.now):
            return None
        job = self._job(work, JobKind.DELIVERY, incoming, msgspec.json.encode(incoming).decode())
        work.jobs.add(job)
        return job

    def _job(self, work: Work, kind: JobKind, incoming: Incoming, payload: str) -> Job:
        return Job(
            id=work.new_id(),
            kind=kind,
            lane=incoming.place.key,
            payload=payload,
            run_at=work.now,
            lease=new_lease(),
            leased_until=work.now + LEASE,
            attempts=1,
            created_at=work.now,
        )

    def _once(self, work: Work, incoming: Incoming) -> Reply:
        try:
            with work.nested():
                return self._taken(work, incoming)
        except _SentBackError as back:
            keep_all(work, back.drafts)
            return back.reply

    def _taken(self, work: Work, incoming: Incoming) -> Reply:
        if not work.jobs.accept(incoming.key, work.now):
            return Reply()
        reply, drafts = self._dispatcher.attempt(work, incoming)
        if not reply.ok:
            raise _SentBackError(reply, drafts)
        keep_all(work, drafts)
        return reply

    def _once_kept(self, work: Work, incoming: Incoming) -> tuple[Reply, Accepted | None]:
        reply = self._once(work, incoming)
        return reply, Accepted(self._message(work, incoming, reply)) if _is_message(reply) else None

    def _keep(self, work: Work, incoming: Incoming, reply: Reply, beside: Callable[[Work], None] | None) -> Job | None:
        if not work.jobs.accept(incoming.key, work.now):
            return None
        if beside is not None:
            beside(work)
        return self._message(work, incoming, reply)

    def _message(self, work: Work, incoming: Incoming, reply: Reply) -> Job:
        message = self._job(work, JobKind.MESSAGE, incoming, msgspec.json.encode(_Message(incoming, reply)).decode())
        if work.jobs.holds_back(message.lane, message.kind, work.now):
            # Left to the worker, which keeps the lane's order and the pause that the platform asked for.
            message = replace(message, lease="", leased_until=None, attempts=0)
        work.jobs.add(message)
        return message

    async def _process(self, job: Job) -> Job | None:
        incoming = msgspec.json.decode(job.payload, type=Incoming)
        return await self._database.write(lambda work: self._perform(work, job, incoming))

    def _perform(self, work: Work, job: Job, incoming: Incoming) -> Job | None:
        """One commit: the command's effects, the end of the delivery, and the answer as a job of its own."""
        if not work.jobs.holds(job.id, job.lease):
            return None
        reply = self._dispatcher.run(work, incoming)
        work.jobs.finish(job.id, job.lease, work.now)
        return self._message(work, incoming, reply)

    async def _send(self, job: Job) -> None:
        message = msgspec.json.decode(job.payload, type=_Message)
        platform = self._platforms.get(message.incoming.platform)
        if platform is None:
            sending = Sending(Sent.RETRY, reason="platform_off")
        else:
            going = platform.send(message.incoming, message.reply, job.id)
            sending = await holding(self._database, job, going, self._extend_every)
        await self._database.write(lambda work: self._after_sending(work, job, sending))
        log.info("answer_sent", delivery=message.incoming.key, outcome=sending.sent, reason=sending.reason)

    def _after_sending(self, work: Work, job: Job, sending: Sending) -> None:
        if sending.sent is Sent.DELIVERED:
            work.jobs.finish(job.id, job.lease, work.now)
        elif sending.sent is Sent.GONE or job.attempts >= _MOST_ATTEMPTS:
            work.jobs.fail(job.id, job.lease, work.now, sending.reason or sending.sent)
        else:
            wait = sending.after or min(_FIRST_WAIT * 2 ** (job.attempts - 1), _LONGEST_WAIT)
            work.jobs.retry(job.id, job.lease, work.now + wait, sending.reason or sending.sent)
