"""A deal is moved on in one line; which one is meant is asked for when it is not clear, and nothing said is lost."""

import pytest

from cards.model import Chart
from tests.kith import Kith, labels_of, shown, values_of


@pytest.fixture
def acme(kith: Kith) -> Kith:
    """A customer with one open deal."""
    kith.say("new customer Acme")
    kith.say("new deal Acme: Cold chain $120k, close: 2 Dec")
    return kith


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("deal Acme quote", ["Lead → Quote", "10 % → 50 %"]),
        ("deal Acme negotiation $90k", ["Lead → Negotiation", "$120,000 → $90,000"]),
        ("deal Acme 90k USD", ["$120,000 → $90,000"]),
        ("deal Acme to quote", ["Lead → Quote"]),
        ("deal Acme from lead to quote", ["Lead → Quote"]),
        ("deal Acme won after a hard negotiation", ["Lead → Won"]),
        ("deal Acme 40%", ["10 % → 40 %"]),
        ("deal Acme stage: won, amount: 100k USD", ["Lead → Won", "$120,000 → $100,000"]),
        ("deal Acme close: 24 Dec", ["Wed 2 Dec → Thu 24 Dec"]),
        ("deal Acme owner: lin", ["Mara → Lin"]),
        ("商机 Acme 赢单", ["Lead → Won", "10 % → 100 %"]),
        ("商机 Acme 改为 谈判", ["Lead → Negotiation"]),
        ("商机 Acme 30万", ["$120,000 → CN¥300,000"]),
        ("deal Acme cold chain won", ["Lead → Won"]),
    ],
)
def test_one_line_moves_it(acme: Kith, line: str, said: list[str]) -> None:
    """Stage, amount, probability and fields are taken from the line, in both languages."""
    moved = acme.say(line)
    assert moved.receipt
    for part in said:
        assert part in shown(moved)


def test_words_that_are_no_change_are_kept(acme: Kith) -> None:
    """Why a deal was lost is kept as a note of the deal, and undone with it."""
    lost = acme.say("deal Acme lost because of the price")
    assert "Deal lost" in shown(lost)
    (note,) = acme.rows()["activities"]
    (deal,) = acme.rows()["deals"]
    assert (note.text, note.deal_id, deal.stage) == ("lost because of the price", deal.id, "lost")
    acme.press(lost, "Undo")
    assert acme.rows()["activities"] == []
    assert acme.rows()["deals"][0].stage == "lead"


def test_deal_is_shown(acme: Kith) -> None:
    """A customer alone shows its only open deal, with what moves it."""
    card = acme.say("deal Acme")
    assert card.receipt == ""
    for said in ("Cold chain", "$120,000", "Lead", "10 %", "Wed 2 Dec", "Mara"):
        assert said in shown(card)
    assert "Lead → Quote" in shown(acme.press(card, "Quote"))
    assert values_of(acme.press(card, "Edit"))["name"] == "Cold chain"


def test_several_deals_are_asked_about(acme: Kith) -> None:
    """With several open deals the line is completed by a choice, or by words of the deal's name."""
    acme.say("new deal Acme: Service contract $5k")
    assert labels_of(acme.say("deal Acme")) == ["This one", "This one"]
    choice = acme.say("deal Acme won thanks to Ada, close: today")
    assert choice.error == "ambiguous"
    assert "Lead → Won" in shown(acme.press(choice, "This one"))
    assert [note.text for note in acme.rows()["activities"]] == ["won thanks to Ada"]
    assert "Service contract" in shown(acme.say("deal Acme service quote"))
    assert [deal.stage for deal in acme.rows()["deals"]] == ["won", "quote"]


def test_own_deals_are_offered(acme: Kith) -> None:
    """Without a customer the member's own open deals are offered, and the line completed."""
    assert labels_of(acme.say("deal")) == ["This one"]
    assert "Lead → Won" in shown(acme.press(acme.say("deal won"), "This one"))
    none = acme.say("deal")
    assert none.error == "no_open_deals"
    assert values_of(acme.press(none, "New deal"))["name"] == ""


def test_customer_without_open_deal(acme: Kith) -> None:
    """A customer whose deals are closed says so and offers a new one."""
    acme.say("deal Acme won")
    none = acme.say("deal Acme quote")
    assert none.error == "no_open_deal"
    assert values_of(acme.press(none, "New deal"))["customer"] == "Acme"


def test_closed_deal_is_reopened(acme: Kith) -> None:
    """A closed deal is found in its list and can be reopened, undoing what closing meant."""
    acme.say("deal Acme lost")
    (deal,) = acme.rows()["deals"]
    assert deal.closed_at is not None
    listed = acme.say("deals lost")
    acme.press(acme.press(listed, "Open"), "Reopen")
    (deal,) = acme.rows()["deals"]
    assert (deal.stage, deal.probability, deal.closed_at) == ("negotiation", 75, None)


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("deal Acme probability: 101", "out_of_range"),
        ("deal Acme 300%", "out_of_range"),
        ("deal Acme amount: lots", "unknown_amount"),
        ("deal Acme amount: -5", "out_of_range"),
        ("deal Acme close: last week", "in_past"),
        ("deal Acme phone: 555 0105", "unknown_field"),
        ("deal Acme stage: huge", "unknown_choice"),
        ("deal Acme hugely", "customer_not_found"),
        ("deal nowhere won", "customer_not_found"),
    ],
)
def test_what_cannot_be_is_told(acme: Kith, line: str, error: str) -> None:
    """A value out of range, a day that is over, a field that a deal has not: told, and nothing changed."""
    before = acme.rows()
    assert acme.say(line).error == error
    assert acme.rows() == before


def test_company_called_like_an_amount(kith: Kith) -> None:
    """A customer called 3M is a customer, except where the conversation says which one is meant."""
    kith.say("new customer 3M")
    kith.say("new deal 3M: Tape $5k")
    assert "Tape" in shown(kith.say("deal 3M"))
    kith.say("bind 3M", room="tape")
    assert "$5,000 → $3,000,000" in shown(kith.say("deal 3M", room="tape"))


def test_pipeline_is_drawn_for_each_currency(acme: Kith) -> None:
    """Bars of one currency stand together, under its name; with one currency alone nothing is said of it."""

    def titles() -> list[str]:
        (card,) = acme.say("deals all").cards
        return [block.title for block in card.blocks if isinstance(block, Chart)]

    assert titles() == ["Pipeline"]
    acme.say("new deal Acme: Spares 80k EUR")
    assert sorted(titles()) == ["Pipeline in EUR", "Pipeline in USD"]


def test_deals_of_one_name_are_told_apart(kith: Kith) -> None:
    """What a note offers names the amount where two deals are called the same."""
    kith.say("new customer Acme")
    kith.say("new deal Acme: Spindle pack $10k")
    kith.clock.forward(seconds=11)
    kith.say("new deal Acme: Spindle pack $20k")
    offered = [label for label in labels_of(kith.say("note Acme: they have our quote")) if label.startswith("Move")]
    assert sorted(offered) == ["Move “Spindle pack ($10,000)” to Quote", "Move “Spindle pack ($20,000)” to Quote"]
