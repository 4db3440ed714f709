"""Activities in the database."""

from core.activities.model import Activity
from core.activities.ports import ActivityLine
from core.actor import Scope
from core.ids import CustomerId
from storage.connections import Connection
from storage.records import RecordStatements, SqlRecords
from storage.scopes import seen_by
from storage.statements import Query

_STATEMENTS = RecordStatements("activities", Activity)
_OF_CUSTOMER = Query("activities.OF_CUSTOMER", ActivityLine)


class SqlActivities(SqlRecords[Activity]):
    """``core.activities.ports.ActivityRepository``."""

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection, _STATEMENTS)

    def list_of_customer(
        self, scope: Scope, customer_id: CustomerId, *, limit: int, offset: int = 0
    ) -> list[ActivityLine]:
        """A customer's activities, the latest first."""
        page = {"limit": limit, "offset": offset}
        return _OF_CUSTOMER.all(self._connection, customer_id=customer_id, **page, **seen_by(scope))
