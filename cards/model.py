"""The neutral card: a closed union of blocks that every platform's renderer knows.

Cards are stored (an answer that could not be sent goes out later), so they are msgspec structs: they
become JSON and come back as the same values. Text in a card is always plain text; a renderer escapes it.
"""

from enum import StrEnum

import msgspec


class Tone(StrEnum):
    """What a card or a line says at a glance; a renderer shows it by colour or by a sign, never by colour alone."""

    NEUTRAL = "neutral"
    GOOD = "good"
    WARNING = "warning"
    BAD = "bad"


class Style(StrEnum):
    """How much a button asks to be pressed."""

    NORMAL = "normal"
    PRIMARY = "primary"
    DANGER = "danger"


class Struct(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The shape shared by everything in this module: frozen, by keyword, defaults left out of the JSON."""


# -- what can be pressed ---------------------------------------------------------------------------


class Button(Struct, frozen=True, kw_only=True, tag="button"):
    """A button that runs a command line, such as ``done 01j9x…``, as the person who presses it.

    ``token`` is empty in a built card; dispatch fills it (at most 64 bytes) before a renderer sees the card.
    ``confirm`` is a question to ask first; empty asks nothing.
    """

    label: str
    command: str
    style: Style = Style.NORMAL
    confirm: str = ""
    token: str = ""


class Link(Struct, frozen=True, kw_only=True, tag="link"):
    """A button that opens a web page. ``url`` is absolute."""

    label: str
    url: str


class Option(Struct, frozen=True, kw_only=True):
    """One line of a menu or a select input. In a menu ``value`` is a command line and ``token`` is filled by
    dispatch.
    """

    label: str
    value: str
    token: str = ""


class Menu(Struct, frozen=True, kw_only=True, tag="menu"):
    """A drop-down of command lines, for when there are more than a few buttons."""

    label: str
    options: tuple[Option, ...]


Element = Button | Link | Menu


# -- blocks ----------------------------------------------------------------------------------------


class Heading(Struct, frozen=True, kw_only=True, tag="heading"):
    """The card's or a section's title; one line. ``detail`` stands smaller beside or below it."""

    text: str
    detail: str = ""


class Text(Struct, frozen=True, kw_only=True, tag="text"):
    """A paragraph; line breaks are kept. ``quote`` marks somebody's own words (a note, a message)."""

    text: str
    tone: Tone = Tone.NEUTRAL
    quote: bool = False


class Fact(Struct, frozen=True, kw_only=True):
    """One label and its value, such as "Owner: Wei"."""

    label: str
    value: str


class Facts(Struct, frozen=True, kw_only=True, tag="facts"):
    """Short label-value pairs, in order; a renderer may set them in two columns."""

    facts: tuple[Fact, ...]


class Row(Struct, frozen=True, kw_only=True):
    """One line of a list: what, its detail below it, and its own action. ``meta`` is short and stands at the far
    end.
    """

    title: str
    detail: str = ""
    meta: str = ""
    tone: Tone = Tone.NEUTRAL
    action: Button | Link | None = None


class Rows(Struct, frozen=True, kw_only=True, tag="rows"):
    """A list. It pages in place: ``previous`` and ``next`` run the command line that shows the neighbouring page."""

    rows: tuple[Row, ...]
    previous: Button | None = None
    next: Button | None = None
    position: str = ""


class Progress(Struct, frozen=True, kw_only=True, tag="progress"):
    """How far something is: ``value`` from 0 to 1, and the words beside the bar."""

    label: str
    value: float
    text: str = ""


class Image(Struct, frozen=True, kw_only=True, tag="image"):
    """A picture at an absolute URL; ``alt`` says in words what it shows."""

    url: str
    alt: str


class Bar(Struct, frozen=True, kw_only=True):
    """One bar of a chart: ``value`` sets its length, ``text`` is what to print beside it."""

    label: str
    value: float
    text: str


class Chart(Struct, frozen=True, kw_only=True, tag="chart"):
    """A small bar chart that every platform can show, drawn in characters where it cannot be drawn in pixels.

    ``url`` is the absolute address of a picture of it; empty if there is none. The picture numbers the bars from 1.
    """

    title: str
    bars: tuple[Bar, ...]
    url: str = ""

    @property
    def told(self) -> str:
        """The bars in words, numbered as in the picture: what stands beside it, and for who cannot see it."""
        return " · ".join(f"{number} {bar.label} {bar.text}" for number, bar in enumerate(self.bars, 1))


class Divider(Struct, frozen=True, kw_only=True, tag="divider"):
    """A line between two parts."""


class Actions(Struct, frozen=True, kw_only=True, tag="actions"):
    """A row of buttons, most important first."""

    elements: tuple[Element, ...]


class Context(Struct, frozen=True, kw_only=True, tag="context"):
    """The small print: when, by whom, how it was read."""

    text: str


class InputKind(StrEnum):
    """What an input takes; platforms choose their own control for it."""

    TEXT = "text"
    MULTILINE = "multiline"
    DATE = "date"  # YYYY-MM-DD
    TIME = "time"  # HH:MM
    NUMBER = "number"
    MONEY = "money"  # as people type it: 30万, $1.2M
    EMAIL = "email"
    PHONE = "phone"
    SELECT = "select"  # one of `options`
    CUSTOMER = "customer"  # typeahead over customers; the value is an id or a name
    MEMBER = "member"  # typeahead over members; the value is an id or a name


class Input(Struct, frozen=True, kw_only=True):
    """One field of a form. ``value`` is what is already known; ``error`` what was wrong with it last time."""

    name: str
    label: str
    kind: InputKind = InputKind.TEXT
    value: str = ""
    value_label: str = ""  # what to show for `value` when it is an id
    options: tuple[Option, ...] = ()
    required: bool = False
    placeholder: str = ""
    hint: str = ""
    error: str = ""
    max_length: int = 3000

    @property
    def shown(self) -> str:
        """``value`` as people know it: the label that came with it, or that of the option it names."""
        named = (option.label for option in self.options if option.value == self.value)
        return self.value_label or next(named, self.value)


class Form(Struct, frozen=True, kw_only=True, tag="form"):
    """Inputs that are sent together. Submitting runs ``command`` (a verb, perhaps with an id) with the fields'
    values.
    """

    command: str
    title: str
    inputs: tuple[Input, ...]
    submit: str
    token: str = ""


Block = Heading | Text | Facts | Rows | Progress | Image | Chart | Divider | Actions | Form | Context


class Card(Struct, frozen=True, kw_only=True):
    """One message. ``summary`` is the line for notifications and screen readers; never empty.

    ``link`` is the absolute web address that shows everything, for what does not fit on a platform; empty if there
    is none.
    ``language`` (``en`` or ``zh_Hans``) is the one its words are in, so that a renderer's own few words match.
    """

    summary: str
    blocks: tuple[Block, ...]
    tone: Tone = Tone.NEUTRAL
    link: str = ""
    language: str = "en"
