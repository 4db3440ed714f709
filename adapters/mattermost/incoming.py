"""From Mattermost's payloads to ``Incoming``: pure, without asking anybody.

``reply_to`` holds where the answer may go: ``hook`` (the end of a response_url) and ``trigger`` (for a dialog), good
for a while from ``at`` (seconds since 1970) on; ``root``, the thread; ``post``, the message that was pressed, where it
can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from msgspec.structs import replace

from adapters.mattermost.carried import Carried, Origin
from adapters.mattermost.payloads import ActionRequest, Post, SlashCommand, Submission, User
from adapters.mattermost.trigger import delivery_of
from cards.renderers.mattermost import dialog_values
from commands.model import Incoming, Quoted
from core.patterns import late

PLATFORM = "mattermost"
# Users have one id on the whole server, and direct messages belong to no team: the server is the tenant.
TENANT = ""

_HOOK = late(r"/hooks/commands/([A-Za-z0-9]{1,64})$")
_MENTION = late(r"@([A-Za-z0-9._-]+)")
_PERMALINK = late(r"(?:\S*/)?pl/([a-z0-9]{26})\b[^\s:：]*")  # https://…/TEAM/pl/ID and …/_redirect/pl/ID


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside a payload: when it came, the bot's id, and of people what they are typed as.

    ``verbs`` are those of short slash commands, ``handles`` the members' handles by Mattermost username.
    """

    at: datetime
    bot: str = ""
    verbs: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)

    @property
    def seconds(self) -> int:
        """When it came, in whole seconds since 1970."""
        return int(self.at.timestamp())


def from_command(command: SlashCommand, known: Known) -> Incoming:
    """A slash command: ``/crm visit Acme`` and the short ``/visit Acme`` say the same."""
    verb = known.verbs.get(command.command, "")
    hook = hook_of(command.response_url)
    delivery = delivery_of(command.trigger_id, hook) or f"{command.user_id}.{known.at.timestamp()}"
    return Incoming(
        platform=PLATFORM,
        tenant=TENANT,
        user=command.user_id,
        user_name=command.user_name,
        conversation=command.channel_id,
        direct=is_direct(command.channel_name, command.user_id, known.bot),
        delivery=delivery,
        text=f"{verb} {_with_handles(command.text, known.handles)}".strip(),
        reply_to=_reply_to(known, hook=hook, trigger=command.trigger_id, root=command.root_id),
    )


def from_heard(heard: SlashCommand, known: Known) -> Incoming:
    """A message that begins with an outgoing webhook's trigger word, without it."""
    text = heard.text.strip()
    if text.casefold().startswith(heard.trigger_word.casefold()):
        text = text[len(heard.trigger_word) :].lstrip(" ,:，：")
    return Incoming(
        platform=PLATFORM,
        tenant=TENANT,
        user=heard.user_id,
        user_name=heard.user_name,
        conversation=heard.channel_id,
        delivery=heard.post_id or f"{heard.user_id}.{known.at.timestamp()}",
        text=_with_handles(text, known.handles),
        reply_to=_reply_to(known),
    )


def from_press(press: ActionRequest, carried: Carried, token: str, known: Known) -> Incoming:
    """A pressed button or a menu's line, known by its token."""
    reply_to = _reply_to(
        known,
        trigger=press.trigger_id,
        root=carried.root,
        hook=carried.hook,
        post="" if carried.alone else press.post_id,
    )
    if carried.hook:
        reply_to["hook_at"] = carried.at
    return Incoming(
        platform=PLATFORM,
        tenant=TENANT,
        user=press.user_id,
        user_name=press.user_name,
        conversation=press.channel_id,
        direct=is_direct(press.channel_name, press.user_id, known.bot),
        delivery=delivery_of(press.trigger_id) or f"{press.post_id}.{press.user_id}.{known.at.timestamp()}",
        token=token,
        reply_to=reply_to,
    )


