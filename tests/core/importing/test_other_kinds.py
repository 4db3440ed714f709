"""Contacts, deals, activities and tasks find what they belong to, or say what they did not find."""

from datetime import UTC, date, datetime

import pytest

from core.activities.model import ActivityKind
from core.contacts.model import Decision
from core.deals.model import DealStage
from core.events.model import EventType
from core.money import Money
from core.tasks.model import Priority
from tests.desk import NOON, Desk, Mended, counts

CUSTOMERS = "external_id,name,aliases\nC-1,华为技术有限公司,华为\nC-2,Acme Inc,\nC-3,Acme Ltd,\n"


@pytest.fixture(autouse=True)
def _customers(desk: Desk) -> None:
    desk.bring("customers", CUSTOMERS)


def named(desk: Desk) -> dict[str, str]:
    """Customers' names by id."""
    return {customer.id: customer.name for customer in desk.records("customers")}


# -- contacts --------------------------------------------------------------------------------------


def test_contacts_find_their_customer(desk: Desk) -> None:
    """By external id, name, alias and Kith's own id; not by half a name."""
    own = desk.records("customers")[1].id
    report = desk.bring(
        "contacts",
        f"姓名,客户,职位,决策权\n张三,C-1,总监,拍板人\n李四,華為,,\n王五,acme ltd,,\nAda,{own},,\nBob,Acme,,\nEve,,,\n",
    )
    assert counts(report) == (4, 0, 0, 2)
    contacts = desk.records("contacts")
    assert [(each.name, named(desk)[each.customer_id]) for each in contacts] == [
        ("张三", "华为技术有限公司"),
        ("李四", "华为技术有限公司"),
        ("王五", "Acme Ltd"),
        ("Ada", "Acme Inc"),
    ]
    assert contacts[0].decision is Decision.DECIDER
    assert desk.rejected(report) == [
        Mended("6", "客户", "There is no customer “Acme”. Add it first, or let the import add it."),
        Mended("7", "Customer", "Customer is missing."),
    ]
    assert desk.found("zhangsan") == ["张三"]


def test_missing_customers_can_be_made(desk: Desk) -> None:
    """Each once, however many rows and batches name it, and with an event of its own."""
    desk.size = 2
    report = desk.bring(
        "contacts", "name,company\nA,Newcomer\nB,NEWCOMER\nC,Newcomer\nD,Acme Inc\n", create_customers=True
    )
    assert counts(report) == (4, 0, 0, 0)
    assert report.tally.customers == 1
    made = desk.records("customers")[-1]
    assert made.name == "Newcomer"
    assert [event.type for event in desk.events(made)] == [EventType.CUSTOMER_ADDED]
    assert [named(desk)[contact.customer_id] for contact in desk.records("contacts")] == ["Newcomer"] * 3 + ["Acme Inc"]


def test_contacts_match_by_customer_and_name(desk: Desk) -> None:
    """The same name at another customer is another person."""
    desk.bring("contacts", "name,customer,phone\nAda Byron,C-1,13800138000\nAda Byron,C-2,\n")
    report = desk.bring("contacts", "name,customer,phone\nADA BYRON,C-1,13900139000\nAda Byron,C-3,\n")
    assert counts(report) == (1, 1, 0, 0)
    first, second, third = desk.records("contacts")
    assert (first.name, first.phone, second.phone) == ("Ada Byron", "13900139000", "")
    assert third.customer_id not in (first.customer_id, second.customer_id)


def test_contact_moves_to_another_customer(desk: Desk) -> None:
    """By its external id; it is then found at the new one, and both timelines show it."""
    desk.bring("contacts", "external_id,name,customer\nP-1,Ada,C-1\n")
    assert counts(desk.bring("contacts", "external_id,name,customer\nP-1,Ada,C-2\n")) == (0, 1, 0, 0)
    moved = desk.events(desk.only("contacts"))[-1]
    assert {named(desk)[subject.id] for subject in moved.related} == {"华为技术有限公司", "Acme Inc"}
    (hit,) = desk.read(lambda work: work.names.find(desk.actor.scope, "Ada"))
    assert named(desk)[hit.customer_id] == "Acme Inc"


# -- deals -----------------------------------------------------------------------------------------


