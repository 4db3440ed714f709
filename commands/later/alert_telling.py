"""alert_told - a message about something a member follows: told in their budget, or left to their digest."""

from cards import alerts as cards
from cards.model import Card
from cards.reader import Reader
from commands.later.alerting import Due
from commands.later.model import Desk, Later
from commands.notices import Terms
from commands.watching import add_job
from core.actor import Actor
from core.alerts.budget import IGNORED, LOOKED_BACK, TIME_TO_ACT, day_began, free_from, is_ignored
from core.alerts.fanning import attention_of
from core.alerts.model import Burst, Rule, Way
from core.alerts.naming import names_of_targets
from core.events.model import Event, Kind, Ref
from core.jobs.model import JobKind
from core.members.model import Membership
from core.work import Work

_READ = 50  # of a customer's last events, in which those of a message are looked for


def run(due: Due, desk: Desk) -> None:
    """Tells it, changes what was told, puts it off, or leaves it to the digest."""
    work = desk.work
    burst = work.alerts.burst(due.workspace_id, due.burst_id)
    member = work.members.membership(due.workspace_id, burst.member_id) if burst else None
    if burst is None or member is None:
        return
    if burst.told_at is not None:
        _tell(desk, burst, member)
    elif _may_be_told(work, burst, member) and _tell(desk, burst, member):
        work.alerts.mark_told(burst.workspace_id, burst.id, work.now)
        _offer_demotion(desk, burst, member)


def _may_be_told(work: Work, burst: Burst, member: Membership) -> bool:
    """Whether the member may be disturbed by it now; puts it off or leaves it to the digest where not."""
    rule = work.follows.by_id(burst.workspace_id, burst.member_id, burst.rule_id)
    if rule is None or rule.way is not Way.NOW or rule.is_muted(work.now):
        return False  # they have changed their mind meanwhile
    zone = member.actor(platform="").zone
    attention = attention_of(work, burst.workspace_id, burst.member_id)
    free = free_from(attention, work.now, zone)
    if free > work.now:
        payload = Due(workspace_id=burst.workspace_id, burst_id=burst.id)
        add_job(work, JobKind.ALERT_TOLD, payload, once=f"alert:{burst.id}:{free.isoformat()}", at=free)
        return False
    told = work.alerts.count_told(burst.workspace_id, burst.member_id, day_began(work.now, zone))
    if told >= attention.ceiling:
        work.alerts.to_digest(burst.workspace_id, burst.id)
        return False
    return True


def _tell(desk: Desk, burst: Burst, member: Membership) -> bool:
    """Says what there is to say with the rights of now, in the place of what was said before."""
    work = desk.work
    ids = {alert.event_id for alert in work.alerts.of_burst(burst.workspace_id, burst.id)}
    about = Ref(Kind.CUSTOMER, burst.customer_id)
    seen = work.customers.by_id(member.actor(platform="").scope, burst.customer_id)
    if seen is None and burst.told_at is None:
        return False
    latest = work.events.of_subject(burst.workspace_id, about, limit=_READ)
    events = [event for event in latest if event.id in ids]

    def build(actor: Actor, reader: Reader) -> Card:
        if seen is None:
            return cards.alert_withdrawn(reader)
        names = _names(work, actor, events)
        return cards.alert(seen, events, reader, names=names, total=len(ids), burst=burst.id)

    return desk.notifier.tell(work, member, build, Terms(post=f"alert:{burst.id}", about=about))


def _names(work: Work, actor: Actor, events: list[Event]) -> dict[str, str]:
    """Every member's name, and those of the records that the events are about."""
    names = work.members.names(actor.workspace_id)
    for kind in (Kind.DEAL, Kind.TASK, Kind.CONTACT):
        for record_id in {event.record.id for event in events if event.record.kind is kind}:
            record = work.records(kind).by_id(actor.scope, record_id)
            names[record_id] = getattr(record, "name", "") or getattr(record, "title", "")
    return names


def _offer_demotion(desk: Desk, burst: Burst, member: Membership) -> None:
    """Offers to put a rule into the digest whose messages were left lying."""
    work = desk.work
    rule = work.follows.by_id(burst.workspace_id, burst.member_id, burst.rule_id)
    told = work.alerts.told_by(
        burst.workspace_id, burst.rule_id, work.now - LOOKED_BACK, work.now - TIME_TO_ACT, limit=IGNORED
    )
    if rule is None or not is_ignored(rule, told, work.now):
        return
    work.follows.mark_offered(burst.workspace_id, rule.id, work.now)
    _offer(desk, rule, member)


def _offer(desk: Desk, rule: Rule, member: Membership) -> None:
    def build(actor: Actor, reader: Reader) -> Card:
        names = names_of_targets(desk.work, actor.scope, [rule])
        return cards.demotion_offered(rule, reader, names=names, count=IGNORED)

    desk.notifier.tell(desk.work, member, build, Terms(post=f"ignored:{rule.id}"))


LATER = Later(kind=JobKind.ALERT_TOLD, payload=Due, run=run)
