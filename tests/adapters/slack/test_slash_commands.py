"""A typed slash command: reads ride on the acknowledgement, writes come behind it."""

import dataclasses

import pytest

from adapters.slack.listener import Listener
from bots.emulators.slack.rules import fault_of_message
from core.errors import StoreUnavailableError
from tests.adapters.slack.referee import fault_of_blocks
from tests.adapters.slack.world import ROOM, TEAM, WEI, World

pytestmark = pytest.mark.anyio


async def test_a_look_up_rides_on_the_acknowledgement(world: World) -> None:
    """The card is in the answer itself, for the asker alone; nothing was written, nobody was called."""
    answer = await world.command("Northwind")
    shown = answer.json()
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("application/json")
    assert shown["response_type"] == "ephemeral"
    assert "Northwind" in shown["text"]
    assert (fault_of_message(shown), fault_of_blocks(shown)) == ("", "")
    assert world.slack.calls == []
    assert (world.count("deliveries"), world.count("jobs")) == (0, 0)


async def test_a_visit_is_acknowledged_and_then_answered(world: World) -> None:
    """The acknowledgement is empty; the receipt comes through the response_url, for its author's eyes only."""
    answer = await world.command("visit Northwind: wants a demo")
    assert (answer.status_code, answer.content) == (200, b"")
    assert world.slack.calls == ["response_url"]
    assert (world.slack.last.channel, world.slack.last.to) == (ROOM, WEI)
    assert "Visit logged" in world.slack.last.words
    assert (world.count("activities"), world.count("deliveries")) == (1, 1)


async def test_it_is_on_disk_before_it_is_acknowledged(world: World) -> None:
    """At the moment of the acknowledgement the delivery and its job are kept, and nothing was sent yet."""
    world.road.start = lambda _accepted: None  # type: ignore[method-assign]
    answer = await world.command("visit Northwind: wants a demo")
    assert answer.status_code == 200
    assert (world.count("deliveries"), world.count("jobs"), world.count("activities")) == (1, 1, 0)
    assert world.slack.posted == []


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("/visit", "Northwind: wants a demo"),
        ("/crm", "拜访 Northwind：想看演示"),
        ("/crm-staging", "visit Northwind: a demo"),
    ],
)
async def test_the_verb_is_said_in_every_way(world: World, command: str, text: str) -> None:
    """The short command, a Chinese verb and an app under another name all log a visit."""
    await world.command(text, command=command)
    assert world.count("activities") == 1


async def test_the_same_delivery_twice_is_done_once(world: World) -> None:
    """A request that comes again, byte for byte and rightly signed, does nothing."""
    typed = world.typed("visit Northwind: wants a demo")
    for _ in range(2):
        assert (await world.form(typed)).status_code == 200
        await world.road.settle()
    assert world.count("activities") == 1
    assert len(world.slack.posted) == 1


async def test_without_ids_two_deliveries_are_two(world: World) -> None:
    """A Slack that sends no trigger_id is not taken for one that repeats itself."""
    for number in range(2):
        typed = world.typed(f"visit Northwind: demo {number}") | {"trigger_id": ""}
        await world.form(typed | {"response_url": "" if number else typed["response_url"]})
        await world.road.settle()
        world.clock.move(seconds=20)
    assert (world.count("activities"), world.count("deliveries")) == (2, 2)


async def test_pressing_enter_twice_is_noticed(world: World) -> None:
    """The same words a moment later are another delivery, and are still not done twice."""
    await world.command("visit Northwind: wants a demo")
    await world.command("visit Northwind: wants a demo")
    assert world.count("activities") == 1
    assert "Already done" in world.slack.last.words


async def test_what_is_shared_is_in_the_channel(world: World) -> None:
    """Sharing posts for everybody, by the command's own response_url."""
    await world.command("share Northwind")
    shared = world.slack.seen_by_all(ROOM)
    assert [one.text for one in shared] == ["Wei shared Northwind"]


