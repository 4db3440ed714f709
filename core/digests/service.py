"""The rules of digests: who may set one up, what it is called, and what is recorded of it."""

from dataclasses import replace
from typing import Any

from core.actor import Actor, Role
from core.conversations.model import Place
from core.digests.keeping import keep
from core.digests.model import EVERY_DAY, About, Digest, DigestId, Empty, Frequency, Part
from core.errors import ConflictError, InvalidInputError
from core.events.model import EventType, Kind, Ref
from core.events.values import changes_between
from core.records import event_of
from core.work import Work

_MOST_SILENT = 365  # days


def holder_of(actor: Actor, place: Place | None) -> str:
    """Whose digest it is: the conversation's, or in a direct chat the member's."""
    return place.key if place else actor.member_id


def find_digest(work: Work, actor: Actor, place: Place | None, frequency: Frequency) -> Digest | None:
    """The digest that is said there, unless it is off."""
    found = work.digests.of(actor.workspace_id, holder_of(actor, place), frequency)
    return found if found and found.off_at is None else None


def has_own_digest(work: Work, actor: Actor) -> bool:
    """Whether the member is sent a digest in their own chat, in which what they follow is read."""
    return any(find_digest(work, actor, None, frequency) for frequency in Frequency)


def set_digest(
    work: Work, actor: Actor, place: Place | None, frequency: Frequency, *, user: str = "", **wanted: Any
) -> Digest:
    """Sets one up, or changes what is ``wanted`` otherwise: fields of ``Digest``.

    In a conversation it is about the member's team. Raises NotAllowedError, InvalidInputError.
    """
    _check(wanted)
    if place is not None:
        actor.require(Role.REP, "digest")
    before = work.digests.of(actor.workspace_id, holder_of(actor, place), frequency)
    if before is None or before.off_at is not None:
        wanted = {"zone": actor.zone, "team_id": actor.team_id, "member_id": actor.member_id, "user": user, **wanted}
    if place is not None:
        wanted["about"] = About.TEAM
    before = before or _new(work, actor, place, frequency)
    after = replace(before, **{**wanted, "off_at": None})
    return _record(work, actor, before, keep(work, after))


def switch_off(work: Work, actor: Actor, place: Place | None, frequency: Frequency | None) -> list[Digest]:
    """Switches off what is said there, daily, weekly or both. Raises ConflictError when there is nothing."""
    found = [find_digest(work, actor, place, each) for each in Frequency if frequency in {None, each}]
    on = [digest for digest in found if digest is not None]
    if not on:
        raise ConflictError("no_digest")
    if place is not None:
        actor.require(Role.REP, "digest")
    return [_record(work, actor, digest, keep(work, replace(digest, off_at=work.now))) for digest in on]


def _check(wanted: dict[str, Any]) -> None:
    if "days" in wanted and not wanted["days"]:
        raise InvalidInputError("days", "missing")
    if not 1 <= wanted.get("silent_days", 1) <= _MOST_SILENT:
        raise InvalidInputError("silent_days", "out_of_range", value=str(wanted["silent_days"]))


def _new(work: Work, actor: Actor, place: Place | None, frequency: Frequency) -> Digest:
    """One that is still off, so that to undo its setting up is to switch it off."""
    return Digest(
        id=DigestId(work.new_id()),
        workspace_id=actor.workspace_id,
        holder=holder_of(actor, place),
        frequency=frequency,
        about=About.TEAM if place else About.MINE,
        member_id=actor.member_id,
        team_id=actor.team_id,
        place=place,
        days=EVERY_DAY if frequency is Frequency.DAILY else EVERY_DAY[:1],
        zone=actor.zone,
        parts=tuple(Part),
        empty=Empty.SKIP,
        next_at=work.now,
        off_at=work.now,
        created_at=work.now,
        updated_at=work.now,
    )


_FOLLOWS = frozenset({"next_at", "last_on", "place", "holder", "user", "member_id", "team_id"})


def _record(work: Work, actor: Actor, before: Digest, after: Digest) -> Digest:
    changes = tuple(change for change in changes_between(before, after) if change.field not in _FOLLOWS)
    if changes:
        about = Ref(Kind.DIGEST, after.id)
        work.events.append(event_of(work, actor, EventType.DIGEST_CHANGED, about, changes=changes))
    return after