def test_deals_follow_their_stage(desk: Desk) -> None:
    """Probability and closing follow the stage unless the sheet says them."""
    report = desk.bring(
        "deals",
        "编号,客户,商机名称,预计金额（万元）,阶段,预计成交日期,概率,实际成交日期,负责人\n"
        "D-1,华为,扩容,30,报价,2027-01-05,,,@wei\n"
        "D-2,C-2,Pilot,,赢单,2026-11-02,,,\n"
        "D-3,C-2,Second,,输单,2026-12-31,,,\n"
        "D-4,C-2,Third,12.5,赢单,,90%,2026-11-17,Ada Byron\n"
        "D-5,C-2,Fourth,,,,,,Nobody\n",
    )
    assert counts(report) == (4, 0, 0, 1)
    quoted, won, lost, exact = desk.records("deals")
    assert (quoted.amount, quoted.stage, quoted.probability) == (Money(30_000_000, "CNY"), DealStage.QUOTE, 50)
    assert (quoted.close_on, quoted.closed_at) == (date(2027, 1, 5), None)
    assert (won.probability, won.closed_at) == (100, datetime(2026, 11, 2, 4, tzinfo=UTC))
    assert (lost.probability, lost.closed_at) == (0, NOON)
    assert (exact.probability, exact.closed_at) == (90, datetime(2026, 11, 17, 4, tzinfo=UTC))
    assert desk.rejected(report) == [
        Mended(
            "6",
            "负责人",
            "Nobody who works here is called “Nobody”. Write a handle, an e-mail address or a name.",
        )
    ]


def test_winning_is_an_event(desk: Desk) -> None:
    """Won by a later sheet: with its day, its probability and the event of that name; said again it changes nothing."""
    desk.bring("deals", "external_id,customer,name,stage,close_on\nD-1,C-1,扩容,quote,2026-11-10\n")
    won = "external_id,customer,name,stage\nD-1,C-1,扩容,won\n"
    assert counts(desk.bring("deals", won)) == (0, 1, 0, 0)
    deal = desk.only("deals")
    assert (deal.probability, deal.closed_at) == (100, datetime(2026, 11, 10, 4, tzinfo=UTC))
    assert desk.events(deal)[-1].type is EventType.DEAL_WON
    assert counts(desk.bring("deals", won.replace("won", "Closed Won"))) == (0, 0, 1, 0)


def test_rows_without_ids_are_taken_once_from_a_file(desk: Desk) -> None:
    """The very same file again adds nothing, another file does, and two alike in one file are two."""
    sheet = "customer,deal\nC-1,扩容\nC-1,扩容\nC-9,Later\n"
    assert counts(desk.bring("deals", sheet)) == (2, 0, 0, 1)
    assert counts(desk.bring("deals", sheet)) == (0, 0, 2, 1)
    desk.bring("customers", "external_id,name\nC-9,Ninth\n")
    assert counts(desk.bring("deals", sheet)) == (1, 0, 2, 0)
    assert counts(desk.bring("deals", sheet)) == (0, 0, 3, 0)
    assert counts(desk.bring("deals", "customer,deal\nC-1,扩容\n")) == (1, 0, 0, 0)


# -- activities ------------------------------------------------------------------------------------


def test_activities_have_people_and_a_deal(desk: Desk) -> None:
    """Contacts by name at their customer, the deal by name or id, and the event lies where the activity does."""
    desk.bring("contacts", "name,customer\n张三,C-1\n李四,C-1\n张三,C-2\n")
    desk.bring("deals", "external_id,customer,name\nD-1,C-1,扩容\n")
    report = desk.bring(
        "activities",
        "日期,客户,类型,内容,联系人,商机,记录人\n"
        '2026-11-01 15:30,C-1,上门拜访,"谈报价\n下周再谈",张三、李四,扩容,王伟\n'
        "2026-11-02,C-2,,Called,张三,,\n"
        "2026-11-03,C-1,电话,没人接,,D-1,\n"
        "2026-11-03,C-2,电话,x,李四,,\n"
        "2026-11-03,C-2,电话,x,,扩容,\n"
        "2027-01-03,C-2,电话,x,,,\n",
        language="zh_Hans",
    )
    assert counts(report) == (3, 0, 0, 3)
    visit, note, call = desk.records("activities")
    people = {contact.id: contact for contact in desk.records("contacts")}
    assert (visit.kind, visit.text) == (ActivityKind.VISIT, "谈报价\n下周再谈")
    assert [people[each].name for each in visit.contact_ids] == ["张三", "李四"]
    assert {people[each].customer_id for each in visit.contact_ids} == {visit.customer_id}
    assert visit.deal_id == call.deal_id == desk.only("deals").id
    assert visit.happened_at == desk.events(visit)[0].happened_at == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert (note.kind, people[note.contact_ids[0]].customer_id) == (ActivityKind.NOTE, note.customer_id)
    assert [(row.line, row.field, row.reason) for row in desk.rejected(report)] == [
        ("6", "联系人", "该客户没有联系人“李四”。请先添加，或让导入时自动添加。"),
        ("7", "商机", "该客户没有商机“扩容”。请先导入商机。"),
        ("8", "日期", "2027年1月3日 还没到。这里记录已发生的事；计划请用“任务”。"),
    ]


