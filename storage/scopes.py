"""A scope as the parameters of a statement, see ``storage/queries/scoping.py``."""

from collections.abc import Iterable
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


def variant(narrowed: Iterable[str], scope: Scope | None = None) -> str:
    """The name of a statement's variant, see ``variant_name`` there; with a scope, of one that only counts."""
    names = [*narrowed, "seeing_all"] if scope is not None and scope.everything else narrowed
    return "+".join(names) or "all"
