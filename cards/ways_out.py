"""What can be pressed instead, below an answer that something cannot be done."""

from cards.model import Button, Style
from cards.typed import Typed
from cards.words import Words
from core.errors import ConflictError, CrmError, DuplicateError, NotFoundError
from core.ids import looks_like_id
from core.text import LINE_LIMIT

# Verbs that write to a customer, and can do so once it is there.
_GOES_ON = frozenset({"visit", "call", "meeting", "note", "save", "task", "new contact", "new deal", "edit", "bind"})
_LOOKS_UP = frozenset({"find", "360", ""})
_SHOWN = 60  # of what was typed, in an answer


def short(text: str) -> str:
    """The beginning of what was typed."""
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def ways_out(failure: CrmError, words: Words, typed: Typed, mended: str, *, may_write: bool) -> list[Button]:
    """The buttons below a failure of what was ``typed``; ``mended`` is the line with its verb spelt right."""
    match failure:
        case DuplicateError():
            return [
                Button(label=words("Open"), command=f"360 {failure.existing_id}", style=Style.PRIMARY),
                Button(label=words("Add it all the same"), command=f"{typed.line} !"),
            ]
        case ConflictError(reason="no_open_deal" | "no_open_deals") if may_write:
            named = f" “{failure.about}”" if failure.about else ""
            return [Button(label=words("New deal"), command=failure.instead or f"new deal{named}")]
        case NotFoundError() if mended:
            label = words("Did you mean “{line}”?", line=short(mended))
            return [Button(label=label, command=mended, style=Style.PRIMARY), _help(words)]
        case NotFoundError():
            return [*_other_names(failure, typed), *_instead(failure, words, typed, may_write=may_write)]
    return []


def _help(words: Words) -> Button:
    return Button(label=words("Help"), command="help")


def _other_names(missing: NotFoundError, typed: Typed) -> list[Button]:
    """The names that come near, each completing the line."""
    pairs = zip(missing.similar, missing.similar_ids or missing.similar, strict=True)
    if missing.kind == "member":
        return [Button(label=near, command=typed.handing(missing.asked, handle)) for near, handle in pairs]
    return [Button(label=near, command=typed.naming(missing.asked, id_, name=near)) for near, id_ in pairs]


def _instead(missing: NotFoundError, words: Words, typed: Typed, *, may_write: bool) -> list[Button]:
    """What can be done about a record that is not there."""
    match missing.kind:
        case "customer":
            added = _additions(missing.asked, words, typed) if may_write else []
            helped = [_help(words)] if typed.verb in _LOOKS_UP else []
            return [*added, *helped]
        case "task":
            return [Button(label=words("My tasks"), command="tasks")]
        case "command":
            return [Button(label=words("All commands"), command="help")]
    return []


def _additions(asked: str, words: Words, typed: Typed) -> list[Button]:
    """To add the customer that is not there, and to go on with the line where it writes something."""
    if not asked or len(asked) > LINE_LIMIT or looks_like_id(asked):
        return []
    if typed.verb not in _GOES_ON:
        return [Button(label=words("Add “{name}”", name=short(asked)), command=f"new customer {asked}")]
    label = words("Add “{name}” and go on", name=short(asked))
    plain = [Button(label=words("Just the task"), command=f"task : {typed.text}")] if typed.verb == "task" else []
    return [Button(label=label, command=f"adding {typed.line}"), *plain]
