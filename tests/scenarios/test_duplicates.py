"""Customers that are there already: noticed while typing, found at night, merged and kept apart."""

from datetime import timedelta

import pytest

from commands.later.sweep import search
from core.actor import Role
from core.duplicates.noticing import PROBE_LIMIT
from core.duplicates.sweeping import conclude, lane_of, plan_all
from core.jobs.model import LEASE, JobKind
from core.members.model import Identity
from core.members.service import add_member
from core.work import Work
from tests.kith import Kith, labels_of, shown


def count(kith: Kith) -> int:
    return len(kith.rows()["customers"])


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer of Mara's team."""
    kith.say("new customer Acme Robotics, phone: +1 617 555 0142, website: acme.example")
    return kith


# -- while typing ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "new customer Acme Robotics",
        "new customer ACME Robotics, Inc.",
        "new customer Acme Robotcs",
        "new customer Robotics Acme",
        "new customer Something Else, phone: 617-555-0142",
        "new customer Something Else, website: https://www.acme.example/about",
        "新客户 Acme Robotics，行业：机械",
    ],
)
def test_known_customer_is_named_with_its_owner(acme: Kith, line: str) -> None:
    """A slip, another order of words, the telephone or the web address tell it; nothing is added."""
    reply = acme.say(line, user="lin")
    assert "Acme Robotics exists already: owned by Mara." in shown(reply)
    assert labels_of(reply) == ["Open", "Add it all the same"]
    assert count(acme) == 1


def test_it_is_opened_or_added_all_the_same(acme: Kith) -> None:
    """Both ways out are buttons."""
    reply = acme.say("new customer Acme Robotcs, industry: food", user="lin")
    assert "Acme Robotics" in shown(acme.press(reply, "Open", user="lin"))
    added = acme.press(reply, "Add it all the same", user="lin")
    assert added.ok, shown(added)
    assert count(acme) == 2


def test_form_tells_it_too(acme: Kith) -> None:
    """What was filled in is not lost: adding it all the same adds all of it."""
    form = acme.say("new customer")
    reply = acme.submit(form, {"name": "Acme Robotic", "phone": "555 0105"})
    assert "owned by Mara" in shown(reply)
    assert count(acme) == 1
    added = acme.press(reply, "Add it all the same")
    assert added.ok, shown(added)
    assert {each.phone for each in acme.rows()["customers"]} == {"+1 617 555 0142", "555 0105"}


def test_in_chinese(kith: Kith) -> None:
    """The same in Chinese: with and without its legal form, in traditional characters."""
    kith.say("settings 中文")
    kith.say("新客户 苏州云岫岭机械有限公司")
    for line in ("新客户 苏州云岫岭机械", "新客户 云岫岭机械有限公司", "新客户 蘇州雲岫嶺機械有限公司"):
        assert "苏州云岫岭机械有限公司已存在：负责人Mara。" in shown(kith.say(line)), line


@pytest.mark.parametrize("name", ["Acme Foods", "Apex Robotics", "Acme Robotics 2"])
def test_others_are_added(acme: Kith, name: str) -> None:
    """A name that is merely similar, or counts on, asks nothing."""
    assert acme.say(f"new customer {name}", user="lin").ok
    assert count(acme) == 2


# -- other teams -----------------------------------------------------------------------------------


def test_other_team_learns_only_that_it_exists(acme: Kith) -> None:
    """No name, no owner, no way in: the hint is the same whatever tells it, and adding it stays possible."""
    told = {
        shown(acme.say(line, user="ines")).split("\n")[0]
        for line in ("new customer Acme Robotics Inc", "new customer Zed, phone: 617 555 0142")
    }
    assert told == {"⚠ It exists already; ask its owner."}
    reply = acme.say("new customer Acme Robotics", user="ines")
    said = shown(reply).replace("/crm again new customer Acme Robotics !", "")
    assert labels_of(reply) == ["Add it all the same"]
    for secret in ("Mara", "acme.example", "0142", acme.id_of("Acme Robotics")):
        assert secret not in said
    assert acme.press(reply, "Add it all the same", user="ines").ok
    assert count(acme) == 2


