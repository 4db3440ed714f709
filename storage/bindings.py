"""Bindings of conversations in the database."""

from typing import Any

from core.conversations.model import Binding, Place
from core.ids import WorkspaceId
from storage.connections import Connection
from storage.statements import Command, Query, RecordCommand

_OF = Query("bindings.OF", Binding)
_PUT = RecordCommand("bindings.PUT", Binding)
_DROP = Command("bindings.DROP")


def _key(workspace_id: WorkspaceId, place: Place) -> dict[str, Any]:
    return {
        "workspace_id": workspace_id,
        "place_platform": place.platform,
        "place_tenant": place.tenant,
        "place_conversation": place.conversation,
    }


class SqlBindings:
    """``core.conversations.ports.BindingRepository``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, workspace_id: WorkspaceId, place: Place) -> Binding | None:
        """The binding of a conversation."""
        return _OF.first(self._connection, **_key(workspace_id, place))

    def put(self, binding: Binding) -> None:
        """Binds a conversation, whatever it was bound to."""
        _PUT.run(self._connection, binding)

    def drop(self, workspace_id: WorkspaceId, place: Place) -> None:
        """Unbinds a conversation."""
        _DROP.run(self._connection, **_key(workspace_id, place))
