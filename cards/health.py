"""How a customer is doing, in a word and what tells it."""

from typing import assert_never

from cards.model import Tone
from cards.words import Words, mark
from core.customers.health import Health, Mood, Sign

MOODS = {Mood.GOOD: mark("In good shape"), Mood.WATCH: mark("Worth a look"), Mood.RISK: mark("At risk")}
TONES = {Mood.GOOD: Tone.GOOD, Mood.WATCH: Tone.WARNING, Mood.RISK: Tone.BAD}


def told(health: Health, words: Words) -> str:
    """What tells it, in a few words; empty where all is well."""
    return " · ".join(_said(sign, count, words) for sign, count in health.signs)


def _said(sign: Sign, count: int, words: Words) -> str:
    match sign:
        case Sign.QUIET:
            return words.many("quiet for {count} day", "quiet for {count} days", count)
        case Sign.OVERDUE:
            return words.many("{count} task overdue", "{count} tasks overdue", count)
        case Sign.CLOSE_PASSED:
            return words.many("{count} deal past its close", "{count} deals past their close", count)
        case Sign.NO_CONTACT:
            return words("never contacted")
        case Sign.NO_NEXT_STEP:
            return words("no next step")
        case _:
            assert_never(sign)
