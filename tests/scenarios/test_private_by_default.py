"""Answers go to the asker; what is shared is cut to what the least entitled person there may see."""

import pytest

from commands.model import Audience
from commands.registry import COMMANDS
from core.actor import Role
from core.members.model import Identity
from tests.kith import Kith, labels_of, settle_in, shown

PRIVATE = ("+1 555 0117", "Ada Bell", "ada@acme.example", "$120,000", "send the quote", "1 Harbor Street")


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer of Mara's team with a phone, an address, a contact, a task and a deal."""
    kith.say("new customer Acme, phone: +1 555 0117, address: 1 Harbor Street, industry: food")
    kith.say("new contact Acme: Ada Bell, email: ada@acme.example")
    kith.say("new deal Acme: Cold chain $120k")
    kith.say("visit Acme: saw Ada Bell, send the quote tomorrow")
    return kith


def share(kith: Kith, people: tuple[str, ...] | None, line: str = "share Acme") -> tuple[str, Audience]:
    kith.platform.rooms["sales"] = people or ()
    reply = kith.say(line, room="sales")
    return shown(reply), reply.audience


@pytest.mark.parametrize("command", [each for each in COMMANDS if each.verb != "share"], ids=lambda each: each.verb)
def test_answers_are_the_askers(acme: Kith, command: object) -> None:
    """Whatever is asked in a room, only who asked reads the answer."""
    for example in ("{verb}", "{verb} Acme", "{verb} Acme: x", "{verb} nowhere"):
        reply = acme.say(example.format(verb=command.verb), room="sales")  # type: ignore[attr-defined]
        assert reply.audience is Audience.ASKER


def test_shared_in_full_where_everybody_may_see(acme: Kith) -> None:
    """Among members who all may see the customer it is shared with what is open, without people's details."""
    said, audience = share(acme, ("mara", "lin", "max"))
    assert audience is Audience.ROOM
    assert "+1 555 0117" in said
    assert "$120,000" in said
    assert "Shared by Mara" in said


def test_shared_briefly_where_people_are_unknown(acme: Kith) -> None:
    """Where the platform does not tell who reads along, nothing personal and no amount is shown."""
    said, audience = share(acme, None)
    assert audience is Audience.ROOM
    assert "Acme" in said
    assert "Owner  Mara" in said
    assert not [private for private in PRIVATE if private in said]


@pytest.mark.parametrize("other", ["ines", "somebody from outside"])
def test_refused_where_somebody_may_not_see(acme: Kith, other: str) -> None:
    """With a member of another team or a stranger in the room, a team's customer is not shared at all."""
    said, audience = share(acme, ("mara", "lin", other))
    assert audience is Audience.ASKER
    assert "not shared" in said
    assert not [private for private in PRIVATE if private in said]


def test_whole_workspaces_customer_is_shared_briefly_with_strangers(acme: Kith) -> None:
    """A customer of no team is shown to every member; with a stranger there, without anything personal."""
    acme.say("new customer Open House, phone: +1 555 0118", user="max")
    said, audience = share(acme, ("mara", "ines"), "share Open House")
    assert audience is Audience.ROOM
    assert "+1 555 0118" in said
    acme.clock.forward(seconds=11)
    said, audience = share(acme, ("mara", "somebody from outside"), "share Open House")
    assert audience is Audience.ROOM
    assert "+1 555 0118" not in said


def test_shared_in_the_room_only(acme: Kith) -> None:
    """Where nobody else reads along there is nothing to share."""
    reply = acme.say("share Acme")
    assert reply.error == "only_shared_in_rooms"
    assert reply.audience is Audience.ASKER


def test_shared_button_has_the_pressers_rights(acme: Kith) -> None:
    """The button of a shared card shows each who presses it what they may see, and them alone."""
    acme.platform.rooms["sales"] = ()
    card = acme.say("share Acme", room="sales")
    for_lin = acme.press(card, "Open for me", user="lin", room="sales")
    assert for_lin.audience is Audience.ASKER
    assert "Log visit" in labels_of(for_lin)
    assert acme.press(card, "Open for me", user="ines", room="sales").error == "customer_not_found"
    stranger = acme.press(card, "Open for me", user="nobody", room="sales")
    assert stranger.ok is False
    assert "Acme" not in shown(stranger)


def test_sharing_writes_no_receipt(acme: Kith) -> None:
    """Showing changes nothing: there is nothing to undo."""
    assert acme.say("share Acme", room="sales").receipt == ""


# -- roles -----------------------------------------------------------------------------------------

WRITING = [command for command in COMMANDS if command.role is Role.REP]


@pytest.mark.parametrize("command", WRITING, ids=lambda each: each.verb)
def test_viewer_writes_nothing(acme: Kith, command: object) -> None:
    """Every verb that writes tells a viewer who may, whether it opens a form or is said in full; nothing changes."""
    before = acme.rows()
    for line in ("{verb}", "{verb} Acme: x", "{verb} Acme phone: 555 0105", "{verb} Acme @lin"):
        reply = acme.say(line.format(verb=command.verb), user="vera")  # type: ignore[attr-defined]
        assert reply.error == "not_allowed"
        assert reply.form is None
    assert acme.rows() == before


@pytest.mark.parametrize("line", ["Acme", "360 Acme", "timeline Acme", "tasks team", "deals all", "deal Acme", "help"])
def test_viewer_looks(acme: Kith, line: str) -> None:
    """A viewer sees what their team sees."""
    assert acme.say(line, user="vera").ok


def test_viewer_moves_no_deal(acme: Kith) -> None:
    """The verb that also shows refuses to write."""
    assert acme.say("deal Acme won", user="vera").error == "not_allowed"
    assert acme.rows()["deals"][0].stage == "lead"


def test_viewer_changes_own_settings(acme: Kith) -> None:
    """Language and zone are everybody's own."""
    assert acme.say("settings 中文", user="vera").ok


def test_only_owner_or_manager_hands_over(acme: Kith) -> None:
    """Somebody else's customer is not taken away by a rep; a manager may."""
    assert acme.say("assign Acme @lin", user="lin").error == "not_allowed"
    assert acme.say("edit Acme owner: lin", user="lin").error == "not_allowed"
    assert acme.say("assign Acme @lin", user="max").ok


def test_another_workspace_is_another_world(acme: Kith) -> None:
    """A member of another workspace, of any role, finds nothing, and their room bound to it shows nothing."""
    there = acme.write(lambda work: settle_in(work, "t2"))
    assert there.workspace_id != acme.people.workspace_id
    acme_id = acme.id_of("Acme")
    for line in (
        "Acme",
        f"360 {acme_id}",
        "tasks team",
        "deals all",
        f"done {acme.rows()['tasks'][0].id}",
        "find 0117",
    ):
        reply = acme.say(line, user="max", tenant="t2")
        assert not [private for private in PRIVATE if private in shown(reply)]
    assert acme.say(f"visit {acme_id}: x", user="max", tenant="t2").error == "customer_not_found"
    member = acme.read(lambda work: work.members.by_identity(Identity("fake", "t2", "max")))
    assert member is not None
    assert member.workspace.id == there.workspace_id
