"""What DingTalk tells about people: the address that their organisation gave them."""

import asyncio

import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from commands.model import Incoming

log = structlog.get_logger()

_USER = "/topapi/v2/user/get"
_PATIENCE_SECONDS = 1.0  # of the 1.5 in which a robot has to answer


class People:
    """Asks the directory. https://open.dingtalk.com/document/orgapp/query-user-details."""

    def __init__(self, api: Api) -> None:
        self._api = api

    async def organisation_email(self, incoming: Incoming) -> str:
        """The mailbox of the person's organisation; empty without one, without permission, or when it takes too long.

        ``org_email`` is given out by the organisation. ``email`` beside it may be filled in by anybody, and vouches for
        nobody.
        """
        if not incoming.reply_to.get("staff"):
            return ""
        try:
            told = await asyncio.wait_for(self._api.ask(_USER, {"userid": incoming.user}), _PATIENCE_SECONDS)
        except (CallError, TimeoutError) as failed:
            log.info("dingtalk_did_not_tell", reason=getattr(failed, "reason", "timeout"))
            return ""
        email = told.get("org_email")
        return email if isinstance(email, str) else ""
