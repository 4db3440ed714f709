"""When a name fits several customers: a short choice, whose buttons complete the line that was typed."""

from cards.lookup import several_found
from cards.model import Option
from cards.words import Words
from commands.model import Reply
from core.errors import AmbiguousError


def choice_reply(failure: AmbiguousError, line: str, words: Words) -> Reply:
    """The choice; ``line`` is what was typed, verb and all."""
    options = tuple(
        (Option(label=name, value=complete(line, failure.asked, id_)), detail) for id_, name, detail in failure.choices
    )
    return Reply(cards=(several_found(failure.asked, options, words),), ok=False, error="ambiguous")


def complete(line: str, asked: str, id_: str) -> str:
    """``line`` with the name that was asked for replaced by an id, and parted from what follows."""
    before, found, after = line.partition(asked)
    if not found:
        return f"{line} {id_}"
    glue = "" if not after or after[0] in " :：" else ": "
    return f"{before.rstrip()} {id_}{glue}{after}".strip()
