"""What stands beside conversations in Slack: the Home tab, links shown as Work Objects, and the side pane."""

import copy
import json
from typing import Any

import pytest

from adapters.hosts.model import Seat
from adapters.hosts.tickets import Tickets
from core.contacts.service import add_contact
from core.customers.service import add_customer
from core.members.model import Identity
from core.members.service import create_team
from core.tasks.service import About, add_task
from core.work import Work
from tests.adapters.slack.world import LIN, PUBLIC_URL, ROOM, TEAM, WEI, World, recorded

_ENVELOPE = {
    "type": "event_callback",
    "team_id": TEAM,
    "api_app_id": "A0KITH0001",
    "event_time": 1795420000,
    "authorizations": [{"team_id": TEAM, "user_id": "U0KITHBOT1", "is_bot": True, "is_enterprise_install": False}],
}


pytestmark = pytest.mark.anyio


def _event(name: str, **event: Any) -> dict[str, Any]:
    return copy.deepcopy(_ENVELOPE) | {"event_id": f"Ev{name}", "event": {"type": name} | event}


def _kept(work: Work) -> str:
    """A customer of a team of Wei's own, with a contact and a task; its id."""
    workspace_id = work.members.only_workspace()
    assert workspace_id
    wei = work.members.by_identity(Identity("slack", TEAM, WEI))
    assert wei
    team = create_team(work, workspace_id, "North")
    actor = wei.actor(platform="slack")
    customer = add_customer(work, actor, name="Kept Mills", phone="+1 555 0177", team_id=team.id)
    add_contact(work, actor, customer, name="Ada Bell", email="ada@kept.example", phone="+1 555 0178")
    add_task(work, actor, "send samples", due=None, about=About(customer=customer))
    return customer.id


def _shared(customer: str, *, user: str = WEI, **more: Any) -> dict[str, Any]:
    url = f"{PUBLIC_URL}/c/{customer}"
    links = [{"domain": "kith.example", "url": url}, {"domain": "kith.example", "url": f"{PUBLIC_URL}/static/x"}]
    return _event("link_shared", user=user, channel=ROOM, message_ts="1795420000.000100", links=links, **more)


async def _opened(world: World, customer: str, user: str = WEI) -> dict[str, Any]:
    event = _event(
        "entity_details_requested",
        user=user,
        external_ref={"id": customer, "type": "customer"},
        entity_url=f"{PUBLIC_URL}/c/{customer}",
        trigger_id=world.slack.trigger(),
        user_locale="zh-CN",
        channel=ROOM,
    )
    assert (await world.event(event)).status_code == 200
    return world.slack.presented[-1]


async def test_link_shows_what_everybody_may_see(world: World) -> None:
    """Where each reader is a member who may see the customer, the room is shown its name and owner, and no numbers."""
    customer = await world.database.write(_kept)
    world.slack.channels[ROOM].members = [WEI, "U0KITHBOT1"]
    await world.event(_shared(customer))
    ((entity,),) = world.slack.unfurls
    said = json.dumps(entity)
    assert entity["app_unfurl_url"] == f"{PUBLIC_URL}/c/{customer}"
    assert "Kept Mills" in said
    assert not any(secret in said for secret in ("0177", "0178", "Ada", "ada@", "send samples"))


async def test_link_shows_no_name_to_who_may_not_see_it(world: World) -> None:
    """With a stranger or a colleague of another team in the room not even the name is shown."""
    customer = await world.database.write(_kept)
    await world.event(_shared(customer))  # Lin is there, whom Kith does not know
    world.slack.channels[ROOM].members = [WEI, LIN, "U0KITHBOT1"]
    await world.database.write(_tie_lin)
    await world.event(_shared(customer))  # and now it does: a rep of no team
    for (entity,) in world.slack.unfurls:
        said = json.dumps(entity)
        assert "A customer in Kith" in said
        assert "Kept" not in said
    assert len(world.slack.unfurls) == 2


def _tie_lin(work: Work) -> None:
    workspace_id = work.members.only_workspace()
    assert workspace_id
    lin = work.members.by_handle(workspace_id, "lin")
    assert lin
    work.members.tie(Identity("slack", TEAM, LIN), lin, work.now)


async def test_links_of_strangers_and_to_others_customers_stay_links(world: World) -> None:
    """Who is no member, and who may not see the customer, makes Kith show nothing: not even that it is there."""
    customer = await world.database.write(_kept)
    await world.event(_shared(customer, user="U0STRANGER"))
    await world.event(_shared("0000000000000"))
    await world.database.write(_tie_lin)
    await world.event(_shared(customer, user=LIN))
    assert world.slack.unfurls == []


async def test_message_being_written_shows_no_name(world: World) -> None:
    """In the composer nobody knows yet who will read it."""
    customer = await world.database.write(_kept)
    world.slack.channels[ROOM].members = [WEI, "U0KITHBOT1"]
    await world.event(_shared(customer, source="composer", unfurl_id="C1.2.abc"))
    ((entity,),) = world.slack.unfurls
    assert "Kept" not in json.dumps(entity)


