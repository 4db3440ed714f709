"""What Kith gives along with a button or a dialog, to come back with what people do there: signed, and bound.

A context is bound to whoever may press (one person, or everybody), to the channel it was put in and, where a post was
changed rather than made, to that post. A dialog's state is bound to the person it was opened for.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from adapters.mattermost.payloads import ActionRequest
from adapters.mattermost.signature import ForgedError, Signing
from cards.renderers.mattermost import Press

# The one name in a button's context; the server adds `selected_option` for a menu.
CARRIED, CHOSEN = "kith", "selected_option"


class Carried(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a button or menu carries: its tokens, what it asks first, and where it stands.

    ``alone`` tells that nobody else sees the message, which the server does not keep and cannot change. ``hook`` is
    where the command that it answers may be answered once more, for a while from ``at`` (seconds since 1970) on.
    """

    tokens: tuple[str, ...]
    label: str = ""
    question: str = ""
    form: bool = False
    language: str = ""
    user: str = ""
    channel: str = ""
    post: str = ""
    root: str = ""
    alone: bool = False
    hook: str = ""
    at: int = 0


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a dialog carries: its name (new each time), its form's token, and the place it was opened from.

    ``opened_at`` is in seconds since 1970. ``shown`` holds, by input name, the label that stands in the field and the
    value it stands for. ``asked`` tells that it is no form, but the question before a button runs.
    """

    id: str
    user: str
    token: str
    opened_at: int = 0
    conversation: str = ""
    direct: bool = False
    reply_to: dict[str, Any] = {}
    author: str = ""
    said_at: datetime | None = None
    link: str = ""
    shown: dict[str, tuple[str, str]] = {}
    asked: bool = False


@dataclass(frozen=True, slots=True)
class Target:
    """Where a message is put: what its buttons are bound to. ``user`` is empty where everybody may press."""

    channel: str = ""
    user: str = ""
    post: str = ""
    root: str = ""
    alone: bool = False
    hook: str = ""
    at: int = 0


class Contexts:
    """Makes what the server is to call for a press, and opens what comes back."""

    def __init__(self, signing: Signing, url: str) -> None:
        self._signing = signing
        self._url = url

    def integration(self, press: Press, target: Target, language: str) -> dict[str, Any]:
        """``integration`` of an action, as ``cards.renderers.mattermost.Integrate`` wants it."""
        carried = Carried(
            tokens=press.tokens,
            label=press.label if press.question else "",
            question=press.question,
            form=press.form,
            language=language if press.question else "",
            user=target.user,
            channel=target.channel,
            post=target.post,
            root=target.root,
            alone=target.alone,
            hook=target.hook,
            at=target.at,
        )
        return {"url": self._url, "context": {CARRIED: self._signing.signed(carried)}}

    def opened(self, request: ActionRequest) -> tuple[Carried, str]:
        """What was carried, and the token that was pressed. Raises ForgedError."""
        context = request.context or {}
        signed = context.get(CARRIED)
        if not isinstance(signed, str):
            raise ForgedError
        carried = self._signing.opened(signed, Carried)
        bound = (
            (carried.user, request.user_id),
            (carried.channel, request.channel_id),
            (carried.post, request.post_id),
        )
        if any(wanted and wanted != found for wanted, found in bound):
            raise ForgedError
        return carried, _chosen(carried.tokens, context.get(CHOSEN))


def _chosen(tokens: tuple[str, ...], chosen: Any) -> str:
    """A button's only token, or that of the menu's line with the number ``chosen``."""
    if chosen is None:
        if len(tokens) != 1:
            raise ForgedError
        return tokens[0]
    if not (isinstance(chosen, str) and chosen.isascii() and chosen.isdecimal() and int(chosen[:9]) < len(tokens)):
        raise ForgedError
    return tokens[int(chosen[:9])]
