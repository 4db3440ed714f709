"""Expected failures. Each carries data; the words a member reads are chosen in ``cards/errors.py``."""

from dataclasses import dataclass, field


class CrmError(Exception):
    """Something a member can mend. Anything else that is raised is a bug."""


class StoreUnavailableError(Exception):
    """The database cannot be reached or cannot write now. Nobody's fault in the chat: the delivery is tried again."""


@dataclass(eq=False)
class NotFoundError(CrmError):
    """There is no such record, or it is not this member's to see: the two look the same.

    ``kind`` is the noun (``customer``, ``task`` …), ``asked`` what the member typed, ``similar`` names that come near,
    ``similar_ids`` the ids they belong to where those are known.
    """

    kind: str
    asked: str = ""
    similar: tuple[str, ...] = ()
    similar_ids: tuple[str, ...] = ()


@dataclass(eq=False)
class InvalidInputError(CrmError):
    """A value cannot be used. ``field`` names it, ``reason`` is a key of ``cards/errors.py``, ``value`` what was
    typed, ``choices`` what it may be: values of the field, or the names of fields.
    """

    field: str
    reason: str
    value: str = ""
    limit: int = 0
    choices: tuple[str, ...] = ()


@dataclass(eq=False)
class ConflictError(CrmError):
    """The record is not in a state that allows this: already done, already undone, changed since.

    ``instead`` is a line that does what can be done, with what was typed.
    """

    reason: str
    about: str = ""
    instead: str = ""


@dataclass(eq=False)
class NotAllowedError(CrmError):
    """The member's role does not allow this. ``needs`` is the lowest role that does."""

    action: str
    needs: str = ""


@dataclass(eq=False)
class AmbiguousError(CrmError):
    """A name fits several records. ``choices`` are (id, name, detail), best first, ten at most."""

    kind: str
    asked: str
    choices: tuple[tuple[str, str, str], ...] = field(default=())


@dataclass(eq=False)
class DuplicateError(CrmError):
    """A record of this name is there already. ``existing_id`` and ``name`` tell which, ``owner`` whose, where known."""

    kind: str
    existing_id: str
    name: str
    owner: str = ""
