"""Forms are modals: opened in time, checked at their fields, answered where they were opened from."""

from typing import Any

import pytest

from adapters.slack.listener import Listener
from core.errors import StoreUnavailableError
from tests.adapters.slack.standin import Fault, Posted
from tests.adapters.slack.world import LIN, ROOM, WEI, World, recorded

pytestmark = pytest.mark.anyio


async def _card(world: World) -> Posted:
    shown = (await world.command("Northwind")).json()
    return Posted(ROOM, shown["text"], shown["blocks"])


async def _visit_form(world: World) -> dict[str, Any]:
    await world.interact(world.press((await _card(world)).token_of("Log visit")))
    return world.slack.views[-1]


def _initial(view: dict[str, Any], name: str) -> Any:
    element = next(block["element"] for block in view["blocks"] if block.get("block_id") == name)
    return element.get("initial_value") or element.get("initial_option", {}).get("text", {}).get("text")


async def test_a_button_opens_the_form_filled_in(world: World) -> None:
    """The modal opens with the customer in it already; nothing is posted."""
    view = await _visit_form(world)
    assert _initial(view, "customer") == "Northwind"
    assert world.slack.posted == []


async def test_a_command_opens_the_form_with_what_was_typed(world: World) -> None:
    """A line that lacks something opens the form, and carries over what the line said."""
    answer = await world.command("visit Northwind")
    assert answer.content == b""
    assert _initial(world.slack.views[-1], "customer") == "Northwind"
    assert world.count("activities") == 0


async def test_what_is_sent_in_is_logged(world: World) -> None:
    """The modal closes, and the receipt stands where it was opened, for its author alone."""
    view = await _visit_form(world)
    answer = await world.interact(world.submission(view, {"text": "wants a demo", "next_step": "send the quote"}))
    assert answer.json() == {"response_action": "clear"}
    assert (world.count("activities"), world.count("tasks")) == (1, 1)
    assert (world.slack.last.channel, world.slack.last.to) == (ROOM, WEI)
    assert "Visit logged" in world.slack.last.words


async def test_an_error_stands_at_its_field(world: World) -> None:
    """The modal stays open with the words at the field; mended and sent again it is taken."""
    view = await _visit_form(world)
    deliveries = world.count("deliveries")
    sent = world.submission(view, {"text": "wants a demo", "next_step": "quote", "due": "the day after never"})
    refused = (await world.interact(sent)).json()
    assert refused["response_action"] == "errors"
    assert list(refused["errors"]) == ["due"]
    assert "the day after never" in refused["errors"]["due"]
    assert (world.count("activities"), world.count("deliveries"), world.slack.posted) == (0, deliveries, [])
    sent["view"]["state"]["values"]["due"]["text-6"]["value"] = "tomorrow"
    taken = await world.interact(sent)
    assert taken.json() == {"response_action": "clear"}
    assert world.count("activities") == 1


async def test_a_failure_that_belongs_to_no_field_keeps_the_modal(world: World) -> None:
    """What was typed is not lost when the form cannot be taken at all: here its token is another member's."""
    view = await _visit_form(world)
    answer = (await world.interact(world.submission(view, {"text": "wants a demo"}, user=LIN))).json()
    assert answer["response_action"] == "errors"
    assert list(answer["errors"]) == ["customer"]
    assert world.count("activities") == 0


async def test_sent_in_twice_it_is_done_once(world: World) -> None:
    """The same submission again closes the modal and does nothing more."""
    sent = world.submission(await _visit_form(world), {"text": "wants a demo"})
    for _ in range(2):
        assert (await world.interact(sent)).json() == {"response_action": "clear"}
    assert (world.count("activities"), len(world.slack.posted)) == (1, 1)


async def test_the_customer_is_found_while_typing(world: World) -> None:
    """Typeahead offers customers by what is typed so far, in either language; nothing to a stranger."""
    found = (await world.interact(recorded("block_suggestion", value="North"))).json()
    assert [one["text"]["text"] for one in found["options"]] == ["Northwind"]
    chinese = (await world.interact(recorded("block_suggestion", value="远航"))).json()
    assert [one["text"]["text"] for one in chinese["options"]] == ["远航科技"]
    nobody = recorded("block_suggestion", value="North")
    nobody["user"]["id"] = "U0NOBODY01"
    assert (await world.interact(nobody)).json() == {"options": []}


async def test_members_are_found_while_typing(world: World) -> None:
    """A member's field offers members."""
    asked = recorded("block_suggestion", value="li", action_id="member-3", block_id="assignee")
    found = (await world.interact(asked)).json()
    assert [one["text"]["text"] for one in found["options"]] == ["Lin (@lin)"]


