"""Whether a platform's control for an input can hold what was typed; where it cannot, a plain field keeps it."""

from datetime import date
from typing import assert_never

from cards.model import Input, InputKind
from core.patterns import late

_DATE = late(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TIME = late(r"([01][0-9]|2[0-3]):[0-5][0-9]")
_NUMBER = late(r"-?[0-9]{1,15}(\.[0-9]{1,6})?")
_EMAIL = late(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")


def _is_date(text: str) -> bool:
    try:
        return bool(_DATE.fullmatch(text)) and bool(date.fromisoformat(text))
    except ValueError:  # the thirtieth of February
        return False


def holds(field: Input) -> bool:  # noqa: PLR0911 - one line per kind
    """Can the control for ``field.kind`` show ``field.value``? All can show nothing, but a select needs options."""
    match field.kind:
        case InputKind.DATE:
            return not field.value or _is_date(field.value)
        case InputKind.TIME:
            return not field.value or bool(_TIME.fullmatch(field.value))
        case InputKind.NUMBER:
            return not field.value or bool(_NUMBER.fullmatch(field.value))
        case InputKind.EMAIL:
            return not field.value or bool(_EMAIL.fullmatch(field.value))
        case InputKind.SELECT:
            return bool(field.options)
        case InputKind.TEXT | InputKind.MULTILINE | InputKind.MONEY | InputKind.PHONE:
            return True
        case InputKind.CUSTOMER | InputKind.MEMBER:
            return True
        case _:
            assert_never(field.kind)
