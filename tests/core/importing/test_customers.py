"""Customers are matched with those there are, and nothing is written twice."""

import pytest

from core.actor import Role
from core.customers.model import Lifecycle
from core.customers.service import add_customer
from core.errors import NotAllowedError
from core.events.model import Change, EventType
from tests.desk import Desk, counts

SHEET = """external_id,name,aliases,industry,phone,owner,tags,stage,备注
C-1,华为技术有限公司,华为；Huawei,通信,138 0013 8000,@wei,重点；老客户,客户,喜欢喝茶
C-2,"Acme, Inc.",,Tools,,Ada Byron,,lead,
C-3,Fjord Optics,Fjord,,,wei@desk.example,,,
"""


def test_rows_become_customers(desk: Desk) -> None:
    """Every column goes where it belongs, and each customer has its event."""
    assert counts(desk.bring("customers", SHEET)) == (3, 0, 0, 0)
    huawei, acme, fjord = desk.records("customers")
    assert (huawei.name, huawei.aliases, huawei.phone) == ("华为技术有限公司", ("华为", "Huawei"), "138 0013 8000")
    assert (huawei.tags, huawei.stage, huawei.extra) == (("重点", "老客户"), Lifecycle.CUSTOMER, {"备注": "喜欢喝茶"})
    assert (acme.name, acme.owner_id) == ("Acme, Inc.", desk.actor.member_id)
    (event,) = desk.events(fjord)
    assert event.type is EventType.CUSTOMER_ADDED
    assert event.actor_id == desk.actor.member_id
    assert event.delivery.startswith("import:")
    assert Change("external_id", None, "C-3") in event.changes


def test_owners_bring_their_team(desk: Desk) -> None:
    """By handle, e-mail address and name; a sheet with teams of its own decides for itself."""
    desk.bring("customers", SHEET)
    huawei, acme, fjord = desk.records("customers")
    assert huawei.owner_id == fjord.owner_id
    assert huawei.team_id == fjord.team_id is not None
    assert acme.team_id is None
    desk.bring("customers", "external_id,name,owner,team\nT-1,Open,@wei,\nT-2,Southern,@wei,South\n")
    _, _, _, without, southern = desk.records("customers")
    assert without.team_id is None
    assert southern.team_id not in (None, huawei.team_id)


def test_unknown_owner_is_kept_beside(desk: Desk) -> None:
    """The customer is taken all the same, and who owned it elsewhere is not lost."""
    report = desk.bring("customers", "Name,Account Owner,Team\nAcme,Somebody Else,Nowhere\n")
    assert counts(report) == (1, 0, 0, 0)
    customer = desk.only("customers")
    assert customer.owner_id is None
    assert customer.extra == {"Account Owner": "Somebody Else", "Team": "Nowhere"}


def test_customers_are_found_at_once(desk: Desk) -> None:
    """By name, alias, sound and the end of the phone."""
    desk.bring("customers", SHEET)
    for typed in ("华为技术", "huawei", "huawei jishu", "8000"):
        assert desk.found(typed)[:1] == ["华为技术有限公司"], typed


def test_same_file_writes_nothing(desk: Desk) -> None:
    """Again the same file: no event, no receipt, no record touched."""
    desk.bring("customers", SHEET)
    before = desk.records("customers")
    desk.clock.forward(days=1)
    assert counts(desk.bring("customers", SHEET)) == (0, 0, 3, 0)
    assert desk.records("customers") == before
    assert all(len(desk.events(customer)) == 1 for customer in before)


def test_changed_fields_are_an_edit(desk: Desk) -> None:
    """The event has old and new, empty cells say nothing, and the new name is found."""
    desk.bring("customers", SHEET)
    desk.clock.forward(days=1)
    changed = SHEET.replace("Fjord Optics,Fjord", "Fiord Glass,").replace("Tools", "Machines")
    assert counts(desk.bring("customers", changed)) == (0, 2, 1, 0)
    _, acme, fjord = desk.records("customers")
    added, edited = desk.events(fjord)
    assert edited.type is EventType.CUSTOMER_CHANGED
    assert edited.changes == (Change("name", "Fjord Optics", "Fiord Glass"),)
    assert fjord.aliases == ("Fjord",)
    assert acme.industry == "Machines"
    assert desk.found("Fiord Glass") == ["Fiord Glass"]
    assert desk.found("Fjord Optics")[:1] != ["Fjord Optics"]
    assert added.receipt_id != edited.receipt_id


