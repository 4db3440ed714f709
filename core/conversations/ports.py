"""What binding needs of a store."""

from typing import Protocol

from core.conversations.model import Binding, Place
from core.ids import WorkspaceId


class BindingRepository(Protocol):
    """Which conversation is about which customer."""

    def of(self, workspace_id: WorkspaceId, place: Place) -> Binding | None:
        """The binding of a conversation."""
        ...

    def put(self, binding: Binding) -> None:
        """Binds a conversation, whatever it was bound to."""
        ...

    def drop(self, workspace_id: WorkspaceId, place: Place) -> None:
        """Unbinds a conversation."""
        ...
