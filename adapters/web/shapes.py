"""What the JSON API takes and gives: the source of its OpenAPI description."""

from typing import Annotated, Any

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from adapters.web.incoming import CLIENT_ID, TEXT_LIMIT

API = "/api/v1"
_ID = r"^[0-9a-z]{13}$"
_ID_OR_NONE = r"^(?:[0-9a-z]{13})?$"
_CLIENT = f"^{CLIENT_ID.pattern}$"
_MOST_MEMBERS = 200

RoomId = Annotated[str, Path(pattern=_ID, description="A conversation")]
MessageId = Annotated[str, Path(pattern=_ID, description="A message")]
CustomerId = Annotated[str, Path(pattern=_ID, description="A customer")]
SomeId = Annotated[str, Query(pattern=_ID_OR_NONE, description="A record's id, or nothing")]
Typed = Annotated[str, Query(max_length=TEXT_LIMIT, description="What has been typed so far")]
Delivery = Annotated[
    str, Field(pattern=_CLIENT, description="Made by the sender; what comes twice under one id is done once")
]


class Taken(BaseModel):
    """What is sent: nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class Problem(BaseModel):
    """Why something was refused, in the member's language."""

    status: int
    message: str


REFUSALS: dict[int | str, dict[str, Any]] = {status: {"model": Problem} for status in (401, 403, 404, 413, 422, 429)}


class Me(BaseModel):
    """The member who asks."""

    id: str
    handle: str
    name: str
    role: str
    workspace: str
    language: str
    zone: str


class RoomShape(BaseModel):
    """A conversation. ``html`` is its line in the list."""

    id: str
    title: str
    with_kith: bool
    people: str
    last: str
    time: str
    unread: str
    html: str


class Rooms(BaseModel):
    """The member's conversations."""

    rooms: list[RoomShape]


class NewRoom(Taken):
    """A conversation to start with other members."""

    title: Annotated[str, Field(max_length=80)] = ""
    members: Annotated[list[Annotated[str, Field(pattern=_ID)]], Field(max_length=_MOST_MEMBERS)] = []


class MessageShape(BaseModel):
    """A message as the member sees it. ``cards`` are neutral cards; ``html`` is the message as the page shows it."""

    id: str
    room: str
    client_id: str
    author: str
    own: bool
    private: bool
    text: str
    summary: str
    customer: str
    sent_at: str
    edited: bool
    cards: list[dict[str, Any]]
    html: str


class Messages(BaseModel):
    """Messages in the order they were said. ``before`` asks for the ones before; empty when there are none."""

    messages: list[MessageShape]
    before: str = ""


class Line(Taken):
    """Something to say in a conversation; a command where it begins with a slash or only Kith reads along."""

    id: Delivery
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT)]
    shown: Annotated[str, Field(max_length=TEXT_LIMIT)] = ""
    """What stands in the conversation in place of a command that was pressed rather than typed."""


class Press(Taken):
    """A button to press, or a form to send with its ``fields``."""

    id: Delivery
    token: Annotated[str, Field(min_length=1, max_length=64)]
    fields: dict[str, str] | None = None


class Save(Taken):
    """A message to save to a customer's timeline."""

    id: Delivery


class Read(Taken):
    """How far the member has read."""

    message: Annotated[str, Field(pattern=_ID)]


class OptionShape(BaseModel):
    """Something to choose. For a completion ``value`` is the whole line."""

    value: str
    label: str


class Options(BaseModel):
    """What there is to choose from, best first."""

    options: list[OptionShape]


class CommandShape(BaseModel):
    """A command that can be typed."""

    verb: str
    title: str
    usage: str
    aliases: list[str]
    examples: list[str]


class Commands(BaseModel):
    """Every command, in the order help shows them."""

    commands: list[CommandShape]


class RowShape(BaseModel):
    """A task, a deal or an activity in a line."""

    title: str
    detail: str
    meta: str
    tone: str


class FactShape(BaseModel):
    """Something that is known of a customer."""

    label: str
    value: str


class CustomerShape(BaseModel):
    """A customer at a glance, as the member may see it. ``html`` is the sidebar's part."""

    id: str
    name: str
    stage: str
    next: str
    tasks: list[RowShape]
    tasks_total: int
    deals: list[RowShape]
    deals_total: int
    activities: list[RowShape]
    facts: list[FactShape]
    html: str