def test_hints_are_counted_and_end(acme: Kith) -> None:
    """Beyond the limit of a day nothing is said and the customer is added; the next day begins anew."""
    for number in range(PROBE_LIMIT):
        reply = acme.say(f"new customer Try{'x' * number}, phone: 617 555 0142", user="ines")
        assert "exists already" in shown(reply), number
    assert count(acme) == 1
    withheld = acme.say("new customer Once More, phone: 617 555 0142", user="ines")
    assert "Customer added" in shown(withheld)
    acme.clock.forward(days=1)
    assert "exists already" in shown(acme.say("new customer Acme Robotics Inc", user="ines"))


def test_administrators_see_the_counts(acme: Kith) -> None:
    """Who was given hints, on which day, how often; others may not look."""
    acme.say("new customer Acme Robotics", user="ines")
    acme.say("new customer Acme Robotics Ltd", user="ines")
    _hire_an_administrator(acme)
    said = shown(acme.say("duplicates hints", user="ada"))
    assert "Ines" in said
    assert " 2" in said
    assert "Ines" in shown(acme.say("查重 提示次数", user="ada"))
    assert not acme.say("duplicates hints", user="max").ok


def _hire_an_administrator(kith: Kith) -> None:
    def hire(work: Work) -> None:
        ada = add_member(work, kith.people.workspace_id, handle="ada", name="Ada", role=Role.ADMIN)
        work.members.tie(Identity("fake", kith.people.tenant, "ada"), ada, work.now)

    kith.write(hire)


# -- merging ---------------------------------------------------------------------------------------


@pytest.fixture
def two(acme: Kith) -> Kith:
    """A second customer with everything."""
    acme.say("new customer Acme Automation, region: Boston")
    acme.say("new contact Acme Automation: Ada Bell, email: ada@automation.example")
    acme.say("new deal Acme Automation: Cold chain $120k")
    acme.say("visit Acme Automation: saw the line, send the quote tomorrow")
    acme.say("bind Acme Automation", room="sales")
    return acme


@pytest.mark.parametrize("line", ["merge Acme Automation into Acme Robotics", "合并 Acme Automation 到 Acme Robotics"])
def test_merge_and_undo(two: Kith, line: str) -> None:
    """Everything is the survivor's, the old name finds it, and one undo puts all of it back."""
    before = two.rows()
    old = two.id_of("Acme Automation")
    reply = two.say(line)
    assert "Customers merged" in shown(reply)
    assert count(two) == 1
    seen = shown(two.say("Acme Robotics"))
    for kept in ("Ada Bell", "Cold chain", "Boston", "Acme Automation"):
        assert kept in seen
    assert "Acme Robotics" in shown(two.say("Acme Automation"))
    assert "Acme Robotics" in shown(two.say(f"360 {old}"))
    assert "Acme Robotics" in shown(two.say("360", room="sales"))
    undone = two.press(reply, "Undo")
    assert undone.ok, shown(undone)
    assert two.rows() == before
    assert "Acme Automation" in shown(two.say("360", room="sales"))


def test_old_buttons_open_the_survivor(two: Kith) -> None:
    """A button that was made for the loser goes on working."""
    card = two.say("Acme Automation")
    two.say("merge Acme Automation into Acme Robotics")
    assert "Acme Robotics" in shown(two.press(card, "Timeline"))


def test_edit_before_the_merge_is_not_undone_on_the_survivor(two: Kith) -> None:
    """What was done to the loser cannot be taken back from the survivor."""
    edited = two.say("edit Acme Automation phone: 555 0105")
    two.say("merge Acme Automation into Acme Robotics")
    reply = two.press(edited, "Undo")
    assert not reply.ok
    assert "+1 617 555 0142" in shown(two.say("Acme Robotics"))