async def test_a_person_who_is_mentioned_is_the_member(world: World) -> None:
    """Slack writes people as ids; a member among them is the one whose id it is, whatever Slack calls them."""
    await world.command(f"assign Northwind to <@{WEI}|somebody-else>")
    assert "No member" not in world.slack.last.words
    assert "Northwind" in world.slack.last.words


@pytest.mark.parametrize(
    "text",
    [
        "vsit Northwind: a demo",
        "",
        "x" * 10_000,
        '"unbalanced Northwind',
        "Robert'); DROP TABLE customers;--",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "visit Northwind: \x00\x07\u202e control",
        "deal Northwind 30万 99 月",
        "task Northwind: x 32 Jan",
    ],
)
async def test_bad_input_gets_a_card(world: World, text: str) -> None:
    """Whatever is typed, an answer comes that Slack can draw, and the database stands."""
    answer = await world.command(text)
    assert answer.status_code == 200
    shown = answer.json() if answer.content else dataclasses.asdict(world.slack.last)
    assert (fault_of_message(shown), fault_of_blocks(shown)) == ("", "")
    assert world.count("customers") == 2


async def test_markup_is_shown_as_text(world: World) -> None:
    """A name full of markup comes back as it was typed, never as a mention or a link."""
    await world.command("new customer &lt;!channel&gt; *bold* &amp; Sons")
    assert "<!channel>" not in world.slack.last.text
    assert "<!channel>" not in "".join(
        block["text"]["text"]
        for block in world.slack.last.blocks
        if block["type"] == "section" and block.get("text", {}).get("type") == "mrkdwn"
    )
    shown = (await world.command("&lt;!channel&gt; *bold* &amp; Sons")).json()
    assert shown["blocks"][0]["text"]["text"] == "<!channel> *bold* & Sons"


async def test_a_stranger_is_asked_for_a_code(world: World) -> None:
    """Nobody whom Kith does not know sees anything of a customer."""
    shown = (await world.command("Northwind", user="U0NOBODY01")).json()
    assert "link CODE" in str(shown["blocks"])
    assert "Northwind" not in str(shown)


async def test_a_stranger_is_greeted_in_their_language(world: World) -> None:
    """Slack knows the language of somebody Kith has never met."""
    world.slack.users["U0NOBODY01"] = {"locale": "zh-CN", "profile": {}}
    shown = (await world.command("hi", user="U0NOBODY01")).json()
    assert "我们还没" in shown["text"] or any("\u4e00" <= letter <= "\u9fff" for letter in shown["text"])


async def test_a_member_is_known_by_a_confirmed_address(world: World) -> None:
    """The first command of a colleague whose address is a member's is carried out as that member's, writes too."""
    await world.command("visit Northwind: wants a demo", user="U0LIN00002")
    assert world.count("activities") == 1
    assert world.count("identities") == 2
    assert world.slack.last.to == "U0LIN00002"


async def test_without_a_database_nothing_is_promised(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The person is told at once that nothing was done; an event is refused, so that Slack sends it again."""

    async def out_of_reach(*_: object) -> None:
        raise StoreUnavailableError

    monkeypatch.setattr(Listener, "_received", out_of_reach)
    shown = (await world.command("visit Northwind: wants a demo")).json()
    assert (shown["response_type"], "nothing was done" in shown["text"]) == ("ephemeral", True)
    refused = await world.interact(world.press("mtoken"))
    assert refused.status_code == 503


async def test_a_bug_is_no_secret_keeper(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What nobody expected is a 500, and the log tells where it happened without a word that was typed."""
    typed = "visit Northwind: ein Geheimnis"

    async def broken(*_: object) -> None:
        raise RuntimeError(typed)

    monkeypatch.setattr(Listener, "_received", broken)
    answer = await world.command(typed, team=TEAM)
    said = capsys.readouterr()
    assert answer.status_code == 500
    assert "delivery_crashed" in said.out + said.err
    assert "Geheimnis" not in (said.out + said.err).replace(f'typed = "{typed}"', "")
