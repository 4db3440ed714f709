"""Whether a line without a verb may tell something: asked before anything is looked up, of every bare name."""

import re
from functools import cache

from core.capture import deeds, words
from core.capture.model import LOOKED_AT
from core.names.folding import has_han
from core.when.folding import fold

_HAN = re.compile(r"[\u3400-\u9fff]")


def may_be_log(text: str) -> bool:
    """Whether a line without a verb may tell or ask for something, rather than name somebody to be looked up.

    Says yes too often rather than too rarely: who is named is not known yet.
    """
    folded = fold(text[:LOOKED_AT])
    if len(folded.split()) < _LEAST_WORDS and len(_HAN.findall(folded)) < _LEAST_HAN:
        return False
    return _is_long(folded) or _has_cue(folded)


def begins_as_log(text: str) -> bool:
    """Whether a line's first word is one of doing, so that it is no slip of another verb."""
    return _cues().match(fold(text[:LOOKED_AT])) is not None


@cache
def _cues() -> re.Pattern[str]:
    """Any word of doing, planning or asking, in one pattern."""
    return re.compile("|".join(words.pattern(table).pattern for table in _CUES))


def _has_cue(folded: str) -> bool:
    """Whether any of these words is in a line. Every name that is looked up is asked, so few of them are tried:
    Latin ones by the letters they begin with.
    """
    latin, others = _cues_by_start()
    if any(run in latin and latin[run].search(folded) for run in _LATIN_RUN.findall(folded)):
        return True
    return any(cue in folded for cue in others) if has_han(folded) else False


@cache
def _cues_by_start() -> tuple[dict[str, re.Pattern[str]], tuple[str, ...]]:
    """The Latin cues by their first run of letters, and all others."""
    every = {cue for table in _CUES for cue in table}
    starts: dict[str, list[str]] = {}
    for cue in every:
        if cue.isascii() and (run := _LATIN_RUN.search(cue)):
            starts.setdefault(run[0], []).append(cue)
    others = tuple(cue for cue in every if not cue.isascii())
    return {run: words.pattern(tuple(some)) for run, some in starts.items()}, others


_LATIN_RUN = re.compile("[a-z]+")


def _is_long(folded: str) -> bool:
    return len(folded.split()) >= _LONG_WORDS or len(_HAN.findall(folded)) >= _LONG_HAN


_LEAST_WORDS, _LEAST_HAN = 2, 4
_LONG_WORDS, _LONG_HAN = 5, 10
_CUES = (
    *deeds.DONE.values(), *deeds.NAMED.values(), deeds.NOTED, deeds.PLANS, deeds.TASKS, deeds.ASKS,
    *words.STAGES.values(),
)  # fmt: skip
