"""What the activity rules need of a store."""

from dataclasses import dataclass
from typing import Protocol

from core.activities.model import Activity
from core.actor import Scope
from core.ids import CustomerId
from core.ports import Records


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """An activity as it stands in a list."""

    activity: Activity
    author_name: str


class ActivityRepository(Records[Activity], Protocol):
    """Activities, by the customer they were done with."""

    def list_of_customer(
        self, scope: Scope, customer_id: CustomerId, *, limit: int, offset: int = 0
    ) -> list[ActivityLine]:
        """A customer's activities, the latest first."""
        ...
