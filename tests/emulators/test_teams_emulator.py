"""What the emulated Teams refuses by itself, and that whoever plays with it is told."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import httpx
import pytest

from bots.emulators.model import Person
from bots.emulators.rates import Windows
from bots.emulators.teams.client import fault_of_answer
from bots.emulators.teams.demo import Teams
from bots.emulators.teams.model import APP, BOT, ROOM, SECRET, TENANT
from bots.emulators.teams.rules import MESSAGE_MAX
from bots.emulators.teams.server import TeamsServer
from cards.model import Card, Text
from cards.renderers.teams import message
from tests.emulated import Listening
from tests.kith import SteppedClock

_WEI = Person("wei", "Wei", "en")
_LOGIN = {
    "grant_type": "client_credentials",
    "client_id": APP,
    "client_secret": SECRET,
    "scope": "https://api.botframework.com/.default",
}
_SENT = message([Card(blocks=(Text(text="Acme"),), summary="Acme")])
_CHAT = "/amer/v3/conversations/a:wei/activities"

pytestmark = pytest.mark.anyio


@pytest.fixture
def played() -> Teams:
    """A Teams of one person; no Kith listens."""
    return Teams("http://127.0.0.1:1", [_WEI])


@pytest.fixture
async def calls(played: Teams) -> AsyncIterator[httpx.AsyncClient]:
    """What Kith calls it by, with a token."""
    listening = Listening(played.routes())
    await listening.start()
    played.settings(listening.url)
    async with httpx.AsyncClient(base_url=listening.url) as client:
        token = (await client.post(f"/login/{TENANT}/oauth2/v2.0/token", data=_LOGIN)).json()["access_token"]
        client.headers["authorization"] = f"Bearer {token}"
        yield client
    await listening.stop()
    await played.close()


def _refused(played: Teams) -> list[str]:
    return [line.rpartition("/")[2] for line in played.screen(_WEI).refused]


@pytest.mark.parametrize("wrong", [{"client_secret": "x"}, {"client_id": "x"}, {"scope": "x"}])
async def test_login_of_somebody_else(played: Teams, calls: httpx.AsyncClient, wrong: dict[str, str]) -> None:
    """A secret, app or scope that is not this bot's gets no token; neither does another directory."""
    answer = await calls.post(f"/login/{TENANT}/oauth2/v2.0/token", data=_LOGIN | wrong)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert (await calls.post("/login/elsewhere/oauth2/v2.0/token", data=_LOGIN)).status_code == 401
    assert _refused(played) == ["token: invalid_client"] * 2


async def test_token_that_is_none(played: Teams, calls: httpx.AsyncClient) -> None:
    """The connector takes the tokens of its own login alone, and whoever plays is told."""
    answer = await calls.post(_CHAT, json=_SENT, headers={"authorization": "Bearer made-up"})
    assert (answer.status_code, answer.json()["error"]["code"]) == (401, "Unauthorized")
    assert _refused(played) == ["activities: Unauthorized"]
    assert not played.screen(_WEI).direct


@pytest.mark.parametrize(
    ("path", "sent", "status", "code"),
    [
        (_CHAT, {"type": "message", "text": " "}, 400, "BadSyntax"),
        (_CHAT, {"type": "message", "text": "x" * MESSAGE_MAX}, 413, "MessageSizeTooBig"),
        (_CHAT, {"type": "message", "attachments": [{"content": {"type": "Marquee"}}]}, 400, "BadSyntax"),
        ("/amer/v3/conversations/a:nobody/activities", _SENT, 404, "ConversationNotFound"),
        (f"{_CHAT}?isTargetedActivity=true", _SENT, 400, "BadArgument"),
        ("/amer/v3/conversations", {"bot": {"id": "28:other"}}, 400, "BadArgument"),
        ("/amer/v3/unheard-of", {}, 404, "NotFound"),
    ],
)
async def test_refusals(calls: httpx.AsyncClient, path: str, sent: dict[str, Any], status: int, code: str) -> None:
    """What the connector does not take has its status and Teams' word for it."""
    answer = await calls.post(path, json=sent)
    assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)


