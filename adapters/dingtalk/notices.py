"""What the adapter has to say by itself."""

from cards.errors import explain
from cards.model import Actions, Button, Card, Context, Form, Text, Tone
from cards.words import Words
from core.errors import ConflictError

NO = "cancel"  # what the other button of a question carries


def form_card(form: Form, usage: str, words: Words) -> Card:
    """A form by itself, with how to say the same in one line."""
    line = (Context(text=words("Or type: {line}", line=f"/crm {usage}")),) if usage else ()
    return Card(summary=form.title, blocks=(form, *line), language=words.language)


def question(button: Button, token: str, words: Words) -> Card:
    """What to ask before a button runs: its own label goes on, the other leaves everything as it is."""
    yes = Button(label=button.label, command="", token=token, style=button.style)
    no = Button(label=words("Cancel"), command="", token=NO)
    blocks = (Text(text=button.confirm), Actions(elements=(yes, no)))
    return Card(summary=button.confirm or button.label, blocks=blocks, language=words.language)


def not_done(words: Words) -> Card:
    """A question was answered with no."""
    return _card(words, words("Nothing was changed."))


def expired(words: Words) -> Card:
    """A form, a question or a card that is forgotten."""
    return _card(words, explain(ConflictError("button_expired"), words), Tone.WARNING)


def wordless(words: Words) -> Card:
    """To a picture or a file."""
    return _card(words, words("I read text only. Type a customer's name, or /help."))


def not_for_the_room(words: Words) -> Card:
    """In a group, for somebody whom a robot may not write to: one line that tells nothing of the answer."""
    text = words("This answer is for you alone, but I cannot write to you. Ask your administrator to let you see me.")
    return _card(words, text)


def not_in_room(words: Words) -> Card:
    """What was to be shown to a group cannot be posted there."""
    text = words("Kith cannot write to that group, so it posted nothing. Add its robot to the group and try again.")
    return _card(words, text, Tone.WARNING)


def _card(words: Words, text: str, tone: Tone = Tone.NEUTRAL) -> Card:
    return Card(summary=text, blocks=(Text(text=text, tone=tone),), language=words.language)
