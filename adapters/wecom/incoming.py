"""What an application's callback says, in Kith's terms. Pure: nothing is asked of WeCom, nothing is kept.

Pages 96466 (messages) and 96468 (events) of developer.work.weixin.qq.com/document.
"""

import hashlib
from typing import Any

from msgspec.structs import replace

from adapters.wecom.events import ContactChanged, Event, Pressed, Said, Wordless
from adapters.wecom.reading import Payload, text_of
from cards.renderers.wecom import CHOOSE, token_of
from commands.model import Incoming

NAME = "wecom"
CANCEL = frozenset({"cancel", "取消"})
_CRM = "crm"
_WORDLESS = frozenset({"image", "voice", "video", "location", "link", "file"})
_KEPT = frozenset({"add_external_contact", "edit_external_contact", "add_half_external_contact"})
_GONE = frozenset({"del_external_contact", "del_follow_user"})


def decode(payload: Payload, corp_id: str) -> Event | None:
    """What a callback says; None for what is not for us, such as who has opened the application."""
    user = text_of(payload, "FromUserName")
    if not user:
        return None
    if text_of(payload, "MsgType") != "event":
        return _message(payload, user, corp_id)
    match text_of(payload, "Event"):
        case "template_card_event":
            return Pressed(_incoming(payload, user, corp_id, token=_pressed(payload), reply_to=_card(payload)))
        case "click":
            return Said(_incoming(payload, user, corp_id, text=text_of(payload, "EventKey")), command=True)
        case "change_external_contact":
            return _contact(payload, corp_id)
        case _:
            return None


def line_of(text: str) -> tuple[str, bool]:
    """A typed line without its slash and ``crm``, and whether it began with a slash."""
    line = text.strip()
    slash = line.startswith(("/", "／"))
    line = line[1:].lstrip() if slash else line
    word, _, rest = line.partition(" ")
    return (rest.strip() if slash and word.casefold() == _CRM else line), slash


def said(incoming: Incoming, text: str) -> Said:
    """A typed line, as somebody said it."""
    line, slash = line_of(text)
    cancelled = slash and line.casefold() in CANCEL
    return Said(replace(incoming, text=line), command=slash, cancelled=cancelled)


def selected(items: Any, *, item: str, options: str, option: str) -> str:
    """The id of the first option that was chosen in any list of a card."""
    for one in _listed(items, item):
        for chosen in _listed(one.get(options) if isinstance(one, dict) else None, option):
            if isinstance(chosen, str) and chosen:
                return chosen
    return ""


def _listed(value: Any, name: str) -> list[Any]:
    """XML's ``<items><item/></items>`` and JSON's list alike."""
    found = value.get(name) if isinstance(value, dict) else value
    return found if isinstance(found, list) else [] if found is None or found == "" else [found]


def _incoming(payload: Payload, user: str, corp_id: str, **more: Any) -> Incoming:
    """Everything said to the application is said in the chat that it has with each member."""
    return Incoming(
        platform=NAME,
        tenant=corp_id,
        user=user,
        conversation=user,
        direct=True,
        delivery=_delivery(payload, user),
        **more,
    )


def _delivery(payload: Payload, user: str) -> str:
    """MsgId; an event has none and is known by who, when and what (page 96468)."""
    if number := text_of(payload, "MsgId"):
        return number
    about = ("Event", "EventKey", "TaskId", "ChangeType", "ExternalUserID", "UserID", "ResponseCode")
    what = "\n".join(text_of(payload, name) for name in about)
    return f"{user}-{text_of(payload, 'CreateTime')}-{hashlib.sha256(what.encode()).hexdigest()[:16]}"


def _message(payload: Payload, user: str, corp_id: str) -> Event | None:
    incoming = _incoming(payload, user, corp_id)
    kind = text_of(payload, "MsgType")
    if kind == "text" and text_of(payload, "Content").strip():
        return said(incoming, text_of(payload, "Content"))
    return Wordless(incoming) if kind in _WORDLESS else None


def _pressed(payload: Payload) -> str:
    key = text_of(payload, "EventKey")
    if key != CHOOSE:
        return token_of(key)
    items = payload.get("SelectedItems")
    return token_of(selected(items, item="SelectedItem", options="OptionIds", option="OptionId"))


def _card(payload: Payload) -> dict[str, Any]:
    """``code`` changes the card that was pressed: once, within 72 hours (page 94945)."""
    return {"pressed": True, "code": text_of(payload, "ResponseCode"), "task": text_of(payload, "TaskId")}


def _contact(payload: Payload, corp_id: str) -> Event | None:
    user, external = text_of(payload, "UserID"), text_of(payload, "ExternalUserID")
    change = text_of(payload, "ChangeType")
    if not (user and external) or change not in _KEPT | _GONE:
        return None
    return ContactChanged(_incoming(payload, user, corp_id), external, gone=change in _GONE)
