"""The rules of receipts: telling a repeat, and taking back what a command did."""

import hashlib
from dataclasses import dataclass, replace
from typing import Any

from core.actor import Actor, Role, Scope
from core.alerts.restoring import restore_following
from core.conversations.model import Binding, Place
from core.digests.keeping import keep
from core.digests.model import Digest, DigestId
from core.duplicates.merging import part, reopen
from core.errors import ConflictError, NotFoundError
from core.events.model import ADDING, Event, EventType, Kind
from core.events.values import first_values, from_json, to_json
from core.ids import CustomerId
from core.members.model import Member
from core.receipts.model import REPEAT_WINDOW, UNDO_WINDOW, Receipt
from core.records import TYPES, event_of
from core.reminders.following import follow, follow_member
from core.work import Work

_LOOKED_AT = 100  # events of a record that was added within the last ten minutes


def digest_of(verb: str, *words: str) -> str:
    """What tells a repeat: the same verb and the same words, whatever the blanks and capitals."""
    same = ["".join(f"{part} " for part in text.casefold().split()) for text in words]
    return hashlib.sha256("\n".join((verb, *same)).encode()).hexdigest()


def find_repeat(work: Work, actor: Actor, digest: str) -> Receipt | None:
    """The receipt of the same words by the same member within the last ten seconds."""
    return work.receipts.repeat_of(actor.workspace_id, actor.member_id, digest, work.now - REPEAT_WINDOW)


def keep_receipt(work: Work, actor: Actor, verb: str, digest: str) -> Receipt | None:
    """Keeps the receipt of this unit of work when it changed anything."""
    if not work.events.recorded:
        return None
    receipt = Receipt(
        id=work.receipt_id,
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        verb=verb,
        digest=digest,
        created_at=work.now,
    )
    work.receipts.add(receipt)
    return receipt


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back."""

    receipt: Receipt
    events: tuple[Event, ...]


def undo(work: Work, actor: Actor, receipt_id: str = "") -> Undone:
    """Takes back the named command, or the member's last one. The history keeps both.

    Raises NotFoundError, and ConflictError when it is too late, was undone already, or something was changed since.
    """
    receipt = _find(work, actor, receipt_id)
    if receipt.undone_at is not None or not work.receipts.mark_undone(receipt, work.now):
        raise ConflictError("already_undone")
    if work.now - receipt.created_at > UNDO_WINDOW:
        raise ConflictError("too_late_to_undo")
    events = work.events.of_receipt(actor.workspace_id, receipt.id)
    for event in reversed(events):
        _take_back(work, actor, event)
    return Undone(receipt, tuple(events))


def _find(work: Work, actor: Actor, receipt_id: str) -> Receipt:
    if not receipt_id:
        latest = work.receipts.latest_of(actor.workspace_id, actor.member_id)
        if latest is None or work.now - latest.created_at > UNDO_WINDOW:
            raise ConflictError("nothing_to_undo")
        return latest
    receipt = work.receipts.by_id(actor.workspace_id, receipt_id)
    if receipt is None or (receipt.member_id != actor.member_id and not actor.at_least(Role.MANAGER)):
        raise NotFoundError("receipt", receipt_id)
    return receipt


def _take_back(work: Work, actor: Actor, event: Event) -> None:
    match event.record.kind:
        case Kind.CONVERSATION:
            _rebind(work, actor, event)
        case Kind.MEMBER:
            _restore_settings(work, actor, event)
        case _ if event.type is EventType.CUSTOMER_MERGED:
            part(work, actor, event)
        case _ if event.type is EventType.CUSTOMER_KEPT_APART:
            reopen(work, actor, event)
        case Kind.FOLLOWING:
            restore_following(work, event.actor_id or actor.member_id, event)
        case Kind.DIGEST:
            _restore_digest(work, event)
        case _:
            _restore(work, actor, event)
    work.events.append(event_of(work, actor, EventType.UNDONE, event.record, related=event.related, undoes=event.id))


def _restore(work: Work, actor: Actor, event: Event) -> None:
    """Puts a record's fields back, or removes it when the event added it; never over a later change."""
    kind = event.record.kind
    if event.type is EventType.TASK_DROPPED:
        _put_back(work, actor, event)
        return
    # Who handed a record over to another team may not see it any more, and still take that back.
    whole = Scope(actor.workspace_id, everything=True)
    current: Any = work.records(kind).by_id(whole, event.record.id)
    name = getattr(current, "name", "") or getattr(current, "title", "")
    if current is None or current.id != event.record.id:  # a merged one has another in its place
        raise ConflictError("changed_since", about=name)
    if event.type in ADDING:
        if first_values(current) != event.changes or _is_built_on(work, event):
            raise ConflictError("changed_since", about=name)
        restored = replace(current, removed_at=work.now, updated_at=work.now)
    else:
        _check_unchanged(current, event, name)
        old = {change.field: from_json(TYPES[kind], change.field, change.old) for change in event.changes}
        restored = replace(current, updated_at=work.now, **old)
    work.records(kind).save(restored)
    follow(work, actor, restored, event.changes)


