"""What is wrong with the fields of a form: all of it at once, so that nobody mends one to be told of the next."""

from collections.abc import Mapping
from dataclasses import replace

import msgspec

from cards.errors import explain
from commands.model import Context
from commands.parsing import Line
from core.errors import AmbiguousError, CrmError, DuplicateError, InvalidInputError, NotFoundError
from core.text import clean_line

_SOMETHING = ("text", "title", "name")  # fields in the place of which anything does


class _TakenBackError(Exception):
    """Ends a trial of which nothing is kept."""


def faults_of(context: Context, line: Line, failure: CrmError, at_fault: str) -> dict[str, str]:
    """What to say at each field that is wrong; ``failure`` is about ``at_fault``, and the first that was found.

    The command itself is asked again, each time with the fields at fault out of the way, until it takes the others or
    stumbles over one of these again.
    """
    fields = dict(context.incoming.fields or {})
    found: dict[str, str] = {}
    while at_fault and at_fault not in found:
        found[at_fault] = explain(failure, context.words)
        fields[at_fault] = _harmless(context, at_fault)
        again = _tried(context, line, fields)
        if again is None:
            break
        failure, at_fault = again, field_at_fault(again, fields)
    return found


def field_at_fault(failure: CrmError, fields: Mapping[str, str]) -> str:
    """The form's field that a failure is about, so that its words stand there; nothing when it is about none."""
    match failure:
        case InvalidInputError():
            return failure.field if failure.field in fields else ""
        case DuplicateError():
            return "name" if "name" in fields else ""
        case NotFoundError() | AmbiguousError() if failure.asked:
            asked = clean_line(failure.asked)
            return next((name for name, value in fields.items() if clean_line(value).startswith(asked)), "")
    return ""


def _harmless(context: Context, field: str) -> str:
    """A value that a field can have."""
    if field == "customer":
        some = context.work.customers.list_recent(context.actor.scope, limit=1)
        return some[0].id if some else ""
    return context.work.new_id() if field in _SOMETHING else ""


def _tried(context: Context, line: Line, fields: Mapping[str, str]) -> CrmError | None:
    """What the command says to these fields; whatever it does is taken back."""
    command = line.command
    if command is None:
        return None
    incoming = msgspec.structs.replace(context.incoming, fields=dict(fields))
    try:
        with context.work.nested():
            command.handle(command.parse(line.text, fields), replace(context, incoming=incoming))
            raise _TakenBackError  # noqa: TRY301 - it ends the nested part, which only an error takes back
    except CrmError as failure:
        return failure
    except _TakenBackError:
        return None
