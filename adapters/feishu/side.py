"""Kith's page in Feishu's side panel, and wherever else its client opens it: who looks, as Feishu tells our server.

The page's script asks the client for a code, which only our server can exchange for a name.
https://open.feishu.cn/document/uYjL24iN/uMTMuMTMuMTM/development-guide/webapp-incremental-authorization-access-guide
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any
from urllib.parse import urlsplit

import msgspec
import structlog

from adapters.callbacks.calls import CallError
from adapters.feishu.api import FeishuApi
from adapters.feishu.config import FeishuConfig
from adapters.feishu.incoming import PLATFORM
from adapters.feishu.people import People
from adapters.feishu.side_chat import Conversations
from adapters.feishu.side_proof import LIFE, States, signed
from adapters.hosts.model import Knock, Prepared, Proven, Seat
from cards.words import mark
from core.clock import Clock
from core.conversations.suggesting import Clues
from core.drafts import Draft
from core.members.model import Identity
from core.members.service import link_by_email
from core.work import Database, Work

log = structlog.get_logger()

_CODE_MAX = 512  # characters
_CHAT_MAX = 80
_NOT_CONFIRMED = mark("Feishu does not confirm that you are in this conversation, so Kith opens nothing of it here.")
_TROUBLES = {
    "script": mark("Feishu's own script did not load. Check the connection, then close this page and open it again."),
    "silent": mark("Feishu does not answer. Close this page and open it again; it works in Feishu's app alone."),
    "refused": mark(
        "Feishu does not tell Kith who you are. An administrator checks the redirect URLs and H5 trusted "
        "domains in the app's console, and that you are among those who may use Kith."
    ),
}


class SidePanel:
    """``adapters.hosts.model.Host`` for Feishu and Lark, and ``Preparing``."""

    name = PLATFORM
    ancestors = ()  # the client shows it in a view of its own, framed by nobody
    script = "host-feishu.js"
    agents = ("lark/", "feishu")

    def __init__(
        self, config: FeishuConfig, api: FeishuApi, people: People, database: Database, clock: Clock, *, secret_key: str
    ) -> None:
        self._config = config
        self._api = api
        self._people = people
        self._database = database
        self._clock = clock
        self._states = States(secret_key)
        self._conversations = Conversations(api, people)
        sdk = urlsplit(config.sdk_url)
        self.script_sources = (f"{sdk.scheme}://{sdk.netloc}",)

    async def prepare(self, knock: Knock) -> Prepared:
        """What the script needs; a signature only for what wants one, which is to ask what a menu was opened from."""
        browser, now = self._states.browser(knock.held), self._clock.now()
        told = {"app": self._config.app_id, "sdk": self._config.sdk_url, "state": self._states.write(browser, now)}
        told["chat"] = knock.query.get("chat", "")[:_CHAT_MAX]
        if trigger := _trigger(knock.query.get("bdp_launch_query", "")):
            try:
                told |= {"trigger": trigger} | signed(await self._api.ticket(), knock.address, now)
            except CallError as failed:  # then the page stands beside no conversation, which it can
                log.warning("feishu_script_not_signed", reason=failed.reason)
        return Prepared(told=told, troubles=_TROUBLES, hold=browser)

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Who is looking, from ``code`` and ``state``; ``chat`` is the conversation, where Feishu confirms it."""
        held, code = proof.get("held", ""), proof.get("code", "")
        begun_here = self._states.fits(proof.get("state", ""), held, self._clock.now())
        if not begun_here or not 0 < len(code) <= _CODE_MAX:
            return None
        once = sha256(f"{held}\n{code}".encode()).hexdigest()
        identity = await self._who(code, once)
        if identity is None:
            return None
        await self._recognise(identity)
        seat = Seat(identity=identity)
        if not (chat := proof.get("chat", "")):
            return Proven(seat=seat, once=once)
        title = await self._conversations.title(chat, identity.user_id)
        if title is None:
            return Proven(seat=seat, once=once, note=_NOT_CONFIRMED)
        return Proven(seat=Seat(identity=identity, conversation=chat, title=title), once=once)

    async def clues(self, seat: Seat) -> Clues:
        """Who is in the conversation, as long as the person is."""
        if not seat.conversation:
            return Clues()
        return await self._conversations.clues(seat.conversation, seat.identity.user_id)

    # -- steps -------------------------------------------------------------------------------------

    async def _who(self, code: str, once: str) -> Identity | None:
        """Whose code it is. Feishu tells once; the same browser that loads the page again is told what Feishu said."""
        key = f"feishu-code:{once}"
        kept = await self._database.read(lambda work: work.drafts.get(key))
        if kept is not None:
            return Identity(*msgspec.json.decode(kept, type=tuple[str, str, str]))
        try:
            told = await self._api.who(code)
        except CallError as failed:
            log.warning("feishu_person_not_named", reason=failed.reason)
            return None
        identity = _identity(told)
        if identity is not None:
            data = msgspec.json.encode((identity.platform, identity.tenant, identity.user_id)).decode()
            await self._database.write(lambda work: work.drafts.put(Draft(key, data, work.now + LIFE)))
        return identity

    async def _recognise(self, identity: Identity) -> None:
        """Ties who comes here first to the member of the address that their company vouches for."""
        if await self._database.read(lambda work: work.members.by_identity(identity)) is not None:
            return
        if email := (await self._people.profile("union_id", identity.user_id)).email:
            await self._database.write(lambda work: _tie(work, identity, email))


def _identity(told: Mapping[str, Any]) -> Identity | None:
    """By the same ids as the adapter's events: the company's key and the union_id."""
    tenant, user = told.get("tenant_key"), told.get("union_id") or told.get("open_id")
    return Identity(PLATFORM, tenant, user) if isinstance(tenant, str) and isinstance(user, str) and tenant else None


def _tie(work: Work, identity: Identity, email: str) -> None:
    workspace_id = work.members.workspace_of_tenant(identity.platform, identity.tenant)
    if workspace_id is not None:
        link_by_email(work, identity, workspace_id, email)


class _Launched(msgspec.Struct, frozen=True):
    """How a menu beside the text field opens a page."""

    trigger: str = msgspec.field(name="__trigger_id__", default="")


def _trigger(launch: str) -> str:
    try:
        return msgspec.json.decode(launch, type=_Launched).trigger[:_CODE_MAX] if launch else ""
    except (msgspec.DecodeError, UnicodeError, RecursionError):  # the last for lists within lists without end
        return ""