def _put_back(work: Work, actor: Actor, event: Event) -> None:
    """Keeps a record again that the event took away, as it was."""
    record_type = TYPES[event.record.kind]
    said = {change.field: from_json(record_type, change.field, change.old) for change in event.changes}
    known: Any = {"id": event.record.id, "workspace_id": event.workspace_id, "updated_at": work.now}
    record: Any = record_type(**known, **said)
    work.records(event.record.kind).save(record)
    follow(work, actor, record)


def _check_unchanged(current: object, event: Event, name: str) -> None:
    """Raises ConflictError unless every field that the event changed is still as it left it."""
    if any(to_json(getattr(current, each.field)) != each.new for each in event.changes):
        raise ConflictError("changed_since", about=name)


def _is_built_on(work: Work, event: Event) -> bool:
    """Whether other commands have added records to the one that the event added, and these are still there."""
    latest = work.events.of_subject(event.workspace_id, event.record, limit=_LOOKED_AT)
    undone = {later.undoes for later in latest}
    return any(
        later.type in ADDING and later.receipt_id != event.receipt_id and later.id not in undone for later in latest
    )


def _restore_settings(work: Work, actor: Actor, event: Event) -> None:
    """Puts back what a member changed of their own settings; never over a later change."""
    member = work.members.by_id(actor.workspace_id, event.record.id)
    if member is None:
        raise ConflictError("cannot_undo")
    _check_unchanged(member, event, member.name)
    old = {change.field: from_json(Member, change.field, change.old) for change in event.changes}
    work.members.save(replace(member, updated_at=work.now, **old))
    follow_member(work, actor.workspace_id, member.id)


def _restore_digest(work: Work, event: Event) -> None:
    """Puts a digest back to how it was, which may be switched off; never over a later change."""
    digest = work.digests.by_id(event.workspace_id, DigestId(event.record.id))
    if digest is None or any(to_json(getattr(digest, each.field)) != each.new for each in event.changes):
        raise ConflictError("digest_changed_since")
    keep(work, replace(digest, **{each.field: from_json(Digest, each.field, each.old) for each in event.changes}))


def _rebind(work: Work, actor: Actor, event: Event) -> None:
    platform, tenant, conversation = event.record.id.split(":", 2)
    place = Place(platform, tenant, conversation)
    (change,) = event.changes
    bound = work.bindings.of(actor.workspace_id, place)
    if (bound.customer_id if bound else None) != change.new:
        raise ConflictError("binding_changed_since")
    if change.old is None:
        work.bindings.drop(actor.workspace_id, place)
        return
    work.bindings.put(
        Binding(
            workspace_id=actor.workspace_id,
            place=place,
            customer_id=CustomerId(change.old),
            bound_by=actor.member_id,
            bound_at=work.now,
        )
    )
