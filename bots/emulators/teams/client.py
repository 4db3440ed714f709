"""The app in which people type, press and fill in, and what Teams then brings to Kith, signed."""

import html
from typing import Any

import httpx

from bots.emulators.refusals import WrongAnswerError
from bots.emulators.teams.cards import Json, inputs_of
from bots.emulators.teams.model import BOT, TENANT, Posted
from bots.emulators.teams.rules import MESSAGE_MAX, bytes_of, faults
from bots.emulators.teams.server import TeamsServer

_OK = 200
_CALLED = "<at>Kith</at>"
_CARD = "application/vnd.microsoft.card.adaptive"
# https://learn.microsoft.com/microsoftteams/platform/task-modules-and-cards/task-modules/task-modules-bots: an invoke
# is answered within five seconds.
_INVOKE = 5.0


class Client:
    """What anybody does on ``server``. Kith is reached through ``kith``, which knows where its paths begin."""

    def __init__(self, server: TeamsServer, kith: httpx.AsyncClient) -> None:
        self._server, self._kith = server, kith

    def activity(self, kind: str, account: str, place: str = "", **more: Any) -> Json:
        """One thing that somebody did, in their private chat unless ``place`` is another conversation."""
        person = self._server.people[account]
        place = place or self._server.chats.get(account, f"a:{account}")
        where = "channel" if place.startswith("19:") else "personal"
        return {
            "type": kind,
            "id": f"{1_700_000_000_000 + next(self._server.numbers)}",
            "channelId": "msteams",
            "serviceUrl": self._server.service,
            "from": {"id": account, "name": person["name"], "aadObjectId": person["aadObjectId"]},
            "recipient": {"id": BOT, "name": "Kith"},
            "conversation": {"id": place, "conversationType": where, "tenantId": TENANT},
            "channelData": {"tenant": {"id": TENANT}},
        } | more

    def line(self, account: str, text: str, place: str = "", **more: Any) -> Json:
        """A message, its signs escaped; outside of the private chat it names the bot, behind which its words stand."""
        said = html.escape(text, quote=False)
        if not place:
            return self.activity("message", account, text=said, **more)
        bot = {"type": "mention", "text": _CALLED, "mentioned": {"id": BOT, "name": "Kith"}}
        entities = [bot, *more.pop("entities", [])]
        return self.activity("message", account, place, text=f"{_CALLED}&nbsp;{said}", entities=entities, **more)

    async def send(self, activity: Json, token: str | None = None, **headers: str) -> httpx.Response:
        """Brings it to Kith, signed unless told otherwise. Raises WrongAnswerError where nothing comes back in time."""
        token = self._server.token() if token is None else token
        given = {"authorization": f"Bearer {token}", **headers} if token else headers
        try:
            return await self._kith.post("/teams/messages", json=activity, headers=given, timeout=_INVOKE)
        except httpx.TimeoutException:
            raise WrongAnswerError("no answer within five seconds") from None

    async def bring(self, activity: Json) -> Json:
        """What Kith answers; of a message nothing. Raises WrongAnswerError for what Teams would not show."""
        answer = await self.send(activity)
        if answer.status_code != _OK:
            raise WrongAnswerError(f"status {answer.status_code}")
        body: Json = answer.json() if answer.content else {}
        if fault := fault_of_answer(body):
            raise WrongAnswerError(fault)
        return body

    async def act(self, posted: Posted, action: Json, account: str, trigger: str = "manual", **more: Any) -> Json:
        """Sends a card's action; what it is answered with is another card for whoever sent it, or words below it."""
        posted.notes.pop(account, None)
        value = {"action": action, "trigger": trigger}
        named = {"name": "adaptiveCard/action", "value": value, "replyToId": posted.id}
        body = await self.bring(self.activity("invoke", account, posted.conversation, **named, **more))
        told = body.get("value")
        if isinstance(told, dict):
            posted.own[account] = told
        elif told:
            posted.notes[account] = str(told)
        return body

    async def fetch(self, posted: Posted, action: Json, account: str, **more: Any) -> Json:
        """Presses a button that opens a dialog; the task that it is answered with."""
        named = {"name": "task/fetch", "value": {"data": action["data"]}}
        body = await self.bring(self.activity("invoke", account, posted.conversation, **named, **more))
        task: Json = body.get("task") or {}
        return task

    async def submit(self, place: str, dialog: Json, values: dict[str, str], account: str, **more: Any) -> Json:
        """Sends a dialog with what its fields hold, by their ids; the task that it is answered with."""
        card = dialog["card"]["content"]
        data = card["actions"][0]["data"] | {one["id"]: values.get(one["id"], "") for one in inputs_of(card)}
        named = {"name": "task/submit", "value": {"data": data}}
        body = await self.bring(self.activity("invoke", account, place, **named, **more))
        task: Json = body.get("task") or {}
        return task

    async def offered(self, place: str, field: Json, typed: str, account: str, **more: Any) -> list[Json]:
        """What Kith offers for a field while somebody types into it."""
        asked = {"queryText": typed, "dataset": field["choices.data"]["dataset"]}
        named = {"name": "application/search", "value": asked}
        body = await self.bring(self.activity("invoke", account, place, **named, **more))
        found: list[Json] = body.get("value", {}).get("results", [])
        return found


def fault_of_answer(body: Json) -> str:
    """Why Teams would not show what an invoke was answered with; empty when it would."""
    if bytes_of(body) > MESSAGE_MAX:
        return "an answer too big"
    task, card = body.get("task") or {}, None
    if body.get("type") == _CARD:
        card = body["value"]
    elif task.get("type") == "continue":
        card = task["value"]["card"]["content"]
    return "; ".join(faults(card)) if card else ""
