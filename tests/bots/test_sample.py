"""The sample is believable: both languages, half a year up to today, everything through the core's own rules."""

import asyncio
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bots.sample.chinese_notes import CHINESE
from bots.sample.english_notes import ENGLISH
from bots.sample.filling import fill
from bots.sample.plans import Planner
from core.actor import Scope
from core.deals.model import DealStage
from core.deals.ports import DealFilter
from core.events.model import Kind, Ref
from core.tasks.ports import TaskFilter
from core.work import Work
from storage.database import open_database
from tests.kith import SteppedClock

TUESDAY = datetime(2026, 9, 15, 6, 30, tzinfo=UTC)
_ZONE = "Asia/Shanghai"
# Ranges that regulators keep for fiction, and a prefix that no Chinese operator has.
_FICTION = re.compile(
    r"\+1 \d{3} 555 01\d\d|\+44 (?:20 7946 0\d{3}|1\d\d 496 0\d{3})|\+49 (?:30 23125|40 66969|69 90009|89 99998) \d{3}"
    r"|\+61 \d 5550 \d{4}|\+33 4 99 00 \d\d \d\d|\+86 100 0000 \d{4}"
)


@pytest.fixture(scope="module")
def seen(sqlite_template: object, tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    """What is found in a database that was filled on a Tuesday morning."""
    import shutil  # noqa: PLC0415 - once for the module

    path = tmp_path_factory.mktemp("sample") / "kith.db"
    shutil.copyfile(str(sqlite_template), path)

    async def scene() -> dict[str, object]:
        database = open_database(f"sqlite:///{path}", SteppedClock(TUESDAY))
        await database.write(lambda work: fill(work, language="en", zone=_ZONE))
        found = await database.read(_look)
        await database.close()
        return found

    return asyncio.run(scene())


def _look(work: Work) -> dict[str, object]:
    workspace_id = work.members.only_workspace()
    assert workspace_id is not None
    scope = Scope(workspace_id, everything=True)
    customers = work.customers.list_recent(scope, limit=200)
    today = TUESDAY.astimezone(ZoneInfo(_ZONE)).date()
    stages = {stage: work.deals.list_some(scope, DealFilter(stage=stage), limit=200) for stage in DealStage}
    return {
        "members": work.members.list_all(workspace_id),
        "teams": work.members.list_teams(workspace_id),
        "customers": customers,
        "contacts": [each for one in customers for each in work.contacts.list_of_customer(scope, one.id, limit=9)],
        "activities": [line for one in customers for line in work.activities.list_of_customer(scope, one.id, limit=99)],
        "tasks": work.tasks.list_open(scope, TaskFilter(), now=TUESDAY, today=today, limit=500).lines,
        "today": today,
        "deals": {stage: page.lines for stage, page in stages.items()},
        "events": [
            event
            for one in customers
            for event in work.events.of_subject(workspace_id, Ref(Kind.CUSTOMER, one.id), limit=200)
        ],
        "rooms": {
            member.handle: [room.title for room in work.rooms.rooms_of(workspace_id, member.id)]
            for member in work.members.list_all(workspace_id)
        },
    }


def test_people_of_two_teams(seen: dict[str, object]) -> None:
    """Six members of every role in two teams; the first is demo, an administrator."""
    members = sorted(seen["members"], key=lambda member: member.id)
    assert members[0].handle == "demo"
    assert [member.role.value for member in members].count("admin") == 1
    assert {member.role.value for member in members} == {"admin", "manager", "rep", "viewer"}
    assert len(members) == 6
    assert len(seen["teams"]) == 2


def test_companies_of_both_languages(seen: dict[str, object]) -> None:
    """About sixty, half of them Chinese, each with people, most of them owned by different members."""
    names = [customer.name for customer in seen["customers"]]
    chinese = [name for name in names if not name.isascii()]
    assert 55 <= len(names) <= 70
    assert 25 <= len(chinese) <= 40
    assert len(seen["contacts"]) > len(names)
    assert len({customer.owner_id for customer in seen["customers"]}) >= 4


def test_nobody_real_can_be_called(seen: dict[str, object]) -> None:
    """Every telephone number is of a range that is kept for fiction, every address of a name that cannot exist."""
    for record in (*seen["customers"], *seen["contacts"]):
        assert not record.phone or _FICTION.fullmatch(record.phone), record.phone
        assert not getattr(record, "email", "") or record.email.endswith(".example")
        assert getattr(record, "website", "https://x.example").endswith(".example")


def test_half_a_year_up_to_today(seen: dict[str, object]) -> None:
    """Activities reach from five months ago to the last days, none in the future, and texts repeat little."""
    moments = sorted(line.activity.happened_at for line in seen["activities"])
    assert len(moments) > 200
    assert moments[0] < TUESDAY - timedelta(days=130)
    assert TUESDAY - timedelta(days=4) < moments[-1] <= TUESDAY
    texts = Counter(line.activity.text for line in seen["activities"])
    assert len(texts) > 0.9 * len(moments)


def test_tasks_are_late_due_and_to_come(seen: dict[str, object]) -> None:
    """Some open tasks are overdue, some are due today, most lie ahead, and all of them name what to do."""
    due = [line.task.due_on for line in seen["tasks"]]
    assert sum(day < seen["today"] for day in due) >= 4
    assert due.count(seen["today"]) >= 4
    assert sum(day > seen["today"] for day in due) >= 10
    assert all(line.task.title for line in seen["tasks"])


def test_tasks_are_due_when_people_work(seen: dict[str, object]) -> None:
    """A time of day is one of the assignee's day at work, and the day beside it is that day."""
    timed = [line.task for line in seen["tasks"] if line.task.due_at]
    zones = {member.id: ZoneInfo(member.zone or _ZONE) for member in seen["members"]}
    local = [task.due_at.astimezone(zones[task.assignee_id]) for task in timed]
    assert timed
    assert [at.date() for at in local] == [task.due_on for task in timed]
    assert all(9 <= at.hour < 18 for at in local)


def test_deals_stand_at_every_stage(seen: dict[str, object]) -> None:
    """Each stage has deals, in three currencies."""
    assert all(seen["deals"][stage] for stage in DealStage)
    amounts = [line.deal.amount for lines in seen["deals"].values() for line in lines]
    assert {amount.currency for amount in amounts if amount} == {"CNY", "USD", "EUR"}


def test_history_is_real(seen: dict[str, object]) -> None:
    """What happened is told by events of the past, each with its actor and a receipt of its own command."""
    assert len(seen["events"]) > 900
    assert all(event.recorded_at <= TUESDAY and event.actor_id and event.receipt_id for event in seen["events"])
    assert len({event.receipt_id for event in seen["events"]}) > 500


def test_colleagues_have_rooms(seen: dict[str, object]) -> None:
    """Everybody has a room with Kith, and demo shares rooms with the others."""
    assert all("" in titles for titles in seen["rooms"].values())
    assert len(seen["rooms"]["demo"]) == 4


def test_every_day_has_the_same_sample() -> None:
    """The plan moves along with the day and is otherwise the same."""

    def noted(now: datetime) -> list[str]:
        sales = [sale for tongue in (ENGLISH, CHINESE) for sale in Planner(tongue, now, lambda _who: _ZONE).sales()]
        return [beat.note for sale in sales for beat in sale.beats]

    assert noted(TUESDAY) == noted(TUESDAY + timedelta(days=7))
