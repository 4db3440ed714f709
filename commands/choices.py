"""When a name fits several customers: a short choice, whose buttons complete the line that was typed."""

from cards.lookup import several_found
from cards.model import Option
from cards.typed import Typed
from cards.words import Words
from commands.model import Reply
from core.errors import AmbiguousError


def choice_reply(failure: AmbiguousError, typed: Typed, words: Words) -> Reply:
    """The choice; each option completes what was typed, verb and all."""
    options = tuple(
        (Option(label=name, value=typed.naming(failure.asked, id_)), detail) for id_, name, detail in failure.choices
    )
    return Reply(cards=(several_found(failure.asked, options, words),), ok=False, error="ambiguous")
