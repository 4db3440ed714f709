"""A link to Kith in a message shows each person what they may see of it."""

from typing import Any

import pytest

from bots.emulators.feishu.model import words_of
from tests.adapters.feishu.hands import judge
from tests.adapters.feishu.standin import refusing
from tests.adapters.feishu.world import LIN, PUBLIC_URL, ROOM, WEI, World, open_id, running

pytestmark = pytest.mark.anyio


async def look(world: World, url: str, *, who: str = WEI) -> dict[str, Any]:
    """What Kith answers when somebody's client comes upon a link."""
    context = {"url": url, "preview_token": "p", "open_message_id": "om_1", "open_chat_id": ROOM}
    operator = {"tenant_key": "t_kith", "user_id": "u", "open_id": open_id(who)}
    answer = await world.post(
        world.event("url.preview.get", {"operator": operator, "host": "im_message", "context": context})
    )
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


async def northwind(world: World) -> str:
    """The customer's id."""

    def found(work: Any) -> str:
        workspace = work.members.only_workspace()
        member = work.members.by_handle(workspace, "wei")
        scope = work.members.membership(workspace, member.id).actor(platform="feishu").scope
        return next(one.id for one in work.customers.list_after(scope, limit=10) if one.name == "Northwind")

    return await world.database.read(found)


async def test_link_shows_a_room_what_all_may_see(world: World) -> None:
    """Where everybody who reads along is a member who may see the customer: its name and what it is, no numbers."""
    world.feishu.chats[ROOM].members.remove(LIN)
    told = await look(world, f"{PUBLIC_URL}/c/{await northwind(world)}")
    assert told["inline"]["title"] == "Northwind"
    card = told["card"]["data"]
    judge(card)
    assert "Owner: Wei" in "\n".join(words_of(card))
    assert "callback" not in str(card)


@pytest.mark.parametrize("more", [[], [LIN], ["on_guest"], [f"on_{number}" for number in range(300)]])
async def test_link_shows_a_mixed_room_no_name(world: World, more: list[str]) -> None:
    """With one there whom Kith does not know, too many, or nobody at all that Feishu tells of: only that it is one."""
    world.feishu.chats[ROOM].members = [WEI, *more] if more else []
    told = await look(world, f"{PUBLIC_URL}/c/{await northwind(world)}")
    assert told["inline"]["title"] == "A customer in Kith"
    judge(told["card"]["data"])
    assert "Northwind" not in str(told)


async def test_strangers_see_nothing(world: World) -> None:
    """Who is no member sees the bare link, and no sign of whether there is such a customer."""
    world.feishu.person("on_sam", open_id("on_sam"))
    assert await look(world, f"{PUBLIC_URL}/c/{await northwind(world)}", who="on_sam") == {}
    assert await look(world, f"{PUBLIC_URL}/c/{await northwind(world)}", who="on_nobody") == {}


async def test_other_links_are_left_alone(world: World) -> None:
    """Another host, another page, no such customer, no address at all: nothing."""
    customer = await northwind(world)
    for url in (
        f"https://evil.example/c/{customer}",
        f"{PUBLIC_URL}/c/01jzzzzzzzzzzzzzzzzzzzzzzz",
        f"{PUBLIC_URL}/c/{customer}/../x",
        f"{PUBLIC_URL}/sign-in",
        "https://[broken",
        "",
    ):
        assert await look(world, url) == {}


async def test_feishu_does_not_tell_who_looks(world: World) -> None:
    """Without knowing who looks, nothing is shown."""
    world.feishu.fail("user", refusing(99991672))
    assert await look(world, f"{PUBLIC_URL}/c/{await northwind(world)}") == {}


async def test_without_an_address_there_are_no_links(sqlite_url: str) -> None:
    """A Kith that has no public address knows no link of its own."""
    async with running(sqlite_url, public_url="") as world:
        assert await look(world, f"/c/{await northwind(world)}") == {}
