"""The 客户联系 of the emulated WeCom: customers, groups of them, and tags."""

from collections.abc import Callable

from bots.emulators.wecom.model import CONTACTS_SECRET, Call, Json, Method, WecomError

_FOLLOWERS_PAGE = 500  # https://developer.work.weixin.qq.com/document/path/92114
_NO_SUCH_CUSTOMER, _NO_SUCH_CHAT, _NO_SUCH_TAG, _TAG_EXISTS, _NOT_ALLOWED = 84061, 40050, 40068, 40071, 48002


class Contacts:
    """``number`` makes what was never given before."""

    def __init__(self, number: Callable[[], str]) -> None:
        self._number = number
        self.externals: dict[str, Json] = {}
        self.tags: dict[str, str] = {}  # ids by names
        self.groups: dict[str, Json] = {}

    def methods(self) -> dict[str, Method]:
        """Those that Kith calls."""
        return {
            "externalcontact/get": self._get,
            "externalcontact/groupchat/get": self._group,
            "externalcontact/get_corp_tag_list": self._tags,
            "externalcontact/add_corp_tag": self._add_tag,
            "externalcontact/mark_tag": self._mark,
        }

    def _get(self, call: Call) -> Json:
        found = self._found(call.query["external_userid"])
        start = int(call.query.get("cursor", "0"))
        end = start + _FOLLOWERS_PAGE
        more = {"next_cursor": str(end)} if found["follow_user"][end:] else {}
        return found | {"follow_user": found["follow_user"][start:end]} | more

    def _found(self, external: str) -> Json:
        if external not in self.externals:
            raise WecomError(_NO_SUCH_CUSTOMER)
        return self.externals[external]

    def _group(self, call: Call) -> Json:
        name = call.body["chat_id"]
        if name not in self.groups:
            raise WecomError(_NO_SUCH_CHAT)
        return {"group_chat": {"chat_id": name, **self.groups[name]}}

    def _tags(self, _call: Call) -> Json:
        tags = [{"id": one, "name": name} for name, one in self.tags.items()]
        return {"tag_group": [{"group_id": "g1", "group_name": "Any", "tag": tags}]}

    def _add_tag(self, call: Call) -> Json:
        if call.secret != CONTACTS_SECRET:
            raise WecomError(_NOT_ALLOWED)
        name = call.body["tag"][0]["name"]
        if name in self.tags:
            raise WecomError(_TAG_EXISTS)
        self.tags[name] = f"et{self._number()}"
        return {"tag_group": {"group_id": "g2", "tag": [{"id": self.tags[name], "name": name}]}}

    def _mark(self, call: Call) -> Json:
        followers = self._found(call.body["external_userid"])["follow_user"]
        own = next((one for one in followers if one["userid"] == call.body["userid"]), None)
        added, removed = call.body["add_tag"], call.body["remove_tag"]
        names = {one: name for name, one in self.tags.items()}
        if own is None or not set(added) | set(removed) <= set(names):
            raise WecomError(_NO_SUCH_TAG)
        gone = {names[one] for one in removed}
        own["tags"] = [tag for tag in own["tags"] if tag["tag_name"] not in gone]
        own["tags"] += [{"tag_name": names[one], "tag_id": one, "type": 1} for one in added]
        return {}
