"""From Slack's payloads to ``Incoming``: pure, without asking anybody.

``reply_to`` holds where the answer may go: ``url`` (the response_url) and ``trigger`` (for a modal), good only for a
while from ``at`` (epoch seconds) on; ``thread``; and ``own``, whether nobody else sees the message that was pressed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import msgspec

from adapters.slack.payloads import Action, Event, Interaction, Message, Said, SlashCommand
from adapters.slack.typed import plain, without_mention
from cards.renderers.slack import modal_values
from commands.model import Incoming, Quoted
from commands.sealing import is_for_room

PLATFORM = "slack"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known beside a payload: when it came, and of people by Slack user id what they are called.

    ``verbs`` are those of short slash commands, ``handles`` what members are typed as, ``names`` how people are called.
    """

    at: datetime
    verbs: Mapping[str, str] = field(default_factory=dict)
    handles: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)


class Origin(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where a modal was opened from: kept in its ``private_metadata``, so that the answer goes there."""

    token: str
    conversation: str = ""
    direct: bool = False
    reply_to: dict[str, Any] = {}
    author: str = ""
    said_at: datetime | None = None
    link: str = ""


def from_command(command: SlashCommand, known: Known) -> Incoming:
    """A slash command: ``/crm visit Acme`` and the short ``/visit Acme`` say the same."""
    typed = plain(command.text, known.handles)
    verb = known.verbs.get(command.command, "")
    return Incoming(
        platform=PLATFORM,
        tenant=command.team_id or command.enterprise_id,
        user=command.user_id,
        user_name=command.user_name,
        conversation=command.channel_id,
        delivery=_first(known, command.user_id, command.trigger_id, command.response_url),
        text=f"{verb} {typed}".strip(),
        reply_to=_reply_to(known, url=command.response_url, trigger=command.trigger_id),
    )


def from_press(press: Interaction, known: Known) -> Incoming:
    """A pressed button or a menu's option, known by its token."""
    action = press.actions[0] if press.actions else Action()
    thread = press.container.thread_ts if press.container else None
    return msgspec.structs.replace(
        _from_interaction(press, f"{_first(known, '', action.action_ts)}.{action.action_id}.{press.user.id}"),
        direct=_in_own_chat(press, action),
        token=action.token,
        reply_to=_reply_to(
            known, url=press.response_url, trigger=press.trigger_id, thread=thread or "", own=_is_own(press, action)
        ),
    )


def from_shortcut(shortcut: Interaction, known: Known) -> Incoming:
    """The message shortcut "Save to CRM"."""
    message = shortcut.message or Message()
    return msgspec.structs.replace(
        _from_interaction(shortcut, _first(known, shortcut.user.id, shortcut.trigger_id)),
        text="save",
        quoted=Quoted(
            text=plain(message.text, known.names),
            author=known.names.get(message.user or "") or message.username or "",
            said_at=_instant(message.ts),
            link=_permalink(shortcut, message),
        ),
        reply_to=_reply_to(known, url=shortcut.response_url, trigger=shortcut.trigger_id),
    )


def from_submission(submission: Interaction) -> Incoming:
    """A modal's fields, with the form's token and the place it was opened from."""
    view = submission.view
    origin = origin_of(submission)
    fields = modal_values(view.state.values) if view and view.state else {}
    quoted = Quoted(text=fields.get("text", ""), author=origin.author, said_at=origin.said_at, link=origin.link)
    return msgspec.structs.replace(
        _from_interaction(submission, f"{view.id}.{view.hash}" if view else submission.trigger_id),
        conversation=origin.conversation,
        direct=origin.direct,
        token=origin.token,
        fields=fields,
        quoted=quoted if origin.said_at or origin.author else None,
        reply_to=origin.reply_to,
    )


def from_typeahead(question: Interaction) -> Incoming:
    """Who asks what an input offers, and where."""
    return msgspec.structs.replace(_from_interaction(question, ""), conversation=origin_of(question).conversation)


def from_said(event: Event, said: Said, known: Known) -> Incoming:
    """A mention, without the bot's name, or a direct message."""
    bot = event.authorizations[0].user_id if event.authorizations else ""
    return Incoming(
        platform=PLATFORM,
        tenant=event.tenant,
        user=said.user,
        user_name=known.names.get(said.user, ""),
        conversation=said.channel,
        direct=said.channel_type == "im",
        delivery=event.event_id,
        text=plain(without_mention(said.text, bot), known.handles),
        reply_to=_reply_to(known, thread=said.thread_ts or ""),
    )


def origin_of(interaction: Interaction) -> Origin:
    """Where the modal was opened from; nowhere when it does not say."""
    try:
        return msgspec.json.decode(interaction.view.private_metadata if interaction.view else "", type=Origin)
    except msgspec.DecodeError:
        return Origin(token="")


def origin_for(incoming: Incoming, token: str) -> Origin:
    """What a modal keeps of the place it is opened from."""
    quoted = incoming.quoted or Quoted(text="")
    kept = {name: value for name, value in incoming.reply_to.items() if name in {"url", "at", "thread"}}
    return Origin(
        token=token,
        conversation=incoming.conversation,
        direct=incoming.direct,
        reply_to=kept,
        author=quoted.author,
        said_at=quoted.said_at,
        link=quoted.link,
    )


def _from_interaction(interaction: Interaction, delivery: str) -> Incoming:
    user = interaction.user
    return Incoming(
        platform=PLATFORM,
        tenant=interaction.tenant,
        user=user.id,
        user_name=user.name or user.username,
        conversation=interaction.channel.id if interaction.channel else "",
        delivery=delivery,
    )


def _first(known: Known, user: str, *ids: str) -> str:
    """The first id that Slack gave; without any the moment has to do: an empty one would make all deliveries one."""
    return next(filter(None, ids), f"{user}.{known.at.timestamp()}")


def _reply_to(known: Known, **where: Any) -> dict[str, Any]:
    return {"at": known.at.timestamp()} | {name: value for name, value in where.items() if value}


def _is_own(press: Interaction, action: Action) -> bool:
    """Whether nobody else sees the message that was pressed, so that a private answer may take its place."""
    return bool(press.container and press.container.is_ephemeral) or _in_own_chat(press, action)


def _in_own_chat(press: Interaction, action: Action) -> bool:
    """Whether it was pressed in the person's own chat with Kith.

    The ids of direct messages between two people begin with D too, but what Kith posts there is sealed for a room.
    """
    lasting = press.container is not None and not press.container.is_ephemeral
    in_direct = press.channel is not None and press.channel.id.startswith("D")
    return lasting and in_direct and bool(action.token) and not is_for_room(action.token)


def _instant(stamp: str) -> datetime | None:
    """A message's ``ts``, seconds since 1970 with a counter behind the point."""
    seconds = stamp.partition(".")[0]
    return datetime.fromtimestamp(int(seconds), UTC) if seconds.isdigit() else None


def _permalink(shortcut: Interaction, message: Message) -> str:
    domain = shortcut.team.domain if shortcut.team else ""
    channel = shortcut.channel.id if shortcut.channel else ""
    if not (domain and channel and message.ts):
        return ""
    return f"https://{domain}.slack.com/archives/{channel}/p{message.ts.replace('.', '')}"
