"""A message is saved by pointing at it: in its thread, or with its link, by whoever may read it."""

import pytest

from adapters.mattermost.incoming import pointed_at
from bots.emulators.mattermost.client import SITE
from bots.emulators.mattermost.model import Post
from bots.emulators.mattermost.server import BOT
from tests.adapters.mattermost.mattermost_world import LIN, OTHER, ROOM, SAM, WEI, Office

pytestmark = pytest.mark.anyio


def link(post: Post) -> str:
    return f"{SITE}/sales/pl/{post.id}"


async def test_saved_in_its_thread(world: Office) -> None:
    """``/crm save`` in a thread opens the form with what the thread began with, who said it and when."""
    root = world.people.said(LIN, ROOM, "the budget is approved")
    world.clock.forward(hours=3)
    await world.people.command(WEI, ROOM, "save Northwind", root=root.id)
    await world.settle()
    shown = world.server.dialog_of(WEI)
    assert shown.values["text"] == "Lin C: the budget is approved"
    assert shown.values["customer"] == "Northwind"
    saved = await world.submit()
    assert "the budget is approved" in saved.text
    assert world.count("activities") == 1


async def test_saved_by_its_link(world: Office) -> None:
    """A message's link points at it from anywhere, for whoever is in its channel."""
    post = world.people.said(LIN, ROOM, "they want blue")
    channel = world.server.direct(WEI)
    await world.people.command(WEI, channel, f"save {link(post)}")
    await world.settle()
    await world.submit({"customer": "Northwind"})
    assert "they want blue" in world.people.last(WEI).text


async def test_hidden_message_is_not_read(world: Office) -> None:
    """The link of a message in a channel that one is not in, that Kith is not in, or of none tells nothing."""
    secret = world.server.channel("q" * 26, "board", LIN, BOT)
    hidden = world.people.said(LIN, secret.id, "secret plan")
    elsewhere = world.people.said(LIN, OTHER, "not for Kith")
    gone = Post("g" * 26, ROOM, LIN, "", {})
    for post in (hidden, elsewhere, gone):
        told = await world.say(f"save {link(post)}")
        assert told.text.startswith("⚠️ I cannot read that message.")
    assert world.server.dialogs == []
    assert world.count("activities") == 0


async def test_stranger_saves_nothing(world: Office) -> None:
    """Somebody whom Kith does not know is welcomed, whatever they point at."""
    post = world.people.said(LIN, ROOM, "they want blue")
    told = await world.say(f"save {link(post)}", user=SAM)
    assert "they want blue" not in told.text
    assert world.server.dialogs == []


async def test_line_in_a_thread_is_a_line(world: Office) -> None:
    """With words of its own behind a colon, ``save`` in a thread saves these."""
    root = world.people.said(LIN, ROOM, "hello")
    saved = await world.say("save Northwind: they wrote that it is fine", root=root.id)
    assert "they wrote that it is fine" in saved.text


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("save https://chat.example.com/sales/pl/" + "a" * 26, "save"),
        ("save Acme https://chat.example.com/mm/_redirect/pl/" + "a" * 26 + "?x=1", "save Acme"),
        ("保存 远航科技 http://10.0.0.1:8065/t/pl/" + "a" * 26, "保存 远航科技"),
        ("save pl/" + "a" * 26 + " Acme", "save Acme"),
    ],
)
async def test_links_are_found(typed: str, line: str) -> None:
    """A message's link is found wherever it stands in a line, and taken out."""
    assert pointed_at(typed) == ("a" * 26, line)
    assert pointed_at(typed.replace("pl/", "xx/"))[0] == ""
