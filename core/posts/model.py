"""A message of Kith's that stands in a conversation, and what it shows."""

from dataclasses import dataclass
from datetime import datetime

from core.events.model import Kind
from core.ids import MemberId, WorkspaceId

# What a live card's key begins with: it shows the present whenever its record changes.
LIVE = "live:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """``key`` is its name in the workspace: what is posted under it again takes its place.

    ``ref`` is the platform's own reference to the message. A message in a person's own chat has a ``user_id`` and no
    ``conversation``. ``about_kind`` and ``about_id`` name the record it shows, ``reader_id`` the member whose rights
    it was made by. ``data`` is JSON text for whoever makes it anew.
    """

    workspace_id: WorkspaceId
    key: str
    platform: str
    tenant: str
    user_id: str = ""
    conversation: str = ""
    ref: str
    about_kind: Kind | None = None
    about_id: str | None = None
    reader_id: MemberId | None = None
    data: str = ""
    posted_at: datetime
    updated_at: datetime