def test_one_run_has_one_receipt(desk: Desk) -> None:
    """However many batches it took."""
    desk.size = 1
    desk.bring("customers", SHEET)
    receipts = {desk.events(customer)[0].receipt_id for customer in desk.records("customers")}
    (receipt_id,) = receipts
    receipt = desk.read(lambda work: work.receipts.by_id(desk.actor.workspace_id, receipt_id))
    assert receipt is not None
    assert receipt.verb == "import"
    assert receipt.member_id == desk.actor.member_id


def test_names_match_where_ids_are_missing(desk: Desk) -> None:
    """However they are spelt, which changes nothing; another legal form is another name."""
    desk.bring("customers", "name,industry\nAcme Ltd,Tools\n華為技術,\n")
    report = desk.bring("customers", "name,industry\nＡＣＭＥ  ltd,Machines\nAcme Inc,Seeds\n华为技术,通信\n")
    assert counts(report) == (1, 2, 0, 0)
    assert [customer.name for customer in desk.records("customers")] == ["Acme Ltd", "華為技術", "Acme Inc"]


def test_namesakes_are_not_guessed_at(desk: Desk) -> None:
    """Of two customers of one name neither is touched by a row that does not tell which."""
    desk.bring("customers", "external_id,name\n1,Acme\n2,Acme\n")
    report = desk.bring("customers", "name,industry\nAcme,Tools\n")
    assert counts(report) == (0, 0, 0, 1)
    (row,) = desk.rejected(report)
    assert row.line == "2"
    assert row.reason == "Several customers are called “Acme”. Write an external id instead."
    assert {customer.industry for customer in desk.records("customers")} == {""}


@pytest.mark.parametrize("size", [1, 50])
def test_later_row_of_a_file_updates_the_earlier(desk: Desk, size: int) -> None:
    """Within a batch and across: by external id, and by name."""
    desk.size = size
    sheet = "external_id,name,industry\n1,Acme,Tools\n1,Acme,Machines\n,Birch,Paper\n,BIRCH,Paper\n,Birch,Wood\n"
    assert counts(desk.bring("customers", sheet)) == (2, 2, 1, 0)
    acme, birch = desk.records("customers")
    assert (acme.industry, birch.industry, birch.name) == ("Machines", "Wood", "Birch")
    assert [event.type for event in desk.events(acme)] == [EventType.CUSTOMER_ADDED, EventType.CUSTOMER_CHANGED]


def test_known_customer_gets_its_external_id(desk: Desk) -> None:
    """A customer who was typed in a chat is the one that the sheet now brings an id for, once."""
    desk.write(lambda work: add_customer(work, desk.actor, name="Acme"))
    assert counts(desk.bring("customers", "external_id,name\n7,acme\n8,Acme\n")) == (1, 1, 0, 0)
    assert [(customer.external_id, customer.name) for customer in desk.records("customers")] == [
        ("7", "Acme"),
        ("8", "Acme"),
    ]


def test_own_ids_are_understood(desk: Desk) -> None:
    """What was exported and edited comes back to where it was, and gets no foreign id by that."""
    desk.bring("customers", "name\nAcme\nBirch\n")
    acme, _ = desk.records("customers")
    assert counts(desk.bring("customers", f"external_id,name\n{acme.id},Acme Works\n")) == (0, 1, 0, 0)
    acme, birch = desk.records("customers")
    assert (acme.name, acme.external_id) == ("Acme Works", None)
    assert birch.name == "Birch"


def test_overridden_columns_go_where_they_are_sent(desk: Desk) -> None:
    """A header set right, one kept as it is, one left out."""
    sheet = "name,Branche,City,Secret\nAcme,Tools,Bern,x\n"
    desk.bring("customers", sheet, maps=("Branche=industry", "City=extra", "Secret=-"))
    acme = desk.only("customers")
    assert (acme.industry, acme.region, acme.extra) == ("Tools", "", {"City": "Bern"})


@pytest.mark.parametrize("role", [Role.REP, Role.VIEWER])
def test_import_is_for_who_sees_everything(desk: Desk, role: Role) -> None:
    """A row may be about any customer, so that a rep would overwrite what they may not see."""
    with pytest.raises(NotAllowedError):
        desk.bring("customers", SHEET, as_role=role)
    assert desk.records("customers") == []
