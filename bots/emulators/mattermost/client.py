"""The app in which people type and press, and what the server then asks of Kith."""

import re
from typing import Any
from urllib.parse import urlencode

import httpx

from bots.emulators.mattermost.model import Dialog, Hook, Json, Post
from bots.emulators.mattermost.server import MattermostServer
from bots.emulators.refusals import RefusedError, WrongAnswerError

TEAM = "t" * 26
COMMAND_TOKENS = ("okwexkjpe7ygb8eq1ww58t483w", "i3mckyzt5fbp9mffzpxk9e4bcc")
SITE = "https://chat.example.com"  # the server's SiteURL, which need not be where Kith calls it
_OK = 200


class Client:
    """What anybody does on ``server``. Kith is reached through ``kith``, which knows where its paths begin."""

    def __init__(self, server: MattermostServer, kith: httpx.AsyncClient) -> None:
        self._server, self._kith = server, kith

    def typed(self, user: str, channel: str, text: str, command: str = "/crm", root: str = "") -> Json:
        """A slash command's fields; ``command`` is one of two, each with a token of its own."""
        there = self._server.channels[channel]
        ids = {one["username"]: id_ for id_, one in self._server.users.items()}
        named = [name for name in re.findall(r"@([\w.-]+)", text) if name in ids]
        return {
            "token": COMMAND_TOKENS[0] if command == "/crm" else COMMAND_TOKENS[1],
            "team_id": TEAM,
            "team_domain": "sales",
            "channel_id": channel,
            "channel_name": there.name,
            "user_id": user,
            "user_name": self._server.users[user]["username"],
            "command": command,
            "text": text,
            "trigger_id": self._server.trigger(user, channel),
            "root_id": root,
            "user_mentions": named,
            "user_mentions_ids": [ids[name] for name in named],
            "response_url": f"{SITE}/hooks/commands/{self._server.hook(user, channel, root)}",
        }

    async def command(self, user: str, channel: str, text: str, **how: str) -> Json:
        """Somebody types a slash command; what Kith answered at once is shown."""
        return await self.send_command(self.typed(user, channel, text, **how))

    async def send_command(self, fields: Json) -> Json:
        """Sends a command's fields as the server does, and shows the answer."""
        headers = {
            "content-type": "application/x-www-form-urlencoded",
            "authorization": f"Token {fields['token']}",
            "accept": "application/json",
        }
        content = urlencode(fields, doseq=True)
        body = _read(await self._kith.post("/mattermost/command", content=content, headers=headers))
        hook = Hook(fields["channel_id"], fields["user_id"], fields["root_id"], self._server.clock.now())
        self._server.respond(body, hook)
        return body

    def request_of(self, user: str, post: Post, action: Json, chosen: str = "") -> Json:
        """What the server sends when a button is pressed, or a menu's option of the value ``chosen``."""
        there = self._server.channels[post.channel]
        context = action["integration"]["context"]
        return {
            "user_id": user,
            "user_name": self._server.users[user]["username"],
            "channel_id": post.channel,
            "channel_name": there.name,
            "team_id": "" if "__" in there.name else TEAM,
            "team_domain": "",
            "post_id": post.id,
            "trigger_id": self._server.trigger(user, post.channel),
            "type": action["type"],
            "data_source": "",
            "context": context | {"selected_option": chosen} if action["type"] == "select" else context,
        }

    async def send_action(self, post: Post, request: Json) -> Json:
        """Sends a press as the server does, and does what the answer says."""
        body = await self._ask("/mattermost/action", request)
        if update := body.get("update"):
            if post.to:
                raise RefusedError(404, "the message is not kept, and cannot be changed")
            self._server.change(post, update)
        if text := body.get("ephemeral_text"):
            if not body.get("skip_slack_parsing"):
                raise WrongAnswerError("what stands in <> would be read as Slack's marks")
            self._server.post(post.channel, request["user_id"], text, {}, to=request["user_id"])
        return body

    async def submit(self, shown: Dialog, values: dict[str, Any] | None = None) -> Json:
        """Somebody fills in a dialog, and sends it. It stays, with the errors, or goes, or another takes its place."""
        body = await self._ask(shown.url, self.submission_of(shown, values))
        shown.errors, shown.error = body.get("errors", {}), body.get("error", "")
        if unknown := set(shown.errors) - set(shown.values):
            raise WrongAnswerError(f"errors of no field: {unknown}")
        if shown.errors or shown.error:
            return body
        self._server.dialogs.remove(shown)
        if body.get("type") == "form":
            self._server.open(shown.user, shown.channel, shown.url, body["form"])
        return body

    def submission_of(self, shown: Dialog, values: dict[str, Any] | None = None) -> Json:
        """What the server sends when a dialog is sent in."""
        if unknown := set(values or {}) - set(shown.values):
            raise WrongAnswerError(f"no such fields: {unknown}")
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

    async def look_up(self, shown: Dialog, name: str, typed: str) -> list[Json]:
        """Somebody types into a field that offers what it finds."""
        element = next(one for one in shown.dialog["elements"] if one["name"] == name)
        question = self.submission_of(shown) | {"type": "dialog_lookup", "url": element["data_source_url"]}
        question["submission"] = {"query": typed, "selected_field": name}
        body = await self._ask(element["data_source_url"], question)
        items: list[Json] = body["items"]
        return items

    async def _ask(self, url: str, body: Json) -> Json:
        return _read(await self._kith.post(url, json=body))


def _read(answer: httpx.Response) -> Json:
    if answer.status_code != _OK or answer.headers["content-type"] != "application/json":
        raise WrongAnswerError(f"status {answer.status_code}, {answer.headers.get('content-type', 'nothing')}")
    body: Json = answer.json()
    return body
