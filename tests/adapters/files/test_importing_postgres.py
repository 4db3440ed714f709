"""The same import and export on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desk import Desk, counts

pytestmark = pytest.mark.postgres

CUSTOMERS = "external_id,name,aliases,phone,owner,note\n" + "".join(
    f"C-{number},Customer {number} Ltd,客户{number};K{number},+86 138 {number:08d},@wei,n\n" for number in range(120)
)
DEALS = "customer,deal,amount,stage\n" + "".join(f"customer {number} ltd,Pilot,{number},won\n" for number in range(130))


@pytest.fixture
def there(empty_postgres_url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(empty_postgres_url, tmp_path)
    yield desk
    desk.close()


def test_postgres_takes_what_sqlite_takes(there: Desk) -> None:
    """Many rows at a time, found at once, unchanged when they come again, changed when they changed."""
    assert counts(there.bring("customers", CUSTOMERS)) == (120, 0, 0, 0)
    assert there.found("kehu7")[:1] == ["Customer 7 Ltd"]
    assert counts(there.bring("customers", CUSTOMERS)) == (0, 0, 120, 0)
    assert counts(there.bring("customers", CUSTOMERS.replace("Customer 7 ", "Kunde 7 "))) == (0, 1, 119, 0)
    assert there.found("Kunde 7")[:1] == ["Kunde 7 Ltd"]
    report = there.bring("deals", DEALS)
    assert counts(report) == (119, 0, 0, 11)
    assert there.rejected(report)[0].reason.startswith("There is no customer “customer 7 ltd”.")


def test_postgres_gives_back_what_it_took(there: Desk) -> None:
    """An export brought back changes nothing."""
    there.bring("customers", CUSTOMERS)
    there.bring("deals", DEALS)
    for kind, number in (("customers", 120), ("deals", 120)):
        assert counts(there.bring(kind, there.take_out(kind, f"{kind}.xlsx"))) == (0, 0, number, 0)
