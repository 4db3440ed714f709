"""What a look-up answers when it is not one customer."""

from collections.abc import Iterable

from cards.model import Actions, Button, Card, Context, Heading, Option, Row, Rows, Style, Text
from cards.reader import Reader
from cards.words import Words


def several_found(asked: str, options: Iterable[tuple[Option, str]], words: Words) -> Card:
    """A short choice; each option's value is the whole line it completes."""
    rows = tuple(
        Row(title=option.label, detail=detail, action=Button(label=words("This one"), command=option.value))
        for option, detail in options
    )
    title = words("Which “{asked}”?", asked=asked if len(asked) <= 60 else f"{asked[:59]}…")
    return Card(summary=title, blocks=(Heading(text=title), Rows(rows=rows)), language=words.language)


def welcome(reader: Reader, name: str, examples: Iterable[str]) -> Card:
    """To a bare command where nothing is bound: what can be typed here; ``examples`` are customers' names."""
    words = reader.words
    rows = tuple(Row(title=name, action=Button(label=words("Try"), command=f"find {name}")) for name in examples)
    buttons = (
        Button(label=words("My tasks"), command="tasks", style=Style.PRIMARY),
        Button(label=words("Deals"), command="deals"),
        Button(label=words("New customer"), command="new customer"),
        Button(label=words("Help"), command="help"),
    )
    title = words("Hello, {name}", name=name)
    hint = words("Type a customer's name to see everything about it, such as one of these:")
    if not rows:
        hint = words("There are no customers yet. Add the first one, then log a visit to it.")
    blocks = (
        Heading(text=title),
        Text(text=hint),
        *((Rows(rows=rows),) if rows else ()),
        Actions(elements=buttons),
        Context(text=words("“bind NAME” ties this conversation to a customer.")),
    )
    return Card(summary=title, blocks=blocks, language=words.language)
