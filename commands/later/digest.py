"""digest - says what can be acted on, to a member or to a team's conversation, once on each of its local dates."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from cards.digests import Occasion, digest_said, nothing_said
from cards.model import Card
from cards.reader import Reader
from cards.words import Words
from commands.later.model import Desk, Later
from commands.model import Incoming
from commands.notices import Terms
from core.actor import Actor, Scope
from core.digests.audience import scope_in_place
from core.digests.contents import Contents
from core.digests.keeping import go_on
from core.digests.model import Digest, DigestId, Empty
from core.digests.reading import read
from core.digests.schedule import local_date, newest_due
from core.ids import WorkspaceId
from core.jobs.model import JobKind
from core.members.model import Membership
from core.work import Work

# A worker that is busy or begins anew is not late yet.
_ON_TIME = timedelta(minutes=15)


class Due(msgspec.Struct, frozen=True):
    """Which digest. ``people`` are those who read its conversation now."""

    workspace_id: WorkspaceId
    digest_id: DigestId
    people: tuple[str, ...] = ()


class ChangedMeanwhileError(Exception):
    """The digest is another one by now; it is put together anew."""


@dataclass(frozen=True, slots=True)
class Found:
    """What is to be said: for which time, by the settings of then, to whom, and whether in numbers only.

    Without a ``reader`` nobody is there any more.
    """

    digest: Digest
    due: datetime
    reader: Membership | None = None
    team_name: str = ""
    contents: Contents | None = None
    brief: bool = False


def place(payload: Due, work: Work) -> Incoming | None:
    """The conversation it is said in, as somebody there would speak."""
    digest = work.digests.by_id(payload.workspace_id, payload.digest_id)
    if digest is None or digest.place is None:
        return None
    where = digest.place
    return Incoming(
        platform=where.platform, tenant=where.tenant, user=digest.user, conversation=where.conversation, delivery=""
    )


def look(payload: Due, work: Work) -> Found | None:
    """Puts it together; None when it is not due, or switched off."""
    digest = work.digests.by_id(payload.workspace_id, payload.digest_id)
    if digest is None or not _is_due(digest, work):
        return None
    due, reader = newest_due(digest, work.now), _reader(work, digest)
    if reader is None:
        return Found(digest, due)
    scope, brief = _scope(work, digest, reader, payload.people)
    teams = {team.id: team.name for team in work.members.list_teams(digest.workspace_id)}
    name = teams.get(digest.team_id, "") if digest.team_id else ""
    return Found(digest, due, reader, name, read(work, digest, scope, due), brief)


def run(payload: Due, desk: Desk) -> None:
    """Says what was found, unless it was said meanwhile, and sees to the next one. Raises ChangedMeanwhileError."""
    work, found = desk.work, desk.found
    digest = work.digests.by_id(payload.workspace_id, payload.digest_id)
    if digest is None or not _is_due(digest, work):
        return
    if found is None or found.digest != digest:
        raise ChangedMeanwhileError
    if found.reader is not None and found.contents is not None:
        _say(found, found.reader, found.contents, desk)
    go_on(work, digest, found.due)


def _is_due(digest: Digest, work: Work) -> bool:
    return digest.off_at is None and digest.next_at <= work.now


def _say(found: Found, member: Membership, contents: Contents, desk: Desk) -> None:
    digest, work, notifier = found.digest, desk.work, desk.notifier
    if contents.is_empty and digest.empty is Empty.SKIP:
        return
    late = found.due if work.now - found.due > _ON_TIME else None
    occasion = Occasion(digest, found.team_name, late, found.brief)

    def build(actor: Actor, reader: Reader) -> Card:
        own = Reader(Words(actor.language, digest.zone), reader.now, reader.public_url)
        if contents.is_empty:
            return nothing_said(occasion, own)
        return digest_said(contents, occasion, own, lambda chart: notifier.picture(work, chart))

    terms = Terms(once=f"digest.said:{digest.id}:{local_date(digest, found.due)}")
    if digest.place is None:
        notifier.tell(work, member, build, terms)
    else:
        notifier.post(work, digest.place, member, build, terms)


def _reader(work: Work, digest: Digest) -> Membership | None:
    """In whose language it is said: of who set it up, or in a conversation, when they have left, of a teammate."""
    found = work.members.membership(digest.workspace_id, digest.member_id)
    if found is not None or digest.place is None:
        return found
    others = [each for each in work.members.list_all(digest.workspace_id) if each.team_id == digest.team_id]
    return work.members.membership(digest.workspace_id, others[0].id) if others else None


def _scope(work: Work, digest: Digest, reader: Membership, people: tuple[str, ...]) -> tuple[Scope, bool]:
    """What its readers may see, and whether they get numbers only."""
    if digest.place is None:
        scope = reader.actor(platform="").scope
        return scope, False
    shared = scope_in_place(work, digest, people)
    return shared or Scope(digest.workspace_id, team_id=digest.team_id), shared is None


LATER = Later(kind=JobKind.DIGEST, payload=Due, run=run, look=look, place=place)
