"""digest [daily|weekly] [DAYS] [TIME] [team] - what can be acted on, said once a day or once a week."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from cards import digests as cards
from cards.lists import PAGE
from cards.words import mark
from commands.digestwords import Wanted, days_choice, days_chosen, read_clock, read_line
from commands.model import Command, Context, Reply
from commands.paging import split_page
from core.conversations.model import Place
from core.digests.audience import scope_in_place
from core.digests.contents import Contents
from core.digests.model import About, Digest, DigestId, Empty, Frequency, Part
from core.digests.reading import lines, question, read
from core.digests.service import find_digest, set_digest, switch_off
from core.errors import InvalidInputError, NotFoundError

_ASKS = frozenset({"change", "now", "list"})  # written by buttons


@dataclass(frozen=True, slots=True)
class Args:
    """What a line asks for; ``asks`` is a button's own word (change, now, list) with the words behind it."""

    wanted: Wanted = field(default_factory=Wanted)
    asks: str = ""
    words: tuple[str, ...] = ()
    page: int = 1


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A line in any order of its words, or a form's fields behind how often. Raises InvalidInputError."""
    return _parse(text, fields, None)


def parse_weekly(text: str, fields: Mapping[str, str]) -> Args:
    """The same of a verb that says weekly. Raises InvalidInputError."""
    return _parse(text, fields, Frequency.WEEKLY)


def _parse(text: str, fields: Mapping[str, str], usual: Frequency | None) -> Args:
    first, _, behind = text.partition(" ")
    if first in _ASKS:
        rest, page = split_page(behind)
        return Args(asks=first, words=tuple(rest.split()), page=page)
    wanted = read_line(text, usual) if text else Wanted()
    if fields:
        wanted = Wanted(wanted.frequency or Frequency.DAILY, fields={**wanted.fields, **_of_form(fields)})
    return Args(wanted)


def _of_form(fields: Mapping[str, str]) -> dict[str, Any]:
    found = {name: _FORM[name](value) for name, value in fields.items() if value and name in _FORM}
    if "at" in fields and not fields["at"]:
        raise InvalidInputError("at", "missing")
    return found


def _number(value: str) -> int:
    if not value.strip().isdecimal() or len(value) > 5:
        raise InvalidInputError("silent_days", "not_a_number", value=value)
    return int(value)


def _choice(name: str, choices: type[Empty] | type[About]) -> Callable[[str], Any]:
    def read_choice(value: str) -> Any:
        try:
            return choices(value)
        except ValueError:
            raise InvalidInputError(name, "unknown_choice", value=value) from None

    return read_choice


_FORM: Mapping[str, Callable[[str], Any]] = {
    "at": read_clock,
    "days": days_chosen,
    "empty": _choice("empty", Empty),
    "about": _choice("about", About),
    "silent_days": _number,
}


def _writes(args: Args) -> bool:
    return not args.asks and not args.wanted.is_nothing


def handle(args: Args, context: Context) -> Reply:
    """Sets it up, changes it, switches it off or shows it. Raises ConflictError, InvalidInputError, NotFoundError."""
    wanted, place = args.wanted, None if context.incoming.direct else context.incoming.place
    if args.asks:
        return _ASKED[args.asks](args, context, place)
    if wanted.off:
        found = switch_off(context.work, context.actor, place, wanted.frequency)
        card = cards.digest_off(_named(context, found), context.reader, receipt_id=context.work.receipt_id)
        return Reply(cards=(card,))
    if wanted.is_nothing:
        return _show(context, place)
    return _set(wanted, context, place)


def _set(wanted: Wanted, context: Context, place: Place | None) -> Reply:
    frequency = wanted.frequency or Frequency.DAILY
    fields = dict(wanted.fields)
    if wanted.parts:
        fields["parts"] = _parts(wanted, find_digest(context.work, context.actor, place, frequency))
    user = context.incoming.user
    digest = set_digest(context.work, context.actor, place, frequency, user=user, **fields)
    notice = _notice(digest, context)
    receipt_id = context.work.receipt_id if context.work.events.recorded else ""
    card = cards.digest_set(_named(context, [digest]), context.reader, receipt_id=receipt_id, notice=notice)
    return Reply(cards=(card,), replace=bool(context.incoming.token) and context.incoming.fields is None)


