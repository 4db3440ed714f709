"""A customer as a Work Object: what a room is shown of it, and what one reader is. Pure; nothing here asks anybody.

https://docs.slack.dev/messaging/work-objects-implementation. Slack has none for a customer; "item" takes any fields.
"""

from collections.abc import Iterable
from typing import Any

from cards import labels
from cards.customers import next_step
from cards.health import MOODS, told
from cards.labels import excerpt
from cards.reader import Reader
from cards.words import Words
from core.customers.health import health_of
from core.customers.overview import Overview

ITEM = "slack#/entities/item"
REF_TYPE = "customer"
TITLE_MAX, VALUE_MAX = 150, 500  # characters; Slack names no limits here, a card's title elsewhere has 150
_CONTACTS_SHOWN, _DEALS_SHOWN = 4, 4

Payload = dict[str, Any]


def unfurled(address: str, customer_id: str, seen: Overview | None, words: Words) -> Payload:
    """What everybody in the conversation is shown; with None not even whom it is about."""
    if seen is None:
        title, fields = words("A customer in Kith"), [("hint", "Kith", words("Open it to see what you may see."))]
    else:
        title, fields = seen.customer.name, _public(seen, words)
    return _entity(address, customer_id, title, fields, words) | {"app_unfurl_url": address}


def presented(address: str, seen: Overview, reader: Reader, *, preview_url: str = "") -> Payload:
    """What one reader is shown beside the conversation, with their rights; ``preview_url`` is good for them, once."""
    fields = [*_public(seen, reader.words), *_private(seen, reader)]
    return _entity(address, seen.customer.id, seen.customer.name, fields, reader.words, preview_url=preview_url)


def not_presented(words: Words, *, stranger: bool) -> Payload:
    """Why there is nothing to see: the same for a customer that is not there and one that is not theirs."""
    said = (
        words("Kith does not know you yet. Send it “link CODE” with a code from an administrator.")
        if stranger
        else words("It does not exist, or it is not yours to see.")
    )
    return {"status": "custom", "custom_title": words("There is nothing here"), "custom_message": said}


def _public(seen: Overview, words: Words) -> list[tuple[str, str, str]]:
    customer = seen.customer
    return [
        ("stage", words("Stage"), words(labels.LIFECYCLE[customer.stage])),
        ("industry", words("Industry"), customer.industry),
        ("region", words("Region"), customer.region),
        ("owner", words("Owner"), seen.owner_name or words("nobody")),
    ]


def _private(seen: Overview, reader: Reader) -> list[tuple[str, str, str]]:
    words, customer = reader.words, seen.customer
    health = health_of(seen, reader.now, reader.today)
    mood = " · ".join(filter(None, (words(MOODS[health.mood]), told(health, words))))
    return [
        ("next", words("Next step"), next_step(seen, reader).text),
        ("health", words("Health"), mood),
        ("phone", words("Phone"), customer.phone),
        ("website", words("Website"), customer.website),
        *_deals(seen, words),
        *_contacts(seen, words),
    ]


def _deals(seen: Overview, words: Words) -> Iterable[tuple[str, str, str]]:
    for number, line in enumerate(seen.deals.lines[:_DEALS_SHOWN]):
        deal = line.deal
        amount = words.money(deal.amount) if deal.amount else ""
        said = " · ".join(filter(None, (deal.name, words(labels.STAGES[deal.stage]), amount)))
        yield f"deal_{number}", words("Deal"), said


def _contacts(seen: Overview, words: Words) -> Iterable[tuple[str, str, str]]:
    for number, contact in enumerate(seen.contacts[:_CONTACTS_SHOWN]):
        said = " · ".join(filter(None, (contact.name, contact.title, contact.phone, contact.email)))
        yield f"contact_{number}", words("Contact"), said


def _entity(
    address: str,
    customer_id: str,
    title: str,
    fields: Iterable[tuple[str, str, str]],
    words: Words,
    *,
    preview_url: str = "",
) -> Payload:
    shown = [field for field in fields if field[2]]
    preview: Payload = {"is_supported": True} | ({"preview_url": preview_url} if preview_url else {})
    return {
        "entity_type": ITEM,
        "url": address,
        "external_ref": {"id": customer_id, "type": REF_TYPE},
        "entity_payload": {
            "attributes": {
                "title": {"text": excerpt(title, TITLE_MAX)},
                "display_type": words("Customer"),
                "product_name": "Kith",
                "full_size_preview": preview,
            },
            "custom_fields": [
                {"key": key, "label": label, "type": "string", "value": excerpt(value, VALUE_MAX)}
                for key, label, value in shown
            ],
            "display_order": [key for key, _, _ in shown],
        },
    }
