"""From an event to everybody who follows what it is about."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from core.actor import Scope
from core.alerts.budget import free_from, is_open
from core.alerts.matching import Happening, choose, is_news
from core.alerts.model import Alert, Attention, Burst, Rule, RuleKind, Way
from core.events.model import Event, EventType, Kind
from core.ids import MemberId, WorkspaceId
from core.members.model import Membership
from core.work import Work


def attention_of(work: Work, workspace_id: WorkspaceId, member_id: MemberId) -> Attention:
    """How much a member wants to be told: what they chose, or the usual."""
    chosen = work.follows.attention(workspace_id, member_id)
    return chosen or Attention(workspace_id=workspace_id, member_id=member_id)


def fan_out(work: Work, event: Event) -> list[Burst]:
    """Keeps an alert for every member who follows it, and returns the messages that have something new to say."""
    happening = _look(work, event) if is_news(event) else None
    if happening is None:
        return []
    grown = []
    rules_found = work.follows.of_targets(event.workspace_id, happening.targets)
    for member_id, rules in _by_member(rules_found).items():
        rule = choose(rules, happening, work.now) if member_id != event.actor_id else None
        if rule is not None and (burst := _keep(work, rule, happening)) is not None:
            grown.append(burst)
    if event.type is EventType.CUSTOMER_MERGED:
        _follow_on(work, event, rules_found)
    return grown


def _follow_on(work: Work, event: Event, rules: Iterable[Rule]) -> None:
    """Who followed a customer that was merged into another one follows that one."""
    gone = {ref.id for ref in event.related if ref.kind is Kind.CUSTOMER}
    for rule in rules:
        if rule.kind is RuleKind.CUSTOMER and rule.target in gone:
            known = work.follows.of_target(rule.workspace_id, rule.member_id, rule.kind, event.record.id)
            if known is None:
                work.follows.put(replace(rule, target=event.record.id, updated_at=work.now))


def _by_member(rules: Iterable[Rule]) -> dict[MemberId, list[Rule]]:
    found: dict[MemberId, list[Rule]] = defaultdict(list)
    for rule in rules:
        found[rule.member_id].append(rule)
    return found


def _look(work: Work, event: Event) -> Happening | None:
    """What it is about, as it is now; None when that is no customer, or one that is there no more.

    Whether a reader may see it is asked when they are told.
    """
    whole = Scope(event.workspace_id, everything=True)
    ids = {kind: [ref.id for ref in event.subjects if ref.kind is kind] for kind in (Kind.CUSTOMER, Kind.DEAL)}
    customer = work.customers.by_id(whole, ids[Kind.CUSTOMER][-1]) if ids[Kind.CUSTOMER] else None
    if customer is None:
        return None
    deals = (work.deals.by_id(whole, deal_id) for deal_id in ids[Kind.DEAL])
    return Happening(event, customer, tuple(deal for deal in deals if deal is not None))


def _keep(work: Work, rule: Rule, happening: Happening) -> Burst | None:
    """Keeps the alert; returns the message that it is to be told in, if it is to be told at once."""
    membership = work.members.membership(rule.workspace_id, rule.member_id)
    if membership is None:
        return None
    burst = _burst(work, rule, happening, membership) if rule.way is Way.NOW else None
    work.alerts.add(
        Alert(
            id=work.new_id(),
            workspace_id=rule.workspace_id,
            member_id=rule.member_id,
            rule_id=rule.id,
            event_id=happening.event.id,
            customer_id=happening.customer.id,
            burst_id=burst.id if burst else None,
            way=rule.way,
            created_at=work.now,
        ),
    )
    return burst


def _burst(work: Work, rule: Rule, happening: Happening, membership: Membership) -> Burst:
    """The message about this customer that is still news, or a new one."""
    standing = work.alerts.latest_burst(rule.workspace_id, rule.member_id, happening.customer.id)
    if standing is not None and is_open(standing, work.now):
        return standing
    attention = attention_of(work, rule.workspace_id, rule.member_id)
    burst = Burst(
        id=work.new_id(),
        workspace_id=rule.workspace_id,
        member_id=rule.member_id,
        rule_id=rule.id,
        customer_id=happening.customer.id,
        due_at=free_from(attention, work.now, membership.actor(platform="").zone),
    )
    work.alerts.add_burst(burst)
    return burst
