"""What a platform brings to the gallery."""

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from cards.model import Card


@dataclass(frozen=True, slots=True)
class Drawing:
    """How one platform's message is drawn: ``draw`` makes HTML of a card's native payload, ``style`` are its rules.

    Every class in it begins with ``name``, so that no platform's rules reach another's. ``width`` is in CSS pixels, as
    wide as the platform shows a message.
    """

    name: str
    title: str
    width: int
    style: str
    draw: Callable[[Card], Markup]
