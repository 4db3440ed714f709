"""The customers' contacts that members have on WeCom are Kith's contacts, with tags the same on both sides."""

from typing import Any

import pytest

from core.actor import Scope
from core.contacts.model import Contact
from core.customers.model import Customer
from core.work import Work
from tests.adapters.wecom.world import World

pytestmark = pytest.mark.anyio

LIN = "wmLIN0001"


def external(*tags: str, **more: Any) -> dict[str, Any]:
    """Lin, a contact of Wei's, as WeCom tells it."""
    return {
        "external_contact": {"external_userid": LIN, "name": "Lin W.", "type": 1, "position": "Buyer"},
        "follow_user": [
            {
                "userid": "Wei",
                "remark": "Lin Wang",
                "remark_corp_name": "Globex",
                "remark_mobiles": ["13800000000"],
                "tags": [{"tag_name": tag, "tag_id": f"et-{tag}", "type": 1} for tag in tags],
            }
            | more
        ],
    }


async def change(world: World, kind: str = "edit_external_contact", user: str = "Wei") -> int:
    """WeCom tells that a contact has changed; the status of the answer."""
    world.clock.forward(seconds=20)  # type: ignore[attr-defined]
    event = world.event(
        "sys", "change_external_contact", ChangeType=kind, UserID=user, ExternalUserID=LIN, State="", WelcomeCode=""
    )
    answer = await world.post(event)
    await world.settle()
    return answer.status_code


async def kept(world: World) -> tuple[Contact | None, Customer | None]:
    """The contact and its customer."""

    def read(work: Work) -> tuple[Contact | None, Customer | None]:
        only = work.members.only_workspace()
        assert only is not None
        scope = Scope(only, everything=True)
        contact = work.contacts.by_external_id(scope, LIN)
        return contact, work.customers.by_id(scope, contact.customer_id) if contact else None

    return await world.database.read(read)


async def test_contact_is_taken_over(world: World) -> None:
    """A new contact of a member's is a contact at the company they noted, with a receipt and a way to take it back."""
    world.wecom.externals[LIN] = external("VIP")
    world.wecom.tags["VIP"] = "et-VIP"
    assert await change(world, "add_external_contact") == 200
    contact, customer = await kept(world)
    assert contact is not None
    assert customer is not None
    assert (contact.name, contact.title, contact.wechat) == ("Lin Wang", "Buyer", "Lin W.")
    assert "13800000000" in contact.phone.replace(" ", "")
    assert (customer.name, customer.tags) == ("Globex", ("VIP",))
    receipt = world.wecom.last("Wei")
    assert "Undo" in receipt.presses
    await world.pressed("Wei", receipt, "Undo")
    contact, _ = await kept(world)
    assert contact is None


async def test_known_contact_is_found(world: World) -> None:
    """Somebody of that name at that customer is the same person, and what Kith knows of them stays."""
    await world.said("Wei", "new contact Globex: Lin Wang, title: CFO")
    before = await world.database.read(_contacts)
    world.wecom.externals[LIN] = external()
    await change(world)
    contact, _ = await kept(world)
    assert contact is not None
    assert contact.title == "CFO"
    assert len(await world.database.read(_contacts)) == len(before) == 1


def _contacts(work: Work) -> list[Contact]:
    only = work.members.only_workspace()
    assert only is not None
    return work.contacts.list_after(Scope(only, everything=True), limit=100)


async def test_company_that_is_not_known(world: World) -> None:
    """Another company is a new customer; somebody without one is their own."""
    world.wecom.externals[LIN] = external(remark_corp_name="Blue Harbor")
    await change(world)
    _, customer = await kept(world)
    assert customer is not None
    assert customer.name == "Blue Harbor"
    world.wecom.externals["wmANN"] = external(remark="Ann", remark_corp_name="")
    world.wecom.externals["wmANN"]["external_contact"]["external_userid"] = "wmANN"
    event = world.event("sys", "change_external_contact", ChangeType="add_external_contact", UserID="Wei")
    await world.post(event | {"ExternalUserID": "wmANN"})
    found = await world.database.read(lambda work: [one.name for one in _contacts(work)])
    assert "Ann" in found


async def test_tags_go_both_ways(world: World) -> None:
    """A tag put in Kith is put on WeCom and one put there is put here; what one side takes away goes on the other."""
    world.wecom.tags |= {"VIP": "et-VIP", "Trial": "et-Trial"}
    world.wecom.externals[LIN] = external("VIP")
    await change(world)
    await world.said("Wei", "edit Globex tags: VIP, Wholesale")
    await world.settle()
    tags = world.wecom.externals[LIN]["follow_user"][0]["tags"]
    assert sorted(tag["tag_name"] for tag in tags) == ["VIP", "Wholesale"]
    world.wecom.externals[LIN]["follow_user"][0]["tags"] = [
        {"tag_name": "Wholesale", "tag_id": world.wecom.tags["Wholesale"], "type": 1},
        {"tag_name": "Trial", "tag_id": "et-Trial", "type": 1},
        {"tag_name": "my own", "tag_id": "et-own", "type": 2},
    ]
    await change(world)
    _, customer = await kept(world)
    assert customer is not None
    assert sorted(customer.tags) == ["Trial", "Wholesale"]
    await world.said("Wei", "edit Globex tags: Trial")
    await world.settle()
    tags = world.wecom.externals[LIN]["follow_user"][0]["tags"]
    assert sorted(tag["tag_name"] for tag in tags) == ["Trial", "my own"]


async def test_nothing_new_says_nothing(world: World) -> None:
    """A change that changes nothing here is no event and no message; a second copy neither."""
    world.wecom.externals[LIN] = external()
    await change(world)
    before = len(world.wecom.messages)
    await change(world)
    await world.again()
    assert len(world.wecom.messages) == before


async def test_gone_contact_stays(world: World) -> None:
    """A contact that a member removed on WeCom stays in Kith: what was agreed with them does not go away."""
    world.wecom.externals[LIN] = external()
    await change(world)
    assert await change(world, "del_follow_user") == 200
    contact, _ = await kept(world)
    assert contact is not None


async def test_wecom_cannot_be_asked(world: World) -> None:
    """While WeCom cannot tell who it is, the event is not acknowledged, and it comes again; who is nobody is left."""
    world.wecom.externals[LIN] = external()
    world.wecom.fail("externalcontact/get", [-1])
    assert await change(world) == 503
    assert (await world.again()).status_code == 200
    assert (await kept(world))[0] is not None
    world.wecom.fail("externalcontact/get", [84061])
    assert await change(world) == 200


async def test_member_whom_kith_does_not_know(world: World) -> None:
    """A stranger's contacts are none of Kith's."""
    world.wecom.externals[LIN] = external(userid="Anna")
    assert await change(world, user="Anna") == 200
    assert (await kept(world))[0] is None
