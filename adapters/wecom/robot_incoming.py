"""What a robot's callback says, in Kith's terms. Pure. Pages 100719 (messages) and 101027 (events)."""

import re
from typing import Any

from msgspec.structs import replace

from adapters.wecom.events import Event, Pressed, Said, Wordless
from adapters.wecom.incoming import NAME, said, selected
from adapters.wecom.reading import Payload, text_of
from cards.renderers.wecom import CHOOSE, token_of
from commands.model import Incoming, Quoted
from commands.parsing import Verbs

# How conversations with a robot are called; no user id has a slash in it.
GROUP, ROBOT = "group/", "robot/"
_SAVE = "save"
_MENTION = re.compile(r"^\s*@\S+\s*")
_WORDLESS = frozenset({"image", "voice", "file"})


def decode_robot(payload: Payload, corp_id: str, verbs: Verbs) -> Event | None:
    """What a robot's callback says; None for what is not for us, such as who has opened the chat."""
    incoming = _incoming(payload, corp_id)
    if not incoming.user or not incoming.delivery:
        return None
    match text_of(payload, "msgtype"):
        case "text":
            return _typed(incoming, text_of(payload, "text", "content"), payload, verbs)
        case "mixed":
            return _typed(incoming, _mixed(payload), payload, verbs)
        case "event":
            return _event(incoming, payload)
        case kind if kind in _WORDLESS and incoming.direct:
            return Wordless(incoming)
        case _:
            return None


def _incoming(payload: Payload, corp_id: str) -> Incoming:
    """A group's conversation is its chat; the robot's own chat with somebody is another one than the application's.

    ``reply_to.url`` takes one answer, within an hour (page 101138).
    """
    user, group = text_of(payload, "from", "userid"), text_of(payload, "chattype") == "group"
    message = text_of(payload, "msgid")
    return Incoming(
        platform=NAME,
        tenant=text_of(payload, "from", "corpid") or corp_id,
        user=user,
        conversation=f"{GROUP}{text_of(payload, 'chatid')}" if group else f"{ROBOT}{user}",
        direct=not group,
        delivery=f"robot-{message}" if message else "",
        reply_to={"robot": True, "url": text_of(payload, "response_url")},
    )


def _typed(incoming: Incoming, text: str, payload: Payload, verbs: Verbs) -> Said | None:
    """In a group the robot is only told what mentions it; its own name is not part of the line."""
    line = _MENTION.sub("", text, count=1) if not incoming.direct else text
    heard = said(incoming, line)
    read = verbs.read(heard.incoming.text).command
    if read is not None and read.verb == _SAVE and (quoted := text_of(payload, "quote", "text", "content")):
        return Said(replace(heard.incoming, quoted=Quoted(text=quoted)), command=True)
    return heard


def _mixed(payload: Payload) -> str:
    """The words among the pictures."""
    mixed = payload.get("mixed")
    items = mixed.get("msg_item") if isinstance(mixed, dict) else None
    return " ".join(filter(None, (text_of(one, "text", "content") for one in items))) if isinstance(items, list) else ""


def _event(incoming: Incoming, payload: Payload) -> Event | None:
    event: Any = payload.get("event")
    if text_of(event, "eventtype") != "template_card_event":
        return None
    card: Any = event.get("template_card_event")
    key = text_of(card, "event_key")
    if key == CHOOSE:
        key = selected(card.get("selected_items"), item="selected_item", options="option_ids", option="option_id")
    reply_to = incoming.reply_to | {"pressed": True, "task": text_of(card, "task_id")}
    return Pressed(replace(incoming, token=token_of(key), reply_to=reply_to))
