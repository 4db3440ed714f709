"""One question about a line whose reading is not sure; each answer is a button that completes the line."""

from collections.abc import Sequence

from cards.labels import excerpt
from cards.model import Actions, Button, Card, Context, Heading, Style, Text
from cards.words import Words

MOST_ANSWERS = 6  # what every platform shows as buttons in one row or two
_LONGEST_LABEL = 40
_SHOWN = 300  # characters of the line

Answer = tuple[str, str]  # what the button says, and the line it runs


def which_customer(line: str, answers: Sequence[Answer], words: Words) -> Card:
    """Whom is it about? The likeliest first."""
    return _asked(words("Which customer is this about?"), line, answers, words)


def which_kind(line: str, answers: Sequence[Answer], words: Words) -> Card:
    """What was it: a visit, a call?"""
    return _asked(words("What was this?"), line, answers, words)


def which_day(line: str, day: str, answers: Sequence[Answer], words: Words) -> Card:
    """Is that day when to follow up?"""
    return _asked(words("Is {day} when to follow up?", day=day), line, answers, words)


def _asked(title: str, line: str, answers: Sequence[Answer], words: Words) -> Card:
    buttons = tuple(
        Button(label=excerpt(label, _LONGEST_LABEL), command=command, style=Style.NORMAL if at else Style.PRIMARY)
        for at, (label, command) in enumerate(answers[:MOST_ANSWERS])
    )
    blocks = (
        Heading(text=title),
        Text(text=excerpt(line, _SHOWN), quote=True),
        *((Actions(elements=buttons),) if buttons else ()),
        Context(text=words("Nothing is kept before you choose.")),
    )
    return Card(summary=title, blocks=blocks, language=words.language)
