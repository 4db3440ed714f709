"""The few cards that only Mattermost needs: when it would not open a form, or not let Kith speak or read."""

from collections.abc import Iterator

import msgspec

from cards.model import Actions, Button, Card, Context, Form, Rows, Text, Tone
from cards.words import Words

CANCEL = "cancel"  # what the other button of a question carries, in the place of a token


def form_not_opened(form: Form, usage: str, words: Words, *, button: bool) -> Card:
    """A form that was not opened: it is for half a minute after a press or a command, and never after a message.

    Where there is a ``button``, it opens the form; the small print says how to type the same in one line.
    """
    if button:
        text = words("A few details are still needed. Press the button to fill them in.")
    else:
        text = words("A few details are still needed. Type them in one line.")
    line = (Context(text=words("Or type: {line}", line=f"/crm {usage}")),) if usage else ()
    blocks = (Text(text=text), *((form,) if button else ()), *line)
    return Card(summary=form.title, blocks=blocks, language=words.language)


def asks_first(label: str, question: str, token: str, words: Words) -> Card:
    """A button's question, where it cannot be asked in a dialog."""
    yes = Button(label=label, command="", token=token)
    no = Button(label=words("Cancel"), command="", token=CANCEL)
    return Card(summary=question, blocks=(Text(text=question), Actions(elements=(yes, no))), language=words.language)


def not_done(words: Words) -> Card:
    """A question was answered with no."""
    return _said(words, words("Nothing was changed."))


def not_in_room(words: Words) -> Card:
    """What was to be shown to a conversation cannot be posted there."""
    text = words("Kith is not in this conversation, so it posted nothing. Type “/invite @Kith” here and try again.")
    return _said(words, text, tone=Tone.WARNING)


def not_readable(words: Words) -> Card:
    """The message whose link was given cannot be read, by Kith or by whoever asks."""
    text = words("I cannot read that message. Invite Kith to its channel, and point at a message that you can see.")
    return _said(words, text, tone=Tone.WARNING)


def cannot_save(words: Words) -> str:
    """The database cannot be reached: nothing was done, and nothing is waiting."""
    return words("Kith cannot reach its database right now, so nothing was done. Please try again in a minute.")


def typed_instead(card: Card, words: Words) -> Card:
    """The card with its buttons told as lines to type, for an answer that can hold no buttons."""
    lines = [words("{label}:", label=button.label) + f" /crm {button.command}" for button in _buttons(card)]
    blocks = tuple(block for block in card.blocks if not isinstance(block, Actions))
    return msgspec.structs.replace(card, blocks=(*blocks, *((Text(text="\n".join(lines)),) if lines else ())))


def _buttons(card: Card) -> Iterator[Button]:
    for block in card.blocks:
        match block:
            case Actions():
                yield from (one for one in block.elements if isinstance(one, Button))
            case Rows():
                pressed = [*(row.action for row in block.rows), block.previous, block.next]
                yield from (one for one in pressed if isinstance(one, Button))
            case _:
                pass


def _said(words: Words, text: str, *, tone: Tone = Tone.NEUTRAL) -> Card:
    return Card(summary=text, blocks=(Text(text=text, tone=tone),), language=words.language, tone=tone)
