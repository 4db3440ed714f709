"""Before the page in Feishu's side panel comes nobody but whom Feishu names to the server, once, in one browser."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from adapters.callbacks.script_signature import script_signature
from adapters.feishu.side import SidePanel
from adapters.feishu.side_proof import LIFE
from adapters.hosts.model import Knock, Prepared, Proven
from bots.emulators.feishu.model import Chat
from bots.emulators.feishu.server import TICKET
from core.conversations.suggesting import Clues
from core.members.model import Identity
from tests.adapters.feishu.standin import refusing
from tests.adapters.feishu.test_feishu_previews import look, northwind
from tests.adapters.feishu.world import LIN, PUBLIC_URL, ROOM, TENANT, WEI, World, open_id, running
from tests.kith import SteppedClock

pytestmark = pytest.mark.anyio
PAGE = f"{PUBLIC_URL}/sidebar/in/feishu"
_VECTORS = (above / "shared" / "bench" / "vectors.json" for above in Path(__file__).parents)
VECTORS = next((each for each in _VECTORS if each.exists()), None)


@pytest.fixture
async def sided(sqlite_url: str) -> AsyncIterator[World]:
    """A Kith with a page beside the conversation."""
    async with running(sqlite_url, secret_key="a secret key for tests only, long enough") as made:
        yield made


def panel(world: World) -> SidePanel:
    """Feishu's one host."""
    (host,) = world.adapter.hosts
    assert isinstance(host, SidePanel)
    return host


def stepped(world: World) -> SteppedClock:
    """The test's clock."""
    assert isinstance(world.clock, SteppedClock)
    return world.clock


async def knock(world: World, held: str = "", **query: str) -> Prepared:
    """Somebody opens the way in."""
    return await panel(world).prepare(Knock(address=PAGE, query=query, held=held))


async def proof(world: World, opened: Prepared, who: str = WEI, **fields: str) -> dict[str, str]:
    """What the script sends after the client gave it a code."""
    code = f"code-{len(world.feishu.codes)}-{who}"
    world.feishu.codes[code] = who
    return {"code": code, "state": opened.told["state"], "held": opened.hold or "", **fields}


async def entered(world: World, who: str = WEI, **fields: str) -> Proven | None:
    """The whole way in."""
    return await panel(world).prove(await proof(world, await knock(world), who, **fields))


async def test_feishu_names_who_looks(sided: World) -> None:
    """The identity is the one that messages come with; without a conversation there is none."""
    found = await entered(sided)
    assert found is not None
    assert (found.seat.identity, found.seat.conversation, found.note) == (Identity("feishu", TENANT, WEI), "", "")


async def test_forged_and_foreign_proofs_are_refused(sided: World) -> None:
    """No code, one that Feishu does not know, no state, a changed one, one of another browser: nobody."""
    opened, other = await knock(sided), await knock(sided)
    good = await proof(sided, opened)
    state = opened.told["state"]
    for wrong in (
        {"code": ""},
        {"code": "made up"},
        {"code": "x" * 600},
        {"state": ""},
        {"state": state[:-1] + ("0" if state[-1] != "0" else "1")},
        {"state": "9" + state},
        {"state": "9999999999.é"},
        {"held": other.hold or ""},
        {"held": ""},
    ):
        assert await panel(sided).prove(good | wrong) is None, wrong
    assert await panel(sided).prove(good) is not None


