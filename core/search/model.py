"""What a look-up finds."""

from dataclasses import dataclass

from core.events.model import Kind
from core.ids import CustomerId


@dataclass(frozen=True, slots=True)
class Hit:
    """A customer, or a contact at one, that a text may mean. ``score`` is from 0 to 1; ``detail`` tells it from its
    like.
    """

    kind: Kind
    id: str
    customer_id: CustomerId
    name: str
    detail: str
    score: float