async def test_whose_message_it_is(calls: httpx.AsyncClient, played: Teams) -> None:
    """A message is changed where it stands, for those whom it was for, and what people say never."""
    ours = (await calls.post(_CHAT, json=_SENT)).json()["id"]
    assert (await calls.put(f"{_CHAT}/{ours}", json=_SENT)).status_code == 200
    assert (await calls.put(f"{_CHAT}/{ours}?isTargetedActivity=true", json=_SENT)).status_code == 400
    elsewhere = await calls.put(f"/amer/v3/conversations/{ROOM}/activities/{ours}", json=_SENT)
    assert (elsewhere.status_code, elsewhere.json()["error"]["code"]) == (404, "ActivityNotFoundInConversation")
    theirs = f"m{int(ours[1:]) + 1}"
    with pytest.raises(httpx.ConnectError):
        await played.say(_WEI, "help", room=False)
    assert (await calls.put(f"{_CHAT}/{theirs}", json=_SENT)).status_code == 404


async def test_change_takes_away_what_stood_below() -> None:
    """A message that is changed stands there anew: what a press of the old one was answered with is gone."""
    server = TeamsServer(SteppedClock())
    listening = Listening(server.routes())
    await listening.start()
    server.needs_token = False
    server.add("29:wei", "user-wei", "Wei", chat="a:wei")
    posted = server.put("a:wei", _SENT)
    posted.own["29:wei"], posted.notes["29:wei"] = posted.card, "Done"
    async with httpx.AsyncClient(base_url=listening.url) as client:
        assert (await client.put(f"{_CHAT}/{posted.id}", json=_SENT)).status_code == 200
    await listening.stop()
    assert (posted.own, posted.notes) == ({}, {})


async def test_private_chat_of_nobody(calls: httpx.AsyncClient) -> None:
    """A chat is opened with those for whom the app is installed."""
    asked = {"bot": {"id": BOT}, "channelData": {"tenant": {"id": TENANT}}, "members": [{"id": "user-wei"}]}
    assert (await calls.post("/amer/v3/conversations", json=asked)).json() == {"id": "a:wei"}
    other = await calls.post("/amer/v3/conversations", json=asked | {"members": [{"id": "user-mei"}]})
    assert other.json()["error"]["code"] == "BotNotInConversationRoster"


async def test_too_many_at_once(played: Teams, calls: httpx.AsyncClient) -> None:
    """A conversation takes so many messages and no more; when it takes others is told."""
    answers = [await calls.post(_CHAT, json=_SENT) for _ in range(70)]
    assert answers[0].status_code == 201
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert _refused(played)[-1] == "activities: TooManyRequests"


def test_windows_of_time() -> None:
    """Each span has its own most, and a call that is too early is told how long it is too early."""
    clock, second = SteppedClock(), timedelta(seconds=1)
    windows = Windows((2, second), (3, 10 * second))
    assert [windows.wait("a", clock.now()) for _ in range(3)] == [timedelta(), timedelta(), second]
    assert windows.wait("b", clock.now()) == timedelta()
    clock.forward(seconds=1)
    assert windows.wait("a", clock.now()) == timedelta()
    assert windows.wait("a", clock.now()) == 9 * second
    clock.forward(seconds=9)
    assert windows.wait("a", clock.now()) == timedelta()


def test_answers_that_teams_would_not_show() -> None:
    """A card on a press's answer, and one in a dialog, are judged as messages are."""
    card, kind = {"type": "AdaptiveCard", "version": "1.5", "body": []}, "application/vnd.microsoft.card.adaptive"
    assert fault_of_answer({"type": kind, "value": card}) == ""
    assert fault_of_answer({"type": kind, "value": card | {"speak": "x"}}) == "AdaptiveCard has no speak"
    dialog = {"type": "continue", "value": {"card": {"content": card | {"version": "2.0"}}}}
    assert fault_of_answer({"task": dialog}) == "version"
    assert fault_of_answer({"task": {"type": "message", "value": "Done"}}) == ""
