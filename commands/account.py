"""whoami, settings, link - who Kith takes you for, how it speaks to you, and where else it knows you."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from cards import forms, labels
from cards.forms import Filled
from cards.help import about_me, link_code, linked
from cards.reader import Reader
from cards.receipts import receipt
from cards.words import Words, mark
from commands.fieldtext import split_fields
from commands.habits import lead_text, read_hours, read_lead
from commands.model import Command, Context, Reply, always
from commands.subjects import names_of
from core.errors import InvalidInputError, NotFoundError
from core.members.model import CodePurpose, Membership
from core.members.service import change_settings, check_language, issue_code, link_identity

_SETTINGS = ("language", "zone", "remind", "hours")


@dataclass(frozen=True, slots=True)
class Args:
    """What was typed behind the verb, and fields."""

    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A head and fields: ``language: 中文, zone: Shanghai``, or one of the two values alone."""
    head, written = split_fields(text, only=_SETTINGS)
    return Args(head, {**written, **fields})


def _membership(context: Context) -> Membership:
    found = context.work.members.membership(context.actor.workspace_id, context.actor.member_id)
    if found is None:
        raise NotFoundError("member", context.actor.name)
    return found


def handle_whoami(_args: Args, context: Context) -> Reply:
    """Shows the member's role, team, language, zone and the chats they are known on."""
    members, actor = context.work.members, context.actor
    teams = {team.id: team.name for team in members.list_teams(actor.workspace_id)}
    card = about_me(
        _membership(context),
        teams.get(actor.team_id, "") if actor.team_id else "",
        members.identities(actor.workspace_id, actor.member_id),
        context.reader,
    )
    return Reply(cards=(card,))


def handle_settings(args: Args, context: Context) -> Reply:
    """Changes language, zone, reminders or working hours, or opens the form. Raises InvalidInputError."""
    typed = {name: args.fields[name] for name in _SETTINGS if args.fields.get(name)}
    if args.text:
        typed |= _alone(args.text)
    if not typed:
        return Reply(form=forms.settings_form(context.words, _filled(context)))
    values = {name: _READ[name](value) if name in _READ else value for name, value in typed.items()}
    changed = change_settings(context.work, context.actor, **values)
    actor = changed.actor(platform=context.actor.platform)
    reader = Reader(Words(actor.language, actor.zone), context.now, context.public_url)
    card = receipt(
        reader.words("Settings saved"), actor.name, context.work.events.recorded, reader, names=names_of(context)
    )
    return Reply(cards=(card,))


# How a setting is read that is not kept as it is typed.
_READ: Mapping[str, Callable[[str], Any]] = {"remind": read_lead, "hours": read_hours}


def _filled(context: Context) -> Filled:
    member = _membership(context).member
    known = {"language": context.actor.language, "zone": context.actor.zone}
    return Filled({**known, "remind": lead_text(member.remind), "hours": labels.hours(member.hours, context.words)})


def _alone(text: str) -> dict[str, str]:
    """``settings 中文`` is a language, ``settings Shanghai`` a zone; ``settings language 中文`` says which."""
    first, _, rest = text.partition(" ")
    names = {
        "language": "language",
        "lang": "language",
        "语言": "language",
        "zone": "zone",
        "timezone": "zone",
        "时区": "zone",
        "remind": "remind",
        "reminders": "remind",
        "提醒": "remind",
        "hours": "hours",
        "工作时间": "hours",
    }
    if rest and first.casefold() in names:
        return {names[first.casefold()]: rest.strip()}
    try:
        return {"language": check_language(text)}
    except InvalidInputError:
        return {"zone": text}


def handle_link(args: Args, context: Context) -> Reply:
    """Gives a member a one-time code; takes a code from a stranger. Raises InvalidInputError for a bad one."""
    if args.text:
        membership = link_identity(context.work, context.incoming.identity, args.text)
        actor = membership.actor(platform=context.incoming.platform)
        reader = Reader(Words(actor.language, actor.zone), context.now, context.public_url)
        return Reply(cards=(linked(actor.name, reader),))
    if not context.actor.member_id:
        raise InvalidInputError("code", "missing")
    code = issue_code(context.work, context.actor.workspace_id, context.actor.member_id, CodePurpose.LINK)
    return Reply(cards=(link_code(code, context.reader),))


WHOAMI = Command(
    verb="whoami",
    aliases=("me", "我是谁", "我"),
    title=mark("Who Kith takes you for"),
    usage=mark("whoami"),
    examples=("whoami", "我是谁"),
    parse=parse,
    handle=handle_whoami,
    group="kith",
)

SETTINGS = Command(
    verb="settings",
    aliases=("setting", "set", "设置"),
    title=mark("Your language, time zone, reminders and working hours"),
    usage=mark(
        "settings 中文; settings Shanghai; settings remind 30 min; settings hours 9:00-18:00 Mon-Fri; alone, the form"
    ),
    examples=(
        "settings English",
        "settings New York",
        "设置 中文",
        "settings remind 1h",
        "settings remind off",
        "settings hours 8:30-17:30 Mon-Sat",
        "设置 提醒 30分钟",
        "设置 工作时间 9:00-18:00 周一至周五",
    ),
    parse=parse,
    handle=handle_settings,
    writes=lambda args: bool(args.text or any(args.fields.values())),
    group="kith",
)

LINK = Command(
    verb="link",
    aliases=("connect", "连接", "账号关联"),
    title=mark("Connect another chat to your account"),
    usage=mark("link gives you a code; link CODE, in the other chat, connects it"),
    examples=("link", "连接"),
    parse=parse,
    handle=handle_link,
    writes=always,
    open_to_strangers=True,
    repeatable=True,
    group="kith",
)
