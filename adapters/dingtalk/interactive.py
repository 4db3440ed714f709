"""Interactive cards: made from the template, put into a chat, and changed where they stand.

https://open.dingtalk.com/document/orgapp/create-and-deliver-cards and
https://open.dingtalk.com/document/orgapp/interactive-card-update-interface.
"""

from typing import Any

import structlog

from adapters.callbacks.calls import CallError
from adapters.dingtalk.api import Api
from adapters.dingtalk.config import DingTalkConfig
from adapters.dingtalk.robot import Target

log = structlog.get_logger()

_CREATE, _CHANGE, _REGISTER = (
    "/v1.0/card/instances/createAndDeliver",
    "/v1.0/card/instances",
    "/v1.0/card/callbacks/register",
)
ROUTE_KEY = "kith"
_BY_HTTP = {"callbackType": "HTTP", "callbackRouteKey": ROUTE_KEY}
_USER_ID = 1  # userIdType: ids are of the organisation's people; 2 would be unionId
_BY_KEY = {"updateCardDataByKey": True, "updatePrivateDataByKey": True}

Variables = dict[str, str]


class Interactive:
    """The cards of one template."""

    def __init__(self, api: Api, config: DingTalkConfig) -> None:
        self._api = api
        self._config = config

    @property
    def on(self) -> bool:
        """Whether there is a template to make cards from, and an address to be called back at."""
        return bool(self._config.template and (self._config.public_url or self._config.stream))

    async def register(self) -> None:
        """Tells DingTalk where presses are to be brought, and what to sign them with. Raises CallError."""
        body = {
            "callbackRouteKey": ROUTE_KEY,
            "callbackUrl": f"{self._config.public_url}{self._config.card_path}",
            "apiSecret": self._config.card_secret,
            "forceUpdate": True,
        }
        await self._api.call("POST", _REGISTER, body)

    async def put(self, target: Target, card: str, variables: Variables, summary: str) -> None:
        """Puts a new card into a chat. One that is there already, by an earlier try, stays. Raises CallError."""
        try:
            told = await self._api.call("POST", _CREATE, self._created(target, card, variables, summary))
        except CallError as failed:
            if not _is_there(failed.reason):
                raise
            return
        result = told.get("result")
        delivered = result.get("deliverResults") if isinstance(result, dict) else None
        if isinstance(delivered, list) and any(
            isinstance(one, dict) and one.get("success") is False for one in delivered
        ):
            raise CallError("not_delivered")

    async def change(self, card: str, variables: Variables) -> None:
        """Changes what everybody sees. Raises CallError."""
        await self._change(card, {"cardData": {"cardParamMap": variables}})

    async def change_for(self, card: str, user: str, variables: Variables) -> None:
        """Changes what one person sees. Raises CallError."""
        await self._change(card, {"privateData": {user: {"cardParamMap": variables}}})

    async def _change(self, card: str, data: dict[str, Any]) -> None:
        body = {"outTrackId": card, "userIdType": _USER_ID, "cardUpdateOptions": _BY_KEY}
        await self._api.call("PUT", _CHANGE, body | data)

    def _created(self, target: Target, card: str, variables: Variables, summary: str) -> dict[str, Any]:
        # What is one person's own, or a room's, is not passed on to others by forwarding it.
        space = {"supportForward": False, "lastMessageI18n": {"ZH_CN": summary, "EN_US": summary}}
        body = {
            "cardTemplateId": self._config.template,
            "outTrackId": card,
            **({"callbackType": "STREAM"} if self._config.stream else _BY_HTTP),
            "userIdType": _USER_ID,
            "cardData": {"cardParamMap": variables},
        }
        if target.direct:
            return body | {
                "openSpaceId": f"dtv1.card//IM_ROBOT.{target.id}",
                "imRobotOpenSpaceModel": space,
                "imRobotOpenDeliverModel": {"spaceType": "IM_ROBOT", "robotCode": self._config.robot},
            }
        return body | {
            "openSpaceId": f"dtv1.card//IM_GROUP.{target.id}",
            "imGroupOpenSpaceModel": space,
            "imGroupOpenDeliverModel": {"robotCode": self._config.robot},
        }


def answered(variables: Variables, *, own: bool) -> dict[str, Any]:
    """The answer to a press that changes the card: for everybody, or for whoever pressed alone."""
    return {"cardUpdateOptions": _BY_KEY, "userPrivateData" if own else "cardData": {"cardParamMap": variables}}


def _is_there(reason: str) -> bool:
    """The reference names no code for an id that is taken; as it is said of other ids, so may it be of this."""
    said = reason.casefold()
    return "outtrackid" in said and ("dup" in said or "exist" in said) and "not" not in said
