"""What happened on WeCom, in Kith's terms."""

from dataclasses import dataclass

from commands.model import Incoming


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody typed, or pressed an entry of the application's menu.

    ``command`` tells that it cannot be the answer to a question: it began with a slash, or was a menu's.
    """

    incoming: Incoming
    command: bool = False
    cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Pressed:
    """Somebody pressed a button or chose from a list; ``incoming.token`` is what it carried, empty for nothing."""

    incoming: Incoming


@dataclass(frozen=True, slots=True)
class Wordless:
    """A picture, a voice, a file: something without words."""

    incoming: Incoming


@dataclass(frozen=True, slots=True)
class ContactChanged:
    """A customer's contact became a member's, or was changed or tagged there; ``gone``: is theirs no more."""

    incoming: Incoming
    external_user: str
    gone: bool = False


Event = Said | Pressed | Wordless | ContactChanged
