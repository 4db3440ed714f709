"""Posts in the database."""

from datetime import datetime

from core.events.model import Ref
from core.ids import WorkspaceId
from core.posts.model import Post
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_PUT = RecordCommand("posts.PUT", Post)
_BY_KEY = Query("posts.BY_KEY", Post)
_ABOUT = Query("posts.ABOUT", Post)
_LIVE: Query[tuple[str]] = Query("posts.LIVE", tuple)
_ALL_LIVE: Query[tuple[str]] = Query("posts.ALL_LIVE", tuple)
_DROP = Command("posts.DROP")
_FORGET = Command("posts.FORGET")


class SqlPosts:
    """``core.posts.ports.PostRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def put(self, post: Post) -> None:
        """Keeps a post in place of the one with its key."""
        _PUT.run(self._connection, post)

    def by_key(self, workspace_id: WorkspaceId, key: str) -> Post | None:
        """One post."""
        return _BY_KEY.first(self._connection, workspace_id=workspace_id, key=key)

    def about(self, workspace_id: WorkspaceId, record: Ref) -> list[Post]:
        """Every post that shows a record."""
        return _ABOUT.all(self._connection, workspace_id=workspace_id, kind=record.kind, id=record.id)

    def live(self, workspace_id: WorkspaceId, ids: list[str]) -> list[str]:
        """The keys of the live cards that show any of these records."""
        return [key for (key,) in _LIVE.all(self._connection, workspace_id=workspace_id, ids=ids)]

    def all_live(self, workspace_id: WorkspaceId) -> list[str]:
        """The keys of all live cards."""
        return [key for (key,) in _ALL_LIVE.all(self._connection, workspace_id=workspace_id)]

    def drop(self, workspace_id: WorkspaceId, key: str) -> None:
        """Forgets a post, which then stays as it is."""
        _DROP.run(self._connection, workspace_id=workspace_id, key=key)

    def forget(self, before: datetime) -> None:
        """Forgets those that were last changed before that instant."""
        _FORGET.run(self._connection, before=before)