def _parts(wanted: Wanted, digest: Digest | None) -> tuple[Part, ...]:
    before = digest.parts if digest else tuple(Part)
    after = tuple(part for part in Part if wanted.parts.get(part, part in before))
    if not after:
        raise InvalidInputError("parts", "missing")
    return after


def _notice(digest: Digest, context: Context) -> str:
    """What somebody should know who sets one up for readers that Kith does not know."""
    if digest.place is None or scope_in_place(context.work, digest, context.incoming.people) is not None:
        return ""
    return context.words("Not everybody here is known to Kith, so the digest will only say numbers here.")


def _show(context: Context, place: Place | None) -> Reply:
    found = [find_digest(context.work, context.actor, place, frequency) for frequency in Frequency]
    on = [digest for digest in found if digest is not None]
    if not on:
        return Reply(cards=(cards.no_digest(context.reader, direct=place is None),))
    return Reply(cards=(cards.digest_set(_named(context, on), context.reader),))


def _named(context: Context, digests: list[Digest]) -> list[tuple[Digest, str]]:
    names = {team.id: team.name for team in context.work.members.list_teams(context.actor.workspace_id)}
    return [(digest, names.get(digest.team_id, "") if digest.team_id else "") for digest in digests]


# -- what buttons ask ------------------------------------------------------------------------------


def _chosen(args: Args, context: Context, place: Place | None) -> Digest:
    frequency = Frequency(args.words[0]) if args.words and args.words[0] in set(Frequency) else Frequency.DAILY
    found = find_digest(context.work, context.actor, place, frequency)
    if found is None:
        raise NotFoundError("digest", frequency)
    return found


def _change(args: Args, context: Context, place: Place | None) -> Reply:
    digest = _chosen(args, context, place)
    return Reply(form=cards.digest_form(digest, days_choice(digest.days), context.words))


def _now(args: Args, context: Context, place: Place | None) -> Reply:
    """What it would say now, to the eyes of whoever asks."""
    digest = _chosen(args, context, place)
    ((_, team),) = _named(context, [digest])
    found: Contents = read(context.work, digest, context.actor.scope, context.now)
    return Reply(cards=(cards.digest_said(found, cards.Occasion(digest, team), context.reader),))


def _list(args: Args, context: Context, _place: Place | None) -> Reply:
    """All of a part, to the eyes of whoever asks; another member's own digest is not there."""
    part, digest_id, since = _behind_list(args)
    digest = context.work.digests.by_id(context.actor.workspace_id, digest_id)
    if digest is None or (digest.about is About.MINE and digest.member_id != context.actor.member_id):
        raise NotFoundError("digest", digest_id)
    asked = question(digest, context.actor.scope, since, context.now)
    page, found = args.page, lines(context.work, part, asked, limit=PAGE, offset=(args.page - 1) * PAGE)
    if not found and page > 1:
        page, found = 1, lines(context.work, part, asked, limit=PAGE)
    card = cards.digest_list(part, found, digest, context.reader, since=since, page=page)
    turned = bool(context.incoming.token) and args.page > 1
    return Reply(cards=(card,), replace=turned)


def _behind_list(args: Args) -> tuple[Part, DigestId, date]:
    try:
        part, digest_id, since = args.words
        return Part(part), DigestId(digest_id), date.fromisoformat(since)
    except ValueError:
        raise NotFoundError("digest", " ".join(args.words)) from None


_ASKED: Mapping[str, Callable[[Args, Context, Place | None], Reply]] = {"change": _change, "now": _now, "list": _list}

COMMAND = Command(
    verb="digest",
    aliases=("digests", "daily digest", "日报", "摘要", "简报"),
    title=mark("What can be acted on, once a day or once a week"),
    usage=mark("digest daily TIME; digest weekly DAY TIME; digest off; alone, what is set up here"),
    examples=("digest daily 9:00", "digest weekly Mon 8:30 team", "日报 每天9点"),
    parse=parse,
    handle=handle,
    writes=_writes,
    needs_people=True,
    group="plan",
)

WEEKLY = Command(
    verb="weekly digest",
    aliases=("周报",),
    title=mark("What can be acted on, once a week"),
    usage=mark("weekly digest DAY TIME; alone, what is set up here"),
    examples=("weekly digest Mon 8:30", "周报 每周一 9点"),
    parse=parse_weekly,
    handle=handle,
    writes=_writes,
    needs_people=True,
    group="plan",
)
