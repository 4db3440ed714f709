"""The shape of each kind of sheet."""

from typing import Any

from core.importing.activities import ActivityShape
from core.importing.contacts import ContactShape
from core.importing.customers import CustomerShape
from core.importing.deals import DealShape
from core.importing.shape import Shape
from core.importing.tasks import TaskShape
from core.sheets.model import SheetKind


def shape_of(kind: SheetKind, headers: dict[str, str]) -> Shape[Any]:
    """The shape; ``headers`` are those of the columns by field."""
    match kind:
        case SheetKind.CUSTOMERS:
            return CustomerShape(headers)
        case SheetKind.CONTACTS:
            return ContactShape()
        case SheetKind.DEALS:
            return DealShape()
        case SheetKind.ACTIVITIES:
            return ActivityShape()
        case SheetKind.TASKS:
            return TaskShape()
