"""What Kith says by itself: to a member in their own chat, or to a conversation, kept as a job like everything else."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from cards.model import Card, Chart
from cards.reader import Reader
from cards.words import Words
from commands.charts import with_picture
from commands.model import Audience, Reply, Struct
from commands.sealing import Sealer, Sealing
from commands.sending import Address
from core.actor import Actor
from core.conversations.model import Place
from core.events.model import Kind, Ref
from core.ids import MemberId, WorkspaceId
from core.jobs.model import Job, JobKind, Urgency
from core.members.model import Identity, Membership
from core.work import Work

Build = Callable[[Actor, Reader], Card]
# Kith's own chat in the browser is read only while it is open: other chats are where people are.
_READ_WHEN_OPEN = "web"


class Posting(Struct, frozen=True, kw_only=True):
    """How a message is remembered once it stands there: see ``core.posts.model.Post``."""

    key: str
    about_kind: Kind | None = None
    about_id: str | None = None
    reader_id: MemberId | None = None
    data: str = ""


class Notice(Struct, frozen=True, kw_only=True):
    """A notice job's payload. ``others`` are where else it may go when nobody is to be reached at ``address``."""

    workspace_id: WorkspaceId
    address: Address
    reply: Reply
    posting: Posting | None = None
    others: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a notice is kept. With a ``once`` that was used before it is not kept at all.

    Under a ``post`` it is remembered, and takes the place of what was said under that name before. ``about`` is the
    record it shows; ``data`` is JSON text for whoever makes it anew.
    """

    once: str = ""
    post: str = ""
    about: Ref | None = None
    data: str = ""
    urgency: Urgency = Urgency.NOTICE
    at: datetime | None = None


class Notifier:
    """Seals cards and keeps them as jobs. Made once per process."""

    def __init__(self, sealer: Sealer, *, public_url: str = "") -> None:
        self._sealer = sealer
        self._public_url = public_url

    def tell(self, work: Work, member: Membership, build: Build, terms: Terms) -> bool:
        """Says it to a member alone, where they are reached best; False where that is nowhere, or it was said before.

        ``member`` is asked for with the rights of now.
        """
        addresses = self.addresses(work, member)
        if not addresses:
            return False
        actor = member.actor(platform=addresses[0].platform)
        reply = self._sealed(work, actor, Reply(cards=(build(actor, self.reader(work, actor)),)))
        return self._keep(work, actor, addresses, reply, terms)

    def post(self, work: Work, place: Place, reader: Membership, build: Build, terms: Terms) -> bool:
        """Says it to everybody in a conversation, in the language and with the rights of ``reader``.

        False when it was said before. Whether everybody there may read it is the caller's to ask.
        """
        actor = reader.actor(platform=place.platform)
        made = Reply(cards=(build(actor, self.reader(work, actor)),), audience=Audience.ROOM)
        return self.put(work, place, reader, made, terms)

    def put(self, work: Work, place: Place, reader: Membership, reply: Reply, terms: Terms) -> bool:
        """As ``post``, for what is made already, perhaps in several languages."""
        actor = reader.actor(platform=place.platform)
        return self._keep(work, actor, [Address.of_place(place)], self._sealed(work, actor, reply), terms)

    def addresses(self, work: Work, member: Membership) -> list[Address]:
        """Where a member can be reached, the best first."""
        identities = work.members.identities(member.workspace.id, member.member.id)
        return [Address.of_person(each) for each in _best_first(identities)]

    def picture(self, work: Work, chart: Chart) -> Chart:
        """A chart with a picture of it, where there is a public address to fetch it from."""
        return with_picture(work, self._sealer, self._public_url, chart) if self._public_url else chart

    def reader(self, work: Work, actor: Actor) -> Reader:
        """For whom and when a card is built."""
        return Reader(Words(actor.language, actor.zone), work.now, self._public_url)

    def _sealed(self, work: Work, actor: Actor, reply: Reply) -> Reply:
        return Sealing(self._sealer, actor, work.now, work.drafts.put).reply(reply)

    def _keep(self, work: Work, actor: Actor, addresses: list[Address], reply: Reply, terms: Terms) -> bool:
        best, *others = addresses
        notice = Notice(
            workspace_id=actor.workspace_id,
            address=best,
            reply=reply,
            posting=_posting(actor, terms),
            others=tuple(others),
        )
        return work.jobs.add(job_of(work, notice, once=terms.once, urgency=terms.urgency, at=terms.at))


def job_of(
    work: Work, notice: Notice, *, once: str = "", urgency: Urgency = Urgency.NOTICE, at: datetime | None = None
) -> Job:
    """The job that says it."""
    return Job(
        id=work.new_id(),
        kind=JobKind.NOTICE,
        lane=notice.address.lane,
        payload=msgspec.json.encode(notice).decode(),
        once=once,
        urgency=urgency,
        run_at=at or work.now,
        created_at=work.now,
    )


def _posting(actor: Actor, terms: Terms) -> Posting | None:
    if not terms.post:
        return None
    return Posting(
        key=terms.post,
        about_kind=terms.about.kind if terms.about else None,
        about_id=terms.about.id if terms.about else None,
        reader_id=actor.member_id,
        data=terms.data,
    )


def _best_first(identities: Iterable[Identity]) -> list[Identity]:
    return sorted(identities, key=lambda identity: identity.platform == _READ_WHEN_OPEN)
