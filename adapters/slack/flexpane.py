"""Kith's page in Slack's side pane: entered by a ticket alone, framed by Slack alone.

Slack's frame tells nothing of who looks into it; Kith hands the viewer's own ticket out with the Work Object's details.
"""

import asyncio
from collections.abc import Mapping

from adapters.hosts.model import Proven, Seat
from adapters.slack.api import SlackApi, SlackError
from adapters.slack.incoming import PLATFORM
from adapters.slack.installations import Installations
from adapters.slack.people import People
from core.conversations.suggesting import Clues

# All three are needed: https://docs.slack.dev/changelog/2026/11/06/work-objects-embeds-frame-ancestors
ANCESTORS = ("https://*.slack.com", "https://*.slack-gov.com", "https://*.slack-mcps.com")
_PEOPLE_ASKED = 20  # of a conversation: each is a question to Slack


class Flexpane:
    """``adapters.hosts.model.Host`` for Slack."""

    name = PLATFORM
    ancestors = ANCESTORS
    script = ""
    script_sources = ()
    agents = ()  # Slack opens links in the system's browser

    def __init__(self, api: SlackApi, installations: Installations, people: People) -> None:
        self._api = api
        self._installations = installations
        self._people = people

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:  # noqa: ARG002 - a ticket is the only way in
        """Nothing: a ticket is the only way in."""
        return None

    async def clues(self, seat: Seat) -> Clues:
        """The conversation's name, and where the people in it have their e-mail addresses."""
        tenant = seat.identity.tenant
        if not seat.conversation:
            return Clues()
        users = (await self._people.readers(tenant, seat.conversation))[:_PEOPLE_ASKED]
        profiles = await asyncio.gather(*(self._people.profile(tenant, user) for user in users))
        emails = tuple(profile.address for profile in profiles if profile.address)
        name = await self._name_of(tenant, seat.conversation)
        return Clues(emails=emails, texts=(name,) if name else ())

    async def _name_of(self, tenant: str, conversation: str) -> str:
        installation = await self._installations.of(tenant)
        if installation is None:
            return ""
        try:
            found = await self._api.ask(
                self._api.web.conversations_info(token=installation.token, channel=conversation)
            )
        except SlackError:
            return ""
        return str((found.get("channel") or {}).get("name") or "")