async def test_stale_state_is_refused(sided: World) -> None:
    """What was begun too long ago is begun anew."""
    sent = await proof(sided, await knock(sided))
    stepped(sided).forward(minutes=LIFE.seconds // 60)
    assert await panel(sided).prove(sent) is None


async def test_code_counts_in_one_browser(sided: World) -> None:
    """The browser that brought it may load the page again; a code seen passing by is good for nothing elsewhere."""
    opened = await knock(sided)
    sent = await proof(sided, opened)
    first, again = await panel(sided).prove(sent), await panel(sided).prove(sent)
    assert first is not None and again is not None and first.once == again.once  # noqa: PT018 - one sentence
    other = await knock(sided)
    assert await panel(sided).prove(sent | {"state": other.told["state"], "held": other.hold or ""}) is None


async def test_other_companies_people_are_somebody_else(sided: World) -> None:
    """The same person in another company is another identity, which no member has."""
    sided.feishu.tenant = "t_other"
    found = await entered(sided)
    assert found is not None and found.seat.identity == Identity("feishu", "t_other", WEI)  # noqa: PT018 - one sentence
    assert await sided.database.read(lambda work: work.members.by_identity(found.seat.identity)) is None


async def test_member_is_recognised_by_address(sided: World) -> None:
    """Who never wrote to Kith is the member of the address in the company's directory, once the company is known."""
    await sided.says(WEI, "tasks")
    found = await entered(sided, LIN)
    assert found is not None
    membership = await sided.database.read(lambda work: work.members.by_identity(found.seat.identity))
    assert membership is not None and membership.member.handle == "lin"  # noqa: PT018 - one sentence


async def test_conversation_counts_for_its_members(sided: World) -> None:
    """It stands beside the page for who is in it, with its name; for anybody else, or when Feishu does not say, not."""
    sided.feishu.chats[ROOM].name = "Northwind deal"
    found = await entered(sided, chat=ROOM)
    assert found is not None and (found.seat.conversation, found.seat.title) == (ROOM, "Northwind deal")  # noqa: PT018
    sided.feishu.chats["oc_other"] = Chat("group", [LIN])
    for chat in ("oc_other", "oc_gone", "../../users", "oc_" + "x" * 100):
        found = await entered(sided, chat=chat)
        assert found is not None and not found.seat.conversation and found.note, chat  # noqa: PT018 - one sentence
    sided.feishu.fail("members", refusing(232011))
    found = await entered(sided, chat=ROOM)
    assert found is not None and not found.seat.conversation  # noqa: PT018 - one sentence


async def test_members_of_large_groups_are_found(sided: World) -> None:
    """Somebody on a later page of the members is in the group as well."""
    sided.feishu.chats[ROOM].members = [*(f"on_{number}" for number in range(230)), WEI]
    found = await entered(sided, chat=ROOM)
    assert found is not None and found.seat.conversation == ROOM  # noqa: PT018 - one sentence


async def test_clues_are_what_the_company_vouches_for(sided: World) -> None:
    """Addresses and numbers of the others there, none of who left, and the title; nothing once one has left oneself."""
    sided.feishu.chats[ROOM].name = "Northwind deal"
    sided.feishu.people[LIN]["mobile"] = "+15550101"
    sided.feishu.person("on_gone", open_id("on_gone"), email="gone@x.example", status={"is_resigned": True})
    sided.feishu.chats[ROOM].members.append("on_gone")
    found = await entered(sided, chat=ROOM)
    assert found is not None
    clues = await panel(sided).clues(found.seat)
    assert (clues.emails, clues.phones, clues.texts) == (("lin@kith.example",), ("+15550101",), ("Northwind deal",))
    sided.feishu.chats[ROOM].members.remove(WEI)
    clues = await panel(sided).clues(found.seat)
    assert clues == Clues()
    assert not (await panel(sided).clues(replace(found.seat, conversation=""))).texts


async def test_script_is_signed_where_it_asks(sided: World) -> None:
    """Opened from the menu beside the text field it is signed; the ticket is fetched once for many pages at a time."""
    launch = json.dumps({"__trigger_id__": "c-1"})
    opened = await asyncio.gather(*(knock(sided, bdp_launch_query=launch) for _ in range(5)))
    assert sided.feishu.calls.count("ticket") == 1
    told = opened[0].told
    assert told["trigger"] == "c-1"
    assert told["signature"] == script_signature(TICKET, told["nonce"], told["stamp"], PAGE)
    for launch in ("", "{", '{"__trigger_id__": 7}', '{"a": ' + "[" * 20_000):
        assert "signature" not in (await knock(sided, bdp_launch_query=launch)).told
    stepped(sided).forward(hours=2)
    sided.feishu.fail("ticket", refusing(99991400))
    assert "signature" not in (await knock(sided, bdp_launch_query='{"__trigger_id__": "c"}')).told


@pytest.mark.skipif(VECTORS is None, reason="the published vectors are not on this machine")
async def test_published_vector() -> None:
    """The published example comes out, and no other for an address with one letter changed."""
    assert VECTORS is not None
    given = json.loads(VECTORS.read_text(encoding="utf-8"))["wx_jssdk"]
    parts = (given["jsapi_ticket"], given["noncestr"], given["timestamp"])
    assert script_signature(*parts, given["url"]) == given["signature"]
    assert script_signature(*parts, given["url"] + "x") != given["signature"]


async def test_secret_or_https_missing_means_no_panel(sqlite_url: str) -> None:
    """Without https there are no sessions to have, so that there is no way in."""
    async with running(sqlite_url, secret_key="a secret key", public_url="http://kith.example") as world:
        assert world.adapter.hosts == ()


async def test_links_lead_beside_the_conversation(sided: World) -> None:
    """The card below a link leads to the side panel of that very conversation, and tells no name in the address."""
    customer = await northwind(sided)
    told = await look(sided, f"{PUBLIC_URL}/c/{customer}")
    (address,) = {part for part in json.dumps(told["card"]["data"]).split('"') if part.startswith("https://")}
    parts = urlsplit(address)
    assert (parts.netloc, parts.path) == ("applink.feishu.cn", "/client/web_url/open")
    asked = parse_qs(parts.query)
    assert asked["mode"] == ["sidebar-semi"]
    assert asked["url"] == [f"{PAGE}?c={customer}&chat={ROOM}"]
