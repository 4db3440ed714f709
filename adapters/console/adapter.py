"""The console as a platform: who sits at it, and what they say on its way down the road."""

import secrets
from datetime import timedelta

from adapters.console.choices import Numbering
from adapters.console.config import ConsoleConfig
from adapters.console.incoming import PLATFORM, pressed, typed
from adapters.console.outgoing import WIDTH, as_text
from cards.model import InputKind, Option
from cards.words import Words
from commands.model import Incoming, Reply
from commands.road import Road
from commands.sending import Address, Sending, Sent
from core.errors import NotFoundError
from core.ids import MemberId, WorkspaceId
from core.members.model import Identity, Member, Membership
from core.work import Database, Work


class ConsoleAdapter:
    """``commands.sending.Platform`` for one terminal. Made first, given the road by ``attach``, then ``sit_down``."""

    name = PLATFORM

    def __init__(self, config: ConsoleConfig, database: Database) -> None:
        self.config = config
        self._database = database
        self._road: Road | None = None
        self._member: tuple[WorkspaceId, MemberId] | None = None

    def attach(self, road: Road) -> None:
        """Gives the adapter the road that it is a platform of."""
        self._road = road

    @property
    def road(self) -> Road:
        """The road; RuntimeError before ``attach``."""
        if self._road is None:
            raise RuntimeError("the console was not given its road")
        return self._road

    async def sit_down(self, workspace_id: WorkspaceId) -> None:
        """Makes the terminal the member's who is named in the config. Raises NotFoundError when there is none."""
        member = await self._database.read(lambda work: _find(work, workspace_id, self.config.member))
        identity = Identity(PLATFORM, "", member.id)
        if not await self._database.read(lambda work: work.members.by_identity(identity)):
            await self._database.write(lambda work: work.members.tie(identity, member, work.now))
        self._member = workspace_id, member.id

    async def membership(self) -> Membership:
        """Who sits here, with the settings they have now. Raises NotFoundError when they were removed meanwhile."""
        workspace_id, member_id = self._who()
        found = await self._database.read(lambda work: work.members.membership(workspace_id, member_id))
        if found is None:
            raise NotFoundError("member", self.config.member)
        return found

    async def words(self) -> Words:
        """The member's words."""
        actor = (await self.membership()).actor(platform=PLATFORM)
        return Words(actor.language, actor.zone)

    async def say(self, line: str) -> Reply:
        """The answer to a typed line."""
        return await self.road.answer_now(self._typed(line))

    async def press(self, token: str, fields: dict[str, str] | None = None) -> Reply:
        """The answer to a button, or to a form's values."""
        _, member_id = self._who()
        return await self.road.answer_now(pressed(token, member_id=member_id, delivery=_fresh(), fields=fields))

    async def suggest(self, kind: InputKind, text: str) -> tuple[Option, ...]:
        """What a form's input offers for what is typed so far."""
        return await self.road.suggest(self._typed(""), kind, text)

    async def complete(self, line: str) -> tuple[Option, ...]:
        """How a line may go on."""
        return await self.road.complete(self._typed(line), line)

    def _typed(self, line: str) -> Incoming:
        _, member_id = self._who()
        return typed(line, member_id=member_id, delivery=_fresh())

    def _who(self) -> tuple[WorkspaceId, MemberId]:
        if self._member is None:
            raise RuntimeError("nobody sits at the console yet")
        return self._member

    # -- commands.sending.Platform --------------------------------------------------------------------

    async def send(self, _incoming: Incoming, reply: Reply, _key: str) -> Sending:
        """Prints an answer that was not waited for."""
        print(as_text(reply, Numbering(), WIDTH))  # noqa: T201 - a terminal's way of sending
        return Sending(Sent.DELIVERED)

    def pace(self, _conversation: str) -> timedelta:
        """A terminal takes whatever comes."""
        return timedelta()

    async def tell(self, _address: Address, reply: Reply, key: str, _ref: str) -> Sending:
        """Prints what nobody asked for."""
        print(as_text(reply, Numbering(), WIDTH))  # noqa: T201 - a terminal's way of sending
        return Sending(Sent.DELIVERED, ref=key)

    async def verified_email(self, _incoming: Incoming) -> str:
        """A terminal vouches for nobody."""
        return ""

    async def people_in(self, _incoming: Incoming) -> tuple[str, ...]:
        """Only who sits there."""
        return ()


def _fresh() -> str:
    """A terminal delivers nothing twice, so every line is a delivery of its own."""
    return secrets.token_hex(12)


def _find(work: Work, workspace_id: WorkspaceId, handle: str) -> Member:
    """The member of that handle, or the workspace's first (ids sort by time)."""
    if not handle:
        return min(work.members.list_all(workspace_id), key=lambda member: member.id)
    member = work.members.by_handle(workspace_id, handle.lstrip("@").casefold())
    if member is None:
        raise NotFoundError("member", handle)
    return member
