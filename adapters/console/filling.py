"""A form at a terminal: asked field by field, what is known already typed in; only what was wrong is asked again."""

from adapters.console.adapter import ConsoleAdapter
from adapters.console.terminal import Completing, Terminal
from cards.forms import refilled
from cards.model import Form, Input, InputKind, Option
from cards.renderers.cutting import clean_line
from cards.words import Words
from commands.model import Reply

_LOOKED_UP = {InputKind.CUSTOMER, InputKind.MEMBER}


async def fill(form: Form, console: ConsoleAdapter, terminal: Terminal, words: Words) -> Reply | None:
    """The answer to the form once it is accepted; None when the person left it."""
    terminal.show(f"\n{clean_line(form.title)}\n{words('Enter goes on, Ctrl-C leaves the form.')}")
    asked = form.inputs
    values = {item.name: item.value for item in form.inputs}
    try:
        while True:
            for item in asked:
                values[item.name] = await _ask(item, console, terminal, words)
            reply = await console.press(form.token, values)
            if not reply.errors:
                return reply
            form = refilled(form, values, reply.errors)
            asked = tuple(item for item in form.inputs if item.error)
    except (EOFError, KeyboardInterrupt):
        terminal.show(words("Left. Nothing was written."))
        return None


async def _ask(item: Input, console: ConsoleAdapter, terminal: Terminal, words: Words) -> str:
    if item.error:
        terminal.show(f"! {clean_line(item.error)}")
    elif item.hint:
        terminal.show(clean_line(item.hint))
    for number, option in enumerate(item.options, 1):
        terminal.show(f"  {number} {clean_line(option.label)}")
    label = clean_line(item.label)
    while True:
        typed = (await terminal.field(label, item.shown, _offers(item, console))).strip()
        if typed or not item.required:
            return _value(item, typed)
        terminal.show(f"! {words('{label} is needed.', label=label)}")


def _offers(item: Input, console: ConsoleAdapter) -> Completing | None:
    """Names to choose from; what is offered is the name, for a person reads it."""
    if item.kind not in _LOOKED_UP and not item.options:
        return None

    async def offer(typed: str) -> tuple[Option, ...]:
        found = await console.suggest(item.kind, typed) if item.kind in _LOOKED_UP else item.options
        wanted = typed.casefold()
        return tuple(
            Option(label="", value=option.label)
            for option in found
            if item.kind in _LOOKED_UP or wanted in option.label.casefold()
        )

    return offer


def _value(item: Input, typed: str) -> str:
    """What the form is to hold: an option by its number or label, an id where the name was left as it stood."""
    if typed == item.shown:
        return item.value
    if typed.isdecimal() and 0 < int(typed) <= len(item.options):
        return item.options[int(typed) - 1].value
    return next((option.value for option in item.options if option.label.casefold() == typed.casefold()), typed)
