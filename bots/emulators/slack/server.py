"""A Slack to call: its Web API and response_urls, and when the real one would refuse."""

import dataclasses
import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bots.emulators.rates import Rate
from bots.emulators.refusals import Referee, Refusals, accept
from bots.emulators.slack.model import Channel, Json, Posted, ResponseUrl, SlackError
from bots.emulators.slack.rules import fault_of_entities, fault_of_message, fault_of_view
from core.clock import Clock

# https://docs.slack.dev/interactivity/handling-user-interaction/: 3 seconds; five times within 30 minutes.
_TRIGGER_LIFE = timedelta(seconds=3)
_URL_LIFE, _URL_USES = timedelta(minutes=30), 5
_MINUTE = timedelta(minutes=1)
# https://docs.slack.dev/apis/web-api/rate-limits/: a message a second in each channel, of which "short bursts" go
# through; the others by their tier, 50 or 100 a minute and "occasional bursts".
_BURST = 30
_TIERS = {"chat.update": 50, "conversations.info": 50, "chat.unfurl": 50, "chat.postEphemeral": 100, "views.open": 100}
_MORE_TIERS = {"users.info": 100, "conversations.members": 100, "views.publish": 100}


@dataclass(frozen=True, slots=True)
class Referees:
    """Who judges besides the rules: messages, modals, and each entity of a Work Object."""

    message: Referee = accept
    view: Referee = accept
    entity: Referee = accept


