"""The index of names in memory finds what was meant, follows the database, and is made again when it cannot be used."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.customers.model import Customer
from core.names.indexing import asked, forms
from core.work import Work
from storage.database import open_database
from storage.name_index import file, holding
from storage.name_index.following import LATE, again
from storage.name_index.holding import NameIndexes, index_path
from storage.name_index.live import LiveIndex
from storage.name_index.making import Entry, segment_of
from tests.storage.conftest import Store
from tests.storage.samples import NOW, MovableClock, People, contact, customer

NAMES: dict[str, dict[str, object]] = {
    "Acme Robotics Inc.": {"website": "https://www.acme.example/about"},
    "Acme Foods": {},
    "Globex Corporation": {"aliases": ("Blue Sun",), "phone": "+1 (415) 555-0123"},
    "Northwind Shipping Group": {"extra": {"mail": "Office@Northwind.example", "Mobile 2": "13900139000"}},
    "华为技术有限公司": {"aliases": ("Huawei Technologies",)},
    "深圳市腾讯计算机系统有限公司": {},
    "长江实业集团有限公司": {},
}


class IndexedStore(Store):
    """A store whose process holds the names in memory."""

    def __init__(self, url: str, clock: MovableClock, runner: asyncio.Runner, folder: Path) -> None:
        super().__init__(url, clock, runner)
        self.folder = folder
        self.indexes = NameIndexes(url, folder)
        self.database = open_database(url, clock, self.indexes)

    def hold(self, people: People) -> LiveIndex:
        """Has the index made or read."""
        held = self.runner.run(self.indexes.hold(self.database, people.workspace_id))
        assert held is not None
        return held

    def another(self) -> "IndexedStore":
        """The same database and folder, as another process has them."""
        return IndexedStore(self.url, self.clock, self.runner, self.folder)

    def names(self, people: People, text: str) -> list[str]:
        """What is found, best first."""
        return [hit.name for hit in self.read(lambda work: work.names.find(people.all, text, wide=True))]


@pytest.fixture
def store(database_url: str, clock: MovableClock, runner: asyncio.Runner, tmp_path: Path) -> Iterator[IndexedStore]:
    store = IndexedStore(database_url, clock, runner, tmp_path / "indexes")
    yield store
    store.close()


@pytest.fixture
def known(store: IndexedStore, people: People) -> dict[str, Customer]:
    kept = {name: customer(people.wei, name, **values) for name, values in NAMES.items()}

    def keep(work: Work) -> None:
        work.customers.add_many(kept.values())
        of = kept["Globex Corporation"]
        work.contacts.add(contact(of, "张三丰", phone="13800138000", email="zhang.sf@globex.example"))

    store.write(keep)
    store.hold(people)
    return kept


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Acme Robotics", "Acme Robotics Inc."),
        ("cAme Robotisc", "Acme Robotics Inc."),
        ("robotics acme", "Acme Robotics Inc."),
        ("Acme Robotics Icn", "Acme Robotics Inc."),
        ("acme.example", "Acme Robotics Inc."),
        ("lobex", "Globex Corporation"),
        ("Bleu Sun", "Globex Corporation"),
        ("5550123", "Globex Corporation"),
        ("northwind", "Northwind Shipping Group"),
        ("nrothwind shiping group", "Northwind Shipping Group"),
        ("office@northwind.example", "Northwind Shipping Group"),
        ("139 0013 9000", "Northwind Shipping Group"),
        ("华为", "华为技术有限公司"),
        ("華為技術", "华为技术有限公司"),
        ("华威技术", "华为技术有限公司"),
        ("huaweijishu", "华为技术有限公司"),
        ("hua wei ji shu", "华为技术有限公司"),
        ("hauwei jisu", "华为技术有限公司"),
        ("huawei jishu youxian gongsi", "华为技术有限公司"),
        ("hwjs", "华为技术有限公司"),
        ("hwjsyxgs", "华为技术有限公司"),
        ("华为枝术有限公司", "华为技术有限公司"),
        ("腾讯计算机", "深圳市腾讯计算机系统有限公司"),
        ("changjiang shiye", "长江实业集团有限公司"),
        ("张三", "张三丰"),
        ("zhangsanfeng", "张三丰"),
        ("zhang.sf@globex.example", "张三丰"),
    ],
)
def test_found_by(store: IndexedStore, people: People, known: dict[str, Customer], text: str, name: str) -> None:
    """Each way in which people type a name, mistyped or not, leads to it first."""
    assert store.names(people, text)[:1] == [name]


def test_changes_are_found_at_once(store: IndexedStore, people: People, known: dict[str, Customer]) -> None:
    """New and renamed customers and contacts are found, mistyped too; old names and removed records no more."""
    made = customer(people.wei, "Initech Software")
    store.write(lambda work: work.customers.add(made))
    assert store.names(people, "Intiech Sofware") == ["Initech Software"]
    store.write(lambda work: work.customers.save(replace(made, name="Umbrella Pharma")))
    assert store.names(people, "Intiech Sofware") == []
    assert store.names(people, "umbrela phrama") == ["Umbrella Pharma"]
    store.write(lambda work: work.customers.save(replace(made, name="Umbrella Pharma", removed_at=NOW)))
    assert store.names(people, "umbrela phrama") == []
    store.write(lambda work: work.contacts.add(contact(known["Acme Foods"], "Gregory Peckham")))
    assert store.names(people, "Gregroy Pekham") == ["Gregory Peckham"]


def test_changes_of_other_processes_are_found(store: IndexedStore, people: People, known: dict[str, Customer]) -> None:
    """What another process wrote, one record or many, is found by the next look-up."""
    other = store.another()
    try:
        many = [customer(people.wei, name) for name in ("Vandelay Imports", "Kramerica Industries")]
        other.write(lambda work: work.customers.add_many(many))
    finally:
        other.close()
    assert store.names(people, "Vandely Improts") == ["Vandelay Imports"]
    assert store.names(people, "Krameirca")[:1] == ["Kramerica Industries"]


def test_what_is_not_committed_stays_out(store: IndexedStore, people: People, known: dict[str, Customer]) -> None:
    """A unit of work finds what it added itself; when it fails, nobody ever does."""

    def add_and_fail(work: Work) -> None:
        work.customers.add(customer(people.wei, "Ghost Holdings"))
        assert [hit.name for hit in work.names.find(people.all, "ghost holdings")] == ["Ghost Holdings"]
        raise ValueError("taken back")

    with pytest.raises(ValueError, match="taken back"):
        store.write(add_and_fail)
    store.write(lambda work: work.customers.add(customer(people.wei, "Castle Works")))
    assert store.names(people, "gohst holdngs") == []
    assert store.names(people, "catsle works") == ["Castle Works"]


def test_not_yours_looks_like_not_found(store: IndexedStore, people: People, known: dict[str, Customer]) -> None:
    """Who may not see a customer does not find it by any slip of its name."""
    for text in ("Globex Corporation", "globxe", "5550123", "张三丰"):
        for who, scope in people.blind():
            assert store.read(lambda work, text=text, scope=scope: work.names.find(scope, text)) == [], who


def test_before_there_is_an_index(store: IndexedStore, people: People) -> None:
    """Until the index is there, the keys in the database answer, and the workspace is wanted."""
    store.write(lambda work: work.customers.add(customer(people.wei, "Acme Robotics Inc.")))
    assert store.indexes.held(people.workspace_id) is None
    assert store.names(people, "acme rob") == ["Acme Robotics Inc."]


def test_nobody_waits_for_the_index(store: IndexedStore, people: People) -> None:
    """What was asked for is made in the background, and from then on follows what others write many at a time."""
    assert store.names(people, "anything") == []
    store.runner.run(store.indexes._turn(store.database))
    index = store.indexes.held(people.workspace_id)
    assert index is not None
    assert index.followed
    other = store.another()
    try:
        many = [customer(people.wei, name) for name in ("Vandelay Imports", "Kramerica Industries")]
        other.write(lambda work: work.customers.add_many(many))
    finally:
        other.close()
    assert store.names(people, "vandelay imports") == ["Vandelay Imports"]  # by its key
    store.runner.run(store.indexes._turn(store.database))
    assert store.names(people, "Vandely Improts") == ["Vandelay Imports"]


def test_an_index_that_cannot_be_made(
    store: IndexedStore, people: People, known: dict[str, Customer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where there is no room for the file the database goes on answering, and it is not tried again at once."""
    other = store.another()
    monkeypatch.setattr(holding, "_SMALL", 0)
    tried = []

    async def fail(workspace_id: object) -> None:
        tried.append(workspace_id)

    monkeypatch.setattr(other.indexes, "_make_file", fail)
    try:
        for _ in range(3):
            assert other.names(people, "acme foods") == ["Acme Foods"]
            other.runner.run(other.indexes._turn(other.database))
    finally:
        other.close()
    assert tried == [people.workspace_id]


