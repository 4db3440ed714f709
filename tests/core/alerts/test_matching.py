"""Which rules an event fits, and by which of them a member hears of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from core.alerts.matching import Happening, choose, fits, is_news
from core.alerts.model import Rule, RuleKind, Way
from core.customers.model import Customer
from core.deals.model import Deal, DealStage
from core.events.model import Change, Event, EventType, Kind, Ref
from core.ids import CustomerId, DealId, EventId, MemberId, ReceiptId, WorkspaceId
from core.money import Money

NOW = datetime(2026, 3, 9, 2, 0, tzinfo=UTC)
WORKSPACE = WorkspaceId("w")
STAMPS = {"created_at": NOW, "updated_at": NOW}
CUSTOMER = Customer(id=CustomerId("c1"), workspace_id=WORKSPACE, name="Acme", owner_id=MemberId("lin"), **STAMPS)
DEAL = Deal(
    id=DealId("d1"),
    workspace_id=WORKSPACE,
    customer_id=CUSTOMER.id,
    name="Sensors",
    amount=Money(10_000_000, "CNY"),
    owner_id=MemberId("mara"),
    **STAMPS,
)
MOVED = Event(
    id=EventId("e1"),
    workspace_id=WORKSPACE,
    type=EventType.DEAL_CHANGED,
    record=Ref(Kind.DEAL, DEAL.id),
    related=(Ref(Kind.CUSTOMER, CUSTOMER.id),),
    changes=(Change("stage", "lead", "quote"),),
    actor_id=MemberId("mara"),
    happened_at=NOW,
    recorded_at=NOW,
    receipt_id=ReceiptId("r1"),
)
VISITED = replace(
    MOVED, type=EventType.ACTIVITY_LOGGED, record=Ref(Kind.ACTIVITY, "a1"), changes=(Change("stage", None, "quote"),)
)
HANDED = replace(
    MOVED,
    type=EventType.CUSTOMER_ASSIGNED,
    record=Ref(Kind.CUSTOMER, CUSTOMER.id),
    changes=(Change("owner_id", "ines", "lin"),),
)
MERGED = replace(HANDED, related=(Ref(Kind.CUSTOMER, "c0"),), changes=())
OF_DEAL = Happening(MOVED, CUSTOMER, (DEAL,))
OF_CUSTOMER = Happening(VISITED, CUSTOMER)


def rule(kind: RuleKind, target: str, **values: object) -> Rule:
    """A rule of Max's."""
    made = Rule(
        id=f"{kind}:{target}", workspace_id=WORKSPACE, member_id=MemberId("max"), kind=kind, target=target, **STAMPS
    )
    return replace(made, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("kind", "target", "happening", "fitting"),
    [
        (RuleKind.CUSTOMER, "c1", OF_DEAL, True),
        (RuleKind.CUSTOMER, "c1", OF_CUSTOMER, True),
        (RuleKind.CUSTOMER, "c2", OF_CUSTOMER, False),
        (RuleKind.CUSTOMER, "c0", Happening(MERGED, CUSTOMER), True),
        (RuleKind.DEAL, "d1", OF_DEAL, True),
        (RuleKind.DEAL, "d1", OF_CUSTOMER, False),
        (RuleKind.STAGE, DealStage.QUOTE, OF_DEAL, True),
        (RuleKind.STAGE, DealStage.LEAD, OF_DEAL, False),
        (RuleKind.STAGE, DealStage.QUOTE, OF_CUSTOMER, False),
        (RuleKind.OWNER, "mara", OF_DEAL, True),
        (RuleKind.OWNER, "lin", OF_DEAL, False),
        (RuleKind.OWNER, "lin", OF_CUSTOMER, True),
        (RuleKind.OWNER, "ines", Happening(HANDED, CUSTOMER), True),
        (RuleKind.AMOUNT, "9999999 CNY", OF_DEAL, True),
        (RuleKind.AMOUNT, "10000000 CNY", OF_DEAL, False),
        (RuleKind.AMOUNT, "1 USD", OF_DEAL, False),
        (RuleKind.AMOUNT, "1 CNY", OF_CUSTOMER, False),
        (RuleKind.AMOUNT, "1 CNY", Happening(MOVED, CUSTOMER, (replace(DEAL, amount=None),)), False),
    ],
)
def test_rule_fits(kind: RuleKind, target: str, happening: Happening, *, fitting: bool) -> None:
    """Each kind of rule fits what it says and nothing else; whatever fits is among what is looked for."""
    assert fits(rule(kind, target), happening) is fitting
    assert not fitting or kind is RuleKind.AMOUNT or target in happening.targets


CUSTOMERS, DEALS = rule(RuleKind.CUSTOMER, "c1"), rule(RuleKind.DEAL, "d1")
STAGES, LARGE = rule(RuleKind.STAGE, "quote"), rule(RuleKind.AMOUNT, "1 CNY")
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("rules", "by"),
    [
        ([], None),
        ([CUSTOMERS, DEALS], DEALS),
        ([STAGES, LARGE, CUSTOMERS], CUSTOMERS),
        ([STAGES, LARGE], LARGE),
        ([replace(DEALS, way=Way.DIGEST), STAGES], STAGES),
        ([replace(DEALS, way=Way.DIGEST)], replace(DEALS, way=Way.DIGEST)),
        ([replace(DEALS, way=Way.OFF)], None),
        ([replace(STAGES, way=Way.NEVER)], None),
        ([replace(STAGES, way=Way.NEVER), LARGE], LARGE),
        ([replace(CUSTOMERS, way=Way.NEVER), STAGES], None),
        ([replace(DEALS, muted_until=LATER), CUSTOMERS], None),
        ([replace(CUSTOMERS, way=Way.OFF, muted_until=LATER), STAGES], None),
        ([replace(CUSTOMERS, way=Way.OFF, muted_until=NOW), STAGES], STAGES),
        ([replace(STAGES, muted_until=LATER), LARGE], LARGE),
    ],
)
def test_one_rule_tells(rules: list[Rule], by: Rule | None) -> None:
    """At once goes before the digest, the particular before the general; a muted record is silent for every rule."""
    assert choose(rules, OF_DEAL, NOW) == by


@pytest.mark.parametrize(
    ("event", "news"),
    [
        (MOVED, True),
        (replace(MOVED, actor_id=None), False),
        (replace(MOVED, type=EventType.TASK_SNOOZED), False),
        (replace(MOVED, type=EventType.CONVERSATION_BOUND), False),
        (replace(MOVED, type=EventType.FOLLOWING_CHANGED), False),
        (replace(MOVED, type=EventType.UNDONE), True),
    ],
)
def test_what_is_news(event: Event, *, news: bool) -> None:
    """What Kith does by itself is no news to anybody, nor what concerns one member alone."""
    assert is_news(event) is news
