"""What is exported and imported into an empty database is the same, and into its own changes nothing."""

from collections.abc import Callable, Iterator
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from adapters.files import open_sheet
from core.activities.model import Activity, ActivityKind
from core.actor import Role
from core.contacts.model import Contact, Decision
from core.customers.model import Customer, Lifecycle
from core.deals.model import Deal, DealStage
from core.exporting.columns import columns_of
from core.money import Money
from core.sheets import SheetKind, guess_columns
from core.tasks.model import Priority, Task
from core.work import Work
from tests.desk import NOON, Desk, counts

KINDS = ("customers", "contacts", "deals", "activities", "tasks")
# What an import gives anew, or from whoever imports.
_ITS_OWN = {"id", "workspace_id", "created_at", "updated_at", "external_id", "creator_id"}
NASTY = '=HYPERLINK("http://x.example";"y") \'+1, "quoted"; <b>'


def fill(work: Work, desk: Desk) -> None:
    """Records of every kind with what is hard to write into a sheet."""
    base = {"workspace_id": desk.actor.workspace_id, "created_at": NOON, "updated_at": NOON}
    people = {member.handle: member for member in work.members.list_all(desk.actor.workspace_id)}
    wei, li = people["wei"], people["li"]

    def keep(record_type: Callable[..., Any], **values: Any) -> Any:
        record = record_type(id=work.new_id(), **base, **values)
        getattr(work, repositories[record_type]).add(record)
        return record

    repositories: dict[Any, str] = {
        Customer: "customers",
        Contact: "contacts",
        Deal: "deals",
        Activity: "activities",
        Task: "tasks",
    }
    huawei = keep(
        Customer,
        name="华为技术有限公司",
        aliases=("華為", "HW"),
        industry="通信",
        size="1,000+",
        region="广东 深圳",
        owner_id=wei.id,
        team_id=wei.team_id,
        stage=Lifecycle.PROSPECT,
        phone="+86 755 2878 0808",
        website="https://example.com/a?b=1",
        address="坂田 华为基地",
        tags=("重点", "A/B"),
        external_id="=1+1",
        extra={
            "备注": "第一行\n第二行",
            "City": NASTY,
            "owner": "somebody else",
            "A": "1",
            "电话": "0755",
            "extra:": "e",
            "#line": "7",
        },
    )
    acme = keep(Customer, name=NASTY, extra={"备注": "'=x", "X" * 100: "'"})
    twins = [keep(Customer, name="Twin", owner_id=li.id), keep(Customer, name="twin", external_id="T-2")]
    zhang = keep(
        Contact,
        customer_id=huawei.id,
        name="张三",
        title="@总监",
        phone="13800138000",
        email="z@example.com",
        wechat="-wx",
        decision=Decision.DECIDER,
        external_id="0001",
    )
    same = [keep(Contact, customer_id=acme.id, name="Ada Byron") for _ in range(2)]
    odd = keep(Contact, customer_id=twins[1].id, name="Ada; Bob、Cy")
    big = keep(
        Deal,
        customer_id=huawei.id,
        name="扩容 | 二期",
        amount=Money(10**17 - 1, "CNY"),
        stage=DealStage.QUOTE,
        probability=1,
        close_on=date(2027, 1, 5),
        owner_id=wei.id,
    )
    keep(Deal, customer_id=twins[0].id, name="Pilot", amount=Money(1200, "JPY"), external_id="D-2")
    keep(
        Deal,
        customer_id=acme.id,
        name="Pilot",
        amount=Money(5, "KWD"),
        stage=DealStage.WON,
        probability=100,
        closed_at=datetime(2026, 3, 9, 2, 0, 1, 500_000, tzinfo=UTC),
    )
    keep(Deal, customer_id=acme.id, name="Lost", stage=DealStage.LOST, probability=0, closed_at=NOON)
    twice = [keep(Deal, customer_id=huawei.id, name="Same") for _ in range(2)]
    keep(
        Activity,
        customer_id=huawei.id,
        kind=ActivityKind.VISIT,
        text='谈 "报价"\n\n=下周\t再谈',
        contact_ids=(zhang.id,),
        deal_id=big.id,
        place="深圳, 坂田",
        outcome="好\n很好",
        next_step="- 回电\n- 报价",
        author_id=wei.id,
        happened_at=datetime(2026, 11, 17, 23, 59, 59, 999_999, tzinfo=UTC),
    )
    keep(
        Activity,
        customer_id=acme.id,
        kind=ActivityKind.MESSAGE,
        text=NASTY,
        contact_ids=(same[1].id, same[0].id),
        happened_at=NOON,
        external_id="A-2",
    )
    keep(
        Activity,
        customer_id=twins[1].id,
        kind=ActivityKind.CALL,
        text="x",
        contact_ids=(odd.id,),
        happened_at=datetime(1999, 12, 31, tzinfo=UTC),
    )
    keep(
        Task,
        title="Send " + "x" * 400,
        due_on=date(2026, 11, 19),
        due_at=datetime(2026, 11, 20, 1, tzinfo=UTC),
        assignee_id=li.id,
        priority=Priority.HIGH,
        customer_id=huawei.id,
        deal_id=twice[1].id,
    )
    keep(Task, title="+回电", due_on=date(2027, 2, 1), assignee_id=wei.id, customer_id=twins[0].id)
    keep(Task, title="Done", assignee_id=wei.id, priority=Priority.LOW, done_at=datetime(2026, 1, 2, 3, tzinfo=UTC))


