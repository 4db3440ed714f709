"""How people say what they follow, and how they want to hear of it."""

import re
from dataclasses import dataclass

from commands.dealwords import STAGE_WORDS
from core import amounts
from core.alerts.model import Way
from core.deals.model import DealStage
from core.money import Money
from core.patterns import late

_WAYS = {
    Way.NOW: "now|at once|immediately|right away|立即|立刻|马上|即时|实时",
    Way.DIGEST: "(?:in|into|to)(?: the| my)? digest|digest|进日报|放日报|日报|汇总|摘要",
    Way.NEVER: "never|从不|不提醒|不要提醒|静音",
}
_WAY = late(
    "|".join(rf"(?P<{way.value}>(?:^|(?<=[\s,，:：])|(?<=[^\x00-\x7f]))(?:{said}))" for way, said in _WAYS.items()),
    re.IGNORECASE,
)
_OVER = late(r"\b(?:over|above|more than|bigger than|larger than|beyond)\b|[>＞]|超过|大于|高于|以上", re.IGNORECASE)
_DEALS = late(r"\b(?:deals?|opportunit(?:y|ies))\b|商机|单子|订单|金额", re.IGNORECASE)
_DEAL = late(r"^(?:(?:the\s+)?deal|opportunity)\s+|^(?:商机|单子)\s*", re.IGNORECASE)
_STAGE = late(r"^(?:the\s+)?stage\s+|\s+stage$|^阶段\s*|\s*阶段$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be followed: one of a stage, an amount, a deal's words, or the words of whatever else it is.

    ``amount`` is in the currency that was said, or in the one that was handed in.
    """

    text: str
    way: Way | None = None
    stage: DealStage | None = None
    amount: Money | None = None
    deal: str = ""


def split_way(text: str) -> tuple[str, Way | None]:
    """The words without how to hear of it, which stands at the end."""
    text = text.strip().rstrip("。.")
    for found in _WAY.finditer(text):
        if found.end() == len(text) and found.lastgroup:
            return text[: found.start()].rstrip(" ,，:："), Way(found.lastgroup)
    return text, None


def read_wanted(text: str, currency: str) -> Wanted:
    """Reads the words behind ``follow``; a bare amount is in ``currency``."""
    said, way = split_way(text)
    if _OVER.search(said) and (_DEALS.search(said) or not _STAGE.search(said)):
        amount = _amount(said, currency)
        if amount is not None:
            return Wanted(said, way, amount=amount)
    stage = STAGE_WORDS.get(_STAGE.sub("", said).strip().casefold()) if _STAGE.search(said) else None
    if stage is not None:
        return Wanted(said, way, stage=stage)
    deal = _DEAL.sub("", said).strip() if _DEAL.match(said) else ""
    return Wanted(said, way, deal=deal)


def _amount(said: str, currency: str) -> Money | None:
    """The amount behind "over", where a number needs neither a currency nor a scale."""
    found = amounts.find_amounts(said, currency)
    if found and found[0].money:
        return found[0].money
    rest = _OVER.sub(" ", _DEALS.sub(" ", said)).replace("的", " ").strip()
    read = amounts.read_amount(rest, currency)
    return read.money if read else None
