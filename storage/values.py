"""Values as the databases keep them, and rows read back as the dataclasses they belong to.

Fields and columns agree by name; a field that is itself a dataclass is kept in columns named ``field_subfield``.
SQLite keeps an instant as text of fixed width in UTC, which sorts by time, and a day as ISO text.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import lru_cache
from operator import attrgetter, itemgetter
from types import UnionType
from typing import Any, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

R = TypeVar("R")
Row = Sequence[Any]

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder().decode
_WHOLE_SECOND = len("2030-01-02T03:04:05Z")


def json_text(value: object) -> str:
    """A value as JSON text."""
    return _encode(value).decode()


@lru_cache(maxsize=128)  # the instants of one unit of work are mostly the same
def instant_text(instant: datetime) -> str:
    """27 characters that sort by time: ``2030-01-02T03:04:05.000000Z``. ValueError without a time zone."""
    if instant.tzinfo is not UTC:
        if instant.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        instant = instant.astimezone(UTC)
    text = _encode(instant).decode()[1:-1]
    return f"{text[:-1]}.000000Z" if len(text) == _WHOLE_SECOND else text


class _Converters(dict[type, Callable[[Any], Any] | None]):
    """How a value of a type is handed to the driver; None as it is."""

    def __missing__(self, kind: type) -> Callable[[Any], Any] | None:
        self[kind] = found = attrgetter("value") if issubclass(kind, StrEnum) else None
        return found


# Tuples and dicts are columns of JSON; a list is the argument of a search among several.
_EVERYWHERE: dict[type, Callable[[Any], Any] | None] = {tuple: json_text, dict: json_text, str: None}
_CONVERTERS = {
    "sqlite": _Converters(
        {**_EVERYWHERE, datetime: instant_text, date: date.isoformat, list: json_text, bool: int},
    ),
    "postgresql": _Converters(_EVERYWHERE),
}


def binder(dialect: str) -> Callable[[Iterable[Any]], list[Any]]:
    """A function from a statement's values to what the driver of ``dialect`` takes."""
    converters = _CONVERTERS[dialect]

    def bind(values: Iterable[Any]) -> list[Any]:
        return [value if (convert := converters[type(value)]) is None else convert(value) for value in values]

    return bind


class _Field(NamedTuple):
    name: str
    type: Any
    optional: bool

    @property
    def is_composite(self) -> bool:
        return is_dataclass(self.type)

    @property
    def is_json(self) -> bool:
        return get_origin(self.type) in (tuple, dict)


def _fields(record_type: type) -> list[_Field]:
    hints = get_type_hints(record_type)
    return [_field(each.name, hints[each.name]) for each in fields(record_type)]


def _field(name: str, hint: Any) -> _Field:
    options = get_args(hint) if get_origin(hint) in (UnionType, Union) else (hint,)
    kinds = [option for option in options if option is not type(None)]
    return _Field(name, kinds[0], len(kinds) < len(options))


def row_reader(into: type[R], columns: Sequence[str]) -> Callable[[Row], R]:
    """A function that reads a row of ``columns`` as ``into``. TypeError when a field without default has no column."""
    shape = _shape(into, {name: index for index, name in enumerate(columns)}, "")
    convert = msgspec.convert
    return lambda row: convert(shape(row), into)


def _shape(into: type, places: dict[str, int], prefix: str) -> Callable[[Row], dict[str, Any]]:
    plain = [each for each in _fields(into) if not each.is_composite and prefix + each.name in places]
    names = [each.name for each in plain]
    pick = _picker([places[prefix + name] for name in names])
    texts = [each.name for each in plain if each.is_json]
    parts = [_part(each, places, prefix) for each in _fields(into) if each.is_composite]

    def shape(row: Row) -> dict[str, Any]:
        values = dict(zip(names, pick(row), strict=True))
        for name in texts:
            values[name] = _decode(values[name])
        for name, part in parts:
            values[name] = part(row)
        return values

    return shape


def _picker(indexes: list[int]) -> Callable[[Row], Sequence[Any]]:
    # itemgetter picks a tuple in one call, but only of two or more.
    return itemgetter(*indexes) if len(indexes) > 1 else lambda row: [row[index] for index in indexes]


def _part(field: _Field, places: dict[str, int], prefix: str) -> tuple[str, Callable[[Row], Any]]:
    start = f"{prefix}{field.name}_"
    shape = _shape(field.type, places, start)
    if not field.optional:
        return field.name, shape
    first = places[start + fields(field.type)[0].name]
    return field.name, lambda row: None if row[first] is None else shape(row)


def record_writer(record_type: type, parameters: Sequence[str], dialect: str) -> Callable[[Any], list[Any]]:
    """A function from a record to what the driver takes, in the order of ``parameters``, which are names of columns."""
    known = {each.name: each for each in _fields(record_type)}
    getters = [_getter(known, parameter) for parameter in parameters]
    if len(parameters) > 1 and known.keys() >= set(parameters):
        get: Callable[[Any], Iterable[Any]] = attrgetter(*parameters)  # all of a record in one call
    else:
        get = lambda record: [get_one(record) for get_one in getters]  # noqa: E731 - one of two ways
    converters = _CONVERTERS[dialect]

    def write(record: Any) -> list[Any]:
        return [value if (convert := converters[type(value)]) is None else convert(value) for value in get(record)]

    return write


def _getter(known: dict[str, _Field], parameter: str) -> Callable[[Any], Any]:
    if parameter in known:
        return attrgetter(parameter)
    whole = next(name for name, each in known.items() if each.is_composite and parameter.startswith(f"{name}_"))
    get_whole, get_part = attrgetter(whole), attrgetter(parameter.removeprefix(f"{whole}_"))
    return lambda record: None if (value := get_whole(record)) is None else get_part(value)
