"""whoami, settings, link - who Kith takes you for, how it speaks to you, and where else it knows you."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cards import forms
from cards.forms import Filled
from cards.help import about_me, link_code, linked
from cards.reader import Reader
from cards.receipts import receipt
from cards.words import Words, mark
from commands.fieldtext import split_fields
from commands.model import Command, Context, Reply, always
from commands.subjects import names_of
from core.errors import InvalidInputError, NotFoundError
from core.members.model import CodePurpose, Membership
from core.members.service import change_settings, check_language, issue_code, link_identity


@dataclass(frozen=True, slots=True)
class Args:
    """What was typed behind the verb, and fields."""

    text: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


def parse(text: str, fields: Mapping[str, str]) -> Args:
    """A head and fields: ``language: 中文, zone: Shanghai``, or one of the two values alone."""
    head, written = split_fields(text, only=("language", "zone"))
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
    """Changes language or zone, or opens the form. Raises InvalidInputError."""
    values = {name: args.fields[name] for name in ("language", "zone") if args.fields.get(name)}
    if args.text:
        values |= _alone(args.text)
    if not values:
        known = {"language": context.actor.language, "zone": context.actor.zone}
        return Reply(form=forms.settings_form(context.words, Filled(known)))
    changed = change_settings(context.work, context.actor, **values)
    actor = changed.actor(platform=context.actor.platform)
    reader = Reader(Words(actor.language, actor.zone), context.now, context.public_url)
    card = receipt(
        reader.words("Settings saved"), actor.name, context.work.events.recorded, reader, names=names_of(context)
    )
    return Reply(cards=(card,))


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
    title=mark("Your language and time zone"),
    usage=mark("settings 中文; settings Shanghai; alone, the form"),
    examples=("settings English", "settings New York", "设置 中文"),
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
