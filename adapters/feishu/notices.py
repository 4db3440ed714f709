"""The few cards that only Feishu needs, and several cards as one message."""

from typing import Any

import msgspec

from cards import labels
from cards.model import Actions, Block, Card, Fact, Facts, Form, Heading, Link, Rows, Text, Tone
from cards.words import Words
from core.customers.overview import Overview

Payload = dict[str, Any]


def form_card(form: Form, language: str) -> Card:
    """A form as a card of its own."""
    return Card(summary=form.title, blocks=(form,), language=language)


def without_buttons(card: Card) -> Card:
    """The card as it is shown where nothing can be pressed."""
    shown: list[Block] = []
    for block in card.blocks:
        match block:
            case Actions() | Form():
                continue
            case Rows():
                rows = tuple(msgspec.structs.replace(row, action=None) for row in block.rows)
                shown.append(msgspec.structs.replace(block, rows=rows, previous=None, next=None))
            case _:
                shown.append(block)
    return msgspec.structs.replace(card, blocks=tuple(shown))


def link_card(seen: Overview | None, words: Words, address: str) -> Card:
    """What everybody in a conversation is shown of a customer; with None not even whom it is about.

    There is nothing to press but the way to the page: a button of ours would be the message's, which is not ours.
    """
    ways = Actions(elements=(Link(label=words("Open"), url=address),))
    if seen is None:
        text = words("Open it to see what you may see.")
        return Card(summary=words("A customer in Kith"), blocks=(Text(text=text), ways), language=words.language)
    customer = seen.customer
    told = (
        (words("Stage"), words(labels.LIFECYCLE[customer.stage])),
        (words("Industry"), customer.industry),
        (words("Region"), customer.region),
        (words("Owner"), seen.owner_name or words("nobody")),
    )
    facts = Facts(facts=tuple(Fact(label=label, value=value) for label, value in told if value))
    return Card(summary=customer.name, blocks=(Heading(text=customer.name), facts, ways), language=words.language)


def is_pressable(card: Card) -> bool:
    """Whether there is something in it to go on with."""
    return without_buttons(card) != card


def plainly(card: Card) -> Card:
    """The card's one line: for a card that Feishu would not draw."""
    return Card(summary=card.summary, blocks=(Text(text=card.summary),), tone=card.tone, language=card.language)


def answered_privately(words: Words) -> Card:
    """In a group where nothing can be shown to one person: the answer went to their own chat."""
    return _said(words, words("This answer is for you alone: it is in our private chat."))


def cannot_write(words: Words) -> Card:
    """In a group, for somebody Kith may not write to."""
    text = words(
        "This answer is for you alone, but I may not write to you. Ask your administrator to let you use Kith."
    )
    return _said(words, text, Tone.WARNING)


def not_in_room(words: Words) -> Card:
    """What was to be shown to a conversation cannot be posted there."""
    text = words("Kith may not speak in this conversation, so it posted nothing. Add it to the group and try again.")
    return _said(words, text, Tone.WARNING)


def wordless(words: Words) -> Card:
    """To a picture, a file or a voice."""
    return _said(words, words("I read text only. Type a customer's name, or /help."))


def cannot_save(words: Words) -> str:
    """The database cannot be reached: nothing was done, and nothing is waiting."""
    return words("Kith cannot reach its database right now, so nothing was done. Please try again in a minute.")


def takes_longer(words: Words) -> str:
    """On a press whose answer is not there in time."""
    return words("This takes a moment; the answer follows.")


def toast(text: str, tone: Tone = Tone.NEUTRAL) -> Payload:
    """Words that are shown to who pressed, for a moment."""
    kinds = {Tone.NEUTRAL: "info", Tone.GOOD: "success", Tone.WARNING: "warning", Tone.BAD: "error"}
    return {"toast": {"type": kinds[tone], "content": text}}


def _said(words: Words, text: str, tone: Tone = Tone.NEUTRAL) -> Card:
    return Card(summary=text, blocks=(Text(text=text, tone=tone),), language=words.language)
