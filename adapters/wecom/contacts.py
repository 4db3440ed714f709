"""客户联系: the customers' contacts that members have on WeCom, and Kith's contacts; tags both ways.

What WeCom tells goes down the road as a command of the member whose contact it is, so that it is an event like any
other, with a receipt and a way to take it back. Pages 92130 (events) and 92114 (externalcontact/get).
"""

import asyncio
from collections.abc import Callable
from typing import Any

import structlog
from msgspec.structs import replace

from adapters.callbacks.calls import CallError
from adapters.callbacks.onward import Onward
from adapters.wecom.api import WecomApi
from adapters.wecom.events import ContactChanged
from adapters.wecom.reading import Payload, text_of
from adapters.wecom.tagging import Tagging
from commands.acquaint import TAGS_BETWEEN
from core.contacts.acquaintance import TAGS_TOPIC
from core.errors import StoreUnavailableError
from core.work import Database

log = structlog.get_logger()

_PATIENCE = 4.0  # seconds; WeCom waits for five, and brings the event again
_OF_THE_COMPANY = 1  # the kind of a tag: 1 the company's, 2 a member's own, 3 a strategy's
_OF_WECHAT = 1  # the kind of a contact: 1 on WeChat, 2 on another company's WeCom


class Contacts:
    """Takes changes of contacts; brings changes of customers' tags to WeCom."""

    def __init__(self, api: WecomApi, database: Database, onward: Onward) -> None:
        self._api = api
        self._database = database
        self._onward = onward
        self.tagging = Tagging(api, database)
        self._end: Callable[[], None] | None = None
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begins to hear of changed tags."""
        self._end = self._database.subscribe(TAGS_TOPIC, self._heard)

    async def stop(self) -> None:
        """Hears of nothing more, and ends what was begun."""
        if self._end is not None:
            self._end()
        await self.settle()

    async def settle(self) -> None:
        """Until nothing is under way."""
        while self._running:
            await asyncio.gather(*self._running)

    async def take(self, event: ContactChanged) -> None:
        """Asks WeCom who it is, and keeps it. A contact that somebody removed there stays here.

        Raises StoreUnavailableError when WeCom cannot be asked now, for it to bring the event again.
        """
        if event.gone:
            return
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._api.external_contact(event.external_user)
        except (CallError, TimeoutError) as failed:
            if isinstance(failed, TimeoutError) or failed.again:
                raise StoreUnavailableError from None
            log.warning("wecom_contact_not_read", reason=failed.reason)
            return
        fields = fields_of(found, event.incoming.user)
        if fields:
            await self._onward.take(replace(event.incoming, text="acquaint", fields=fields))

    def _heard(self, payload: str) -> None:
        workspace, _, customer = payload.partition(":")
        if customer:
            task = asyncio.get_running_loop().create_task(self.tagging.bring(workspace, customer))
            self._running.add(task)
            task.add_done_callback(self._running.discard)


def fields_of(found: Payload, user: str) -> dict[str, str]:
    """What the member ``user`` knows of a contact, as the fields of a command; empty for nobody."""
    contact: Any = found.get("external_contact")
    external = text_of(contact, "external_userid")
    if not external:
        return {}
    own = next((one for one in followers(found) if text_of(one, "userid").casefold() == user.casefold()), {})
    name = text_of(own, "remark") or text_of(contact, "name")
    company = text_of(own, "remark_corp_name") or text_of(contact, "corp_full_name") or text_of(contact, "corp_name")
    phones = own.get("remark_mobiles")
    return {
        "external_id": external,
        "name": name,
        "company": company,
        "title": text_of(contact, "position"),
        "phone": str(phones[0]) if isinstance(phones, list) and phones else "",
        "wechat": text_of(contact, "name") if contact.get("type") == _OF_WECHAT else "",
        "tags": TAGS_BETWEEN.join(sorted(company_tags(found))),
    }


def followers(found: Payload) -> list[Payload]:
    """The members whose contact it is."""
    listed = found.get("follow_user")
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def company_tags(found: Payload) -> frozenset[str]:
    """The company's tags that any of them has put; a member's own tags are nobody else's business."""
    tags = [tag for one in followers(found) for tag in one.get("tags") or [] if isinstance(tag, dict)]
    return frozenset(text_of(tag, "tag_name") for tag in tags if tag.get("type") == _OF_THE_COMPANY) - {""}
