"""Every field of every record goes into an event and comes back as it was: undo and history rest on it."""

import json
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, get_type_hints

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.events.values import changes_between, first_values, from_json, to_json
from core.members.model import Member
from core.money import Money
from core.records import TYPES

KEPT = {"id", "workspace_id", "created_at", "updated_at", "removed_at"}
RECORDS = [*TYPES.values(), Member]
instants = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - in UTC
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
st.register_type_strategy(datetime, instants)
st.register_type_strategy(date, st.dates(date(1970, 1, 1), date(2100, 1, 1)))
st.register_type_strategy(str, texts)
st.register_type_strategy(int, st.integers(-(2**53), 2**53))
st.register_type_strategy(
    Money, st.builds(Money, st.integers(-(10**17), 10**17), st.sampled_from(["CNY", "USD", "JPY"]))
)


def kept(value: Any) -> Any:
    """As the store keeps it: through JSON."""
    return json.loads(json.dumps(to_json(value)))


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda each: each.__name__)
@settings(deadline=None, max_examples=30, derandomize=True)
@given(data=st.data())
def test_every_field_comes_back(record_type: type[Any], data: st.DataObject) -> None:
    """Any record, field by field, comes back from JSON as the same value of the same type."""
    record = data.draw(st.from_type(record_type))
    for field in fields(record_type):
        value = getattr(record, field.name)
        back = from_json(record_type, field.name, kept(value))
        assert back == value
        assert type(back) is type(value)


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda each: each.__name__)
@settings(deadline=None, max_examples=30, derandomize=True)
@given(data=st.data())
def test_changes_lead_back(record_type: type[Any], data: st.DataObject) -> None:
    """What differs between two states is told field by field, and put back gives the first state."""
    before, after = data.draw(st.from_type(record_type)), data.draw(st.from_type(record_type))
    after = replace(after, **{name: getattr(before, name) for name in KEPT if hasattr(before, name)})
    changes = changes_between(before, after)
    assert not {change.field for change in changes} & KEPT
    old = {change.field: from_json(record_type, change.field, kept(change.old)) for change in changes}
    assert replace(after, **old) == before
    assert changes_between(before, before) == ()


@pytest.mark.parametrize("record_type", RECORDS, ids=lambda each: each.__name__)
@settings(deadline=None, max_examples=20, derandomize=True)
@given(data=st.data())
def test_first_values_are_all_there_is(record_type: type[Any], data: st.DataObject) -> None:
    """A new record's event holds every field that says something, and nothing that says nothing."""
    record = data.draw(st.from_type(record_type))
    said = {change.field: change.new for change in first_values(record)}
    for field in fields(record_type):
        value = getattr(record, field.name)
        if field.name not in KEPT and value not in (None, "", (), {}):
            assert from_json(record_type, field.name, kept(said.pop(field.name))) == value
    assert said == {}


def test_every_type_is_known() -> None:
    """No record has a field of a type that this module has not tried."""
    for record_type in RECORDS:
        assert get_type_hints(record_type).keys() == {field.name for field in fields(record_type)}
