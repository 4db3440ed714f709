"""The parts of Mattermost's payloads that Kith reads; unknown fields are left alone.

server/channels/app/command.go, server/public/model/integration_action.go and outgoing_webhook.go.
"""

from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True):
    """The shape shared by everything below."""


class SlashCommand(Part, frozen=True):
    """A typed slash command. With ``trigger_word`` it is a message that an outgoing webhook heard."""

    user_id: str
    token: str = ""
    user_name: str = ""
    channel_id: str = ""
    channel_name: str = ""
    command: str = ""
    text: str = ""
    trigger_id: str = ""
    response_url: str = ""
    root_id: str = ""
    post_id: str = ""
    trigger_word: str = ""
    user_mentions: tuple[str, ...] = ()
    user_mentions_ids: tuple[str, ...] = ()


class ActionRequest(Part, frozen=True):
    """A pressed button, or a line chosen from a menu."""

    user_id: str
    user_name: str = ""
    channel_id: str = ""
    channel_name: str = ""
    post_id: str = ""
    trigger_id: str = ""
    context: dict[str, Any] | None = None


class Submission(Part, frozen=True):
    """A dialog that was filled in, or (``dialog_lookup``) a question what a field offers."""

    user_id: str
    type: str = ""
    state: str = ""
    channel_id: str = ""
    submission: dict[str, Any] | None = None
    cancelled: bool = False


class Post(Part, frozen=True):
    """A message; ``create_at`` is in milliseconds since 1970."""

    id: str
    channel_id: str = ""
    user_id: str = ""
    root_id: str = ""
    message: str = ""
    create_at: int = 0
    delete_at: int = 0


class User(Part, frozen=True):
    """Somebody, as far as the bot may see; ``roles`` are words between blanks."""

    id: str = ""
    username: str = ""
    first_name: str = ""
    last_name: str = ""
    nickname: str = ""
    email: str = ""
    email_verified: bool = False
    roles: str = ""
    locale: str = ""
    is_bot: bool = False
    delete_at: int = 0
