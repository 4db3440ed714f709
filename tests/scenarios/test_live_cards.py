"""A card that was shared shows the present, and is taken away when it is not to be seen any more."""

from dataclasses import replace

import pytest

from commands.model import Audience, Reply
from commands.watching import watch
from core.actor import Role
from core.jobs.model import JobKind, JobState
from core.members.administration import remove_member
from core.work import Work
from tests.kith import Kith, shown, token_of

ROOM = {"room": "team", "direct": False}


@pytest.fixture
def kith(either_kith: Kith) -> Kith:
    """On both databases, with a customer that Mara and Lin may see, and a room of theirs."""
    either_kith.platform.rooms["team"] = ("mara", "lin")
    either_kith.say("new customer Northwind Foods")
    return either_kith


def _share(kith: Kith, line: str = "share Northwind Foods") -> Reply:
    """What stands in the room, put there by the platform."""
    kith.carry_out(kith.receive(line, people=("mara", "lin"), **ROOM))
    _, reply, _ = kith.platform.sent[-1]
    assert reply.audience is Audience.ROOM
    return reply


def _changes(kith: Kith) -> list[str]:
    """What the room was shown in the place of the card since, after all the waiting there is."""
    for _ in range(3):
        while kith.work_off():
            pass
        kith.clock.forward(seconds=10)
    while kith.work_off():
        pass
    assert all(ref == "answer-1" for _, _, ref in kith.platform.told)
    assert all(address.conversation == "team" for address, _, _ in kith.platform.told)
    return [shown(reply) for _, reply, _ in kith.platform.told]


def test_customer_shows_the_present(kith: Kith) -> None:
    """When the customer changes, the card that stands in the room does, in its own place."""
    assert "Shared by Mara" in shown(_share(kith))
    assert _changes(kith) == []
    kith.say("edit Northwind Foods phone: 021-5550100", user="lin")
    (change,) = _changes(kith)
    assert "021-5550100" in change.replace(" ", "") or "5550100" in change
    assert "Shared by Mara" in change


def test_changes_are_gathered(kith: Kith) -> None:
    """Several changes within seconds are one edit, and what changes nothing on the card is none."""
    _share(kith)
    for region in ("Boston", "Leeds", "Ghent"):
        kith.say(f"edit Northwind Foods region: {region}")
    (change,) = _changes(kith)
    assert "Ghent" in change
    kith.say("edit Northwind Foods region: Ghent")
    kith.say("new contact Northwind Foods: Ada Bell")
    assert len(_changes(kith)) == 1


def test_what_is_overtaken_on_its_way_is_mended(kith: Kith) -> None:
    """A change between the answer and its sending is shown after all."""
    accepted = kith.receive("share Northwind Foods", people=("mara", "lin"), **ROOM)
    original, kith.platform.outcomes = kith.platform.send, []

    async def meanwhile(incoming: object, reply: Reply, key: str) -> object:
        await kith.road.answer_now(kith.incoming("edit Northwind Foods region: Ghent", user="lin"))
        return await original(incoming, reply, key)  # type: ignore[arg-type]

    kith.platform.send = meanwhile  # type: ignore[method-assign, assignment]
    kith.carry_out(accepted)
    kith.platform.send = original  # type: ignore[method-assign]
    (change,) = _changes(kith)
    assert "Ghent" in change


def test_deal_shows_the_present(kith: Kith) -> None:
    """A deal is shared from its card, and goes on showing its stage."""
    kith.say("new deal Northwind Foods: Sensors, 120000 CNY")
    card = kith.say("deal Northwind Foods")
    token = token_of(card, "Share")
    kith.carry_out(kith.receive(token=token, people=("mara", "lin"), **ROOM))
    assert "Sensors" in shown(kith.platform.sent[-1][1])
    kith.say("deal Northwind Foods won", user="lin")
    assert "Won" in _changes(kith)[-1]


@pytest.mark.parametrize(
    ("line", "who"),
    [("undo", "mara"), ("assign Northwind Foods @ines", "max")],
)
def test_taken_away_when_it_is_gone_or_not_theirs(kith: Kith, line: str, who: str) -> None:
    """Removed, or handed to another team, it stands there no more; nothing of it is left in the message."""
    _share(kith)
    assert kith.say(line, user=who).ok
    change = _changes(kith)[-1]
    assert "Northwind" not in change
    assert "not yours to see any more" in change


def test_merged_away_is_taken_away(kith: Kith) -> None:
    """Of two customers that were one the card of the one that is gone is taken away."""
    kith.say("new customer Contoso Works", user="mara")
    _share(kith, "share Contoso Works")
    merged = kith.say("merge Contoso Works into Northwind Foods", user="max")
    assert merged.ok, shown(merged)
    assert "Contoso" not in _changes(kith)[-1]


def test_taken_away_when_the_sharer_leaves(kith: Kith) -> None:
    """Who shared it works here no more: it is shown by nobody's right."""
    _share(kith)
    max_ = kith.actor("max")

    def leave(work: Work) -> None:
        admin = replace(max_, role=Role.ADMIN)
        work.members.save(replace(kith.people.members["max"], role=Role.ADMIN))
        remove_member(work, admin, kith.people.members["mara"])
        watch(work)

    kith.write(leave)
    assert "Northwind" not in _changes(kith)[-1]


def test_what_was_not_remembered_is_left_alone(kith: Kith) -> None:
    """Where the platform tells no reference there is nothing to change, and nothing is tried."""
    kith.say("share Northwind Foods", people=("mara", "lin"), **ROOM)
    kith.say("edit Northwind Foods region: Ghent")
    assert _changes(kith) == []
    waiting = kith.read(lambda work: work.jobs.list_by_state(JobState.DEAD, work.now, limit=9))
    assert not [record for record in waiting if record.job.kind is JobKind.LIVE]
