"""Browser sessions: 32 random bytes in a cookie, of which only the SHA-256 is kept."""

import hashlib
import secrets
from datetime import timedelta

import msgspec

from core.drafts import Draft
from core.ids import MemberId, WorkspaceId
from core.members.model import Membership
from core.work import Work

LIFE = timedelta(days=14)
_ID_BYTES = 32


class _Session(msgspec.Struct, frozen=True):
    """What is kept of a session."""

    workspace_id: str
    member_id: str


def session_key(session_id: str) -> str:
    """Where a session is kept; also what its form tokens are bound to."""
    return f"session:{hashlib.sha256(session_id.encode()).hexdigest()}"


def open_session(work: Work, membership: Membership) -> str:
    """Opens a session for a member and returns its id, for the cookie."""
    session_id = secrets.token_urlsafe(_ID_BYTES)
    member = membership.member
    kept = msgspec.json.encode(_Session(member.workspace_id, member.id)).decode()
    work.drafts.put(Draft(session_key(session_id), kept, work.now + LIFE))
    return session_id


def find_session(work: Work, session_id: str) -> Membership | None:
    """Whose session it is; None when it has ended or the member was removed."""
    kept = work.drafts.get(session_key(session_id)) if session_id else None
    if kept is None:
        return None
    session = msgspec.json.decode(kept, type=_Session)
    return work.members.membership(WorkspaceId(session.workspace_id), MemberId(session.member_id))


def close_session(work: Work, session_id: str) -> None:
    """Ends a session."""
    work.drafts.drop(session_key(session_id))
