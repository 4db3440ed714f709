"""The rules of administration: what a member may do from now on, and taking one out."""

from dataclasses import replace
from typing import Any

from core.actor import Actor, Role
from core.errors import ConflictError
from core.events.model import EventType, Kind, Ref
from core.events.values import changes_between
from core.members.model import Member
from core.records import event_of
from core.reminders.following import follow_member
from core.work import Work


def change_role(work: Work, actor: Actor, member: Member, role: Role) -> Member:
    """Gives a member another role. Raises NotAllowedError, and ConflictError when no administrator would be left."""
    if role is not Role.ADMIN:
        _check_not_the_last(work, actor, member)
    return _change(work, actor, member, role=role)


def remove_member(work: Work, actor: Actor, member: Member) -> Member:
    """Takes a member out: their chats know them no more, their name stays in the history. Raises as ``change_role``."""
    _check_not_the_last(work, actor, member)
    return _change(work, actor, member, removed_at=work.now)


def _check_not_the_last(work: Work, actor: Actor, member: Member) -> None:
    people = work.members.list_all(actor.workspace_id)
    if not any(person.role is Role.ADMIN for person in people if person.id != member.id):
        raise ConflictError("last_admin", about=member.handle)


def _change(work: Work, actor: Actor, member: Member, **values: Any) -> Member:
    actor.require(Role.ADMIN, "change_member")
    changed = replace(member, updated_at=work.now, **values)
    changes = changes_between(member, changed)
    work.members.save(changed)
    follow_member(work, actor.workspace_id, member.id)
    about = Ref(Kind.MEMBER, member.id)
    work.events.append(event_of(work, actor, EventType.MEMBER_CHANGED, about, changes=changes))
    return changed
