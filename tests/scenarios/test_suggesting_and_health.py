"""Whom a conversation may be about is read from its people and words; how a customer is doing, from what is open."""

import pytest

from core.actor import Actor, Role
from core.contacts.service import add_contact
from core.conversations.suggesting import Because, Clues, suggest_customers
from core.customers.health import Health, Mood, Sign, health_of
from core.customers.overview import overview
from core.customers.service import add_customer, edit_customer, get_customer
from core.work import Work
from tests.kith import Kith


def _suggested(kith: Kith, handle: str = "mara", **clues: tuple[str, ...]) -> list[tuple[str, Because, str]]:
    actor = kith.actor(handle)
    found = kith.read(lambda work: suggest_customers(work, actor, Clues(**clues)))
    return [(each.customer.name, each.because, each.said) for each in found]


@pytest.fixture
def acme(kith: Kith) -> str:
    actor = kith.actor("mara")

    def fill(work: Work) -> str:
        customer = add_customer(work, actor, name="Acme Looms", website="https://acme.example", phone="+1 555 010 7788")
        add_contact(work, actor, customer, name="Ada Bell", email="ada.bell@post.acme.example", phone="+1 555 010 9911")
        add_customer(work, actor, name="远航科技", website="https://yuanhang.example")
        return customer.id

    return kith.write(fill)


@pytest.mark.parametrize(
    ("clues", "because"),
    [
        ({"emails": ("ada.bell@post.acme.example",)}, Because.EMAIL),
        ({"emails": ("Tom Ray <tom@acme.example>",)}, Because.EMAIL),
        ({"phones": ("+1 (555) 010-9911",)}, Because.PHONE),
        ({"texts": ("acme looms",)}, Because.NAME),
        ({"texts": ("deal-acme-looms",)}, Because.NAME),
        ({"texts": ("Could somebody send Acme Looms the quote?",)}, Because.NAME),
    ],
)
def test_people_and_words_suggest(kith: Kith, acme: str, clues: dict[str, tuple[str, ...]], because: Because) -> None:
    """A contact's address, a domain, a telephone number, or the name in a title or a message."""
    assert acme
    (found,) = _suggested(kith, **clues)
    assert found[:2] == ("Acme Looms", because)
    assert "@" not in found[2]


def test_chinese_names_are_found_in_sentences(kith: Kith, acme: str) -> None:
    """A name stands between other characters without a blank."""
    assert acme
    assert [one[0] for one in _suggested(kith, texts=("今天和远航科技的人谈了报价",))] == ["远航科技"]


def test_what_tells_nothing_suggests_nothing(kith: Kith, acme: str) -> None:
    """Public mail domains, colleagues' own domains, extensions and plain talk."""
    assert acme
    assert _suggested(kith, emails=("ada@gmail.com", "x@qq.com", "not an address"), phones=("12",)) == []
    assert _suggested(kith, texts=("good morning everybody", "", "……")) == []


def test_only_what_the_member_may_see_is_suggested(kith: Kith, acme: str) -> None:
    """A member of another team is asked about no customer that is not theirs."""
    assert acme
    assert _suggested(kith, "mara", texts=("Acme Looms",))
    assert _suggested(kith, "ines", texts=("Acme Looms",)) == []


def test_a_no_is_remembered_by_whoever_asks(kith: Kith, acme: str) -> None:
    """What was refused is left out."""
    clues, actor = Clues(texts=("Acme Looms",)), kith.actor("mara")
    left = kith.read(lambda work: suggest_customers(work, actor, clues, not_these=frozenset({acme})))
    assert left == []


def _health(kith: Kith, customer: str, actor: Actor) -> Health:
    def find(work: Work) -> Health:
        today = work.now.date()
        return health_of(overview(work, actor, get_customer(work, actor, customer), today), work.now, today)

    return kith.read(find)


def test_health_follows_what_is_open(kith: Kith, acme: str) -> None:
    """New: never contacted; in touch with a next step: good; overdue or long quiet: at risk; lost: left alone."""
    actor = kith.actor("mara")
    assert actor.at_least(Role.REP)
    assert dict(_health(kith, acme, actor).signs) == {Sign.NO_CONTACT: 1, Sign.NO_NEXT_STEP: 1}
    kith.say("visit Acme Looms: saw the hall, send the quote tomorrow")
    assert _health(kith, acme, actor).mood is Mood.GOOD
    kith.clock.forward(days=3)
    overdue = _health(kith, acme, actor)
    assert (overdue.mood, dict(overdue.signs)) == (Mood.RISK, {Sign.OVERDUE: 1})
    kith.say("done send the quote")
    kith.clock.forward(days=30)
    quiet = _health(kith, acme, actor)
    assert (quiet.mood, set(dict(quiet.signs))) == (Mood.WATCH, {Sign.QUIET, Sign.NO_NEXT_STEP})
    kith.clock.forward(days=40)
    assert _health(kith, acme, actor).mood is Mood.RISK
    kith.write(lambda work: edit_customer(work, actor, acme, stage="lost"))
    assert _health(kith, acme, actor).mood is Mood.GOOD
