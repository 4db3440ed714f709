"""What stands behind the events of a timeline: how their records are called, and what an undo took back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from core.actor import Scope
from core.events.model import ADDING, Event, Ref
from core.ids import EventId, WorkspaceId
from core.records import TYPES
from core.work import Work

_READ = 100  # events of one record, to find its first and those that were taken back
_CALLED_BY = ("name", "title", "text")


@dataclass(frozen=True, slots=True)
class Background:
    """Names by record id, of records that are gone as well, and the events that others took back, by id."""

    names: dict[str, str] = field(default_factory=dict)
    taken_back: dict[EventId, Event] = field(default_factory=dict)


def background(work: Work, workspace_id: WorkspaceId, events: Sequence[Event]) -> Background:
    """What stands behind ``events``, which the reader has been found to see."""
    found = Background()
    shown = {event.id: event for event in events}
    undone = [event for event in events if event.undoes]
    found.taken_back.update({event.undoes: shown[event.undoes] for event in undone if event.undoes in shown})
    missing = {event.record for event in undone if event.undoes not in shown}
    for record in dict.fromkeys(event.record for event in events if event.record.kind in TYPES):
        name = _name_of(work, workspace_id, record)
        if not name or record in missing:
            past = work.events.of_subject(workspace_id, record, limit=_READ)
            found.taken_back.update({event.id: event for event in past})
            name = name or _name_when_added(record, past)
        found.names[record.id] = name
    return found


def _name_of(work: Work, workspace_id: WorkspaceId, record: Ref) -> str:
    whole = Scope(workspace_id, everything=True)
    kept = work.records(record.kind).by_id(whole, record.id)
    said = (str(getattr(kept, name, "") or "") for name in _CALLED_BY)
    return next(filter(None, said), "")


def _name_when_added(record: Ref, past: Iterable[Event]) -> str:
    """What a record that is gone was called when it was added."""
    added = next((event for event in past if event.record == record and event.type in ADDING), None)
    said = {change.field: change.new for change in added.changes} if added else {}
    return next((str(said[name]) for name in _CALLED_BY if said.get(name)), "")
