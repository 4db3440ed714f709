"""The index of names follows the records, and finds them by whatever they go by."""

from dataclasses import replace

import pytest

from core.customers.model import Customer
from core.events.model import Kind
from core.work import Work
from tests.storage.conftest import Store
from tests.storage.samples import NOW, People, contact, customer


@pytest.fixture
def known(store: Store, people: People) -> dict[str, Customer]:
    """Customers in both languages, one with a contact."""
    kept = {
        name: customer(people.wei, name, **values)
        for name, values in {
            "Acme Robotics Inc.": {"website": "https://www.acme.example/about", "region": "Boston"},
            "Acme Foods": {"industry": "Food"},
            "Globex Corporation": {"aliases": ("Blue Sun",), "phone": "+1 (415) 555-0123"},
            "华为技术有限公司": {"aliases": ("Huawei Technologies",)},
            "深圳市腾讯计算机系统有限公司": {},
        }.items()
    }

    def keep(work: Work) -> None:
        work.customers.add_many(kept.values())
        of = kept["Globex Corporation"]
        work.contacts.add(contact(of, "张三", title="采购", phone="13800138000", email="zhang.san@globex.example"))

    store.write(keep)
    return kept


def _found(store: Store, people: People, text: str, *, wide: bool = False) -> list[str]:
    return [hit.name for hit in store.read(lambda work: work.names.find(people.all, text, wide=wide))]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("acme robotics", "Acme Robotics Inc."),
        ("ACME  Robotics, inc", "Acme Robotics Inc."),
        ("acme.example", "Acme Robotics Inc."),
        ("Blue Sun", "Globex Corporation"),
        ("glob", "Globex Corporation"),
        ("0123", "Globex Corporation"),
        ("(415) 555 0123", "Globex Corporation"),
        ("550123", "Globex Corporation"),
        ("001 415 555 0123", "Globex Corporation"),
        ("华为", "华为技术有限公司"),
        ("華為技術", "华为技术有限公司"),
        ("huawei", "华为技术有限公司"),
        ("hwjs", "华为技术有限公司"),
        ("腾讯", "深圳市腾讯计算机系统有限公司"),
        ("张三", "张三"),
        ("zhangsan", "张三"),
        ("138 0013 8000", "张三"),
        ("zhang.san@globex.example", "张三"),
        ("acme robtoics", "Acme Robotics Inc."),
        ("gloobex", "Globex Corporation"),
    ],
)
def test_found_by(store: Store, people: People, known: dict[str, Customer], text: str, name: str) -> None:
    """Each way in which people refer to somebody leads to them first."""
    assert _found(store, people, text)[:1] == [name]


def test_hit_tells_whose_it_is(store: Store, people: People, known: dict[str, Customer]) -> None:
    """A contact's hit carries the customer, and both say what tells them from their like."""
    (hit,) = store.read(lambda work: work.names.find(people.all, "张三"))
    assert (hit.kind, hit.customer_id) == (Kind.CONTACT, known["Globex Corporation"].id)
    assert hit.detail == "Globex Corporation · 采购"
    (customer_hit,) = store.read(lambda work: work.names.find(people.all, "Acme Foods"))
    assert (customer_hit.kind, customer_hit.detail, customer_hit.score) == (Kind.CUSTOMER, "Food", 1.0)


def test_exact_hit_answers_alone(store: Store, people: People, known: dict[str, Customer]) -> None:
    """A name in full brings nothing else, unless suggestions are wanted."""
    store.write(
        lambda work: work.customers.add_many([customer(people.wei, name) for name in ("Globe", "Globetrotters")])
    )
    assert _found(store, people, "globe") == ["Globe"]
    assert set(_found(store, people, "globe", wide=True)) == {"Globe", "Globetrotters", "Globex Corporation"}


@pytest.mark.parametrize(
    "text", ["", "   ", "no such company", "%", "_", "'; DROP TABLE names; --", "\x00", "x" * 5000]
)
def test_nothing_is_found(store: Store, people: People, known: dict[str, Customer], text: str) -> None:
    """What nobody is called finds nobody and harms nothing."""
    assert _found(store, people, text) == []
    assert store.read(lambda work: work.names.exact(people.all, (text,))) == {}


def test_names_in_full(store: Store, people: People, known: dict[str, Customer]) -> None:
    """Of several texts, those that are a name or alias in full are told from the rest."""
    texts = ("Acme", "acme foods", "Blue Sun", "华为技术", "visit Acme Foods", "张三")
    found = store.read(lambda work: work.names.exact(people.all, texts))
    named = {text: [hit.name for hit in hits] for text, hits in found.items()}
    assert named == {
        "acme foods": ["Acme Foods"],
        "Blue Sun": ["Globex Corporation"],
        "华为技术": ["华为技术有限公司"],
        "张三": ["张三"],
    }


def test_renamed_and_removed(store: Store, people: People, known: dict[str, Customer]) -> None:
    """A new name is found at once, the old one no more, and a removed customer and its contacts are gone."""
    of = replace(known["Globex Corporation"], name="Initech", aliases=(), phone="")
    store.write(lambda work: work.customers.save(of))
    assert _found(store, people, "initech") == ["Initech"]
    assert [_found(store, people, text) for text in ("globex", "Blue Sun", "0123")] == [[], [], []]
    store.write(lambda work: work.customers.save(replace(of, removed_at=NOW)))
    assert [_found(store, people, text) for text in ("initech", "张三")] == [[], []]


def test_contact_changes_customer(store: Store, people: People, known: dict[str, Customer]) -> None:
    """A contact who moves is found at the new customer."""
    moved = contact(known["Globex Corporation"], "Ada Byron")
    store.write(lambda work: work.contacts.add(moved))
    to = known["Acme Foods"].id
    store.write(lambda work: work.contacts.save(replace(moved, customer_id=to)))
    assert [hit.customer_id for hit in store.read(lambda work: work.names.find(people.all, "Ada Byron"))] == [to]


def test_own_customers_come_first(store: Store, people: People) -> None:
    """Among namesakes, those of whoever asks."""
    others, own = (customer(owner, "Namesake", team_id=None) for owner in (people.ann, people.wei))
    store.write(lambda work: work.customers.add_many([others, own]))
    hits = store.read(lambda work: work.names.find(people.scope(people.wei), "namesake"))
    assert [hit.id for hit in hits] == [own.id, others.id]
