"""Which records bear a name, by the index of names."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select

from core.events.model import Kind
from storage.queries.dialects import one_of
from storage.queries.scoping import WORKSPACE
from storage.tables import names

# The place of names in ``core.search.filing.KEY_KINDS``.
_NAME = 0


def bears_name(record_id: ColumnElement[Any], kind: Kind) -> ColumnElement[bool]:
    """The record of this id is filed under one of the keys in the list parameter ``keys``, as its name or alias."""
    filed: Select[Any] = select(names.c.record_id).where(
        names.c.workspace_id == WORKSPACE,
        one_of(names.c.key, "keys"),
        names.c.key_kind == _NAME,
        names.c.record_kind == kind.value,
    )
    return record_id.in_(filed)
