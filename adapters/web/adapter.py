"""The workbench as a platform: what is said in its rooms takes the road, and answers become messages there."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from adapters.web.answers import place_answer
from adapters.web.config import WebConfig
from adapters.web.csrf import Csrf
from adapters.web.incoming import PLATFORM
from adapters.web.telling import place_notice
from commands.model import Incoming, Reply
from commands.road import Accepted, Answered, Road
from commands.sending import Address, Sending, Sent
from core.clock import Clock
from core.ids import MemberId, WorkspaceId
from core.rooms.model import Message
from core.work import Database, Work

# An answer that takes longer reaches the page by its stream, or when it is loaded again.
_ANSWER_WAIT = 3.0  # seconds


class WebAdapter:
    """``commands.sending.Platform`` for Kith's own chat. Made first, given the road by ``attach``."""

    name = PLATFORM

    def __init__(self, config: WebConfig, database: Database, clock: Clock) -> None:
        self.config = config
        self.database = database
        self.clock = clock
        self.csrf = Csrf(config.secret_key)
        self._road: Road | None = None
        self._expected: dict[str, asyncio.Future[list[Message]]] = {}
        self._streams: set[Callable[[None], None]] = set()

    def attach(self, road: Road) -> None:
        """Gives the adapter the road that it is a platform of."""
        self._road = road

    @property
    def road(self) -> Road:
        """The road; RuntimeError before ``attach``."""
        if self._road is None:
            raise RuntimeError("the workbench was not given its road")
        return self._road

    async def start(self) -> None:
        """Nothing runs by itself."""

    async def stop(self) -> None:
        """Ends the streams that pages follow, for a server waits for its connections before it stops."""
        for end in tuple(self._streams):
            end(None)

    @contextmanager
    def until_stopped(self, end: Callable[[None], None]) -> Iterator[None]:
        """Calls ``end`` with None when the adapter stops in the meantime."""
        self._streams.add(end)
        try:
            yield
        finally:
            self._streams.discard(end)

    async def take(self, incoming: Incoming) -> list[Message]:
        """Sends a delivery down the road; returns the messages that answer it, as far as they are there in time."""
        outcome = await self.road.receive(incoming)
        match outcome:
            case Answered(reply):
                return await self._place(incoming, reply, incoming.delivery) or []
            case Accepted():
                return await self._carried_out(incoming, outcome)
            case _:
                return []

    async def _carried_out(self, incoming: Incoming, accepted: Accepted) -> list[Message]:
        expected = self._expected[incoming.key] = asyncio.get_running_loop().create_future()
        self.road.start(accepted, at_once=True)
        try:
            return await asyncio.wait_for(expected, _ANSWER_WAIT)
        except TimeoutError:
            return []
        finally:
            del self._expected[incoming.key]

    async def _place(self, incoming: Incoming, reply: Reply, key: str) -> list[Message] | None:
        return await self.database.write(lambda work: place_answer(work, incoming, reply, key))

    # -- commands.sending.Platform --------------------------------------------------------------------

    async def send(self, incoming: Incoming, reply: Reply, key: str) -> Sending:
        """Posts the answer into its room, once for each ``key``."""
        placed = await self._place(incoming, reply, key)
        expected = self._expected.get(incoming.key)
        if expected is not None and not expected.done():
            expected.set_result(placed or [])
        if placed is None:
            return Sending(Sent.GONE, reason="left_the_room")
        return Sending(Sent.DELIVERED, ref=placed[-1].id if placed else "")

    def pace(self, _conversation: str) -> timedelta:
        """Rooms take whatever comes."""
        return timedelta()

    async def tell(self, address: Address, reply: Reply, key: str, ref: str) -> Sending:
        """Posts it into the room it is addressed to, once for each ``key``."""
        return await self.database.write(lambda work: place_notice(work, address, reply, key, ref))

    async def verified_email(self, _incoming: Incoming) -> str:
        """Nothing to find out: who is in the workbench is a member."""
        return ""

    async def people_in(self, incoming: Incoming) -> tuple[str, ...]:
        """Everybody in the room."""
        workspace_id = WorkspaceId(incoming.tenant)
        member_id = MemberId(incoming.user)

        def find(work: Work) -> tuple[str, ...]:
            room = work.rooms.by_id(workspace_id, member_id, incoming.conversation)
            return work.rooms.member_ids(workspace_id, room.id) if room else ()

        return await self.database.read(find)