class SlackServer:
    """One Slack with its workspaces, called at ``base``. ``epoch`` is the second in every message's ``ts``."""

    def __init__(self, clock: Clock, referees: Referees = Referees(), *, epoch: int = 1_795_420_000) -> None:
        self.clock, self.base = clock, ""
        self.tokens = {"xoxb-one": "T0KITH0001"}
        self.bot = "U0KITHBOT1"
        self.users: dict[str, Json] = {}
        self.channels: dict[str, Channel] = {}
        self.triggers: dict[str, tuple[str, datetime]] = {}
        self.urls: dict[str, ResponseUrl] = {}
        self.posted: list[Posted] = []
        self.views: list[Json] = []
        self.opened: list[tuple[str, Json]] = []
        self.homes: dict[str, Json] = {}
        self.unfurls: list[list[Json]] = []
        self.presented: list[Json] = []
        self.name = "deals"
        self.refusals = Refusals()
        self.rates = {name: Rate(_MINUTE / tier, tier) for name, tier in (_TIERS | _MORE_TIERS).items()}
        self.rates["chat.postMessage"] = Rate(timedelta(seconds=1), _BURST)
        self.referees, self._epoch = referees, epoch

    def routes(self) -> list[web.RouteDef]:
        """The Web API's methods that Kith calls, and response_urls."""
        return [web.route("*", "/api/{method}", self._api), web.post("/hooks/{id}", self._hook)]

    # -- what a person's action brings with it --------------------------------------------------------

    def trigger(self, user: str = "") -> str:
        """A fresh trigger_id: whoever has it may open one modal before ``user``."""
        name = f"{1000 + len(self.triggers)}.2000.trigger{self._epoch}"
        self.triggers[name] = (user, self.clock.now())
        return name

    def response_url(self, channel: str, user: str, message: int | None = None) -> str:
        """A fresh response_url, of what was done to a message, if it was done to one."""
        name = f"hook{len(self.urls)}"
        self.urls[name] = ResponseUrl(channel, user, self.clock.now(), message)
        return f"{self.base}/hooks/{name}"

    def respond(self, message: Json, channel: str, user: str, number: int | None = None) -> None:
        """Shows an answer to what somebody did, to the message of that ``number`` if it was to one.

        Raises SlackError for an answer that is not right.
        """
        self._judge(message)
        to = "" if message.get("response_type") == "in_channel" else user
        replaced, thread = bool(message.get("replace_original")), message.get("thread_ts", "")
        posted = Posted(channel, message.get("text", ""), message.get("blocks", []), to, thread, replaced)
        if replaced and number is not None:
            self.posted[number] = posted
        else:
            self.posted.append(posted)

    def judge_view(self, view: Json) -> None:
        """Raises SlackError for a view that is not right."""
        if fault := fault_of_view(view) or self.referees.view(view):
            raise SlackError(fault)

    # -- Web API --------------------------------------------------------------------------------------

    async def _api(self, request: web.Request) -> web.Response:
        method, arguments = request.match_info["method"], await _arguments(request)
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        key = f"{token} {arguments.get('channel', '') if method == 'chat.postMessage' else ''}"
        wait = self.rates[method].wait(key, self.clock.now()) if method in self.rates else timedelta()
        if wait:
            self.refusals.note(method, "ratelimited")
            headers = {"Retry-After": str(math.ceil(wait.total_seconds()))}
            return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
        try:
            return web.json_response({"ok": True} | self.answer(method, arguments, token))
        except SlackError as refused:
            self.refusals.note(method, str(refused))
            return web.json_response({"ok": False, "error": str(refused)})

    def answer(self, method: str, arguments: Json, token: str) -> Json:
        """What a method answers. Raises SlackError for what is refused."""
        handle = self._methods().get(method)
        if handle is None:
            raise SlackError("unknown_method")
        if token not in self.tokens:
            raise SlackError("invalid_auth")
        return handle(arguments | {"team": self.tokens[token]})

    def _methods(self) -> dict[str, Callable[[Json], Json]]:
        return {
            "auth.test": lambda sent: {"team_id": sent["team"], "user_id": self.bot, "bot_id": "B0KITH0001"},
            "users.info": self._user,
            "conversations.members": self._members,
            "conversations.info": self._info,
            "chat.postMessage": lambda sent: self._post(sent, to=""),
            "chat.postEphemeral": self._post_privately,
            "chat.update": self._update,
            "chat.unfurl": self._unfurl,
            "views.open": self._open,
            "views.publish": self._publish,
            "entity.presentDetails": self._present,
        }

    def _user(self, sent: Json) -> Json:
        if sent["user"] not in self.users:
            raise SlackError("user_not_found")
        return {"user": {"id": sent["user"], "team_id": sent["team"]} | self.users[sent["user"]]}

    def _members(self, sent: Json) -> Json:
        channel = self.channels.get(sent["channel"])
        if channel is None or not channel.with_bot:
            raise SlackError("channel_not_found")
        limit = int(sent.get("limit", 100))
        more = "next" if len(channel.members) > limit else ""
        return {"members": channel.members[:limit], "response_metadata": {"next_cursor": more}}

    def _info(self, sent: Json) -> Json:
        if sent["channel"] not in self.channels:
            raise SlackError("channel_not_found")
        return {"channel": {"id": sent["channel"], "name": self.name}}

    def _post_privately(self, sent: Json) -> Json:
        channel = self.channels.get(sent["channel"])
        if channel and channel.with_bot and sent["user"] not in channel.members:
            raise SlackError("user_not_in_channel")
        return self._post(sent, to=sent["user"])

    def _post(self, sent: Json, *, to: str) -> Json:
        name = sent["channel"]
        # A user's id stands for the person's own chat with the bot.
        channel = self.channels.get(name) or (Channel() if name in self.users and not to else None)
        if channel is None or channel.archived or not channel.with_bot:
            raise SlackError(_closed(channel))
        self._judge(sent)
        thread = sent.get("thread_ts") or ""
        self.posted.append(Posted(name, sent.get("text") or "", sent.get("blocks") or [], to, thread))
        where = f"D{name[1:]}" if name in self.users else name
        return {"channel": where, "ts": f"{self._epoch}.{len(self.posted):06}"}

    def _update(self, sent: Json) -> Json:
        epoch, _, place = sent["ts"].partition(".")
        number, where = int(place) - 1, sent["channel"]
        known = epoch == str(self._epoch) and 0 <= number < len(self.posted)
        posted = self.posted[number] if known else None
        if where in self.users:
            raise SlackError("channel_not_found")  # a message is changed where it stands, not where it was sent to
        if posted is None or posted.to or (where.removeprefix("D") != posted.channel[1:] and where != posted.channel):
            raise SlackError("message_not_found")
        self._judge(sent)
        self.posted[number] = dataclasses.replace(posted, text=sent.get("text") or "", blocks=sent["blocks"])
        return {"channel": where, "ts": sent["ts"]}

    def _open(self, sent: Json) -> Json:
        user, made_at = self.triggers.pop(sent["trigger_id"], ("", None))
        if made_at is None:
            raise SlackError("exchanged_trigger_id")
        if self.clock.now() - made_at > _TRIGGER_LIFE:
            raise SlackError("expired_trigger_id")
        self.judge_view(sent["view"])
        self.views.append(sent["view"])
        self.opened.append((user, sent["view"]))
        return {"view": {"id": f"V{len(self.views)}", "hash": f"{len(self.views)}.abc"}}

    def _publish(self, sent: Json) -> Json:
        view = sent["view"]
        if view["type"] != "home" or sent["user_id"] not in self.users:
            raise SlackError("invalid_arguments")
        if fault_of_view(view) or self.referees.message({"text": "home", "blocks": view["blocks"][:50]}):
            raise SlackError("invalid_blocks")
        self.homes[sent["user_id"]] = view
        return {"view": {"id": "V0HOME"}}

    def _unfurl(self, sent: Json) -> Json:
        by_message, by_id = "channel" in sent and "ts" in sent, "unfurl_id" in sent
        if by_message == by_id:
            raise SlackError("invalid_arguments")
        self._judge_entities(sent["metadata"]["entities"], unfurl=True)
        self.unfurls.append(sent["metadata"]["entities"])
        return {}

    def _present(self, sent: Json) -> Json:
        if self.triggers.pop(sent["trigger_id"], None) is None:
            raise SlackError("invalid_trigger_id")
        if "metadata" in sent:
            self._judge_entities([sent["metadata"]], unfurl=False)
        self.presented.append({name: sent[name] for name in ("metadata", "error") if name in sent})
        return {}

    async def _hook(self, request: web.Request) -> web.Response:
        message = await request.json()
        try:
            self._respond_once(self.urls.get(request.match_info["id"]), message)
        except SlackError as refused:
            self.refusals.note("response_url", str(refused))
            status = 404 if str(refused).endswith("_url") else 400
            return web.json_response({"ok": False, "error": str(refused)}, status=status)
        return web.Response(text="ok")

    def _respond_once(self, url: ResponseUrl | None, message: Json) -> None:
        if url is None or self.clock.now() - url.made_at > _URL_LIFE:
            raise SlackError("expired_url")
        if url.uses >= _URL_USES:
            raise SlackError("used_url")
        self.respond(message, url.channel, url.user, url.message)
        url.uses += 1

    # -- steps ----------------------------------------------------------------------------------------

    def _judge(self, message: Json) -> None:
        shown = {"text": message.get("text"), "blocks": message.get("blocks") or []}
        if fault := fault_of_message(shown) or self.referees.message(shown):
            raise SlackError(fault)

    def _judge_entities(self, entities: list[Json], *, unfurl: bool) -> None:
        judged = map(self.referees.entity, entities)
        if fault := fault_of_entities(entities, unfurl=unfurl) or next(filter(None, judged), ""):
            raise SlackError(fault)


def _closed(channel: Channel | None) -> str:
    if channel is None:
        return "channel_not_found"
    return "is_archived" if channel.archived else "not_in_channel"


async def _arguments(request: web.Request) -> Json:
    if request.content_type == "application/json":
        sent: Json = await request.json()
    else:
        sent = {**request.query, **await request.post()}
    return {name: _decoded(name, value) for name, value in sent.items()}


def _decoded(name: str, value: Any) -> Any:
    return json.loads(value or "null") if name in {"blocks", "view"} and isinstance(value, str) else value
