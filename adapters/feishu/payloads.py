"""The parts of Feishu's payloads that Kith reads; everything else in them is passed over.

https://open.feishu.cn/document/server-docs/im-v1/message/events/receive,
https://open.feishu.cn/document/feishu-cards/card-callback-communication,
https://open.feishu.cn/document/uAjLw4CM/ukzMukzMukzM/development-link-preview/pull-link-preview-data-callback-structure
"""

from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True):
    """The shape shared by everything below."""


class Header(Part, frozen=True):
    """What every event begins with. ``tenant_key`` is the company's whose app this is."""

    event_id: str
    event_type: str
    tenant_key: str = ""
    token: str = ""


class Envelope(Part, frozen=True):
    """An event, or the question whether this is our address; ``event`` is read by its type."""

    header: Header | None = None
    event: dict[str, Any] = {}
    type: str = ""
    token: str = ""
    challenge: str = ""


class Ids(Part, frozen=True):
    """A person: ``union_id`` is the same for all apps of one developer, ``open_id`` is this app's own."""

    union_id: str | None = None
    open_id: str | None = None


class Sender(Part, frozen=True):
    """Who sent a message."""

    sender_id: Ids = Ids()
    sender_type: str = ""


class Mention(Part, frozen=True):
    """Somebody mentioned; ``key`` stands in the text in their place."""

    key: str
    id: Ids = Ids()
    name: str = ""


class Message(Part, frozen=True):
    """A message; ``content`` is JSON whose shape depends on ``message_type``."""

    message_id: str
    chat_id: str
    chat_type: str = ""
    message_type: str = ""
    content: str = ""
    parent_id: str | None = None
    thread_id: str | None = None
    mentions: tuple[Mention, ...] | None = None


class Said(Part, frozen=True):
    """im.message.receive_v1."""

    sender: Sender
    message: Message


class Operator(Ids, frozen=True):
    """Who pressed, or who looks at a link."""


class Action(Part, frozen=True):
    """What was pressed: ``option`` is a menu's, ``form_value`` a form's, ``name`` the button's inside a form."""

    value: Any = None
    option: str = ""
    name: str = ""
    form_value: dict[str, Any] | None = None


class Scene(Part, frozen=True):
    """Where the card stands, or the link."""

    open_message_id: str = ""
    open_chat_id: str = ""
    url: str = ""


class Pressed(Part, frozen=True):
    """card.action.trigger."""

    operator: Operator
    action: Action
    context: Scene = Scene()


class Looked(Part, frozen=True):
    """url.preview.get."""

    operator: Operator
    context: Scene


class MenuOperator(Part, frozen=True):
    """Who chose from the bot's menu."""

    operator_id: Ids = Ids()


class Chosen(Part, frozen=True):
    """application.bot.menu_v6: ``event_key`` is what an administrator wrote behind the menu's entry."""

    operator: MenuOperator
    event_key: str = ""
