"""People in Telegram's app, and the updates that what they do becomes: https://core.telegram.org/bots/api#update."""

from dataclasses import dataclass
from typing import Any

from bots.emulators.telegram.model import Json, Message
from bots.emulators.telegram.rules import units
from bots.emulators.telegram.server import TelegramServer


@dataclass(slots=True)
class Account:
    """Somebody with Telegram. Each method makes an update; nothing is delivered."""

    server: TelegramServer
    id: int
    name: str
    language: str = "en"

    @property
    def user(self) -> Json:
        """Who they are, as Telegram tells it."""
        return {"id": self.id, "is_bot": False, "first_name": self.name, "language_code": self.language}

    def chat(self, chat_id: int | None = None) -> Json:
        """A chat as they see it: their private one, or a group."""
        chat = self.server.chat(chat_id or self.id)
        if chat.type == "private":
            return {"id": chat.id, "type": "private", "first_name": self.name}
        return {"id": chat.id, "type": chat.type, "title": chat.title, "is_forum": bool(chat.threads)}

    def says(self, text: str, *, chat: int | None = None, thread: int | None = None, **more: Any) -> Json:
        """A message; entities for commands and mentions as Telegram marks them."""
        message = self._message(chat, text) | {"text": text} | more
        if entities := _entities(text):
            message["entities"] = entities
        if thread is not None:
            message |= {"message_thread_id": thread, "is_topic_message": True}
        return self._update(message=message)

    def shows(self, chat: int | None = None, **content: Any) -> Json:
        """A message without text: a photo, a sticker, something forwarded."""
        return self._update(message=self._message(chat) | content)

    def presses(self, message: Message, label: str) -> Json:
        """A press on the button of this label, or whose label begins so."""
        return self.sends(message, message.data(label))

    def sends(self, message: Message, data: str) -> Json:
        """A press on the button that carries ``data``."""
        shown = self.server.shown(message) | {"chat": self.chat(message.chat)}
        pressed = {"id": self._query(), "from": self.user, "chat_instance": "1", "message": shown, "data": data}
        return self._update(callback_query=pressed)

    def looks_up(self, text: str) -> Json:
        """The bot's name typed in a chat, and ``text`` behind it."""
        query = {"id": self._query(), "from": self.user, "query": text, "offset": "", "chat_type": "group"}
        return self._update(inline_query=query)

    def _query(self) -> str:
        """The number of something that may be answered once."""
        query = str(self.server.number())
        self.server.open_queries.add(query)
        return query

    def _message(self, chat: int | None, text: str = "") -> Json:
        number, place = self.server.number(), self.chat(chat)
        self.server.chats[place["id"]].messages[number] = Message(number, place["id"], text, by_bot=False)
        return {"message_id": number, "date": self.server.stamp(), "from": self.user, "chat": place}

    def _update(self, **what: Any) -> Json:
        return {"update_id": self.server.number(), **what}


def _entities(text: str) -> list[Json]:
    entities: list[Json] = []
    position = 0
    for word in text.split(" "):
        if word.startswith("/") and position == 0:
            entities.append({"type": "bot_command", "offset": 0, "length": len(word)})
        elif word.startswith("@") and len(word) > len("@bot"):
            entities.append({"type": "mention", "offset": position, "length": len(word.rstrip(":,"))})
        position += units(word) + 1
    return entities
