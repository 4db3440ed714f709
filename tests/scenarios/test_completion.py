"""What a line or an input may go on with: verbs, customers and members, in both languages, for who may use them."""

import pytest

from cards.model import InputKind
from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """Some customers and a contact."""
    for name in ("Northwind Foods", "Northwind Travel", "华为技术", "Call Center Ltd", "“Acme: East”", "Acme"):
        sqlite_kith.say(f"new customer {name}")
    sqlite_kith.say("new contact Acme: Ada Bell, buyer")
    return sqlite_kith


@pytest.mark.parametrize(
    ("line", "options"),
    [
        ("vis", ["visit "]),
        ("/vis", ["visit "]),
        ("VIS", ["visit "]),
        ("new c", ["new customer ", "new contact "]),
        ("拜", ["拜访 "]),
        ("任务列", ["任务列表 "]),
        ("visit north", ["visit Northwind Foods: ", "visit Northwind Travel: "]),
        ("拜访 华", ["拜访 华为技术: "]),
        ("拜访华", ["拜访 华为技术: "]),
        ("360 north", ["360 Northwind Foods ", "360 Northwind Travel "]),
        ("assign hua", ["assign 华为技术 "]),
        ("northwind", ["Northwind Foods", "Northwind Travel"]),
        ("huawei", ["华为技术"]),
        ("ada", ["Ada Bell"]),
        ("call", ["call "]),
        ("call cen", ["call Call Center Ltd: "]),
        ("cal", ["call ", "find Call Center Ltd"]),
        ("visit acme:", []),
        ("visit Northwind Foods: hel", []),
        ("whoami x", []),
        ("zzz", []),
    ],
)
def test_line_goes_on(kith: Kith, line: str, options: list[str]) -> None:
    """A verb is completed first, behind it a customer's name; nothing is offered inside a note."""
    assert sorted(kith.complete(line)) == sorted(options)


def test_nothing_typed_offers_the_verbs(kith: Kith) -> None:
    """An empty line offers the first verbs, each with what it does in the member's language."""
    offered = kith.run(kith.road.complete(kith.incoming(), ""))
    assert len(offered) == 8
    assert offered[0].value == "find "
    assert offered[0].label == "Look a customer up"
    kith.say("settings 中文")
    assert kith.run(kith.road.complete(kith.incoming(), ""))[0].label == "查询客户"


@pytest.mark.parametrize("line", ["visit acme", "acme", "call", "visit ada", "360 acme"])
def test_completed_line_works(kith: Kith, line: str) -> None:
    """What is offered names the customer it was offered for, also one with a colon or one that begins as a verb."""
    for option in kith.complete(line):
        answer = kith.say(f"{option} hello" if option.endswith(": ") else option)
        assert answer.ok, option


def test_only_what_one_may(kith: Kith) -> None:
    """A viewer is not offered verbs that write, a stranger nothing, another team no customer of this one."""
    assert kith.complete("vis", user="vera") == []
    assert kith.complete("tim", user="vera") == ["timeline "]
    assert kith.complete("vis", user="nobody") == []
    assert kith.suggest(InputKind.CUSTOMER, "", user="nobody") == ()
    assert kith.complete("north", user="ines") == []
    assert kith.suggest(InputKind.CUSTOMER, "north", user="ines") == ()


def test_customers_are_suggested(kith: Kith) -> None:
    """An input offers what was touched last, then what fits, as ids with names; a whole name hides no other."""
    assert kith.suggest(InputKind.CUSTOMER, "")[0].label in {"Acme", "“Acme: East”", "Acme: East"}
    found = kith.suggest(InputKind.CUSTOMER, "acme")
    assert [option.label for option in found] == ["Acme", "Acme: East"]
    assert found[0].value == kith.id_of("Acme")
    (contact,) = kith.suggest(InputKind.CUSTOMER, "ada bell")
    assert contact.value == kith.id_of("Acme")
    assert contact.label.startswith("Ada Bell · Acme")


def test_members_are_suggested(kith: Kith) -> None:
    """A member input offers members by handle and name, with or without the @."""
    assert [option.label for option in kith.suggest(InputKind.MEMBER, "@li")] == ["Lin (@lin)"]
    assert len(kith.suggest(InputKind.MEMBER, "")) == 5
    (max_,) = kith.suggest(InputKind.MEMBER, "MAX")
    assert max_.value == kith.people.members["max"].id


def test_welcome_leads_to_customers(kith: Kith) -> None:
    """A bare line offers customers to look at, and their buttons open them whatever they are called."""
    hello = kith.say("")
    assert "Try" in labels_of(hello)
    assert "Ada Bell" in shown(kith.press(hello, "Try"))
    kith.clock.forward(seconds=1)
    kith.say("edit Call Center Ltd phone: 555 0101")
    assert shown(kith.press(kith.say("hello"), "Try")).startswith("Call Center Ltd")


def test_people_are_not_called_customers(kith: Kith) -> None:
    """What is offered says whether it is a customer or somebody who works there."""
    for line in ("ada bell", "visit ada bell"):
        offered = kith.run(kith.road.complete(kith.incoming(), line))
        assert [option.label for option in offered if "Ada Bell" in option.value] == ["Contact at Acme"], line
    assert kith.run(kith.road.complete(kith.incoming(), "north"))[-1].label == "Customer"
