"""People on the stand-in, and the updates that what they do becomes."""

from dataclasses import dataclass
from typing import Any

from tests.adapters.telegram.stand_in import BOT, Json, Message, TelegramServer

DATE = 1_795_485_600  # 24 November 2026


@dataclass
class Person:
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
        message = self._message(chat) | {"text": text} | more
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
        query = str(self.server.number())
        self.server.open_queries.add(query)
        shown = self.server._shown(message) | (
            {"message_thread_id": message.thread, "is_topic_message": True} if message.thread else {}
        )
        shown["chat"] = self.chat(message.chat)
        pressed = {"id": query, "from": self.user, "chat_instance": "1", "message": shown, "data": message.data(label)}
        return self._update(callback_query=pressed)

    def looks_up(self, text: str) -> Json:
        """The bot's name typed in a chat, and ``text`` behind it."""
        query = {"id": str(self.server.number()), "from": self.user, "query": text, "offset": "", "chat_type": "group"}
        return self._update(inline_query=query)

    def _message(self, chat: int | None) -> Json:
        number = self.server.number()
        place = self.chat(chat)
        self.server.chats[place["id"]].messages[number] = Message(number, place["id"], "", by_bot=False)
        return {"message_id": number, "date": DATE, "from": self.user, "chat": place}

    def _update(self, **what: Any) -> Json:
        return {"update_id": self.server.number(), **what}


def _entities(text: str) -> list[Json]:
    entities: list[Json] = []
    position = 0
    for word in text.split(" "):
        if word.startswith("/") and position == 0:
            entities.append({"type": "bot_command", "offset": 0, "length": len(word)})
        elif word.startswith("@") and len(word) > 4:
            entities.append({"type": "mention", "offset": position, "length": len(word.rstrip(":,"))})
        position += len(word.encode("utf-16-le")) // 2 + 1
    return entities


def from_bot(message: Message) -> Json:
    """One of the bot's messages, as the target of a reply."""
    return {
        "message_id": message.id,
        "date": DATE,
        "from": BOT,
        "chat": {"id": message.chat, "type": "group"},
        "text": message.text,
    }
