"""following, quiet - what a member follows, and how much of it they want to be told."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cards.alerts import attention_form, attention_kept, following_list
from cards.forms import Filled
from cards.labels import clock
from cards.lists import PAGE, last_page
from cards.words import mark
from commands.model import Command, Context, Reply
from commands.paging import split_page
from core.alerts.fanning import attention_of
from core.alerts.naming import names_of_targets
from core.alerts.service import set_attention
from core.errors import InvalidInputError
from core.patterns import late
from core.text import clean_line

_TIME = r"(\d{1,2})(?:[:：点](\d{2})?)?\s*(am|pm)?"
_HOURS = late(rf"(?<!\d){_TIME}\s*(?:-|–|—|~|to|until|till|到|至)\s*{_TIME}(?!\d)", re.IGNORECASE)
_NONE = late(r"\b(?:none|off|no quiet hours|never)\b|无|不要|关闭|没有", re.IGNORECASE)
_CEILING = late(
    r"(?:at most|max(?:imum)?|ceiling|最多(?:几条)?|上限)[:： ]*(\d+)|(\d+)\s*(?:a|per)\s*day|每天\s*(\d+)",
    re.IGNORECASE,
)
_ALONE = late(r"(?:^|\s)(\d+)$")  # as the form's values stand on one line
_NOON = 12


@dataclass(frozen=True, slots=True)
class Listing:
    """Which page of the list, from 1."""

    page: int


@dataclass(frozen=True, slots=True)
class Args:
    """What was typed, and the form's fields."""

    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def parse_listing(text: str, _fields: Mapping[str, str]) -> Listing:
    """A page number, if anything."""
    return Listing(split_page(text)[1])


def handle_following(args: Listing, context: Context) -> Reply:
    """One page of what the member follows or has muted."""
    actor, work = context.actor, context.work
    rules = [rule for rule in work.follows.of_member(actor.workspace_id, actor.member_id) if rule.is_kept(context.now)]
    page = min(args.page, last_page(len(rules)))
    shown = rules[(page - 1) * PAGE : page * PAGE]
    attention = attention_of(work, actor.workspace_id, actor.member_id)
    names = names_of_targets(work, actor.scope, shown)
    card = following_list(shown, attention, context.reader, names=names, page=page, total=len(rules))
    return Reply(cards=(card,), replace=bool(context.incoming.token))


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """``20:00-8:00, at most 10``, or the form's fields."""
    return Args(clean_line(text), fields)


def handle_quiet(args: Args, context: Context) -> Reply:
    """Keeps quiet hours and ceiling, or opens the form. Raises InvalidInputError."""
    attention = attention_of(context.work, context.actor.workspace_id, context.actor.member_id)
    if not _says_anything(args):
        hours = f"{clock(attention.quiet_from)}-{clock(attention.quiet_until)}"
        filled = Filled({"quiet": hours, "ceiling": str(attention.ceiling)})
        return Reply(form=attention_form(context.words, filled))
    quiet = args.fields.get("quiet", "") or _without_ceiling(args.text)
    kept = set_attention(
        context.work, context.actor, quiet=read_hours(quiet) if quiet else None, ceiling=_ceiling(args)
    )
    return Reply(cards=(attention_kept(kept, context.reader),))


def _says_anything(args: Args) -> bool:
    return bool(args.text or any(args.fields.values()))


def _without_ceiling(text: str) -> str:
    """What is said of hours; a number behind them is the ceiling."""
    hours = _HOURS.search(text)
    return hours[0] if hours else _ALONE.sub("", _CEILING.sub("", text)).strip(" ,，;；")


def _ceiling(args: Args) -> int | None:
    if typed := args.fields.get("ceiling", "").strip():
        if not typed.isdecimal():
            raise InvalidInputError("ceiling", "not_a_number", value=typed)
        return int(typed)
    rest = _HOURS.sub(" ", args.text)
    found = _CEILING.search(rest) or _ALONE.search(rest)
    return int(next(filter(None, found.groups()))) if found else None


def read_hours(typed: str) -> tuple[int, int]:
    """Begin and end in minutes after midnight; the same twice for none. Raises InvalidInputError."""
    found = _HOURS.search(typed)
    if found is None:
        if _NONE.search(typed):
            return 0, 0
        raise InvalidInputError("quiet", "unknown_quiet", value=typed)
    begin, end = (_minutes(*found.groups()[start : start + 3], typed=typed) for start in (0, 3))
    return begin, end


def _minutes(hour: str, minute: str | None, half: str | None, *, typed: str) -> int:
    hours = int(hour) % 24 if half is None else int(hour) % _NOON + (_NOON if half.casefold() == "pm" else 0)
    minutes = int(minute or 0)
    if int(hour) > 24 or minutes >= 60:
        raise InvalidInputError("quiet", "unknown_quiet", value=typed)
    return hours * 60 + minutes


FOLLOWING = Command(
    verb="following",
    aliases=("follows", "watching", "我的关注", "关注列表"),
    title=mark("What you follow"),
    usage=mark("following"),
    examples=("following", "我的关注"),
    parse=parse_listing,
    handle=handle_following,
    group="look",
)

QUIET = Command(
    verb="quiet",
    aliases=("quiet hours", "do not disturb", "免打扰", "勿扰"),
    title=mark("When you are not to be disturbed"),
    usage=mark("quiet 20:00-8:00, at most 20; quiet none; alone, the form"),
    examples=("quiet 21:00-7:30", "quiet 20:00-8:00, at most 10", "免打扰 21:00-7:30"),
    parse=parse,
    handle=handle_quiet,
    writes=_says_anything,
    group="kith",
)
