"""The emulated Teams as tests have it: listening, with faults to order, and buttons by their labels."""

from aiohttp import web

from bots.emulators.teams.cards import Json, sent_of, walked, words_of
from bots.emulators.teams.server import TeamsServer
from core.clock import Clock
from tests.emulated import Fault, Listening

_NAMES = {
    ("GET", "keys"): "entra keys",
    ("POST", "token"): "login",
    ("POST", "conversations"): "open",
    ("GET", "conversations"): "channels",
    ("POST", "activities"): "post",
    ("GET", "pagedmembers"): "members",
}


class PlayedTeams(TeamsServer):
    """A Teams that listens. ``listening`` has what was called: ``login``, ``keys``, ``post``, ``put``, ``member``…"""

    def __init__(self, clock: Clock) -> None:
        super().__init__(clock)
        self.listening = Listening(self.routes(), _name)

    async def start(self) -> None:
        """Listens on a port of its own."""
        await self.listening.start()
        self.base = self.listening.url

    async def stop(self) -> None:
        """Ends every connection."""
        await self.listening.stop()

    @property
    def calls(self) -> list[str]:
        """What was called, in order."""
        return self.listening.calls

    def fail(self, name: str, *faults: Fault) -> None:
        """The next calls of this name fail so."""
        self.listening.fail(name, *faults)


def _name(request: web.Request) -> str:
    if request.path == "/keys":
        return "keys"
    if request.method == "PUT":
        return "put"
    return _NAMES.get((request.method, request.path.rpartition("/")[2]), "member")


def fault(status: int, code: str = "", **headers: str) -> Fault:
    """An error as the connector tells it."""
    return Fault(status, {"error": {"code": code, "message": "No."}} if code else {}, headers)


def pressed(card: Json, label: str) -> Json:
    """What Teams sends as the action when this button is pressed, or this entry of a menu is chosen.

    Of several buttons of one label, the one below a question.
    """
    found = [one for one in walked(card) if one["type"].startswith("Action.") and one.get("title") == label]
    for action in found:
        if action["type"] in {"Action.Execute", "Action.Submit"}:
            return sent_of(action)
    for menu in (one for one in walked(card) if one["type"] == "Input.ChoiceSet"):
        for choice in menu["choices"]:
            if choice["title"] == label:
                data = {"menu": menu["id"], menu["id"]: choice["value"]}
                return {"type": "Action.Execute", "verb": "choose", "data": data}
    raise AssertionError(f"no button {label!r} in {words_of(card)}")
