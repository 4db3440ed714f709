"""Cards as a Teams message, as the answer to a press, and as a result of the message extension."""

from collections.abc import Iterable, Sequence

from cards.model import Block, Card, Divider, Link
from cards.renderers.addresses import is_web
from cards.renderers.cutting import NOTHING, clean, clean_line, cut
from cards.renderers.drawing import EMOJI, with_sign
from cards.renderers.fitting import fit, notice
from cards.renderers.teams.elements import (
    ENVELOPE_MAX,
    MESSAGE_MAX,
    REFRESH,
    RESULT_MAX,
    SCHEMA,
    SUMMARY_MAX,
    URL_MAX,
    USERS_MAX,
    VERSION,
    VIEW,
    Payload,
    action_set,
    container,
    execute,
    line,
    opener,
    paragraph,
    run,
    size,
)
from cards.renderers.teams.pieces import Scope, pieces
from cards.words import Words

CONTENT_TYPE = "application/vnd.microsoft.card.adaptive"
THUMBNAIL = "application/vnd.microsoft.card.thumbnail"
_CARD_MAX = MESSAGE_MAX - ENVELOPE_MAX
_PLAIN_MAX = 4000  # ours: units of a message without a card
_NOTICE = (6 * 1024,)


def message(cards: Sequence[Card]) -> Payload:
    """The cards, one or more, as one message activity of at most 100 KB."""
    return _activity(adaptive(cards), cards[0])


def _activity(card: Payload, first: Card) -> Payload:
    summary = cut(clean_line(first.summary), SUMMARY_MAX) or NOTHING
    return {"type": "message", "summary": summary, "attachments": [{"contentType": CONTENT_TYPE, "content": card}]}


def plain_message(cards: Sequence[Card]) -> Payload:
    """The cards' summaries as words alone, for when Teams would not show a card."""
    said = "\n".join(clean(card.summary) for card in cards)
    return {"type": "message", "textFormat": "plain", "text": cut(said, _PLAIN_MAX) or NOTHING}


def adaptive(cards: Sequence[Card], limit: int = _CARD_MAX) -> Payload:
    """The cards as one Adaptive Card of at most ``limit`` bytes; what is left out is said, with the card's link."""
    first = cards[0]
    words = Words(first.language)
    scope = Scope(words)
    made = [piece for block in _blocks(cards) for piece in pieces(block, scope)]
    bare = _card([])
    limits = (limit - size(bare),)
    fitted = fit(made, lambda element: (size(element) + len(",") * 2,), limits, _NOTICE)
    rest = [_rest(notice(fitted.left, words), first.link, words)] if fitted.left else []
    shown = [*fitted.before, *rest, *fitted.after]
    return _card(shown or paragraph(cut(clean(first.summary), SUMMARY_MAX)) or [line(run(NOTHING))])


def _blocks(cards: Sequence[Card]) -> Iterable[Block]:
    for number, card in enumerate(cards):
        if number:
            yield Divider()
        yield from with_sign(card, EMOJI)


def _card(body: list[Payload]) -> Payload:
    return {
        "type": "AdaptiveCard",
        "$schema": SCHEMA,
        "version": VERSION,
        "msteams": {"width": "Full"},
        "body": body,
    }


def _rest(said: str, address: str, words: Words) -> Payload:
    items = paragraph(said)
    if is_web(address, URL_MAX):
        items.append(action_set([opener(Link(label=words("See everything"), url=address))]))
    return container(items)


def refreshed_for(activity: Payload, view: str, users: Sequence[str]) -> Payload:
    """The message, so that Teams asks for a card of their own for each of ``users`` (60 at most) who looks at it.

    https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/user-specific-views
    """
    action = execute(REFRESH, REFRESH, {VIEW: view})
    (attachment,) = activity["attachments"]
    card = attachment["content"] | {"refresh": {"action": action, "userIds": list(users[:USERS_MAX])}}
    return activity | {"attachments": [attachment | {"content": card}]}


def search_result(card: Card, title: str, about: str) -> Payload:
    """One line of the message extension's list, and the card that it puts into the compose box: 28 KB at most."""
    preview = {"title": cut(clean_line(title), SUMMARY_MAX) or NOTHING, "text": cut(clean_line(about), SUMMARY_MAX)}
    return {
        "contentType": CONTENT_TYPE,
        "content": adaptive([card], RESULT_MAX - ENVELOPE_MAX),
        "preview": {"contentType": THUMBNAIL, "content": preview},
    }
