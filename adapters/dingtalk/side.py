"""Kith's page beside a DingTalk conversation: the side panel of the desktop, the half screen of phones, a cool app.

DingTalk's script hands out a code, which the server exchanges once for the person it belongs to:
https://open.dingtalk.com/document/orgapp/jsapi-request-auth-code and
https://open.dingtalk.com/document/orgapp/obtain-the-userid-of-a-user-by-using-the-log-free.
"""

import asyncio
import hashlib
from collections.abc import Mapping

import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.groups import Groups, may_be_group
from adapters.dingtalk.incoming import NAME
from adapters.dingtalk.script_signing import Signing
from adapters.hosts.model import Knock, Prepared, Proven, Seat
from cards.words import mark
from core.clock import Clock
from core.conversations.suggesting import Clues
from core.members.model import Identity

log = structlog.get_logger()

DOOR_PATH = f"/sidebar/in/{NAME}"
_USER_OF_CODE = "/topapi/v2/user/getuserinfo"
_CODE_MAX = 256  # characters
_PATIENCE = 4.0  # seconds that DingTalk may take to answer: somebody waits before a page
_UNVOUCHED = mark(
    "DingTalk did not confirm that you are in this group, so nothing can be bound to it here. The group needs Kith’s "
    "cool app, and Kith its code (KITH_DINGTALK_COOL_APP_CODE)."
)
_TROUBLES = {
    "script": mark("DingTalk’s own script did not load. Check the connection, then close this page and open it again."),
    "outside": mark("This page opens in DingTalk alone. Open Kith from its button or a card in DingTalk."),
    "silent": mark("DingTalk does not answer. Close this page and open it again; an old app may need an update."),
    "refused": mark(
        "DingTalk did not say who you are. An administrator checks in the developer console that the web app’s home "
        "page (应用首页地址) is at Kith’s address, and that the app is published and visible to you."
    ),
}


class SidePanel:
    """``adapters.hosts.model.Host`` for DingTalk, and ``Preparing``."""

    name = NAME
    # DingTalk shows it in a view of its own; where one of its clients frames it, the frame is one of its own pages.
    ancestors = ("https://*.dingtalk.com",)
    script = "host-dingtalk.js"
    agents = ("dingtalk",)  # AliApp(DingTalk/7.6.0) on phones, DingTalk(7.6.0…) on desktops

    def __init__(self, config: DingTalkConfig, api: Api, clock: Clock) -> None:
        self._config = config
        self._api = api
        self._signing = Signing(api, clock)
        self._groups = Groups(config, api)
        self.script_sources = (_origin(config.sdk_url),)

    async def prepare(self, knock: Knock) -> Prepared:
        """Tells the script whom it asks for; signed for this very address where there is an AgentId."""
        told = {"corp": self._config.corp_id, "client": self._config.app_key, "sdk": self._config.sdk_url}
        if self._config.agent_id:
            told |= await self._signed(knock.address)
        return Prepared(told=told, troubles=_TROUBLES)

    async def prove(self, proof: Mapping[str, str]) -> Proven | None:
        """Whose ``code`` it is; the ``conversation`` of the launch parameters only if DingTalk puts them into it."""
        code = proof.get("code", "")
        if not 0 < len(code) <= _CODE_MAX:
            return None
        user = await self._user_of(code)
        if not user:
            return None
        asked = proof.get("conversation", "")
        vouched = bool(asked) and await self._groups.has(asked, user)
        identity = Identity(NAME, self._config.corp_id, user)
        seat = Seat(identity=identity, conversation=asked if vouched else "")
        note = _UNVOUCHED if may_be_group(asked) and not vouched else ""
        return Proven(seat=seat, once=hashlib.sha256(code.encode()).hexdigest()[:40], note=note)

    async def clues(self, seat: Seat) -> Clues:
        """What the group is called. Its people are colleagues: DingTalk's directory has nobody of another company."""
        title = await self._groups.title(seat.conversation)
        return Clues(texts=(title,) if title else ())

    async def _user_of(self, code: str) -> str:
        """The user id; empty for a code that is used, over, made up or of another organisation."""
        try:
            async with asyncio.timeout(_PATIENCE):
                told = await self._api.ask(_USER_OF_CODE, {"code": code})
        except (CallError, TimeoutError) as failed:
            log.info("dingtalk_code_refused", reason=getattr(failed, "reason", "timeout"))
            return ""
        user = told.get("userid")
        return user if isinstance(user, str) else ""

    async def _signed(self, address: str) -> dict[str, str]:
        """What dd.config wants; nothing where DingTalk gives no ticket, for the code needs no signature."""
        try:
            async with asyncio.timeout(_PATIENCE):
                made = await self._signing.sign(address)
        except (CallError, TimeoutError) as failed:
            log.warning("dingtalk_script_not_signed", reason=getattr(failed, "reason", "timeout"))
            return {}
        return {
            "agent": self._config.agent_id,
            "stamp": made.timestamp,
            "nonce": made.nonce,
            "signature": made.signature,
        }


def _origin(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"
