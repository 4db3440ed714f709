"""What an invoke is answered with."""

from collections.abc import Iterable

from adapters.teams.api import Json
from cards.model import Option
from cards.renderers.cutting import cut

_CARD = "application/vnd.microsoft.card.adaptive"
_MESSAGE = "application/vnd.microsoft.activity.message"
_SEARCH = "application/vnd.microsoft.search.searchResponse"
RESULTS_MAX = 15  # of a typeahead: Teams' page on dynamic search
_SAID_MAX = 300  # ours: it is shown for a moment below the card


def card_body(card: Json) -> Json:
    """A press shows another card in the place of the one that was pressed, to whoever pressed it."""
    return {"statusCode": 200, "type": _CARD, "value": card}


def message_body(text: str) -> Json:
    """A press is answered with a few words, and the card stays."""
    return {"statusCode": 200, "type": _MESSAGE, "value": cut(text, _SAID_MAX)}


def search_body(options: Iterable[Option]) -> Json:
    """What an input offers."""
    results = [{"title": one.label, "value": one.value} for one in options][:RESULTS_MAX]
    return {"statusCode": 200, "type": _SEARCH, "value": {"results": results}}


def dialog_body(value: Json) -> Json:
    """A dialog is opened, or shows another form."""
    return {"task": {"type": "continue", "value": value}}


def dialog_message(text: str) -> Json:
    """A dialog ends with a few words."""
    return {"task": {"type": "message", "value": text}}


def results_body(attachments: list[Json]) -> Json:
    """What the message extension found."""
    return {"composeExtension": {"type": "result", "attachmentLayout": "list", "attachments": attachments}}


def results_message(text: str) -> Json:
    """Why the message extension found nothing."""
    return {"composeExtension": {"type": "message", "text": text}}
