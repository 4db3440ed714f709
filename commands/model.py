"""What comes in, what goes back, and what a command is.

``Incoming`` and ``Reply`` are kept as JSON when a delivery or an answer has to wait, so they are msgspec structs.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

import msgspec

from cards.model import Card, Form
from cards.reader import Reader
from cards.words import Words
from core.actor import Actor, Role
from core.conversations.model import Place
from core.events.model import Kind
from core.ids import MemberId, WorkspaceId
from core.members.model import Identity
from core.names.folding import has_han
from core.work import Work


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shape shared by everything that is kept: frozen, by keyword, defaults left out of the JSON."""


class Quoted(Struct, frozen=True, kw_only=True):
    """A message that somebody pointed at, to be saved. ``said_at`` is an instant in UTC."""

    text: str
    author: str = ""
    said_at: datetime | None = None
    link: str = ""


def _sound(text: str) -> str:
    return text if text.isascii() else text.encode("utf-8", "replace").decode()


class Incoming(Struct, frozen=True, kw_only=True):
    """One thing a person did on a platform, with the platform's own shape left behind.

    ``delivery`` is the platform's id of it, unique in platform and tenant: what comes twice is known by it.
    Of ``text`` (a command line without its slash: ``visit Acme: wants a demo``), ``token`` (a button's or form's) and
    ``fields`` (a form's values by input name) those are set that the person sent.
    ``direct`` is true where only this person reads along. ``people`` are the platform user ids of everybody who
    reads the
    conversation: None when the platform was not asked, empty when it does not tell. ``reply_to`` is the adapter's
    own: where and how to answer.
    """

    platform: str
    tenant: str = ""
    user: str
    conversation: str
    direct: bool = False
    delivery: str
    text: str = ""
    token: str = ""
    fields: dict[str, str] | None = None
    quoted: Quoted | None = None
    language_hint: str = ""
    user_name: str = ""
    people: tuple[str, ...] | None = None
    reply_to: dict[str, Any] = msgspec.field(default_factory=dict)

    def sound(self) -> "Incoming":
        """The same without halves of surrogate pairs, which JSON may smuggle in and nothing can write down."""
        fields = self.fields and {_sound(name): _sound(value) for name, value in self.fields.items()}
        quoted = self.quoted and msgspec.structs.replace(
            self.quoted, text=_sound(self.quoted.text), author=_sound(self.quoted.author), link=_sound(self.quoted.link)
        )
        name = _sound(self.user_name)
        return msgspec.structs.replace(self, text=_sound(self.text), fields=fields, quoted=quoted, user_name=name)

    @property
    def identity(self) -> Identity:
        """Who did it, as the platform says."""
        return Identity(self.platform, self.tenant, self.user)

    @property
    def place(self) -> Place:
        """Where it was done."""
        return Place(self.platform, self.tenant, self.conversation)

    @property
    def key(self) -> str:
        """The delivery as one word, unique over all platforms."""
        return f"{self.platform}:{self.tenant}:{self.delivery}"


class Audience(StrEnum):
    """Who may read an answer."""

    ASKER = "asker"
    ROOM = "room"


class Live(Struct, frozen=True, kw_only=True):
    """What a card shows that is to show the present from now on: a record, with the rights of a member.

    ``data`` is JSON text for whoever makes it anew.
    """

    workspace_id: WorkspaceId
    reader_id: MemberId
    kind: Kind
    id: str
    data: str


class Reply(Struct, frozen=True, kw_only=True):
    """The neutral answer.

    ``replace`` asks that the message whose button was pressed shows the cards instead of a new message.
    ``live`` asks that the cards go on showing the present where the platform can change them.
    ``form`` asks to be opened where the platform has forms; ``errors`` are words by input name, to stand at the fields
    of the form that was just sent. ``error`` is the reason's key where ``ok`` is false. ``receipt`` is the id to
    undo by. ``translations`` has what a whole room reads in other languages, by language, for platforms that can show
    each reader their own.
    """

    cards: tuple[Card, ...] = ()
    translations: dict[str, tuple[Card, ...]] = msgspec.field(default_factory=dict)
    form: Form | None = None
    audience: Audience = Audience.ASKER
    replace: bool = False
    errors: dict[str, str] = msgspec.field(default_factory=dict)
    ok: bool = True
    error: str = ""
    receipt: str = ""
    live: Live | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a handler works with beside its arguments."""

    work: Work
    actor: Actor
    words: Words
    incoming: Incoming
    public_url: str = ""

    @property
    def now(self) -> datetime:
        """The instant of this unit of work."""
        return self.work.now

    @property
    def today(self) -> date:
        """The member's calendar day."""
        return self.words.today(self.work.now)

    @property
    def reader(self) -> Reader:
        """For whom and when the answer's cards are built."""
        return Reader(self.words, self.work.now, self.public_url)

    def reader_in(self, language: str) -> Reader:
        """As ``reader``, for somebody who reads another language."""
        return Reader(Words(language, self.actor.zone), self.work.now, self.public_url)

    def words_of(self, text: str) -> Words:
        """Words to go on with in the language of what was typed, for what is kept; the member's when it tells none."""
        if not any(letter.isalpha() for letter in text):
            return self.words
        return Words("zh_Hans" if has_han(text) else "en", self.actor.zone)

    @property
    def local_now(self) -> datetime:
        """The member's wall clock, with its zone: what dates are read against."""
        return self.work.now.astimezone(self.words.zone)

    @property
    def locale(self) -> str:
        """The member's language and country: how dates are read."""
        return self.words.locale


A = TypeVar("A")


def always(_args: Any) -> bool:
    """For a command that writes whatever it is told."""
    return True


def never(_args: Any) -> bool:
    """For a command that only reads."""
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Command(Generic[A]):
    """A verb: how it is called, how its words are read, and what it does.

    ``parse`` is pure: the text behind the verb and a form's fields become arguments. ``writes`` tells from these
    whether
    the command changes anything; one that does not needs no inbox and answers at once. ``handle`` runs inside one
    unit of
    work. ``title`` and ``usage`` are messages of the catalogue, ``examples`` are typed lines in English and Chinese.
    """

    verb: str
    aliases: tuple[str, ...]
    title: str
    usage: str
    examples: tuple[str, ...]
    parse: Callable[[str, Mapping[str, str]], A]
    handle: Callable[[A, Context], Reply]
    writes: Callable[[A], bool] = never
    phrase: Callable[[str], bool] = never  # whether a whole line means it, though it does not begin with its verb
    role: Role = Role.VIEWER
    writing_role: Role = Role.VIEWER  # where more is needed to change something than to look
    group: str = ""
    slash: str = ""  # its own short slash command, such as `/visit`, where a platform allows
    hidden: bool = False  # pressed, never typed: not in help or completion
    open_to_strangers: bool = False
    repeatable: bool = False  # saying it twice in a row means it twice
    needs_people: bool = False  # the adapter should tell who reads the conversation
    about_customer: bool = False  # a customer's name stands behind the verb
    takes: Callable[..., bool] | None = None  # whether a line without a verb, perhaps a slip of one, is meant for it
    names: frozenset[str] = field(default_factory=frozenset)

    def __post_init__(self) -> None:
        """Every way the verb can be said, in lower case."""
        object.__setattr__(self, "names", frozenset(name.casefold() for name in (self.verb, *self.aliases)))