def test_missing_contacts_can_be_made(desk: Desk) -> None:
    """Once at each customer."""
    sheet = "customer,text,contacts\nC-1,a,Ada; Bob\nC-1,b,ADA\nC-2,c,Ada\n"
    report = desk.bring("activities", sheet, create_contacts=True)
    assert (counts(report), report.tally.contacts) == ((3, 0, 0, 0), 3)
    assert [contact.name for contact in desk.records("contacts")] == ["Ada", "Bob", "Ada"]


# -- tasks -----------------------------------------------------------------------------------------


def test_tasks_have_a_day_or_a_time(desk: Desk) -> None:
    """The day is the assignee's; whose task it is, is the importer's when nobody is named."""
    desk.bring(
        "tasks",
        "title,customer,due date,assignee,priority,status\n"
        "Call back,C-2,2026-11-20,,High,Not Started\n"
        "Send the offer,,2026-11-20 09:00,@li,,Completed\n",
    )
    call, offer = desk.records("tasks")
    assert (call.due_on, call.due_at, call.priority) == (date(2026, 11, 20), None, Priority.HIGH)
    assert (call.assignee_id, call.creator_id, call.done_at) == (desk.actor.member_id, desk.actor.member_id, None)
    # Nine in the morning in Shanghai is the evening before in New York.
    assert (offer.due_on, offer.due_at) == (date(2026, 11, 19), datetime(2026, 11, 20, 1, tzinfo=UTC))
    assert offer.done_at == NOON


def test_tasks_are_done_once(desk: Desk) -> None:
    """Done by a later sheet, left as it was when said again, and open again when the sheet says so."""
    desk.bring("tasks", "external_id,title,done,due\nT-1,Call,no,2026-11-20 09:00\n")
    assert counts(desk.bring("tasks", "external_id,title,done\nT-1,Call,yes\n")) == (0, 1, 0, 0)
    desk.clock.forward(days=1)
    assert counts(desk.bring("tasks", "external_id,title,done\nT-1,Call,是\n")) == (0, 0, 1, 0)
    task = desk.only("tasks")
    assert task.done_at == NOON
    assert desk.events(task)[-1].type is EventType.TASK_DONE
    assert counts(desk.bring("tasks", "external_id,title,done,due\nT-1,Call,否,2026-11-21\n")) == (0, 1, 0, 0)
    task = desk.only("tasks")
    assert (task.done_at, task.due_on, task.due_at) == (None, date(2026, 11, 21), None)


def test_several_people_of_a_name_are_not_guessed_at(desk: Desk) -> None:
    """Two members of one name, two contacts of one name at a customer, two deals."""
    desk.bring("contacts", "external_id,name,customer\n1,Ada,C-1\n2,Ada,C-1\n")
    desk.bring("deals", "external_id,name,customer\n1,Pilot,C-1\n2,Pilot,C-1\n")
    report = desk.bring("activities", "customer,text,contacts,deal\nC-1,a,Ada,\nC-1,b,,Pilot\nC-1,c,2,1\n")
    assert counts(report) == (1, 0, 0, 2)
    assert [row.reason for row in desk.rejected(report)] == [
        "The customer has several contacts called “Ada”. Write an external id instead.",
        "The customer has several deals called “Pilot”. Write an external id instead.",
    ]
