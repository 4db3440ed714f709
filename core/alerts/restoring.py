"""Taking back what a member changed of what they follow, or of how much they want to hear."""

from dataclasses import replace

from core.alerts.fanning import attention_of
from core.alerts.model import Attention, Rule
from core.errors import ConflictError
from core.events.model import Event
from core.events.values import from_json, to_json
from core.ids import MemberId
from core.work import Work


def restore_following(work: Work, owner: MemberId, event: Event) -> None:
    """Puts the fields back; never over a later change. Raises ConflictError."""
    found: Rule | Attention | None
    if event.record.id == owner:
        found = attention_of(work, event.workspace_id, owner)
    else:
        found = work.follows.by_id(event.workspace_id, owner, event.record.id)
    if found is None or any(to_json(getattr(found, change.field)) != change.new for change in event.changes):
        raise ConflictError("cannot_undo")
    old = {change.field: from_json(type(found), change.field, change.old) for change in event.changes}
    restored = replace(found, **old)
    if isinstance(restored, Attention):
        work.follows.put_attention(restored)
    else:
        work.follows.put(replace(restored, updated_at=work.now))
