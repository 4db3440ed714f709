"""What somebody typed or chose at the terminal, as ``Incoming``."""

from commands.model import Incoming

PLATFORM = "console"
_CONVERSATION = "terminal"


def typed(line: str, *, member_id: str, delivery: str) -> Incoming:
    """A typed line; ``/crm`` may stand before it as in any other chat."""
    text = line.strip()
    words = text.split(None, 1)
    if words and words[0].casefold() in {"/crm", "crm"}:
        text = words[1] if len(words) > 1 else ""
    return _incoming(member_id, delivery, text=text)


def pressed(token: str, *, member_id: str, delivery: str, fields: dict[str, str] | None = None) -> Incoming:
    """A button chosen, or a form filled in."""
    return _incoming(member_id, delivery, token=token, fields=fields)


def _incoming(
    member_id: str, delivery: str, *, text: str = "", token: str = "", fields: dict[str, str] | None = None
) -> Incoming:
    return Incoming(
        platform=PLATFORM,
        user=member_id,
        conversation=_CONVERSATION,
        direct=True,
        delivery=delivery,
        text=text,
        token=token,
        fields=fields,
        people=(),
    )
