"""Messages as the page shows them to one viewer."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from markupsafe import Markup

from adapters.web.bodies import Body, decode
from adapters.web.faces import Face, face
from adapters.web.viewer import Viewer
from cards.labels import excerpt
from cards.model import Card
from cards.renderers import html
from core.rooms.model import Message, Room, RoomKind

KITH = Face(id="", name="Kith", initials="K", hue=0)
_TOGETHER = timedelta(minutes=5)  # one voice's messages this close stand under one name
_CUSTOMER_PAGE = re.compile(r"/c/([0-9a-z]{13})$")


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageView:
    """A message as its template takes it. ``kind`` is ``talk`` or ``answer``; ``customer`` is its card's."""

    id: str
    room: str
    client_id: str
    kind: str
    author: Face
    own: bool
    private: bool
    command: bool
    text: str
    cards: Markup
    summary: str
    customer: str
    at: str
    day: str
    day_label: str
    time: str
    edited: bool
    version: str
    can_save: bool
    follows: bool = False
    first_of_day: bool = False


class MessageViews:
    """Makes views for one viewer of one room. ``names`` are members' names by id."""

    def __init__(self, viewer: Viewer, room: Room, names: Mapping[str, str], now: datetime) -> None:
        self._viewer = viewer
        self._room = room
        self._names = names
        self._now = now

    def one(self, message: Message) -> MessageView:
        """One message by itself."""
        body = decode(message.body)
        words = self._viewer.words
        local = message.created_at.astimezone(words.zone)
        shown_day = words.date(local.date(), words.today(self._now))
        private = message.audience_id is not None and self._room.kind is RoomKind.GROUP
        author = self._author(message)
        return MessageView(
            id=message.id,
            room=message.room_id,
            client_id=body.client,
            kind="talk" if message.author_id else "answer",
            author=author,
            own=message.author_id == self._viewer.member.id,
            private=private,
            command=body.command,
            text=body.text,
            cards=self._cards(message, body),
            summary=_summary(body, words.language),
            customer=_customer(body.cards),
            at=message.created_at.isoformat(timespec="milliseconds"),
            day=local.date().isoformat(),
            day_label=shown_day[:1].upper() + shown_day[1:],
            time=f"{local:%H:%M}",
            version=message.updated_at.isoformat(timespec="milliseconds"),
            edited=message.updated_at > message.created_at,
            can_save=bool(message.author_id and body.text) and not body.command,
        )

    def all(self, messages: Iterable[Message]) -> list[MessageView]:
        """Messages in a row: day lines between them, one name over several of one voice."""
        return together([self.one(message) for message in messages])

    def _author(self, message: Message) -> Face:
        if message.author_id is None:
            return KITH
        return face(message.author_id, self._names.get(message.author_id, ""))

    def _cards(self, message: Message, body: Body) -> Markup:
        # Without script a form's delivery is known by the page it was rendered into: sent twice, it is done once.
        address = f"{self._viewer.room_url(message.room_id)}/m/{message.id}?rendered={secrets.token_hex(8)}"
        return Markup().join(
            html.render(card, action_url=address, csrf=self._viewer.csrf, prefix=f"m-{message.id}-{number}")
            for number, card in enumerate(body.cards_in(self._viewer.language))
        )


def together(views: Sequence[MessageView]) -> list[MessageView]:
    """The views told apart by day, and joined where one voice goes on."""
    joined: list[MessageView] = []
    for view in views:
        before = joined[-1] if joined else None
        new_day = before is None or before.day != view.day
        follows = not new_day and before is not None and _goes_on(before, view)
        joined.append(replace(view, first_of_day=new_day, follows=follows))
    return joined


def _goes_on(before: MessageView, after: MessageView) -> bool:
    near = datetime.fromisoformat(after.at) - datetime.fromisoformat(before.at) < _TOGETHER
    return near and before.author == after.author and before.private == after.private


def _summary(body: Body, language: str) -> str:
    """One line for a list of rooms and for screen readers."""
    return excerpt(body.text or " ".join(card.summary for card in body.cards_in(language)), 120)


def _customer(cards: tuple[Card, ...]) -> str:
    found = (_CUSTOMER_PAGE.search(card.link) for card in cards)
    return next((match[1] for match in found if match), "")
