"""Which rules an event fits, and by which of a member's rules they hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from core.alerts.model import Rule, RuleKind, Way
from core.customers.model import Customer
from core.deals.model import Deal
from core.events.model import Event, EventType, Kind

# What changes nothing that others would want to know.
_NO_NEWS = frozenset(
    {EventType.TASK_SNOOZED, EventType.CONVERSATION_BOUND, EventType.MEMBER_CHANGED, EventType.FOLLOWING_CHANGED}
)
_SPECIFIC = tuple(RuleKind)
_ABOUT_RECORD = frozenset({RuleKind.CUSTOMER, RuleKind.DEAL})


@dataclass(frozen=True, slots=True)
class Happening:
    """An event with the customer and the deals it is about, as they are now."""

    event: Event
    customer: Customer
    deals: tuple[Deal, ...] = ()

    @property
    def owners(self) -> frozenset[str]:
        """Whose it is, and who handed it over or got it: a deal's owner, or the customer's."""
        own = [deal.owner_id for deal in self.deals] if self.event.record.kind is Kind.DEAL else []
        handed = [
            value for change in self.event.changes if change.field == "owner_id" for value in (change.old, change.new)
        ]
        return frozenset(filter(None, (*(own or [self.customer.owner_id]), *handed)))

    @property
    def customers(self) -> frozenset[str]:
        """The customers it is about; of two that were merged both."""
        named = (ref.id for ref in self.event.subjects if ref.kind is Kind.CUSTOMER)
        return frozenset({self.customer.id, *named})

    @property
    def stage(self) -> str:
        """The stage that a deal came to by it; empty for none."""
        if self.event.record.kind is not Kind.DEAL:
            return ""
        return next((change.new for change in self.event.changes if change.field == "stage"), "")

    @property
    def targets(self) -> list[str]:
        """Every ``target`` of a rule that may fit, but for amounts."""
        return [*self.customers, *(deal.id for deal in self.deals), *self.owners, *filter(None, (self.stage,))]


def is_news(event: Event) -> bool:
    """Whether others may hear of an event: what Kith does by itself is no news, and some of what people do."""
    return event.actor_id is not None and event.type not in _NO_NEWS


def fits(rule: Rule, happening: Happening) -> bool:
    """Whether a rule is about what happened."""
    match rule.kind:
        case RuleKind.CUSTOMER:
            return rule.target in happening.customers
        case RuleKind.DEAL:
            return any(rule.target == deal.id for deal in happening.deals)
        case RuleKind.STAGE:
            return rule.target == happening.stage
        case RuleKind.OWNER:
            return rule.target in happening.owners
        case RuleKind.AMOUNT:
            return any(_is_over(rule, deal) for deal in happening.deals)


def _is_over(rule: Rule, deal: Deal) -> bool:
    """Amounts of different currencies are not compared: there is no rate that everybody means."""
    limit = rule.amount
    return deal.amount is not None and deal.amount.currency == limit.currency and deal.amount.minor > limit.minor


def choose(rules: Iterable[Rule], happening: Happening, now: datetime) -> Rule | None:
    """By which of one member's rules they hear of it; None when by none.

    A record that they muted is silent whatever else they follow. Of the others one that tells at once goes first, and
    then the most particular.
    """
    fitting = [rule for rule in rules if fits(rule, happening)]
    if any(rule.kind in _ABOUT_RECORD and rule.is_muted(now) for rule in fitting):
        return None
    heard = [rule for rule in fitting if rule.way in {Way.NOW, Way.DIGEST} and not rule.is_muted(now)]
    return min(heard, key=lambda rule: (rule.way is not Way.NOW, _SPECIFIC.index(rule.kind), rule.id), default=None)
