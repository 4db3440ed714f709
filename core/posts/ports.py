"""What posts need of a store."""

from datetime import datetime
from typing import Protocol

from core.events.model import Ref
from core.ids import WorkspaceId
from core.posts.model import Post


class PostRepository(Protocol):
    """The messages that may have to change."""

    def put(self, post: Post) -> None:
        """Keeps a post in place of the one with its key."""
        ...

    def by_key(self, workspace_id: WorkspaceId, key: str) -> Post | None:
        """One post."""
        ...

    def about(self, workspace_id: WorkspaceId, record: Ref) -> list[Post]:
        """Every post that shows a record."""
        ...

    def live(self, workspace_id: WorkspaceId, ids: list[str]) -> list[str]:
        """The keys of the live cards that show any of these records."""
        ...

    def all_live(self, workspace_id: WorkspaceId) -> list[str]:
        """The keys of all live cards."""
        ...

    def drop(self, workspace_id: WorkspaceId, key: str) -> None:
        """Forgets a post, which then stays as it is."""
        ...

    def forget(self, before: datetime) -> None:
        """Forgets those that were last changed before that instant: platforms let nobody edit for ever."""
        ...
