"""The road of a command, from a delivery that was verified to an answer that was sent.

What only reads is answered at once. What writes is accepted first - the delivery's id and a leased job, in one commit -
so that the platform can be acknowledged; then it is carried out in one unit of work that also keeps the answer as a
job; then the answer is sent. Whatever is interrupted is taken up again by the worker when its lease has ended.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
import structlog

from cards.model import InputKind, Option
from commands.background import Background
from commands.carrying import Carrier
from commands.dispatch import Dispatcher, Resolved, keep_all
from commands.leases import tell_interrupted
from commands.model import Incoming, Reply
from commands.traffic import Traffic
from core.drafts import Draft
from core.jobs.model import Job, JobKind
from core.work import Database, Work

log = structlog.get_logger()


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
    """Carries deliveries from the adapters to the dispatcher, and answers back.

    ``traffic`` tells who waits for an answer: what goes on behind one lets them pass.
    """

    def __init__(self, database: Database, dispatcher: Dispatcher, carrier: Carrier) -> None:
        self._database = database
        self._dispatcher = dispatcher
        self.carrier = carrier
        self.traffic = Traffic()
        self._background = Background(self.traffic)

    async def receive(self, incoming: Incoming) -> Answered | Accepted | Repeated:
        """Takes a verified delivery: answers what only reads, and keeps what writes until it is carried out."""
        incoming, found = await self._begin(incoming)
        if isinstance(found, Reply):
            return Answered(found)
        job = await self._database.write(lambda work: self._accept(work, incoming), urgent=True)
        return Accepted(job) if job else Repeated()

    async def answer_now(self, incoming: Incoming) -> Reply:
        """For callbacks that must be answered with content: the delivery's id, its effects and the answer in one
        commit.

        A delivery that had come before is answered with an empty reply.
        """
        incoming, found = await self._begin(incoming)
        if isinstance(found, Reply):
            return found
        return await self._database.write(lambda work: self._once(work, incoming), urgent=True)

    async def answer_form(self, incoming: Incoming) -> tuple[Reply, Accepted | None]:
        """As ``answer_now``, where the answer's cards are a message of their own, kept as a job in the same commit.

        A form that failed stays open and counts as not come, so that it can be mended and sent again.
        """
        incoming, found = await self._begin(incoming)
        if not isinstance(found, Reply):
            return await self._database.write(lambda work: self._once_kept(work, incoming), urgent=True)
        kept = await self.keep(incoming, found) if _is_message(found) else None
        return found, kept if isinstance(kept, Accepted) else None

    async def answer_apart(self, incoming: Incoming, apart: Callable[[Reply], bool]) -> tuple[Reply, Accepted | None]:
        """As ``answer_now``, with an answer that goes ``apart`` from the acknowledgement kept in the same commit.

        ``apart`` is asked inside that commit, and perhaps in another thread.
        """
        incoming, found = await self._begin(incoming)
        own = msgspec.structs.replace(incoming, delivery=f"{incoming.delivery}.answer")
        if isinstance(found, Reply):
            kept = await self.keep(own, found) if apart(found) else None
            return found, kept if isinstance(kept, Accepted) else None
        return await self._database.write(lambda work: self._once_apart(work, incoming, own, apart), urgent=True)

    async def keep(
        self, incoming: Incoming, reply: Reply, *, beside: Callable[[Work], None] | None = None
    ) -> Accepted | Repeated:
        """An answer that cannot ride on the acknowledgement: the delivery's id and a job to send it, in one commit.

        ``beside`` writes what else belongs into that commit, such as how far a form has come.
        """
        message = await self._database.write(lambda work: self._keep(work, incoming, reply, beside), urgent=True)
        return Accepted(message) if message else Repeated()

    async def suggest(self, incoming: Incoming, kind: InputKind, typed: str) -> tuple[Option, ...]:
        """What a customer or member input offers for what is typed so far: ids with names, best first."""
        return await self._dispatcher.suggest(incoming, kind, typed)

    async def complete(self, incoming: Incoming, line: str) -> tuple[Option, ...]:
        """How a command line may go on: whole lines to put in its place, with a word on each, best first."""
        return await self._dispatcher.complete(incoming, line)

    def start(self, accepted: Accepted, *, at_once: bool = False) -> None:
        """Carries it out in the background, after the platform was acknowledged; ``at_once`` where a request waits."""
        self._background.start(self.carry_out(accepted.job), at_once=at_once)

    async def settle(self) -> None:
        """Waits until everything that was started is done: for an orderly shutdown, and for tests."""
        await self._background.settle()

    async def carry_out(self, job: Job) -> None:
        """Does a job that is leased to this process."""
        await self.carrier.carry_out(job)

    async def work_off(self, *, limit: int = 20) -> int:
        """Leases jobs that are due and free and does them; returns how many there were."""
        jobs = await self.carrier.claim(limit)
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
        platform = self.carrier.platform_of(incoming)
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
        job = self.carrier.job(work, JobKind.DELIVERY, incoming, incoming)
        work.jobs.add(job)
        return job

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
        return reply, Accepted(self.carrier.message(work, incoming, reply)) if _is_message(reply) else None

    def _once_apart(
        self, work: Work, incoming: Incoming, own: Incoming, apart: Callable[[Reply], bool]
    ) -> tuple[Reply, Accepted | None]:
        reply = self._once(work, incoming)
        message = self._keep(work, own, reply, None) if apart(reply) else None
        return reply, Accepted(message) if message else None

    def _keep(self, work: Work, incoming: Incoming, reply: Reply, beside: Callable[[Work], None] | None) -> Job | None:
        if not work.jobs.accept(incoming.key, work.now):
            return None
        if beside is not None:
            beside(work)
        return self.carrier.message(work, incoming, reply)
