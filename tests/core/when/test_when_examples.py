"""The rules' examples: each docstring shows its rule at work, and every rule is needed for what it shows."""

import re
from datetime import datetime

import pytest

from core.when import Found, find
from core.when.choosing import INTRODUCTIONS, choose
from core.when.folding import fold
from core.when.grammar import RULES, Grammar, Rule, parse, whole_grammar
from core.when.lexer import tokenize
from core.when.reading import context_for

NOW = datetime(2026, 3, 2, 10)  # noqa: DTZ001 - a member's wall time; a Monday
_EXAMPLE = re.compile(r"``(.+?)`` is (nothing|[\dT:\-/.]+s?)(?=[.;:,\s]|$)")


def examples(rule: Rule) -> list[tuple[str, str]]:
    """The words and readings in a rule's docstring."""
    found = _EXAMPLE.findall(rule.build.__doc__ or "")
    return [(words, meaning.rstrip(".:")) for words, meaning in found]


def without(rule: Rule) -> Grammar:
    """The grammar as it were if a rule had not been written."""
    whole = whole_grammar()
    single = {last: [each for each in rules if each.build is not rule.build] for last, rules in whole.single.items()}
    longer = {
        last: {before: [each for each in rules if each.build is not rule.build] for before, rules in table.items()}
        for last, table in whole.longer.items()
    }
    return Grammar(single, longer)


def locale_of(words: str) -> str:
    return "zh_CN" if any("\u3400" <= char <= "\u9fff" for char in words) else "en"


def said(found: Found) -> str:
    if found.kind == "duration":
        return f"{found.seconds}s"
    return f"{found.start.isoformat()}/{found.end.isoformat()}" if found.end else found.start.isoformat()


def agrees(found: Found, meaning: str) -> bool:
    """A reading begins as the example says, and if the example has an end, ends so."""
    parts = zip(said(found).split("/"), meaning.split("/"), strict=False)
    return all(part.startswith(expected) for part, expected in parts) and meaning.count("/") <= said(found).count("/")


MODULES = sorted({rule.build.__module__ for rule in RULES})


def _of(module: str) -> list[Rule]:
    return [rule for rule in RULES if rule.build.__module__ == module]


def _misread(words: str, meaning: str) -> str | None:
    found = find(words, NOW, locale_of(words))
    if meaning == "nothing":
        return f"{words}: {found[0].matched}" if found else None
    whole = (
        len(found) == 1 and words[: found[0].span[0]].strip() in {"", *INTRODUCTIONS} and found[0].span[1] == len(words)
    )
    return None if whole and agrees(found[0], meaning) else f"{words}: {[said(each) for each in found]}"


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name.rpartition(".")[2])
def test_examples(module: str) -> None:
    """The words of every example read as one thing, the whole of them, and as the docstring says."""
    wrong = [_misread(words, meaning) for rule in _of(module) for words, meaning in examples(rule)]
    assert [each for each in wrong if each] == []


def _readings(words: str, grammar: Grammar) -> list[object]:
    context = context_for(NOW, locale_of(words))
    folded = fold(words)
    tokens = tokenize(folded, context)
    chart = parse([token.readings for token in tokens], context, grammar)
    return [(edge.start, edge.end, edge.value) for edge in choose(chart, tokens, words, folded)]


def _is_needed(rule: Rule) -> bool:
    poorer = without(rule)
    return any(_readings(words, whole_grammar()) != _readings(words, poorer) for words, _ in examples(rule))


@pytest.mark.parametrize("module", MODULES, ids=lambda name: name.rpartition(".")[2])
def test_no_rule_is_idle(module: str) -> None:
    """Every rule shows an example that without the rule would be read otherwise."""
    assert [rule.build.__name__ for rule in _of(module) if not _is_needed(rule)] == []
