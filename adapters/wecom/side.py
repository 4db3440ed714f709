"""Kith's page in WeCom's chat toolbar (聊天工具栏), and wherever else WeCom opens it: page 91789.

First WeCom tells who is signed in, then its script which conversation the page stands beside, then its API whether that
is so.
"""

import asyncio
import secrets
from collections.abc import Mapping

import structlog

from adapters.callbacks.calls import CallError
from adapters.hosts.model import Knock, Prepared, Proven, Seat
from adapters.wecom.api import WecomApi
from adapters.wecom.config import WecomConfig
from adapters.wecom.incoming import NAME
from adapters.wecom.script_signing import Signing
from adapters.wecom.side_conversation import NOT_ASKED, Beside, Conversations
from adapters.wecom.side_identity import Identities, wanted_in
from cards.words import mark
from core.clock import Clock
from core.conversations.suggesting import Clues
from core.members.model import Identity
from core.work import Database, Work

log = structlog.get_logger()

DOOR_PATH = f"/sidebar/in/{NAME}"
_ONCE_BYTES = 9
_PATIENCE = 4.0  # seconds that WeCom may take to confirm a conversation: somebody waits before a page
_FOREIGN = mark("This way in was used already, is too old, or began in another browser. Close it and open Kith again.")
_NO_MEMBER = mark("WeCom names no member of this company here. Open Kith in the company's own WeCom.")
_NOT_NOW = mark("WeCom could not be asked who you are. Close this page and open Kith again in a moment.")
_TROUBLES = {
    "script": mark("WeCom's own script did not load. Check the connection, then close this page and open it again."),
    "silent": mark("WeCom does not answer. Close this page and open it again; it works in WeCom's app alone."),
    "refused": mark(
        "WeCom does not let this page ask which conversation it is. An administrator checks the application's "
        "可信域名, and that it may use 客户联系."
    ),
    "tickets": mark("WeCom gave Kith no leave to ask which conversation this is. Close this page and open it again."),
}


class Toolbar:
    """``adapters.hosts.model.Host`` for WeCom, and ``Preparing``."""

    name = NAME
    ancestors = ()  # WeCom shows it in a view of its own, framed by nobody
    script = "host-wecom.js"
    agents = ("wxwork",)

    def __init__(self, config: WecomConfig, api: WecomApi, database: Database, clock: Clock, secret_key: str) -> None:
        self._config = config
        self._api = api
        self._database = database
        self._clock = clock
        self._identities = Identities(config, secret_key)
        self._signing = Signing(api, clock)
        self._conversations = Conversations(api)
        self.script_sources = (_origin(config.sdk_url),)

    async def prepare(self, knock: Knock) -> Prepared:
        """Sends to WeCom to learn who is looking; then signs for its script, which tells the conversation."""
        here = knock.address.partition("?")[0]
        if "state" in knock.query or "code" in knock.query:
            return await self._came_back(knock, here)
        now = self._clock.now()
        if not self._identities.user(knock.held, now):
            browser = self._identities.browser(knock.held)
            return Prepared(hold=browser, onward=self._identities.onward(browser, here, knock.wanted, now))
        if knock.wanted:
            return Prepared(told={"straight": "1"})  # from a link: there is no conversation to ask for
        return await self._signed(knock.address)

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Who is looking, by what the browser holds; the conversation is ``external`` or ``chat`` if WeCom agrees."""
        user = self._identities.user(proof.get("held", ""), self._clock.now())
        if not user:
            return None
        beside = await self._beside(user, proof.get("external", ""), proof.get("chat", ""))
        identity = Identity(NAME, self._config.corp_id, user)
        seat = Seat(identity=identity, conversation=beside.conversation, title=beside.title)
        customer = await self._database.read(lambda work: _customer(work, seat, beside.contact))
        # The code was used up before. What is held is this very browser's: it may open many conversations with it.
        return Proven(seat=seat, once=secrets.token_urlsafe(_ONCE_BYTES), customer=customer, note=beside.note)

    async def clues(self, seat: Seat) -> Clues:
        """Who is in the conversation, by WeCom's API."""
        return (await self._conversations.again(seat.identity.user_id, seat.conversation)).clues

    # -- steps -------------------------------------------------------------------------------------

    async def _came_back(self, knock: Knock, here: str) -> Prepared:
        now, told = self._clock.now(), knock.query.get("state", "")
        state = self._identities.came_back(told, knock.held, now)
        if state is None:
            # A view that loads the address twice is known by now; whoever else brings it is not.
            known = bool(self._identities.user(knock.held, now))
            return Prepared(onward=_door(here, wanted_in(told))) if known else Prepared(refused=_FOREIGN)
        once, wanted = state
        if not await self._database.write(lambda work: work.jobs.accept(f"wecom-state:{once}", now)):
            # This very browser's, before it heard the answer to the first of the two: it begins anew, if it has to.
            return Prepared(onward=_door(here, wanted))
        try:
            user = await self._api.user_of(knock.query.get("code", ""))
        except CallError as failed:
            log.warning("wecom_member_not_named", reason=failed.reason)
            return Prepared(refused=_NOT_NOW if failed.again else _FOREIGN)
        if not user:
            return Prepared(refused=_NO_MEMBER)
        return Prepared(hold=self._identities.known(user, now), onward=_door(here, wanted))

    async def _signed(self, address: str) -> Prepared:
        told = {"corp": self._config.corp_id, "agent": str(self._config.agent_id), "sdk": self._config.sdk_url}
        try:
            made = await self._signing.sign(address)
        except CallError as failed:
            log.warning("wecom_script_not_signed", reason=failed.reason)
            return Prepared(told={"trouble": "tickets"}, troubles=_TROUBLES, alone=True)
        told |= {"nonce": made.nonce, "stamp": made.timestamp, "config": made.config, "agentconfig": made.agent_config}
        return Prepared(told=told, troubles=_TROUBLES, alone=True)

    async def _beside(self, user: str, external: str, chat: str) -> Beside:
        try:
            async with asyncio.timeout(_PATIENCE):
                if external:
                    return await self._conversations.with_contact(user, external)
                return await self._conversations.in_group(user, chat) if chat else Beside()
        except TimeoutError:
            return Beside(note=NOT_ASKED)


def _customer(work: Work, seat: Seat, contact: str) -> str:
    """The customer of the contact; empty where somebody bound the conversation by hand, which goes before."""
    membership = work.members.by_identity(seat.identity)
    if membership is None or seat.place is None or not contact:
        return ""
    actor = membership.actor(platform=NAME)
    if work.bindings.of(actor.workspace_id, seat.place) is not None:
        return ""
    found = work.contacts.by_external_id(actor.scope, contact)
    return found.customer_id if found else ""


def _door(here: str, wanted: str) -> str:
    return f"{here}?c={wanted}" if wanted else here


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
