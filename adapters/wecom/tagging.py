"""A customer's tags on their way to WeCom: what Kith has more or less than WeCom was last known to have.

Only the company's tags are put; one that is missing there is added to a group of Kith's, which WeCom allows to the
secret of 客户联系 alone. Pages 92117 (the tags) and 92118 (putting them).
"""

from dataclasses import dataclass

import structlog

from adapters.callbacks.calls import CallError
from adapters.wecom.api import WecomApi
from adapters.wecom.reading import Payload, text_of
from core.actor import Scope
from core.contacts.acquaintance import is_known_there, remember_tags, tags_last_known
from core.ids import CustomerId, WorkspaceId
from core.work import Database, Work

log = structlog.get_logger()

GROUP = "Kith"
_CONTACTS_MAX = 50  # of one customer


@dataclass(frozen=True, slots=True)
class _Due:
    external_id: str
    add: frozenset[str]
    remove: frozenset[str]


class Tagging:
    """Puts tags on contacts."""

    def __init__(self, api: WecomApi, database: Database) -> None:
        self._api = api
        self._database = database

    async def bring(self, workspace: str, customer: str) -> None:
        """Brings a customer's tags to all of its contacts that WeCom knows; what fails is due again with the next
        change.
        """
        workspace_id, customer_id = WorkspaceId(workspace), CustomerId(customer)
        for due in await self._database.read(lambda work: _due(work, workspace_id, customer_id)):
            try:
                await self._put(workspace_id, due)
            except CallError as failed:
                log.warning("wecom_tags_not_put", customer=customer, reason=failed.reason)

    async def _put(self, workspace_id: WorkspaceId, due: _Due) -> None:
        found = await self._api.external_contact(due.external_id)
        ids = await self._ids(due.add | due.remove, due.add)
        add = [ids[name] for name in sorted(due.add) if name in ids]
        remove = [ids[name] for name in sorted(due.remove) if name in ids]
        followers = found.get("follow_user")
        for one in followers if isinstance(followers, list) else []:
            if (user := text_of(one, "userid")) and (add or remove):
                await self._api.mark_tags(user, due.external_id, add, remove)
        put = frozenset(name for name in due.add if name in ids)
        await self._database.write(lambda work: _remember(work, workspace_id, due, put))

    async def _ids(self, wanted: frozenset[str], needed: frozenset[str]) -> dict[str, str]:
        """The ids of tags by their names, those that are ``needed`` added where there are none of that name."""
        ids = {name: one for name, one in _listed(await self._api.corp_tags()).items() if name in wanted}
        for name in sorted(needed - ids.keys()):
            try:
                added = await self._api.add_corp_tag(GROUP, name)
            except CallError as failed:
                log.warning("wecom_tag_not_added", reason=failed.reason)
                continue
            ids |= _listed({"tag_group": [added.get("tag_group")]})
        return ids


def _listed(body: Payload) -> dict[str, str]:
    groups = body.get("tag_group")
    tags = [
        tag
        for group in (groups if isinstance(groups, list) else [])
        if isinstance(group, dict)
        for tag in group.get("tag") or []
    ]
    return {text_of(tag, "name"): text_of(tag, "id") for tag in tags if text_of(tag, "id") and not tag.get("deleted")}


def _due(work: Work, workspace_id: WorkspaceId, customer_id: CustomerId) -> list[_Due]:
    everything = Scope(workspace_id, everything=True)
    customer = work.customers.by_id(everything, customer_id)
    if customer is None:
        return []
    found = []
    for contact in work.contacts.list_of_customer(everything, customer_id, limit=_CONTACTS_MAX):
        if contact.external_id and is_known_there(work, workspace_id, contact.external_id):
            last, now = tags_last_known(work, workspace_id, contact.external_id), frozenset(customer.tags)
            if last != now:
                found.append(_Due(contact.external_id, now - last, last - now))
    return found


def _remember(work: Work, workspace_id: WorkspaceId, due: _Due, put: frozenset[str]) -> None:
    last = tags_last_known(work, workspace_id, due.external_id)
    remember_tags(work, workspace_id, due.external_id, (last | put) - due.remove)
