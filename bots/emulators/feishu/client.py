"""The app in which people type and press: what Feishu then tells Kith, and what Kith's answer does."""

import json
from typing import Any

from bots.emulators.feishu.model import Json, Posted, open_id
from bots.emulators.feishu.payloads import encrypted, signed
from bots.emulators.feishu.server import APP_ID, BOT, FeishuServer
from bots.emulators.refusals import WrongAnswerError

_TOASTS = {"info", "success", "error", "warning"}


class Client:
    """What anybody does on ``server``; told encrypted with ``key``, and with a verification ``token``."""

    def __init__(self, server: FeishuServer, key: str, token: str) -> None:
        self._server, self._key, self._token = server, key, token

    def body(self, payload: Json) -> bytes:
        """A request's body."""
        return encrypted(payload, self._key)

    def headers(self, body: bytes, *, key: str = "", age: int = 0) -> dict[str, str]:
        """The headers of a request, signed ``age`` seconds ago."""
        return signed(body, key or self._key, self._server.clock.now().timestamp() - age)

    def event(self, kind: str, event: Json) -> Json:
        """An event around its payload."""
        header = {"event_id": f"ev_{self._server.number()}", "event_type": kind, "tenant_key": self._server.tenant}
        more = {"token": self._token, "app_id": APP_ID, "create_time": "1603977298000000"}
        return {"schema": "2.0", "header": header | more, "event": event}

    def message(self, who: str, text: str, *, chat: str = "", **more: Any) -> Json:
        """A typed message; without ``chat`` in the person's own chat with Kith. ``@Kith`` mentions the bot."""
        mentions = []
        if "@Kith" in text:
            text = text.replace("@Kith", "@_user_1")
            mentions = [{"key": "@_user_1", "id": {"open_id": BOT, "union_id": None, "user_id": None}, "name": "Kith"}]
        mentions += more.pop("mentions", ())
        message = {
            "message_id": f"om_in_{self._server.number()}",
            "chat_id": chat or self._server.own_chat(who),
            "chat_type": "group" if chat else "p2p",
            "message_type": "text",
            "content": json.dumps({"text": text}, ensure_ascii=False),
            "create_time": "1603977298000",
            **({"mentions": mentions} if mentions else {}),
            **more,
        }
        self._server.sources[message["message_id"]] = message | {"open_id": open_id(who)}
        sender = {"sender_id": _ids(who), "sender_type": "user", "tenant_key": self._server.tenant}
        return self.event("im.message.receive_v1", {"sender": sender, "message": message})

    def callback(self, who: str, posted: Posted, action: Json) -> Json:
        """A press of something in a card."""
        operator = _ids(who) | {"tenant_key": self._server.tenant}
        context = {"open_message_id": posted.id, "open_chat_id": posted.chat}
        return self.event(
            "card.action.trigger",
            {"operator": operator, "token": "c-1", "action": action, "host": "im_message", "context": context},
        )

    def take(self, posted: Posted, answer: Json) -> None:
        """Does what Kith answered to a press.

        Raises FeishuError for a card that is not drawn, WrongAnswerError for an answer that is none.
        """
        if unknown := set(answer) - {"card", "toast"}:
            raise WrongAnswerError(f"unknown attributes {unknown}")
        toast = answer.get("toast")
        if toast and (toast["type"] not in _TOASTS or not toast["content"]):
            raise WrongAnswerError("no such toast")
        if card := answer.get("card"):
            if card["type"] != "raw":
                raise WrongAnswerError("no card")
            self._server.replace(posted.id, card["data"])


def _ids(who: str) -> Json:
    return {"union_id": who, "open_id": open_id(who), "user_id": None}
