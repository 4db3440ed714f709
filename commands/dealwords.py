"""What the words behind a deal say: a stage, an amount, a probability; and what else was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Any

from core import amounts
from core.deals.model import DealStage
from core.ids import looks_like_id
from core.patterns import late

# How the stages are said, in English and Chinese.
STAGE_WORDS = {
    "lead": DealStage.LEAD, "线索": DealStage.LEAD, "qualified": DealStage.QUALIFIED, "已确认": DealStage.QUALIFIED,
    "quote": DealStage.QUOTE, "quoted": DealStage.QUOTE, "报价": DealStage.QUOTE, "negotiation": DealStage.NEGOTIATION,
    "negotiating": DealStage.NEGOTIATION, "谈判": DealStage.NEGOTIATION, "won": DealStage.WON, "win": DealStage.WON,
    "赢单": DealStage.WON, "成交": DealStage.WON, "lost": DealStage.LOST, "lose": DealStage.LOST,
    "丢单": DealStage.LOST, "输单": DealStage.LOST,
}  # fmt: skip
_GLUED_STAGES = tuple(word for word in STAGE_WORDS if not word.isascii())
_PER_CENT = late(r"(?<![\w.])(\d{1,3})\s*[%％]")
_QUOTES = late('["“”「」《》]')  # around a deal's name
# Words between a deal and what becomes of it, which say nothing by themselves.
_FILLERS = frozenset({"is", "now", "at", "as", "for", "in", "the", "stage", "from", "阶段", "了"})
_TOWARDS = frozenset({"to", "into", "到", "为", "改为", "改成"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """The words as they are, the ``changes`` they ask for by field, and the words that are ``left``."""

    text: str
    changes: Mapping[str, Any] = field(default_factory=dict)
    left: str = ""

    def names(self, deal: str) -> bool:
        """Whether what is left are words of a deal's name."""
        return bool(self.left) and all(word in deal.casefold() for word in self.left.casefold().split())

    def without_left(self) -> "Spoken":
        """The changes alone, when what is left has told which deal is meant."""
        kept = " ".join(word for word in self.text.split() if word not in self.left.split())
        return replace(self, text=kept, left="")


def is_stage(word: str) -> bool:
    """Whether a word says a stage."""
    return word.casefold() in STAGE_WORDS


def is_change(word: str) -> bool:
    """Whether a word says a stage or an amount."""
    return is_stage(word) or (not looks_like_id(word) and bool(amounts.find_amounts(word, "CNY")))


def ends_with_stage(word: str) -> bool:
    """Whether a stage stands right behind a name, as Chinese is typed: 远航科技赢单."""
    return word.endswith(_GLUED_STAGES)


def read_spoken(text: str, currency: str) -> Spoken:
    """Reads the words behind a deal; a bare amount is in ``currency``."""
    changes: dict[str, Any] = {}
    rest = text = _QUOTES.sub(" ", text).strip()
    if per_cent := _PER_CENT.search(rest):
        changes["probability"] = int(per_cent[1])
        rest = f"{rest[: per_cent.start()]} {rest[per_cent.end() :]}"
    if found := amounts.find_amounts(rest, currency):
        changes["amount"] = found[0].money
        rest = f"{rest[: found[0].span[0]]} {rest[found[0].span[1] :]}"
    words = [word.strip(" ,，;；.。") for word in rest.split()]
    if stage := _stage(words):
        changes["stage"] = stage
    nothing = {"", *_FILLERS, *_TOWARDS}
    left = [word for word in words if not is_stage(word) and word.casefold() not in nothing]
    return Spoken(text, changes, " ".join(left))


def _stage(words: Sequence[str]) -> DealStage | None:
    """The stage that a deal moves to, else the first that is said."""
    said = [STAGE_WORDS[word.casefold()] for word in words if is_stage(word)]
    pairs = pairwise(word.casefold() for word in words)
    towards = [STAGE_WORDS[word] for before, word in pairs if before in _TOWARDS and is_stage(word)]
    return next(iter(towards or said), None)
