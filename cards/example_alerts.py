"""Examples of what is told to who follows something, and of what they follow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from cards import alerts, forms
from cards.model import Card
from cards.reader import Reader
from core.alerts.model import Attention, Rule, RuleKind, Way
from core.customers.model import Customer
from core.deals.model import Deal, DealStage
from core.events.model import Event
from core.ids import MemberId

ME = MemberId("0fq2m7x4k9ab1")


def alert_examples(
    reader: Reader, customer: Customer, deal: Deal, happened: Sequence[Event], people: Mapping[str, str]
) -> dict[str, Card]:
    """What happened around a customer with a deal, why it is told, and a member's rules."""
    names = {**people, customer.id: customer.name, deal.id: deal.name}
    rules, attention = _rules(customer, deal), Attention(workspace_id=customer.workspace_id, member_id=ME)
    form = alerts.attention_form(reader.words, forms.Filled({"quiet": "20:00-8:00", "ceiling": "20"}))
    return {
        "alert": alerts.alert(customer, happened, reader, names=names, total=7, burst="1"),
        "alert_withdrawn": alerts.alert_withdrawn(reader),
        "why_told": alerts.why_told(rules[4], attention, reader, names=names),
        "rule_kept": alerts.rule_kept(rules[0], attention, reader, names=names),
        "rule_muted": alerts.rule_kept(rules[3], attention, reader, names=names),
        "rule_unread": alerts.rule_kept(
            replace(rules[0], way=Way.DIGEST), attention, reader, names=names, has_digest=False
        ),
        "following_list": alerts.following_list(rules, attention, reader, names=names, page=1, total=19),
        "following_nothing": alerts.following_list((), attention, reader, names=names, page=1, total=0),
        "demotion_offered": alerts.demotion_offered(rules[4], reader, names=names, count=10),
        "attention_kept": alerts.attention_kept(replace(attention, quiet_until=0, quiet_from=0), reader),
        "form_quiet": Card(summary=form.title, blocks=(form,), language=reader.words.language),
    }


def _rules(customer: Customer, deal: Deal) -> tuple[Rule, ...]:
    rule = Rule(
        id="0fq2m7x4k9f01",
        workspace_id=customer.workspace_id,
        member_id=ME,
        kind=RuleKind.CUSTOMER,
        target=customer.id,
        created_at=customer.created_at,
        updated_at=customer.created_at,
    )
    return (
        rule,
        replace(rule, id="0fq2m7x4k9f02", kind=RuleKind.DEAL, target=deal.id, way=Way.DIGEST),
        replace(rule, id="0fq2m7x4k9f03", kind=RuleKind.STAGE, target=DealStage.QUOTE, way=Way.NEVER),
        replace(
            rule,
            id="0fq2m7x4k9f04",
            kind=RuleKind.OWNER,
            target=ME,
            muted_until=deal.updated_at + timedelta(days=3) + timedelta(days=1),
        ),
        replace(rule, id="0fq2m7x4k9f05", kind=RuleKind.AMOUNT, target="10000000 USD"),
    )
