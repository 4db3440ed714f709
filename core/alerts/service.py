"""The rules of following: what a member may follow, muting, and how much they want to hear."""

from dataclasses import replace
from datetime import datetime, timedelta

from core.actor import Actor
from core.alerts.fanning import attention_of
from core.alerts.model import Alert, Attention, Rule, RuleKind, Way
from core.errors import InvalidInputError, NotFoundError
from core.events.model import Change, EventType, Kind, Ref
from core.events.values import changes_between
from core.records import event_of
from core.work import Work

MUTED_FOR = timedelta(days=1)
_DAY = 24 * 60  # minutes
_MOST_A_DAY = 500


def follow(work: Work, actor: Actor, kind: RuleKind, target: str, way: Way | None = None) -> Rule:
    """Follows something, in the way that is said; what is followed already stays as it is when none is said."""
    known = work.follows.of_target(actor.workspace_id, actor.member_id, kind, target)
    if known is None:
        return _change(work, actor, _new(work, actor, kind, target), way=way or Way.NOW)
    return set_way(work, actor, known, way or (known.way if known.way in {Way.NOW, Way.DIGEST} else Way.NOW))


def get_rule(work: Work, actor: Actor, rule_id: str) -> Rule:
    """One of the member's own rules. Raises NotFoundError."""
    rule = work.follows.by_id(actor.workspace_id, actor.member_id, rule_id)
    if rule is None:
        raise NotFoundError("rule", rule_id)
    return rule


def set_way(work: Work, actor: Actor, rule: Rule, way: Way) -> Rule:
    """How the member hears of it from now on; whatever was muted is heard again."""
    return _change(work, actor, rule, way=way, muted_until=None)


def mute(work: Work, actor: Actor, rule: Rule, *, for_ever: bool) -> Rule:
    """Says nothing by a rule for a day, or never again."""
    if for_ever:
        return _change(work, actor, rule, way=Way.NEVER, muted_until=None)
    return _change(work, actor, rule, muted_until=work.now + MUTED_FOR)


def mute_customer(work: Work, actor: Actor, customer_id: str, *, for_ever: bool) -> Rule:
    """Says nothing about a customer for a day, or never again, whatever else the member follows."""
    known = work.follows.of_target(actor.workspace_id, actor.member_id, RuleKind.CUSTOMER, customer_id)
    rule = known or _new(work, actor, RuleKind.CUSTOMER, customer_id)
    return mute(work, actor, rule, for_ever=for_ever)


def set_attention(
    work: Work, actor: Actor, *, quiet: tuple[int, int] | None = None, ceiling: int | None = None
) -> Attention:
    """Quiet hours in minutes after midnight, and how many messages a day. Raises InvalidInputError."""
    before = attention_of(work, actor.workspace_id, actor.member_id)
    begin, end = quiet or (before.quiet_from, before.quiet_until)
    if not (0 <= begin < _DAY and 0 <= end < _DAY):
        raise InvalidInputError("quiet", "out_of_range")
    most = before.ceiling if ceiling is None else ceiling
    if not 0 <= most <= _MOST_A_DAY:
        raise InvalidInputError("ceiling", "out_of_range", value=str(most))
    after = replace(before, quiet_from=begin, quiet_until=end, ceiling=most)
    changes = changes_between(before, after)
    if changes:
        work.follows.put_attention(after)
        _record(work, actor, actor.member_id, changes)
    return after


def for_digest(work: Work, actor: Actor, since: datetime) -> list[Alert]:
    """What waits for a member's digest since an instant, in order, of the customers that they may see now."""
    alerts = work.alerts.alerts_for_digest(actor.workspace_id, actor.member_id, since)
    seen = {each: work.customers.by_id(actor.scope, each) for each in {alert.customer_id for alert in alerts}}
    return [alert for alert in alerts if seen[alert.customer_id] is not None]


def _new(work: Work, actor: Actor, kind: RuleKind, target: str) -> Rule:
    return Rule(
        id=work.new_id(),
        workspace_id=actor.workspace_id,
        member_id=actor.member_id,
        kind=kind,
        target=target,
        way=Way.OFF,
        created_at=work.now,
        updated_at=work.now,
    )


def _change(work: Work, actor: Actor, rule: Rule, **values: object) -> Rule:
    """Keeps a rule and the event of what changed; nothing when nothing did."""
    changed = replace(rule, **values)  # type: ignore[arg-type]
    changes = changes_between(rule, changed)
    if not changes:
        return rule
    changed = replace(changed, updated_at=work.now)
    work.follows.put(changed)
    _record(work, actor, rule.id, changes)
    return changed


def _record(work: Work, actor: Actor, about: str, changes: tuple[Change, ...]) -> None:
    about_it = Ref(Kind.FOLLOWING, about)
    work.events.append(event_of(work, actor, EventType.FOLLOWING_CHANGED, about_it, changes=changes))
