"""The parts of Slack's payloads that Kith reads; unknown fields are left alone.

https://docs.slack.dev/reference/interaction-payloads, https://docs.slack.dev/apis/events-api
"""

from typing import Any

import msgspec


class Part(msgspec.Struct, frozen=True):
    """The shape shared by everything below."""


class Team(Part, frozen=True):
    """A Slack workspace, or the enterprise that several belong to."""

    id: str = ""
    domain: str = ""


class User(Part, frozen=True):
    """Who did it."""

    id: str
    name: str = ""
    username: str = ""


class Channel(Part, frozen=True):
    """A conversation."""

    id: str = ""


class SlashCommand(Part, frozen=True):
    """A typed slash command."""

    user_id: str
    command: str
    team_id: str = ""
    enterprise_id: str = ""
    channel_id: str = ""
    user_name: str = ""
    text: str = ""
    response_url: str = ""
    trigger_id: str = ""


class Chosen(Part, frozen=True):
    """An option of a menu."""

    value: str = ""


class Action(Part, frozen=True):
    """A button that was pressed, or a menu that was chosen from."""

    action_id: str = ""
    action_ts: str = ""
    value: str | None = None
    selected_option: Chosen | None = None

    @property
    def token(self) -> str:
        """What the button or the option carries."""
        return self.value or (self.selected_option.value if self.selected_option else "")


class Container(Part, frozen=True):
    """Where the pressed button stands."""

    is_ephemeral: bool = False
    thread_ts: str | None = None


class Message(Part, frozen=True):
    """A message that was pointed at."""

    text: str = ""
    user: str | None = None
    username: str | None = None
    ts: str = ""
    thread_ts: str | None = None


class State(Part, frozen=True):
    """What was filled in: by block, then by element."""

    values: dict[str, dict[str, dict[str, Any]]] = {}


class View(Part, frozen=True):
    """A modal, or the App Home."""

    id: str = ""
    type: str = ""
    hash: str = ""
    private_metadata: str = ""
    state: State | None = None


class Interaction(Part, frozen=True):
    """A press, a shortcut, a submitted modal, or a typeahead's question."""

    type: str
    user: User
    team: Team | None = None
    enterprise: Team | None = None
    channel: Channel | None = None
    container: Container | None = None
    message: Message | None = None
    view: View | None = None
    actions: tuple[Action, ...] = ()
    action_id: str = ""
    value: str = ""
    trigger_id: str = ""
    response_url: str = ""

    @property
    def tenant(self) -> str:
        """The workspace, or the enterprise of an installation for all of its workspaces."""
        return next((one.id for one in (self.team, self.enterprise) if one and one.id), "")


class Said(Part, frozen=True):
    """A message to Kith: a mention, or a direct message."""

    type: str
    user: str
    channel: str
    text: str = ""
    ts: str = ""
    thread_ts: str | None = None
    channel_type: str = ""


class HomeOpened(Part, frozen=True):
    """Somebody opened Kith's own tab: https://docs.slack.dev/reference/events/app_home_opened."""

    user: str
    tab: str = ""


class SharedLink(Part, frozen=True):
    """One of the links of a message."""

    url: str
    domain: str = ""


class Shared(Part, frozen=True):
    """Links of ours in a message, or in one being written: https://docs.slack.dev/reference/events/link_shared."""

    user: str
    channel: str = ""
    message_ts: str = ""
    links: tuple[SharedLink, ...] = ()
    unfurl_id: str = ""
    source: str = ""


class ExternalRef(Part, frozen=True):
    """What we call the record of a Work Object."""

    id: str
    type: str = ""


class Details(Part, frozen=True):
    """Somebody opened a Work Object: https://docs.slack.dev/reference/events/entity_details_requested."""

    user: str
    external_ref: ExternalRef
    trigger_id: str
    entity_url: str = ""
    channel: str = ""
    user_locale: str = ""


class Authorization(Part, frozen=True):
    """An installation that may see an event; ``user_id`` is the bot's."""

    team_id: str | None = None
    enterprise_id: str | None = None
    user_id: str = ""


class Event(Part, frozen=True):
    """The envelope of an event; the event itself is read by its type."""

    event_id: str
    event: dict[str, Any]
    team_id: str | None = None
    enterprise_id: str | None = None
    authorizations: tuple[Authorization, ...] = ()

    @property
    def tenant(self) -> str:
        """The workspace Kith is installed in; in a channel shared between companies the sender's may be another."""
        seen_by = self.authorizations[:1]
        teams = (*(one.team_id for one in seen_by), self.team_id, *(one.enterprise_id for one in seen_by))
        return next(filter(None, teams), None) or self.enterprise_id or ""
