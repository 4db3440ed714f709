"""The few cards that only Slack needs: when it would not open a form, or not let Kith speak."""

from cards.model import Card, Context, Form, Text, Tone
from cards.words import Words


def form_not_opened(form: Form, usage: str, words: Words) -> Card:
    """A form that Slack did not open: it does for three seconds after a press or a command, and never after a message.

    A button opens it, and the small print says how to type the same in one line.
    """
    text = words("A few details are still needed. Press the button to fill them in.")
    line = (Context(text=words("Or type: {line}", line=f"/crm {usage}")),) if usage else ()
    return Card(summary=form.title, blocks=(Text(text=text), form, *line), language=words.language)


def not_in_room(words: Words) -> Card:
    """What was to be shown to a conversation cannot be posted there."""
    text = words("Kith is not in this conversation, so it posted nothing. Type “/invite @Kith” here and try again.")
    return Card(summary=text, blocks=(Text(text=text, tone=Tone.WARNING),), language=words.language, tone=Tone.WARNING)


def cannot_save(words: Words) -> str:
    """The database cannot be reached: nothing was done, and nothing is waiting."""
    return words("Kith cannot reach its database right now, so nothing was done. Please try again in a minute.")
