"""Answers and notices on their way: sent by the platform, and booked by how that went."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import msgspec
import structlog

from commands.model import Incoming, Reply, Struct
from commands.notices import Notice, job_of
from commands.sending import Platform, Sending, Sent
from commands.watching import keep_live
from core.errors import StoreUnavailableError
from core.jobs.model import Job, JobKind
from core.posts.model import LIVE, Post
from core.work import Database, Work

log = structlog.get_logger()

# A job that fails this often by a fault of ours is kept as a dead letter.
MOST_ATTEMPTS = 8
_FIRST_WAIT = timedelta(seconds=2)
_LONGEST_WAIT = timedelta(minutes=10)
_JITTER = 0.25  # of a wait, up and down, so that what failed together does not come back together
_OFF = Sending(Sent.RETRY, reason="platform_off")
_UNTIL_ELSEWHERE = timedelta(seconds=30)
# Between tries to write down what was sent, in seconds: together less than a lease, whose end would send it again.
_INSISTING = (0.1, 0.3, 1.0, 2.0, 4.0, 8.0)


class Message(Struct, frozen=True, kw_only=True):
    """A message job's payload."""

    incoming: Incoming
    reply: Reply


class Mailer:
    """Sends what is kept as jobs. ``chance`` (0 to 1) spreads the waits before another try; ``rest`` waits seconds."""

    def __init__(
        self,
        database: Database,
        platforms: Mapping[str, Platform],
        *,
        chance: Callable[[], float] = random.random,
        rest: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database = database
        self.platforms = platforms
        self._chance = chance
        self._rest = rest

    async def send(self, job: Job) -> None:
        """Sends an answer."""
        started = time.perf_counter()
        message = msgspec.json.decode(job.payload, type=Message)
        platform = self.platforms.get(message.incoming.platform)
        sending = await platform.send(message.incoming, message.reply, job.id) if platform else _OFF
        await self._book(lambda work: self._after_answering(work, job, message, sending, platform))
        log.info("answer_sent", delivery=message.incoming.key, outcome=sending.sent, reason=sending.reason)
        tell_ended([job], started, sending.sent)

    async def say(self, job: Job) -> None:
        """Says what nobody asked for, in the place of what was said under the same name before."""
        started = time.perf_counter()
        notice = msgspec.json.decode(job.payload, type=Notice)
        platform = self.platforms.get(notice.address.platform)
        ref = await self._database.read(lambda work: _standing(work, notice)) if notice.posting else ""
        sending = await platform.tell(notice.address, notice.reply, job.id, ref) if platform else _OFF
        await self._book(lambda work: self._after_saying(work, job, notice, sending, platform))
        log.info("notice_sent", job=job.id, outcome=sending.sent, reason=sending.reason)
        tell_ended([job], started, sending.sent)

    async def _book(self, after: Callable[[Work], None]) -> None:
        """Writes down how sending went. While the store takes nothing it is tried again: what the platform has taken
        must not be sent twice because a disk was full for some seconds. Raises StoreUnavailableError in the end.
        """
        for wait in _INSISTING:
            try:
                return await self._database.write(after)
            except StoreUnavailableError as fault:
                log.warning("sending_not_booked", error=type(fault).__name__)
            await self._rest(wait)
        return await self._database.write(after)

    def _after_answering(
        self, work: Work, job: Job, message: Message, sending: Sending, platform: Platform | None
    ) -> None:
        booked = self._after_sending(work, job, sending, platform)
        if booked and sending.sent is Sent.DELIVERED and sending.ref and message.reply.live:
            keep_live(work, message.incoming.place, message.reply.live, f"{LIVE}{job.id}", sending.ref)

    def _after_saying(self, work: Work, job: Job, notice: Notice, sending: Sending, platform: Platform | None) -> None:
        if not self._after_sending(work, job, sending, platform):
            return
        if sending.sent is Sent.DELIVERED and notice.posting is not None and sending.ref:
            work.posts.put(_post(work, notice, sending.ref))
        elif sending.sent is Sent.GONE and notice.others:
            first, *rest = notice.others
            work.jobs.add(job_of(work, msgspec.structs.replace(notice, address=first, others=tuple(rest))))

    def _after_sending(self, work: Work, job: Job, sending: Sending, platform: Platform | None) -> bool:
        """Books how sending went; False when the lease was lost meanwhile."""
        if sending.sent is not Sent.DELIVERED:
            return self.again(work, job, sending)
        if platform is not None and (pace := platform.pace(job.lane.rpartition(":")[2])):
            work.jobs.pause(job.lane, work.now + pace)
        return work.jobs.finish(job.id, job.lease, work.now)

    def again(self, work: Work, job: Job, sending: Sending) -> bool:
        """Keeps a job for another try, or as a dead letter; False when its lease was lost."""
        if sending == _OFF:
            # Another process runs the platform, or will: to wait for it is no failure.
            work.jobs.pause(job.lane, work.now + _UNTIL_ELSEWHERE)
            return work.jobs.release([job.id], job.lease) == 1
        if sending.sent is Sent.GONE or job.attempts >= MOST_ATTEMPTS:
            return work.jobs.fail(job.id, job.lease, work.now, sending.reason or sending.sent)
        if sending.after is None:
            wait = min(_FIRST_WAIT * 2 ** (job.attempts - 1), _LONGEST_WAIT)
            wait *= 1 + _JITTER * (2 * self._chance() - 1)
        else:
            wait = sending.after
            work.jobs.pause(_paused_lane(job, sending), work.now + wait)
        return work.jobs.retry(job.id, job.lease, work.now + wait, sending.reason or sending.sent)


def _paused_lane(job: Job, sending: Sending) -> str:
    """The conversation's lane, or the one of all that the platform's tenant has."""
    return ":".join(job.lane.split(":")[:2]) + ":" if sending.everywhere else job.lane


def _standing(work: Work, notice: Notice) -> str:
    """The reference to what was said under the same name in the same place before."""
    assert notice.posting is not None  # noqa: S101 - asked before
    post = work.posts.by_key(notice.workspace_id, notice.posting.key)
    if post is None:
        return ""
    there = (post.platform, post.tenant, post.user_id, post.conversation)
    address = notice.address
    return post.ref if there == (address.platform, address.tenant, address.user, address.conversation) else ""


def _post(work: Work, notice: Notice, ref: str) -> Post:
    address, posting = notice.address, notice.posting
    assert posting is not None  # noqa: S101 - asked before
    return Post(
        workspace_id=notice.workspace_id,
        key=posting.key,
        platform=address.platform,
        tenant=address.tenant,
        user_id=address.user,
        conversation=address.conversation,
        ref=ref,
        about_kind=posting.about_kind,
        about_id=posting.about_id,
        reader_id=posting.reader_id,
        data=posting.data,
        posted_at=work.now,
        updated_at=work.now,
    )


def tell_ended(jobs: list[Job], started: float, outcome: str = "done") -> None:
    """Logs how jobs ended, by kind, and how long it took since ``started``."""
    milliseconds = round((time.perf_counter() - started) * 1000, 3)
    counts: dict[JobKind, int] = {}
    for job in jobs:
        counts[job.kind] = counts.get(job.kind, 0) + 1
    for kind, count in counts.items():
        log.info("job_ended", kind=kind, outcome=outcome, count=count, milliseconds=milliseconds)
