"""What was typed in answer to a question, as a value of its input."""

from cards.errors import explain
from cards.model import Input, InputKind, Option
from commands.completion import suggest
from commands.model import Context
from core import when
from core.errors import AmbiguousError, CrmError, InvalidInputError, NotFoundError
from core.members.service import find_member
from core.search.service import find_customer
from core.text import clean_line, clean_text


class DoubtfulError(Exception):
    """The text cannot be taken: why, in the member's words, and what may have been meant."""

    def __init__(self, why: str, offered: tuple[Option, ...] = ()) -> None:
        super().__init__()
        self.why = why
        self.offered = offered


def read_answer(one: Input, typed: str, offered: tuple[Option, ...], context: Context) -> Option:
    """The value and how it reads. Raises DoubtfulError."""
    try:
        return _chosen(typed, offered) or _read(one, typed, context)
    except AmbiguousError as failure:
        several = tuple(Option(label=_told_apart(name, detail), value=id_) for id_, name, detail in failure.choices)
        raise DoubtfulError(explain(failure, context.words), several) from None
    except NotFoundError as failure:
        raise DoubtfulError(explain(failure, context.words), suggest(context, one.kind, typed)) from None
    except CrmError as failure:
        raise DoubtfulError(explain(failure, context.words)) from None


def offers(one: Input | None, context: Context) -> tuple[Option, ...]:
    """What a question offers before anything is typed: the customers touched last, or the members."""
    if one is None or one.kind not in {InputKind.CUSTOMER, InputKind.MEMBER}:
        return ()
    return suggest(context, one.kind, "")


def _told_apart(name: str, detail: str) -> str:
    return f"{name} · {detail}" if detail else name


def _chosen(typed: str, options: tuple[Option, ...]) -> Option | None:
    """The option of which the label, the value or the number was typed."""
    wanted = clean_line(typed).casefold()
    return next((option for option in options if wanted in {option.label.casefold(), option.value.casefold()}), None)


def _read(one: Input, typed: str, context: Context) -> Option:
    match one.kind:
        case InputKind.CUSTOMER:
            customer = find_customer(context.work, context.actor, typed)
            return Option(label=customer.name, value=customer.id)
        case InputKind.MEMBER:
            member = find_member(context.work, context.actor, typed)
            return Option(label=member.name, value=member.id)
        case InputKind.SELECT:
            found = _chosen(typed, one.options)
            if found is None:
                raise InvalidInputError(one.name, "unknown_choice", value=clean_line(typed))
            return found
        case InputKind.DATE | InputKind.TIME:
            if when.read(clean_line(typed), context.local_now, context.locale) is None:
                raise InvalidInputError(one.name, "unknown_date", value=clean_line(typed))
    return _worded(one, typed)


def _worded(one: Input, typed: str) -> Option:
    # The rest the command judges itself: what it objects to is asked for again.
    text = clean_text(typed) if one.kind is InputKind.MULTILINE else clean_line(typed)
    if not text:
        raise InvalidInputError(one.name, "missing")
    if len(text) > one.max_length:
        raise InvalidInputError(one.name, "too_long", limit=one.max_length)
    return Option(label="", value=text)
