"""Who sits before the page: sessions that a host's proof opened, 32 random bytes of which only the SHA-256 is kept."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

import msgspec

from adapters.hosts.model import Seat
from core.drafts import Draft
from core.members.model import Identity, Membership
from core.work import Work

LIFE = timedelta(hours=12)  # a working day; the host proves anew whenever the page is opened through it
_ID_BYTES = 32


class _Kept(msgspec.Struct, frozen=True, array_like=True):
    """What is kept of a session."""

    member_id: str
    platform: str
    tenant: str
    user: str
    conversation: str
    title: str
    host: str
    theme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A session: whose, where, through which host (its name), and the host's colours."""

    membership: Membership
    seat: Seat
    host: str
    theme: str = ""


def seat_key(session_id: str) -> str:
    """Where a session is kept; also what its form tokens are bound to."""
    return f"seat:{hashlib.sha256(session_id.encode()).hexdigest()}"


def sit_down(work: Work, sitting: Sitting, held: str = "") -> str:
    """Opens a session and returns its id, for the cookie; one that is ``held`` for the same seat goes on instead.

    So what another tab of the same browser has open stays good.
    """
    session_id = held if held and find_sitting(work, held) == sitting else secrets.token_urlsafe(_ID_BYTES)
    who, seat = sitting.seat.identity, sitting.seat
    member_id = sitting.membership.member.id
    kept = _Kept(
        member_id, who.platform, who.tenant, who.user_id, seat.conversation, seat.title, sitting.host, sitting.theme
    )
    work.drafts.put(Draft(seat_key(session_id), msgspec.json.encode(kept).decode(), work.now + LIFE))
    return session_id


def find_sitting(work: Work, session_id: str) -> Sitting | None:
    """Whose session it is; None when it is over, the member was removed, or the identity is now somebody else's."""
    found = work.drafts.get(seat_key(session_id)) if session_id else None
    if found is None:
        return None
    kept = msgspec.json.decode(found, type=_Kept)
    identity = Identity(kept.platform, kept.tenant, kept.user)
    membership = work.members.by_identity(identity)
    if membership is None or membership.member.id != kept.member_id:
        return None
    seat = Seat(identity=identity, conversation=kept.conversation, title=kept.title)
    return Sitting(membership=membership, seat=seat, host=kept.host, theme=kept.theme)


def stand_up(work: Work, session_id: str, *, unless: Membership | None = None) -> None:
    """Ends a session; not one of the very member who is ``unless``."""
    sitting = find_sitting(work, session_id)
    if sitting is not None and (unless is None or sitting.membership.member.id != unless.member.id):
        work.drafts.drop(seat_key(session_id))


def spend(work: Work, host: str, once: str) -> bool:
    """Uses a proof up; False when it was used before."""
    return work.jobs.accept(f"sidebar:{host}:{once}", work.now)