async def test_side_pane_shows_the_reader_theirs(world: World) -> None:
    """The pane has the numbers, the next step and a page of this reader's own, whose ticket is theirs."""
    customer = await world.database.write(_kept)
    shown = await _opened(world, customer)
    said = json.dumps(shown)
    assert all(one in said for one in ("Kept Mills", "+1 555 0177", "Ada Bell", "send samples"))
    page = shown["metadata"]["entity_payload"]["attributes"]["full_size_preview"]["preview_url"]
    assert page.startswith(f"{PUBLIC_URL}/sidebar/open?t=")
    read = Tickets("a secret key").read(page.partition("=")[2], world.clock.now())
    assert read
    name, proven = read
    assert (name, proven.customer) == ("slack", customer)
    assert proven.seat == Seat(identity=Identity("slack", TEAM, WEI), conversation=ROOM)


async def test_side_pane_tells_others_nothing(world: World) -> None:
    """A stranger is told how to be known, in their language; what is not theirs is as if it were not there."""
    customer = await world.database.write(_kept)
    stranger = await _opened(world, customer, LIN)
    assert "link" in stranger["error"]["custom_message"]
    assert "还不认识你" in stranger["error"]["custom_message"]
    await world.database.write(_tie_lin)
    theirs, nowhere = await _opened(world, customer, LIN), await _opened(world, "0000000000000", LIN)
    assert theirs == nowhere
    assert "Kept" not in json.dumps(theirs)


async def test_home_has_search_and_tasks(world: World) -> None:
    """The tab begins with a typeahead over customers and shows the member's own tasks."""
    await world.database.write(_kept)
    await world.event(_event("app_home_opened", user=WEI, channel="D0WEIKITH1", tab="home"))
    home = world.slack.homes[WEI]
    assert home["blocks"][0]["elements"][0]["type"] == "external_select"
    assert "send samples" in json.dumps(home)
    await world.event(_event("app_home_opened", user=WEI, channel="D0WEIKITH1", tab="messages"))
    assert world.slack.calls.count("views.publish") == 1


async def test_home_answers_presses_where_they_are_made(world: World) -> None:
    """A customer that is chosen stands there, a task that is ticked off is gone, and nothing is posted anywhere."""
    customer = await world.database.write(_kept)
    await world.event(_event("app_home_opened", user=WEI, channel="D0WEIKITH1", tab="home"))
    pick = _at_home({"action_id": "customer-home", "selected_option": {"value": customer}})
    assert (await world.interact(pick)).status_code == 200
    assert "Kept Mills" in json.dumps(world.slack.homes[WEI])
    done = next(element for element in _buttons(world.slack.homes[WEI]) if element["text"]["text"] == "Done")
    await world.interact(_at_home({"action_id": done["action_id"], "value": done["value"]}))
    said = json.dumps(world.slack.homes[WEI])
    assert "Task done" in said
    assert world.slack.posted == []


def _at_home(action: dict[str, Any]) -> dict[str, Any]:
    payload = recorded("block_actions")
    for name in ("channel", "message", "response_url"):
        payload.pop(name, None)
    payload["user"]["id"] = WEI
    payload["container"] = {"type": "view", "view_id": "V0HOME"}
    payload["view"] = {"id": "V0HOME", "type": "home", "hash": "1.a", "private_metadata": ""}
    payload["actions"] = [
        {"type": "button", "block_id": "b", "action_ts": f"1795420009.{len(str(action)):06}"} | action
    ]
    return payload


def _buttons(view: dict[str, Any]) -> list[dict[str, Any]]:
    found = [block["accessory"] for block in view["blocks"] if "accessory" in block]
    found += [element for block in view["blocks"] if block["type"] == "actions" for element in block["elements"]]
    return [element for element in found if element["type"] == "button"]


async def test_home_of_a_stranger_says_how_to_be_known(world: World) -> None:
    """Who is no member finds the welcome there, and no customer."""
    await world.event(_event("app_home_opened", user=LIN, channel="D0LINKITH1", tab="home"))
    said = json.dumps(world.slack.homes[LIN])
    assert "Northwind" not in said


async def test_clues_are_the_people_and_the_name(world: World) -> None:
    """A guest's address and the conversation's name are what a customer may be guessed by."""
    world.slack.users[LIN]["profile"]["email"] = "lin@acme.example"
    world.slack.users[LIN]["is_restricted"] = True
    (host,) = world.adapter.hosts
    clues = await host.clues(Seat(identity=Identity("slack", TEAM, WEI), conversation=ROOM))
    assert "lin@acme.example" in clues.emails
    assert clues.texts == ("deals",)
    assert (await host.prove({"init_data": "anything"})) is None
