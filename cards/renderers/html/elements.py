"""HTML elements as values, every text and attribute escaped in one place."""

from dataclasses import dataclass, field
from itertools import count

from markupsafe import Markup, escape

from cards.model import Tone
from cards.renderers.cutting import clean, clean_line, harmless
from cards.renderers.drawing import SIGNS
from cards.words import Words

_VOID = frozenset({"br", "hr", "img", "input", "rect"})
EMPTY = Markup()


@dataclass(frozen=True, slots=True)
class Page:
    """What the elements of one card share: where its forms post to, and ids that are unique on the page."""

    action_url: str
    csrf: str
    prefix: str
    words: Words
    numbers: "count[int]" = field(default_factory=lambda: count(1))

    def new_id(self) -> str:
        """An id no other element of this card has."""
        return f"{self.prefix}-{next(self.numbers)}"


def tag(name: str, /, *children: str, **attributes: str | bool) -> Markup:
    """An element. Attributes that are False are left out, ``class_`` is ``class``, other underscores are hyphens."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_escaped("" if value is True else value)}"'
        for key, value in attributes.items()
        if value is not False
    )
    if name in _VOID:
        return Markup(f"<{name}{written}/>")  # noqa: S704 - escaped above
    return Markup(f"<{name}{written}>{''.join(map(_escaped, children))}</{name}>")  # noqa: S704 - escaped above


def _escaped(text: str) -> Markup:
    return text if isinstance(text, Markup) else escape(harmless(text))


def lines(text: str) -> Markup:
    """People's words with their line breaks."""
    return tag("br").join(clean(text).split("\n"))


def phrase(name: str, text: str, class_: str) -> Markup:
    """One line of people's words in an element; nothing for nothing."""
    text = clean_line(text)
    return tag(name, text, class_=class_, dir="auto") if text else EMPTY


def sign(tone: Tone, words: Words) -> Markup:
    """The sign of a tone, with its meaning for those who do not see it; nothing for neutral."""
    meanings = {Tone.GOOD: words("Done"), Tone.WARNING: words("Attention"), Tone.BAD: words("Problem")}
    if tone not in meanings:
        return EMPTY
    return tag("span", SIGNS[tone], class_="k-sign", role="img", aria_label=meanings[tone]) + " "


def posting(page: Page, *children: str, **attributes: str | bool) -> Markup:
    """A form that posts to the page's address, with the page's proof against forged requests."""
    csrf = tag("input", type="hidden", name="csrf", value=page.csrf) if page.csrf else EMPTY
    return tag("form", csrf, *children, method="post", action=page.action_url, **attributes)
