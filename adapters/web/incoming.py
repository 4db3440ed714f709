"""From what the workbench is sent to ``Incoming``: pure, no I/O."""

import hashlib
import re
from collections.abc import Mapping

from commands.model import Incoming, Quoted
from core.ids import MemberId, WorkspaceId
from core.rooms.model import Message, Room, RoomKind

PLATFORM = "web"
TEXT_LIMIT = 20_000  # characters: more than any command takes, so that it is Kith who says what is too long
# The browser's id of a delivery: chosen by the page, so only its form is checked.
CLIENT_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")
_TO_KITH = re.compile(r"\s*(?:[/／](?:crm\b)?|@kith\b)[\s:：,，]*", re.IGNORECASE)


def command_in(text: str, room: Room) -> str | None:
    """The command line in what was typed; None where it is said to the others in the room.

    Alone with Kith everything is said to Kith; among others only what begins with a slash or ``@kith``.
    """
    addressed = _TO_KITH.match(text)
    if addressed:
        return text[addressed.end() :].strip()
    return text.strip() if room.kind is RoomKind.DIRECT else None


def line_said(room: Room, member_id: MemberId, client_id: str, line: str) -> Incoming:
    """A typed command line."""
    return _incoming(room, member_id, client_id, text=line)


def pressed(
    message: Message, room: Room, member_id: MemberId, client_id: str, *, token: str, fields: dict[str, str] | None
) -> Incoming:
    """A button pressed or a form sent on ``message``."""
    return _incoming(room, member_id, client_id, token=token, fields=fields, reply_to={"message": message.id})


def pointed_at(room: Room, member_id: MemberId, client_id: str, quoted: Quoted) -> Incoming:
    """A message that somebody wants to save."""
    return _incoming(room, member_id, client_id, text="save", quoted=quoted)


def press_id(rendered: str, token: str, fields: Mapping[str, str]) -> str:
    """The id of a press without script: the same for the same button of the same rendered page, else another."""
    pressed_what = "\n".join((rendered, token, *(f"{name}={value}" for name, value in sorted(fields.items()))))
    return hashlib.sha256(pressed_what.encode()).hexdigest()[:32]


def _incoming(room: Room, member_id: MemberId, client_id: str, **said: object) -> Incoming:
    return Incoming(
        platform=PLATFORM,
        tenant=tenant_of(room.workspace_id),
        user=member_id,
        conversation=room.id,
        direct=room.kind is RoomKind.DIRECT,
        # One member's ids must not be able to stand in the way of another's.
        delivery=f"{member_id}.{client_id}",
        **said,  # type: ignore[arg-type]  # the three callers above name what a struct of these fields takes
    )


def tenant_of(workspace_id: WorkspaceId) -> str:
    """The workbench's tenant: Kith's own workspace."""
    return workspace_id