async def test_a_form_that_came_too_late_is_a_card(world: World) -> None:
    """After three seconds Slack opens nothing: a card says how to type it, and its button opens the form afresh."""
    press = world.press((await _card(world)).token_of("Log visit"))
    world.slack.triggers[press["trigger_id"]] = (WEI, world.clock.now().replace(year=2025))
    await world.interact(press)
    assert world.slack.views == []
    assert (world.slack.last.to, "/crm visit CUSTOMER" in world.slack.last.words) == (WEI, True)
    await world.interact(world.press(world.slack.last.token_of("Fill in…"), action="form-1"))
    assert _initial(world.slack.views[-1], "customer") == "Northwind"


@pytest.mark.parametrize(
    "fault",
    [
        Fault(error="ratelimited", status=429, headers={"Retry-After": "30"}),
        Fault(status=503),
        Fault(error="invalid_arguments"),
    ],
)
async def test_a_form_that_slack_would_not_open_is_a_card(world: World, fault: Fault) -> None:
    """Whatever Slack has against it, the person learns another way."""
    world.slack.fail("views.open", fault)
    await world.interact(world.press((await _card(world)).token_of("Log visit")))
    assert "Or type" in world.slack.last.words
    assert world.slack.last.to == WEI


async def test_the_answer_finds_its_way_after_half_an_hour(world: World) -> None:
    """A modal that stood open for long is answered in the conversation all the same, still for one person alone."""
    view = await _visit_form(world)
    world.clock.move(minutes=31)
    await world.interact(world.submission(view, {"text": "wants a demo"}))
    assert world.slack.calls[-1] == "chat.postEphemeral"
    assert (world.slack.last.channel, world.slack.last.to) == (ROOM, WEI)


async def test_a_closed_modal_is_no_matter(world: World) -> None:
    """Cancelling tells Kith nothing to do."""
    answer = await world.interact(recorded("view_closed"))
    assert (answer.status_code, world.count("deliveries")) == (200, 0)


@pytest.mark.parametrize("metadata", ["", "{}", "nonsense", '{"token":5}'])
async def test_a_modal_that_forgot_where_it_is_from(world: World, metadata: str) -> None:
    """A view of another release, or of nobody's, is answered and does nothing."""
    payload = recorded("view_submission")
    payload["view"]["private_metadata"] = metadata
    answer = await world.interact(payload)
    assert answer.status_code == 200
    assert world.count("activities") == 0


async def test_a_member_reads_their_own_language(world: World) -> None:
    """The modal's own buttons are in the member's language too."""
    await world.command("settings 中文")
    await world.command("visit Northwind")
    assert world.slack.views[-1]["close"]["text"] == "取消"


async def test_without_a_database_the_modal_stays(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was typed into the form stays in it while the database is away."""
    view = await _visit_form(world)

    async def out_of_reach(*_: object) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(Listener, "_submission", out_of_reach)
    answer = (await world.interact(world.submission(view, {"text": "wants a demo"}))).json()
    assert answer["response_action"] == "errors"
    assert "nothing was done" in answer["errors"]["customer"]


async def test_the_shortcut_saves_a_message(world: World) -> None:
    """A message becomes the form's text as people read it; the customer is chosen, and it is on the timeline."""
    await world.interact(_shortcut(world))
    view = world.slack.views[-1]
    assert _initial(view, "text").startswith("Lin Chen: They want the quote by Friday & ask @")
    assert "the spec (https://example.com/spec)" in _initial(view, "text")
    offered = (await world.interact(recorded("block_suggestion", value="North"))).json()
    await world.interact(world.submission(view, {"customer": offered["options"][0]["value"]}))
    assert world.count("activities") == 1
    assert "Northwind" in world.slack.last.words
    assert "today 13:00" in world.slack.last.words  # when it was said, not when it was saved
    assert (world.slack.last.channel, world.slack.last.to) == (ROOM, WEI)


async def test_a_shortcut_twice_opens_one_form(world: World) -> None:
    """Slack's second try at a shortcut opens nothing more."""
    payload = _shortcut(world)
    for _ in range(2):
        await world.interact(payload)
    assert len(world.slack.views) == 1


async def test_a_saved_message_waits_for_its_form(world: World) -> None:
    """When the form comes too late the message is not lost: the button opens the form with it, for that person only."""
    payload = _shortcut(world)
    world.slack.triggers.clear()
    await world.interact(payload)
    token = world.slack.last.token_of("Fill in…")
    await world.interact(world.press(token, action="form-1", user=LIN))
    assert world.slack.views == []
    await world.interact(world.press(token, action="form-1"))
    assert _initial(world.slack.views[-1], "text").startswith("Lin Chen: They want the quote")


def _shortcut(world: World) -> dict[str, Any]:
    return recorded(
        "message_action", trigger_id=world.slack.trigger(), response_url=world.slack.response_url(ROOM, WEI)
    )