def told(desk: Desk) -> dict[str, list[dict[str, Any]]]:
    """Every record by what it says, references by what they lead to instead of by id."""
    names = {
        record.id: described(record) for kind in ("customers", "contacts", "deals") for record in desk.records(kind)
    }
    members = desk.read(lambda work: work.members.list_all(desk.actor.workspace_id))
    teams = desk.read(lambda work: work.members.list_teams(desk.actor.workspace_id))
    names |= {each.id: each.name for each in (*members, *teams)}
    return {kind: [plain(record, names) for record in desk.records(kind)] for kind in KINDS}


def described(record: Any) -> str:
    return f"{record.name} {getattr(record, 'phone', '')}"


def plain(record: Any, names: dict[str, str]) -> dict[str, Any]:
    values = {each.name: getattr(record, each.name) for each in fields(record) if each.name not in _ITS_OWN}
    for name, value in values.items():
        if name.endswith("_id") and value is not None:
            values[name] = names[value]
        if name.endswith("_ids"):
            values[name] = [names[each] for each in value]
    return values


@pytest.fixture
def empty(sqlite_template: Path, tmp_path: Path) -> Iterator[Desk]:
    """Another desk, with people and nothing else."""
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "kith.db").write_bytes(sqlite_template.read_bytes())
    other = Desk(f"sqlite:///{folder / 'kith.db'}", folder)
    yield other
    other.close()


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx"])
def test_everything_comes_back(desk: Desk, empty: Desk, suffix: str) -> None:
    """Every record of every kind, in every type of file; and its own database is not touched by what it wrote."""
    desk.write(lambda work: fill(work, desk))
    expected = told(desk)
    for kind in KINDS:
        path = desk.take_out(kind, f"{kind}.{suffix}")
        report = empty.bring(kind, path)
        assert counts(report) == (len(expected[kind]), 0, 0, 0), [kind, empty.rejected(report)]
        assert counts(desk.bring(kind, path)) == (0, 0, len(expected[kind]), 0), kind
    assert told(empty) == expected
    assert told(desk) == expected


def test_second_export_is_the_same(desk: Desk, empty: Desk) -> None:
    """To the letter, ids included: Kith's own have become the external ones."""
    desk.write(lambda work: fill(work, desk))
    for kind in KINDS:
        first = desk.take_out(kind, f"{kind}.csv")
        empty.bring(kind, first)
        assert empty.take_out(kind, "again.csv").read_text("utf-8") == first.read_text("utf-8"), kind


def test_edited_export_changes_what_was_edited(desk: Desk) -> None:
    """Export, edit in a spreadsheet, import: records without an external id are told by Kith's own."""
    desk.bring("customers", "name\nAcme\nBirch\n")
    desk.bring("deals", "customer,deal,amount\nAcme,Pilot,100\nAcme,Pilot,200\n")
    path = desk.take_out("deals", "deals.csv")
    edited = desk.file("edited.csv", path.read_text("utf-8").replace("200.00", "250"))
    assert counts(desk.bring("deals", edited)) == (0, 1, 1, 0)
    assert [deal.amount for deal in desk.records("deals")] == [Money(10_000, "CNY"), Money(25_000, "CNY")]


def test_columns_that_came_go_out_again(desk: Desk) -> None:
    """Under their own headers where those mean nothing else; what sounds like a field is marked."""
    desk.bring("customers", "Customer Name,备注,City\nAcme,x,Bern\n", maps=("City=extra",))
    headers = open_sheet(desk.take_out("customers", "out.csv")).headers
    assert headers[:2] == ["external_id", "name"]
    assert headers[-2:] == ["备注", "extra:City"]


def test_text_files_of_chinese_windows_are_read(desk: Desk) -> None:
    """GB18030, tabs or commas, quotes and line breaks."""
    sheet = '客户名称\t简称\t地址\n"上海""远航""科技有限公司"\t远航\t"浦东\n张江"\n'
    desk.bring("customers", desk.file("客户.tsv", sheet.encode("gb18030")))
    customer = desk.only("customers")
    assert (customer.name, customer.aliases, customer.address) == ('上海"远航"科技有限公司', ("远航",), "浦东 张江")


def test_formulas_stay_text(desk: Desk) -> None:
    """What a spreadsheet would run is written harmless, and read as it was."""
    desk.bring("customers", desk.file("c.csv", 'name,备注\n"=cmd|\'/c calc\'!A0","@SUM(1)"\n'))
    text = desk.take_out("customers", "out.csv").read_text("utf-8-sig")
    assert "'=cmd|'/c calc'!A0" in text
    assert "'@SUM(1)" in text
    assert desk.only("customers").name == "=cmd|'/c calc'!A0"


def test_export_shows_what_its_member_sees(desk: Desk) -> None:
    """A rep's export has the customers of their team and of everybody, and their deals."""
    desk.bring("customers", "external_id,name,team\n1,Northern,North\n2,Southern,South\n3,Open,\n")
    desk.bring("deals", "customer,deal\n1,Cold\n2,Warm\n3,Free\n")
    wei = desk.read(lambda work: work.members.by_handle(desk.actor.workspace_id, "wei"))
    assert wei is not None
    desk.actor = replace(desk.actor, member_id=wei.id, team_id=wei.team_id, role=Role.REP)
    seen = {kind: [row[1:3] for _, row in open_sheet(desk.take_out(kind, f"{kind}.csv")).rows()] for kind in KINDS[:3]}
    assert [row[0] for row in seen["customers"]] == ["Northern", "Open"]
    assert seen["deals"] == [["Northern", "Cold"], ["Open", "Free"]]


@pytest.mark.parametrize("kind", KINDS)
def test_headers_mean_what_they_say(kind: str) -> None:
    """Each field's own name is taken for that field and no other, also without a row below it."""
    columns = columns_of(SheetKind(kind))
    mapping = guess_columns(SheetKind(kind), columns.headers, [])
    assert [column.field for column in mapping.columns] == list(columns.fields)
    assert not mapping.missing