@pytest.mark.parametrize(
    ("line", "user", "error"),
    [
        ("merge Acme Automation into Acme Robotics", "ines", "customer_not_found"),
        ("merge Acme Automation into Acme Robotics", "vera", "not_allowed"),
        ("merge Acme Automation into Acme Robotics", "lin", "not_allowed"),
        ("merge Acme Robotics into Acme Robotics", "mara", "same_customer"),
        ("merge Acme Robotics", "mara", "missing"),
        ("merge", "mara", "missing"),
    ],
)
def test_not_every_merge_is_made(two: Kith, line: str, user: str, error: str) -> None:
    """Not of another team's, not by who only looks, not away from its owner but by a manager, not of one alone."""
    two.say("assign Acme Robotics @lin")
    before = two.rows()
    assert two.say(line, user=user).error == error
    assert two.rows() == before


# -- at night --------------------------------------------------------------------------------------


@pytest.fixture
def twins(kith: Kith) -> Kith:
    """Two customers that are one, and some that are not."""
    for line in (
        "new customer Contoso Foundry, phone: +1 617 555 0100, website: contoso.example",
        "new customer Globex, phone: +1 212 555 0155, website: globex.example",
        "new customer Initech Optics, phone: +1 303 555 0133, website: initech.example",
        "new customer Contoso Foundary Ltd, phone: 617 555 0100, website: www.contoso.example !",
    ):
        assert kith.say(line).ok
    return kith


def sweep(kith: Kith) -> None:
    whose = kith.people.workspace_id
    kith.write(lambda work: conclude(work, whose, search(work, whose, work.now)))


def test_queue_of_a_night(twins: Kith) -> None:
    """The pair waits with buttons, for those who see both; merged, it is gone."""
    assert "Nothing waits" in shown(twins.say("duplicates"))
    sweep(twins)
    queue = twins.say("duplicates")
    assert "Contoso Foundry = Contoso Foundary Ltd?" in shown(queue)
    assert labels_of(queue) == ["Merge", "Not the same", "Open"]
    assert "Nothing waits" in shown(twins.say("duplicates", user="ines"))
    merged = twins.press(queue, "Merge")
    assert "Contoso Foundary Ltd → Contoso Foundry" in shown(merged)
    assert "Nothing waits" in shown(twins.say("查重"))
    twins.press(merged, "Undo")
    assert "Contoso" in shown(twins.say("duplicates"))


def test_pair_that_was_decided_is_never_offered_again(twins: Kith) -> None:
    """Not the same stays not the same, whatever later nights find, until that is undone."""
    sweep(twins)
    apart = twins.press(twins.say("duplicates"), "Not the same")
    assert apart.ok, shown(apart)
    sweep(twins)
    assert "Nothing waits" in shown(twins.say("duplicates"))
    twins.press(apart, "Undo")
    assert "Contoso" in shown(twins.say("duplicates"))


def test_every_night_is_planned_by_the_night_before(twins: Kith) -> None:
    """The job is due at half past three of the workspace's zone, and leaves the next night's behind."""
    twins.write(plan_all)
    twins.write(plan_all)
    lane = lane_of(twins.people.workspace_id)
    due = twins.read(lambda work: work.jobs.next_due())
    assert due is not None
    assert due.isoformat() == "2026-03-09T19:30:00+00:00"  # Shanghai is eight hours ahead
    twins.clock.instant = due
    (job,) = twins.write(lambda work: work.jobs.claim("here", due, due + LEASE, limit=5))
    assert (job.kind, job.lane) == (JobKind.SWEEP, lane)
    twins.run(twins.road.carry_out(job))
    assert "Contoso" in shown(twins.say("duplicates"))
    assert twins.read(lambda work: work.jobs.next_due()) == due + timedelta(days=1)
