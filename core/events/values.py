"""Field values as JSON and back, by the field's declared type, so that an edit can be shown and taken back."""

from collections.abc import Callable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_type_hints

import msgspec

from core.events.model import Change

# Kept by Kith itself; they follow from the others and are not a member's edit.
_BOOKKEEPING = frozenset({"id", "workspace_id", "created_at", "updated_at", "removed_at"})


@lru_cache
def _types(record_type: type) -> dict[str, Any]:
    return get_type_hints(record_type)


@lru_cache
def _edited(record_type: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(record_type) if field.name not in _BOOKKEEPING)


@lru_cache
def _edited_values(record_type: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]]:
    names = _edited(record_type)
    return names, attrgetter(*names)


def to_json(value: object) -> Any:
    """A field's value as JSON: dates and instants as ISO text, tuples as lists, money as its two parts."""
    if value is None or value.__class__ is str:
        return value  # most fields, of which an import has millions
    plain = msgspec.to_builtins(value)
    return list(plain) if isinstance(plain, tuple) else plain


def from_json(record_type: type, field: str, value: Any) -> Any:
    """The value that ``to_json`` was given for this field of ``record_type``."""
    return msgspec.convert(value, type=_types(record_type)[field])


def changes_between(before: Any, after: Any) -> tuple[Change, ...]:
    """The fields that differ between two states of one record, in the order they are declared."""
    return tuple(
        Change(name, to_json(old), to_json(new))
        for name in _edited(after.__class__)
        if (old := getattr(before, name)) != (new := getattr(after, name))
    )


def first_values(record: Any) -> tuple[Change, ...]:
    """What a new record says, as changes from nothing: where each field's value came from is known from the start."""
    names, values = _edited_values(record.__class__)
    # A number is said even when it is 0.
    return tuple(
        [
            Change(name, None, to_json(value))
            for name, value in zip(names, values(record), strict=True)
            if value or value == 0
        ]
    )
