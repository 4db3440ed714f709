"""A scope as the parameters of a statement, see ``storage/queries/scoping.py``."""

from typing import Any

from core.actor import Scope


def seen_by(scope: Scope) -> dict[str, Any]:
    """The parameters that let a statement see what the scope may."""
    return {
        "workspace_id": scope.workspace_id,
        "member_id": scope.member_id,
        "team_id": scope.team_id,
        "everything": scope.everything,
    }
