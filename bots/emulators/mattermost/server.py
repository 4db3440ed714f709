"""A Mattermost server: what Kith calls there, and when the real one would refuse it."""

import itertools
import json
import math
import re
from base64 import b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bots.emulators.mattermost.model import Channel, Dialog, Hook, Json, Post
from bots.emulators.mattermost.rules import fault_of_dialog, fault_of_post
from bots.emulators.rates import Rate
from bots.emulators.refusals import Refusals, RefusedError
from core.clock import Clock

BOT = "b" * 26
BOT_TOKEN = "bot-token-of-the-stand-in"  # noqa: S105 - of no server
# https://developers.mattermost.com/integrate/slash-commands/custom/: five answers within 30 minutes.
_HOOK_LIFE, _HOOK_USES = timedelta(minutes=30), 5
_TRIGGER_LIFE = timedelta(seconds=30)  # as the server checks what opens a dialog, unless it is set otherwise
_MEMBERS_PAGE = 200
_TOO_MANY = 429
# RateLimitSettings as they are set up: 10 calls a second of an address, of which 100 at once.
_PER_SECOND, _BURST = 10, 100


class MattermostServer:
    """One server with its people, channels and posts. ``first`` is the number in the first id."""

    def __init__(self, clock: Clock, *, first: int = 1) -> None:
        self.clock = clock
        self.tokens = {BOT_TOKEN}
        self.version = "11.10.0"
        self.bot_is_admin = False
        self.users: dict[str, Json] = {BOT: {"id": BOT, "username": "kith", "is_bot": True}}
        self.channels: dict[str, Channel] = {}
        self.posts: dict[str, Post] = {}
        self.hooks: dict[str, Hook] = {}
        self.dialogs: list[Dialog] = []
        self.refusals = Refusals()
        self._triggers: dict[str, tuple[str, str, datetime]] = {}
        self._pending: dict[str, str] = {}
        self._numbers = itertools.count(first)
        self._rate = Rate(timedelta(seconds=1) / _PER_SECOND, _BURST)

    def routes(self) -> list[web.RouteDef]:
        """The API's methods, and response_urls."""
        return [web.route("*", "/api/v4/{path:.*}", self._heard), web.route("*", "/hooks/{path:.*}", self._heard)]

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

    def seen_by(self, user: str) -> list[Post]:
        """What somebody can see now, oldest first."""
        there = {one.id for one in self.channels.values() if user in one.members}
        return [one for one in self.posts.values() if one.to == user or (not one.to and one.channel in there)]

    def dialog_of(self, user: str) -> Dialog | None:
        """The dialog that is open before somebody."""
        return next((one for one in reversed(self.dialogs) if one.user == user), None)

    # -- what comes of what people do --------------------------------------------------------------

    def post(self, channel: str, user: str, message: str, props: Json, **how: Any) -> Post:
        """Puts a post into a channel; ``how`` has the other fields of a ``Post``."""
        at = int(self.clock.now().timestamp() * 1000)
        post = Post(self._id("p"), channel, user, message, props, at=at, **how)
        self.posts[post.id] = post
        return post

    def change(self, post: Post, body: Json) -> None:
        """Another message in a post's place. Raises RefusedError for one that is not right."""
        self._judge(body)
        post.message, post.props, post.edits = body["message"], body.get("props", {}), post.edits + 1

    def hook(self, user: str, channel: str, root: str) -> str:
        """The end of a command's response_url."""
        name = self._id("h")
        self.hooks[name] = Hook(channel, user, root, self.clock.now())
        return name

    def trigger(self, user: str, channel: str) -> str:
        """A fresh trigger_id, as the server makes them: whoever has it may open one dialog before ``user``."""
        millis = int(self.clock.now().timestamp() * 1000)
        text = f"{self._id('x')}:{user}:{millis}:{b64encode(b'signature').decode()}"
        made = b64encode(text.encode()).decode()
        self._triggers[made] = (user, channel, self.clock.now())
        return made

    def respond(self, body: Json, hook: Hook) -> None:
        """Shows an answer to a command. Raises RefusedError for one that is not right."""
        text, props = body.get("text", ""), {"attachments": body.get("attachments", [])}
        if not text and not props["attachments"]:
            return
        if not body.get("skip_slack_parsing"):
            raise RefusedError(400, "what stands in <> would be read as Slack's marks")
        self._judge({"message": text, "props": props})
        to = "" if body["response_type"] == "in_channel" else hook.user
        self.post(hook.channel, hook.user, text, props, to=to, root=hook.root)

    def open(self, user: str, channel: str, url: str, dialog: Json) -> None:
        """Opens a dialog before somebody. Raises RefusedError for one that is not right."""
        if fault := fault_of_dialog(dialog):
            raise RefusedError(400, fault)
        self.dialogs.append(Dialog(user, channel, url, dialog))

    # -- what Kith calls ---------------------------------------------------------------------------

    async def _heard(self, request: web.Request) -> web.Response:
        wait = self._rate.wait(request.remote or "", self.clock.now())
        if wait:
            headers = {"Retry-After": str(math.ceil(wait.total_seconds()))}
            self.refusals.note(f"{request.method} {request.path}", "limit exceeded")
            return web.Response(text="limit exceeded", status=_TOO_MANY, headers=headers)
        try:
            return web.json_response(self._answer(request, json.loads(await request.text() or "null")))
        except RefusedError as refused:
            self.refusals.note(f"{request.method} {request.path}", refused.reason)
            said = {"id": refused.reason, "status_code": refused.status}
            return web.json_response(said, status=refused.status)

    def _answer(self, request: web.Request, body: Any) -> Any:
        for method, pattern, handle, needs_token in self._methods():
            if request.method == method and (match := re.fullmatch(pattern, request.path)):
                token = request.headers.get("Authorization", "").removeprefix("Bearer ")
                if needs_token and token not in self.tokens:
                    raise RefusedError(401, "api.context.session_expired.app_error")
                return handle(body, *match.groups())
        raise RefusedError(404, "api.context.404.app_error")

    def _methods(self) -> list[tuple[str, str, Callable[..., Any], bool]]:
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

    def _config(self, _body: Any) -> Json:
        return {"Version": self.version, "BuildNumber": "1"}

    def _me(self, _body: Any) -> Json:
        return self.users[BOT]

    def _user(self, _body: Any, user: str) -> Json:
        if user not in self.users:
            raise RefusedError(404, "app.user.missing_account.const")
        hidden = set() if self.bot_is_admin else {"email_verified"}
        return {name: value for name, value in self.users[user].items() if name not in hidden}

    def _create(self, body: Json) -> Json:
        key = body.get("pending_post_id", "")
        if key in self._pending:
            return {"id": self._pending[key]}
        there = self._joined(body["channel_id"])
        if there.archived:
            raise RefusedError(400, "api.post.create_post.can_not_post_to_deleted.error")
        self._judge(body)
        post = self.post(there.id, BOT, body["message"], body.get("props", {}), root=body.get("root_id", ""))
        if key:
            self._pending[key] = post.id
        return {"id": post.id}

    def _create_ephemeral(self, body: Json) -> Json:
        if not self.bot_is_admin:
            raise RefusedError(403, "api.context.permissions.app_error")
        post = body["post"]
        self._judge(post)
        props = post.get("props", {})
        return {"id": self.post(post["channel_id"], BOT, post["message"], props, to=body["user_id"]).id}

    def _patch(self, body: Json, id_: str) -> Json:
        post = self._kept(id_)
        if post.user != BOT:
            raise RefusedError(403, "api.context.permissions.app_error")
        self.change(post, body)
        return {"id": post.id}

    def _read(self, _body: Any, id_: str) -> Json:
        post = self._kept(id_)
        self._joined(post.channel)
        said = {"id": post.id, "channel_id": post.channel, "user_id": post.user, "root_id": post.root}
        return said | {"message": post.message, "create_at": post.at, "delete_at": 0}

    def _open_direct(self, body: list[str]) -> Json:
        if body[1] not in self.users:
            raise RefusedError(404, "app.user.missing_account.const")
        return {"id": self.direct(body[1], body[0])}

    def _members(self, _body: Any, channel: str) -> list[Json]:
        members = sorted(self._joined(channel).members)
        return [{"channel_id": channel, "user_id": user} for user in members][:_MEMBERS_PAGE]

    def _member(self, _body: Any, channel: str, user: str) -> Json:
        if user not in self._joined(channel).members:
            raise RefusedError(404, "app.channel.get_member.missing.app_error")
        return {"channel_id": channel, "user_id": user}

    def _open_dialog(self, body: Json) -> Json:
        user, channel, made_at = self._triggers.get(body["trigger_id"], ("", "", self.clock.now()))
        if not user:
            raise RefusedError(400, "interactive_message.decode_trigger_id.verify_signature_failed")
        if self.clock.now() - made_at > _TRIGGER_LIFE:
            raise RefusedError(400, "interactive_message.decode_trigger_id.expired")
        self.open(user, channel, body["url"], body["dialog"])
        return {"status": "OK"}

    def _hook(self, body: Json, id_: str) -> Json:
        hook = self.hooks.get(id_)
        if hook is None or hook.uses >= _HOOK_USES or self.clock.now() - hook.made_at > _HOOK_LIFE:
            raise RefusedError(404, "web.command_webhook.parse.app_error")
        hook.uses += 1
        self.respond(body, hook)
        return {"status": "ok"}

    # -- steps -------------------------------------------------------------------------------------

    def _kept(self, id_: str) -> Post:
        """A post that is kept; what one person alone sees is not."""
        post = self.posts.get(id_)
        if post is None or post.to:
            raise RefusedError(404, "app.post.get.app_error")
        return post

    def _joined(self, channel: str) -> Channel:
        there = self.channels.get(channel)
        if there is None or BOT not in there.members:
            raise RefusedError(403, "api.context.permissions.app_error")
        return there

    def _judge(self, body: Json) -> None:
        if fault := fault_of_post(body.get("message"), body.get("props")):
            raise RefusedError(400, fault)

    def _id(self, kind: str) -> str:
        return f"{kind}{next(self._numbers):025}"
