"""What the targets of rules are called."""

from collections.abc import Iterable

from core.actor import Scope
from core.alerts.model import Rule, RuleKind
from core.work import Work


def names_of_targets(work: Work, scope: Scope, rules: Iterable[Rule]) -> dict[str, str]:
    """Names of customers, deals and members by id, as far as the scope may see them."""
    members = work.members.names(scope.workspace_id)
    found: dict[str, str] = {}
    for rule in rules:
        if rule.kind is RuleKind.OWNER:
            found[rule.target] = members.get(rule.target, "")
        elif rule.kind in {RuleKind.CUSTOMER, RuleKind.DEAL}:
            record = (work.customers if rule.kind is RuleKind.CUSTOMER else work.deals).by_id(scope, rule.target)
            found[rule.target] = record.name if record is not None else ""
    return found
