"""A link to a customer that somebody writes in Teams: it opens the page, and tells nobody anything."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.teams.links import CARD_VERSION
from bots.emulators.teams.cards import Json
from bots.emulators.teams.model import APP
from bots.emulators.teams.rules import bytes_of
from tests.adapters.teams.world import MEI, PUBLIC_URL, SAM, World

pytestmark = pytest.mark.anyio
QUERY, ANONYMOUS = "composeExtension/queryLink", "composeExtension/anonymousQueryLink"
# Everything about the asker is left out: msteams-docs, "Zero install for link unfurling".
_REDACTED = {
    "from": {"id": "redacted", "name": "redacted"},
    "conversation": {"id": "redacted", "tenantId": "redacted", "conversationType": "groupChat"},
    "channelData": {"tenant": {"id": "redacted"}, "source": {"name": "compose"}},
}


async def _northwind(world: World) -> str:
    found = await world.invoked("application/search", {"queryText": "Northwind", "dataset": "customer"})
    return str(found["value"]["results"][0]["value"])


async def _card(world: World, url: str, who: str, **more: object) -> Json:
    body = await world.invoked(QUERY, {"url": url}, who, **more)
    (attachment,) = body["composeExtension"]["attachments"]
    assert attachment["preview"]["content"]["title"]
    assert bytes_of(attachment) < 28 * 1024
    card: Json = attachment["content"]
    return card


def _said(card: Json) -> list[str]:
    return [block["text"] for block in card["body"]]


async def test_card_opens_the_page(world: World) -> None:
    """One button opens the page beside the conversation, the other the app's own tab, both on the customer."""
    customer = await _northwind(world)
    card = await _card(world, f"{PUBLIC_URL}/c/{customer}?x=1#y", MEI, room=True, locale="en-US")
    assert card["version"] == CARD_VERSION == "1.3"
    beside, tab = card["actions"]
    value = beside["data"]["msteams"]["value"]
    assert (beside["title"], beside["data"]["msteams"]["type"], value["type"]) == (
        "Open",
        "invoke",
        "tab/tabInfoAction",
    )
    assert value["tabInfo"]["contentUrl"] == f"{PUBLIC_URL}/sidebar/in/teams?c={customer}"
    assert value["tabInfo"]["websiteUrl"] == f"{PUBLIC_URL}/c/{customer}"
    parts = urlsplit(tab["url"])
    assert f"{parts.netloc}{parts.path}" == f"teams.microsoft.com/l/entity/{APP}/kith"
    (context,) = parse_qs(parts.query)["context"]
    assert json.loads(context) == {"subEntityId": customer}


async def test_card_tells_nobody_anything(world: World) -> None:
    """The same card for a member, a stranger, and a customer that does not exist; in the client's language."""
    customer = await _northwind(world)
    shown = [
        await _card(world, f"{PUBLIC_URL}/c/{one}", who, locale="en-US")
        for one, who in ((customer, MEI), (customer, SAM), ("0" * 13, SAM))
    ]
    said = [_said(card) for card in shown]
    assert said[0] == said[1] == said[2]
    assert said[0] == ["A customer in Kith", "Open it to see what you may see."]
    assert not any("Northwind" in json.dumps(card) for card in shown)
    chinese = await _card(world, f"{PUBLIC_URL}/c/{customer}", MEI, locale="zh-CN")
    assert "Kith 里的一位客户" in _said(chinese)


async def test_anonymous_link_leaves_no_trace(world: World, sqlite_url: str) -> None:
    """Who has not installed the app gets the card, and the directory that is not told is tied to nothing."""
    path = sqlite_url.removeprefix("sqlite:///")
    before = world.count(path, "tenants")
    asked = world.invoke(ANONYMOUS, {"url": f"{PUBLIC_URL}/c/{'0' * 13}"}) | _REDACTED
    answer = await world.post(asked)
    assert answer.status_code == 200
    assert answer.json()["composeExtension"]["attachments"]
    assert world.count(path, "tenants") == before
    for other in (QUERY, "composeExtension/query", "adaptiveCard/action"):
        assert (await world.post(asked | {"name": other})).status_code == 403


async def test_anonymous_link_must_be_signed(world: World) -> None:
    """Nobody but Microsoft asks without saying who."""
    asked = world.invoke(ANONYMOUS, {"url": f"{PUBLIC_URL}/c/{'0' * 13}"}) | _REDACTED
    assert (await world.post(asked, token=world.teams.token("evil"))).status_code == 401


@pytest.mark.parametrize(
    "url",
    [
        None,
        7,
        "",
        PUBLIC_URL,
        f"{PUBLIC_URL}/c/short",
        f"https://evil.example/c/{'0' * 13}",
        f"{PUBLIC_URL}.evil.example/c/{'0' * 13}",
        f"{PUBLIC_URL}/c/{'0' * 13}/more",
        f"{PUBLIC_URL}/c/{'0' * 13}?{'x' * 3000}",
    ],
)
async def test_other_links_stay_links(world: World, url: object) -> None:
    """What is no link to a customer is answered with nothing."""
    body = await world.invoked(QUERY, {"url": url})
    assert body["composeExtension"]["attachments"] == []