def test_committed_late(store: IndexedStore, people: People, known: dict[str, Customer]) -> None:
    """A change whose number was passed over before it was committed is taken up by the next look at the last ones."""
    index = store.indexes.held(people.workspace_id)
    assert index is not None
    store.write(lambda work: work.customers.add(customer(people.wei, "Vandelay Imports")))
    index.apply(index.position, index.position + 1, [], [])
    assert store.names(people, "Vandely Improts") == []
    store.read(lambda work: again(work.connection, people.workspace_id, index, LATE))  # type: ignore[attr-defined]
    assert store.names(people, "Vandely Improts") == ["Vandelay Imports"]


def test_kept_in_a_file(
    store: IndexedStore, people: People, known: dict[str, Customer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is made by another process, read when it is whole, caught up with, and made again when it is damaged."""
    monkeypatch.setattr(holding, "_SMALL", 0)
    path = index_path(store.url, people.workspace_id, store.folder)
    store.hold(people)
    first = path.read_bytes()
    store.write(lambda work: work.customers.add(customer(people.wei, "Late Arrivals Ltd")))
    other = store.another()
    try:
        other.hold(people)
        assert path.read_bytes() == first
        assert other.names(people, "laet arivals") == ["Late Arrivals Ltd"]
        path.write_bytes(first[:-200] + bytes(200))
        assert file.read(path) is None
        other.hold(people)
        assert file.read(path) is not None
        assert other.names(people, "cAme Robotisc")[:1] == ["Acme Robotics Inc."]
    finally:
        other.close()


@pytest.mark.parametrize("keep", [0, 2])
def test_forgotten_changes_cost_nothing_but_time(
    store: IndexedStore, people: People, known: dict[str, Customer], keep: int
) -> None:
    """Once the log is cut, the same process and one that starts with an old file both find what was and what comes."""
    store.write(lambda work: work.names.forget_changes(keep))
    assert store.names(people, "acme robots")[:1] == ["Acme Robotics Inc."]
    store.write(lambda work: work.customers.add(customer(people.wei, "Zephyr Marine")))
    assert store.names(people, "zefyr marine")[:1] == ["Zephyr Marine"]
    other = store.another()
    other.hold(people)
    found = [other.names(people, text)[:1] for text in ("zefyr marine", "acme robots")]
    other.close()
    assert found == [["Zephyr Marine"], ["Acme Robotics Inc."]]
    assert known


@pytest.mark.parametrize("content", [b"", b"{}\n", b"not an index", b'{"format":"kith-names-0"}\n'])
def test_no_index_at_all(tmp_path: Path, content: bytes) -> None:
    """A file that never was an index, and none, are told from one."""
    path = tmp_path / "some.index"
    assert file.read(path) is None
    path.write_bytes(content)
    assert file.read(path) is None


def _entry(number: int, name: str) -> Entry:
    return Entry(number, is_contact=False, forms=forms(name))


def test_many_changes_become_segments() -> None:
    """Thousands of changes are all found, those that were changed again by their last name alone."""
    index = LiveIndex(segment_of([_entry(1, "Firstborn Works")]), 0)
    for number in range(2, 3_502):
        assert index.apply(number - 2, number - 1, [(number, number, False)], [_entry(number, f"Quorum{number} Mills")])
    for at, number in enumerate(range(2, 3_502, 7), 3_500):
        index.apply(at, at + 1, [(number, number, False)], [_entry(number, f"Zephyr{number} Looms")])
    assert len(index) == 3_501
    for name, number in (("Firstborn Works", 1), ("Quorum3400 Mlils", 3400), ("zephyr3397looms", 3397)):
        assert index.search(asked(name), 5)[0].number == number
    assert all(near.number != 2 for near in index.search(asked("Quorum2 Mills"), 5) if near.near == 1)


def test_changes_are_taken_once() -> None:
    """Whoever comes second with the same changes is told to look again."""
    index = LiveIndex(segment_of([]), 0)
    assert index.apply(0, 5, [], [_entry(1, "Acme")])
    assert not index.apply(0, 5, [], [_entry(1, "Acme")])


_INDEX = LiveIndex(segment_of(_entry(number, name) for number, name in enumerate([*NAMES, "مؤسسة النور", "!!!"], 1)), 0)


@given(st.text(max_size=300))
def test_looking_up_never_fails(text: str) -> None:
    """Any text is answered, with nearness from 0 to 1, best first."""
    found = _INDEX.search(asked(text), 10)
    assert all(0 <= each.near <= 1 for each in found)
    assert found == sorted(found, key=lambda each: -each.near)


def test_ties_go_to_the_members_own(store: IndexedStore, people: People) -> None:
    """Of two names that were mistyped alike, the one of whoever asks comes first."""
    others, own = (customer(owner, "Namesake Mills", team_id=None) for owner in (people.ann, people.wei))
    store.write(lambda work: work.customers.add_many([others, own]))
    store.hold(people)
    hits = store.read(lambda work: work.names.find(people.scope(people.wei), "naemsake mlils", wide=True))
    assert [hit.id for hit in hits] == [own.id, others.id]
