"""From Feishu's payloads to ``Incoming``: pure, without asking anybody.

``reply_to`` holds where the answer may go: ``chat``; ``open``, the person's open_id, which a message for their eyes
alone wants; ``message``, the one that was said or whose button was pressed; ``thread``, whether it stands in a topic;
and ``at``, of a press, where the card stands (``cards.renderers.feishu.Spot``).
"""

from collections.abc import Mapping

from adapters.feishu.payloads import Chosen, Header, Pressed, Said
from adapters.feishu.texts import named, plain
from cards.renderers.feishu import Spot, press_of
from commands.model import Incoming
from core.names.folding import has_han

PLATFORM = "feishu"
_PRIVATE = "p2p"


def is_direct(said: Said) -> bool:
    """Whether it was said in the person's own chat with Kith."""
    return said.message.chat_type == _PRIVATE


def mentions(said: Said, open_id: str) -> bool:
    """Whether a message mentions the bot of this ``open_id``."""
    return any(one.id.open_id == open_id for one in said.message.mentions or ())


def from_message(header: Header, said: Said, *, bot: str, handles: Mapping[str, str], language: str) -> Incoming:
    """A message without the mention of the bot; ``handles`` are what members are typed as, by union_id."""
    message, ids = said.message, said.sender.sender_id
    names = {
        one.key: "" if one.id.open_id == bot else f"@{handles.get(one.id.union_id or '') or one.name}"
        for one in message.mentions or ()
    }
    text = named(plain(message.message_type, message.content), names)
    reply_to = {"chat": message.chat_id, "open": ids.open_id or "", "message": message.message_id}
    return Incoming(
        platform=PLATFORM,
        tenant=header.tenant_key,
        user=ids.union_id or ids.open_id or "",
        conversation=message.chat_id,
        direct=is_direct(said),
        delivery=header.event_id,
        text=text,
        language_hint="zh_Hans" if has_han(text) else language,
        reply_to=reply_to | ({"thread": True} if message.thread_id else {}),
    )


def from_press(header: Header, pressed: Pressed, *, language: str) -> Incoming:
    """A pressed button, a chosen option or a submitted form, known by its token; a form's fields are read later."""
    action, scene, who = pressed.action, pressed.context, pressed.operator
    value = action.value if isinstance(action.value, dict) else {}
    token, spot = press_of(value, action.option)
    return Incoming(
        platform=PLATFORM,
        tenant=header.tenant_key,
        user=who.union_id or who.open_id or "",
        conversation=scene.open_chat_id,
        direct=spot is Spot.DIRECT,
        delivery=header.event_id,
        token=token,
        language_hint=language,
        reply_to={
            "chat": scene.open_chat_id,
            "open": who.open_id or "",
            "message": scene.open_message_id,
            "at": spot.value,
        },
    )


def from_menu(header: Header, chosen: Chosen, *, language: str) -> Incoming:
    """An entry of the bot's menu, in the person's own chat: its key is a command line, such as ``tasks``."""
    ids = chosen.operator.operator_id
    user = ids.union_id or ids.open_id or ""
    return Incoming(
        platform=PLATFORM,
        tenant=header.tenant_key,
        user=user,
        conversation=user,
        direct=True,
        delivery=header.event_id,
        text=chosen.event_key,
        language_hint=language,
    )