def from_dialog(dialog: Submission, origin: Origin) -> Incoming:
    """A dialog that was filled in, with the form's token and the place it was opened from."""
    fields = {name: _meant(name, value, origin) for name, value in dialog_values(dialog.submission or {}).items()}
    quoted = Quoted(text=fields.get("text", ""), author=origin.author, said_at=origin.said_at, link=origin.link)
    return Incoming(
        platform=PLATFORM,
        tenant=TENANT,
        user=dialog.user_id,
        conversation=origin.conversation,
        direct=origin.direct,
        delivery=f"dialog.{origin.id}",
        token=origin.token,
        fields=None if origin.asked else fields,
        quoted=quoted if origin.said_at or origin.author else None,
        reply_to=origin.reply_to,
    )


def from_question(question: Submission, origin: Origin) -> tuple[Incoming, str]:
    """Who asks what a field offers, and where; and what was typed so far."""
    typed = (question.submission or {}).get("query")
    incoming = Incoming(
        platform=PLATFORM, tenant=TENANT, user=question.user_id, conversation=origin.conversation, delivery=""
    )
    return incoming, str(typed) if typed is not None else ""


def origin_for(incoming: Incoming, id_: str, token: str, shown: dict[str, tuple[str, str]]) -> Origin:
    """What a dialog keeps of the place it is opened from."""
    quoted = incoming.quoted or Quoted(text="")
    kept = {name: value for name, value in incoming.reply_to.items() if name in {"hook", "hook_at", "at", "root"}}
    return Origin(
        id=id_,
        user=incoming.user,
        token=token,
        conversation=incoming.conversation,
        direct=incoming.direct,
        reply_to=kept,
        author=quoted.author,
        said_at=quoted.said_at,
        link=quoted.link,
        shown=shown,
    )


def pointed_at(text: str) -> tuple[str, str]:
    """The id of the message whose link stands in a line, and the line without the link."""
    found = _PERMALINK.search(text)
    if found is None:
        return "", text
    return found[1], " ".join(f"{text[: found.start()]} {text[found.end() :]}".split())


def quoted_from(post: Post, author: User, api_url: str) -> Quoted:
    """A message to be saved."""
    return Quoted(
        text=post.message,
        author=name_of(author),
        said_at=datetime.fromtimestamp(post.create_at // 1000, UTC) if post.create_at > 0 else None,
        link=f"{api_url}/_redirect/pl/{post.id}",
    )


def with_quoted(incoming: Incoming, quoted: Quoted, text: str) -> Incoming:
    """The same, pointing at a message."""
    return replace(incoming, text=text, quoted=quoted)


def name_of(user: User) -> str:
    """What somebody is called."""
    return user.nickname or f"{user.first_name} {user.last_name}".strip() or user.username


def is_direct(channel_name: str, user: str, bot: str) -> bool:
    """Whether nobody else reads along: in the channel between a person and the bot, or of a person with themselves.

    Such a channel is named by both ids, in order: server/public/model/channel.go, GetDMNameFromIds.
    """
    ids = set(channel_name.split("__"))
    return bool(user) and "__" in channel_name and user in ids and ids <= {user, bot}


def hook_of(response_url: str) -> str:
    """The end of a response_url; empty for what is none. The address before it is the server's own, which is known."""
    try:
        found = _HOOK.search(urlsplit(response_url).path)
    except ValueError:
        return ""
    return found[1] if found else ""


def _reply_to(known: Known, **where: Any) -> dict[str, Any]:
    return {"at": known.seconds} | {name: value for name, value in where.items() if value}


def _with_handles(text: str, handles: Mapping[str, str]) -> str:
    """A member becomes the handle that Kith knows them by."""
    return _MENTION.sub(lambda found: f"@{handles.get(found[1].casefold(), found[1])}", text) if handles else text


def _meant(name: str, value: str, origin: Origin) -> str:
    """What a field's words stand for, where they are still those it was filled in with."""
    label, kept = origin.shown.get(name, ("", ""))
    return kept if label and value == label else value
