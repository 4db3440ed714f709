"""A Mattermost to call and to be called by: it refuses what the real one refuses, and plays what people do there."""

import asyncio
import itertools
import json
import re
from base64 import b64encode
from collections import deque
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import httpx
from aiohttp import web
from aiohttp.test_utils import TestServer

from core.clock import Clock
from tests.adapters.mattermost.rules import fault_of_dialog, fault_of_post
from tests.adapters.mattermost.things import Channel, Dialog, Fault, Hook, Json, Post, RefusedError, labels_of

BOT, TEAM = "b" * 26, "t" * 26
BOT_TOKEN = "bot-token-of-the-stand-in"
COMMAND_TOKENS = ("okwexkjpe7ygb8eq1ww58t483w", "i3mckyzt5fbp9mffzpxk9e4bcc")
SITE = "https://chat.example.com"
_HOOK_LIFE, _HOOK_USES = timedelta(minutes=30), 5
_TRIGGER_LIFE = timedelta(seconds=30)


class MattermostServer:
    """One server. Time is the test's clock; ``kith`` is what it calls."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.tokens = {BOT_TOKEN}
        self.version = "11.10.0"
        self.bot_is_admin = False
        self.strict = True  # a dialog that is not right is refused, as the server's source says it will be
        self.users: dict[str, Json] = {BOT: {"id": BOT, "username": "kith", "is_bot": True}}
        self.channels: dict[str, Channel] = {}
        self.posts: dict[str, Post] = {}
        self.hooks: dict[str, Hook] = {}
        self.triggers: dict[str, tuple[str, datetime]] = {}
        self.dialogs: list[Dialog] = []
        self.calls: list[str] = []
        self.faults: dict[str, deque[Fault]] = {}
        self.kith: httpx.AsyncClient | None = None
        self._pending: dict[str, str] = {}
        self._numbers = itertools.count(1)
        self._server: TestServer | None = None
        self._last_channel: dict[str, str] = {}

    async def start(self) -> None:
        """Listens on a port of its own."""
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._heard)
        self._server = TestServer(app)
        await self._server.start_server()

    async def stop(self) -> None:
        if self._server:
            await self._server.close()

    @property
    def url(self) -> str:
        """For KITH_MATTERMOST_API_URL."""
        assert self._server
        return f"http://127.0.0.1:{self._server.port}"

    # -- the people and places there ---------------------------------------------------------------

    def person(self, user: str, username: str, **more: Any) -> str:
        """Somebody with an account."""
        self.users[user] = {"id": user, "username": username, "locale": "en", "roles": "system_user"} | more
        return user

    def channel(self, id_: str, name: str, *members: str) -> Channel:
        """A channel with its members."""
        self.channels[id_] = Channel(id_, name, set(members))
        return self.channels[id_]

    def direct(self, first: str, second: str = BOT) -> str:
        """The channel of two people, made if there is none."""
        name = "__".join(sorted((first, second)))
        found = next((one.id for one in self.channels.values() if one.name == name), "")
        return found or self.channel(self._id("d"), name, first, second).id

    def said(self, user: str, channel: str, message: str, root: str = "") -> Post:
        """Somebody posts something."""
        return self._post(channel, user, message, {}, root=root)

    # -- what people see and do --------------------------------------------------------------------

    def seen_by(self, user: str) -> list[Post]:
        """What somebody can see now, oldest first."""
        there = {one.id for one in self.channels.values() if user in one.members}
        return [one for one in self.posts.values() if one.to == user or (not one.to and one.channel in there)]

    def in_channel(self, channel: str) -> list[Post]:
        """What everybody in a channel sees."""
        return [one for one in self.posts.values() if one.channel == channel and not one.to]

    def last(self, user: str) -> Post:
        """The newest message that Kith has for somebody."""
        return self.seen_by(user)[-1]

    def typed(self, user: str, channel: str, text: str, command: str = "/crm", root: str = "") -> dict[str, Any]:
        """A slash command's fields."""
        there = self.channels[channel]
        named = [name for name in re.findall(r"@([\w.-]+)", text) if self._user_named(name)]
        hook = self._id("h")
        self.hooks[hook] = Hook(channel, user, root, self.clock.now())
        return {
            "token": COMMAND_TOKENS[0] if command == "/crm" else COMMAND_TOKENS[1],
            "team_id": TEAM,
            "team_domain": "sales",
            "channel_id": channel,
            "channel_name": there.name,
            "user_id": user,
            "user_name": self.users[user]["username"],
            "command": command,
            "text": text,
            "trigger_id": self.trigger(user),
            "root_id": root,
            "user_mentions": named,
            "user_mentions_ids": [self._user_named(name) for name in named],
            "response_url": f"{SITE}/hooks/commands/{hook}",
        }

    async def command(self, user: str, channel: str, text: str, **how: str) -> Json:
        """Somebody types a slash command; what Kith answered at once is shown."""
        return await self.send_command(self.typed(user, channel, text, **how))

    async def send_command(self, fields: dict[str, Any]) -> Json:
        """Sends a command's fields as the server does, and shows the answer."""
        self._last_channel[fields["user_id"]] = fields["channel_id"]
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "authorization": f"Token {fields['token']}",
            "accept": "application/json",
        }
        assert self.kith
        answer = await self.kith.post("/mattermost/command", content=urlencode(fields, doseq=True), headers=headers)
        assert answer.status_code == 200, answer.status_code
        assert answer.headers["content-type"] == "application/json"
        body: Json = answer.json()
        self._respond(body, fields["channel_id"], fields["user_id"], fields["root_id"])
        return body

    def request_of(self, user: str, post: Post, label: str) -> Json:
        """What the server sends when the button or the menu's line is pressed."""
        action = next(one for one in post.actions if label in labels_of(one))
        context = dict(action["integration"]["context"])
        if action["type"] == "select":
            context["selected_option"] = next(each["value"] for each in action["options"] if each["text"] == label)
        there = self.channels[post.channel]
        return {
            "user_id": user,
            "user_name": self.users[user]["username"],
            "channel_id": post.channel,
            "channel_name": there.name,
            "team_id": "" if "__" in there.name else TEAM,
            "team_domain": "",
            "post_id": post.id,
            "trigger_id": self.trigger(user),
            "type": action["type"],
            "data_source": "",
            "context": context,
        }

    async def press(self, user: str, label: str, post: Post | None = None) -> Json:
        """Somebody presses a button on the newest message that has it."""
        post = post or next(one for one in reversed(self.seen_by(user)) if label in one.labels)
        return await self.send_action(post, self.request_of(user, post, label))

    async def send_action(self, post: Post, request: Json) -> Json:
        """Sends a press as the server does, and does what the answer says."""
        user = request["user_id"]
        self._last_channel[user] = post.channel
        body = await self._call("/mattermost/action", request)
        if update := body.get("update"):
            if post.to:
                raise RefusedError(404, "the message is not kept, and cannot be changed")
            self._change(post, update)
        if text := body.get("ephemeral_text"):
            assert body["skip_slack_parsing"]
            self._post(post.channel, user, text, {}, to=user)
        return body

    async def submit(self, user: str, values: dict[str, Any] | None = None) -> Json:
        """Somebody fills in the dialog that is open before them, and sends it."""
        shown = self.dialog_of(user)
        unknown = set(values or {}) - set(shown.values)
        assert not unknown, f"no such fields: {unknown}"
        body = await self._call(shown.url.removeprefix("https://kith.example"), self.submission_of(shown, values))
        shown.errors, shown.error = body.get("errors", {}), body.get("error", "")
        assert set(shown.errors) <= set(shown.values)
        if shown.errors or shown.error:
            return body
        self.dialogs.remove(shown)
        if body.get("type") == "form":
            self._open(user, shown.channel, shown.url, body["form"])
        return body

    def submission_of(self, shown: Dialog, values: dict[str, Any] | None = None) -> Json:
        """What the server sends when a dialog is sent in."""
        return {
            "type": "dialog_submission",
            "callback_id": shown.dialog["callback_id"],
            "state": shown.dialog["state"],
            "user_id": shown.user,
            "channel_id": shown.channel,
            "team_id": TEAM,
            "submission": shown.values | (values or {}),
            "cancelled": False,
        }

    async def look_up(self, user: str, name: str, typed: str) -> list[Json]:
        """Somebody types into a field that offers what it finds."""
        shown = self.dialog_of(user)
        element = next(one for one in shown.dialog["elements"] if one["name"] == name)
        question = self.submission_of(shown, {}) | {"type": "dialog_lookup", "url": element["data_source_url"]}
        question["submission"] = {"query": typed, "selected_field": name}
        body = await self._call(element["data_source_url"].removeprefix("https://kith.example"), question)
        items: list[Json] = body["items"]
        return items

    def dialog_of(self, user: str) -> Dialog:
        """The dialog that is open before somebody."""
        return next(one for one in reversed(self.dialogs) if one.user == user)

    def trigger(self, user: str) -> str:
        """A fresh trigger_id, as the server makes them."""
        name = self._id("x")
        millis = int(self.clock.now().timestamp() * 1000)
        text = b64encode(f"{name}:{user}:{millis}:{b64encode(b'signature').decode()}".encode()).decode()
        self.triggers[text] = (user, self.clock.now())
        return text

    def fail(self, what: str, *faults: Fault) -> None:
        """The next calls of this (``POST /api/v4/posts``) go wrong."""
        self.faults.setdefault(what, deque()).extend(faults)

    # -- what Kith calls ---------------------------------------------------------------------------

    async def _heard(self, request: web.Request) -> web.Response:
        await asyncio.sleep(0)
        called = f"{request.method} {request.path}"
        self.calls.append(called)
        if self.faults.get(called):
            fault = self.faults[called].popleft()
            return web.json_response({"id": fault.id}, status=fault.status, headers=fault.headers)
        try:
            return web.json_response(await self._answer(request))
        except RefusedError as refused:
            said = {"id": refused.id, "status_code": refused.status}
            return web.json_response(said, status=refused.status)

    async def _answer(self, request: web.Request) -> Any:
        body = json.loads(await request.text() or "null")
        for method, pattern, handle, needs_token in self._routes():
            if request.method == method and (match := re.fullmatch(pattern, request.path)):
                token = request.headers.get("Authorization", "").removeprefix("Bearer ")
                if needs_token and token not in self.tokens:
                    raise RefusedError(401, "api.context.session_expired.app_error")
                return await handle(body, *match.groups())
        raise RefusedError(404, "api.context.404.app_error")

    def _routes(self) -> list[tuple[str, str, Callable[..., Awaitable[Any]], bool]]:
        return [
            ("GET", "/api/v4/config/client", self._config, False),
            ("GET", "/api/v4/users/me", self._me, True),
            ("GET", "/api/v4/users/([^/]+)", self._user, True),
            ("POST", "/api/v4/posts", self._create, True),
            ("POST", "/api/v4/posts/ephemeral", self._create_ephemeral, True),
            ("PUT", "/api/v4/posts/([^/]+)/patch", self._patch, True),
            ("GET", "/api/v4/posts/([^/]+)", self._read, True),
            ("POST", "/api/v4/channels/direct", self._open_direct, True),
            ("GET", "/api/v4/channels/([^/]+)/members", self._members, True),
            ("GET", "/api/v4/channels/([^/]+)/members/([^/]+)", self._member, True),
            ("POST", "/api/v4/actions/dialogs/open", self._open_dialog, False),
            ("POST", "/hooks/commands/([^/]+)", self._hook, False),
        ]

    async def _config(self, _body: Any) -> Json:
        return {"Version": self.version, "BuildNumber": "1"}

    async def _me(self, _body: Any) -> Json:
        return self.users[BOT]

    async def _user(self, _body: Any, user: str) -> Json:
        if user not in self.users:
            raise RefusedError(404, "app.user.missing_account.const")
        found = dict(self.users[user])
        if not self.bot_is_admin:
            found.pop("email_verified", None)
        return found

    async def _create(self, body: Json) -> Json:
        key = body.get("pending_post_id", "")
        if key in self._pending:
            return {"id": self._pending[key]}
        there = self.channels.get(body["channel_id"])
        if there is None or BOT not in there.members:
            raise RefusedError(403, "api.context.permissions.app_error")
        if there.archived:
            raise RefusedError(400, "api.post.create_post.can_not_post_to_deleted.error")
        self._judge(body)
        post = self._post(there.id, BOT, body["message"], body.get("props", {}), root=body.get("root_id", ""))
        if key:
            self._pending[key] = post.id
        return {"id": post.id}

    async def _create_ephemeral(self, body: Json) -> Json:
        if not self.bot_is_admin:
            raise RefusedError(403, "api.context.permissions.app_error")
        post = body["post"]
        self._judge(post)
        return {
            "id": self._post(post["channel_id"], BOT, post["message"], post.get("props", {}), to=body["user_id"]).id
        }

    async def _patch(self, body: Json, id_: str) -> Json:
        post = self.posts.get(id_)
        if post is None or post.to:
            raise RefusedError(404, "app.post.get.app_error")
        if post.user != BOT:
            raise RefusedError(403, "api.context.permissions.app_error")
        self._judge(body)
        self._change(post, body)
        return {"id": post.id}

    async def _read(self, _body: Any, id_: str) -> Json:
        post = self.posts.get(id_)
        if post is None or post.to:
            raise RefusedError(404, "app.post.get.app_error")
        if BOT not in self.channels[post.channel].members:
            raise RefusedError(403, "api.context.permissions.app_error")
        said = {"id": post.id, "channel_id": post.channel, "user_id": post.user, "root_id": post.root}
        return said | {"message": post.message, "create_at": post.at, "delete_at": 0}

    async def _open_direct(self, body: list[str]) -> Json:
        if body[1] not in self.users:
            raise RefusedError(404, "app.user.missing_account.const")
        return {"id": self.direct(body[1], body[0])}

    async def _members(self, _body: Any, channel: str) -> list[Json]:
        there = self.channels.get(channel)
        if there is None or BOT not in there.members:
            raise RefusedError(403, "api.context.permissions.app_error")
        return [{"channel_id": channel, "user_id": user} for user in sorted(there.members)][:200]

    async def _member(self, _body: Any, channel: str, user: str) -> Json:
        if user not in self.channels[channel].members:
            raise RefusedError(404, "app.channel.get_member.missing.app_error")
        return {"channel_id": channel, "user_id": user}

    async def _open_dialog(self, body: Json) -> Json:
        user, made_at = self.triggers.get(body["trigger_id"], ("", self.clock.now()))
        if not user:
            raise RefusedError(400, "interactive_message.decode_trigger_id.verify_signature_failed")
        if self.clock.now() - made_at > _TRIGGER_LIFE:
            raise RefusedError(400, "interactive_message.decode_trigger_id.expired")
        self._open(user, self._last_channel[user], body["url"], body["dialog"])
        return {"status": "OK"}

    async def _hook(self, body: Json, id_: str) -> Json:
        hook = self.hooks.get(id_)
        if hook is None or hook.uses >= _HOOK_USES or self.clock.now() - hook.made_at > _HOOK_LIFE:
            raise RefusedError(404, "web.command_webhook.parse.app_error")
        hook.uses += 1
        self._respond(body, hook.channel, hook.user, hook.root)
        return {"status": "ok"}

    # -- steps -------------------------------------------------------------------------------------

    async def _call(self, path: str, body: Json) -> Json:
        assert self.kith
        answer = await self.kith.post(path, json=body)
        assert answer.status_code == 200, answer.status_code
        found: Json = answer.json()
        return found

    def _respond(self, body: Json, channel: str, user: str, root: str) -> None:
        if not body.get("text") and not body.get("attachments"):
            return
        assert body["skip_slack_parsing"]
        props = {"attachments": body.get("attachments", [])}
        self._judge({"message": body.get("text", ""), "props": props})
        to = "" if body["response_type"] == "in_channel" else user
        self._post(channel, user, body.get("text", ""), props, to=to, root=root)

    def _judge(self, body: Json) -> None:
        if fault := fault_of_post(body.get("message"), body.get("props")):
            raise RefusedError(400, fault)

    def _open(self, user: str, channel: str, url: str, dialog: Json) -> None:
        if self.strict and (fault := fault_of_dialog(dialog)):
            raise RefusedError(400, fault)
        self.dialogs.append(Dialog(user, channel, url, dialog))

    def _post(self, channel: str, user: str, message: str, props: Json, *, to: str = "", root: str = "") -> Post:
        at = int(self.clock.now().timestamp() * 1000)
        post = Post(self._id("p"), channel, user, message, props, to, root, at=at)
        self.posts[post.id] = post
        return post

    def _change(self, post: Post, body: Json) -> None:
        self._judge(body)
        post.message, post.props, post.edits = body["message"], body.get("props", {}), post.edits + 1

    def _id(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):025}"

    def _user_named(self, name: str) -> str:
        return next((user for user, one in self.users.items() if one["username"] == name), "")
