"""What the emulated WeCom refuses by itself."""

from typing import Any

import httpx
import pytest

from bots.emulators.model import Person
from bots.emulators.wecom.demo import Wecom
from bots.emulators.wecom.model import AGENT, CORP, SECRET
from bots.emulators.wecom.rules import fault_of_menu, fault_of_passive
from tests.emulated import Listening


@pytest.mark.anyio
async def test_whoever_plays_wecom_is_told() -> None:
    """A token that is none, a card that is not drawn and the 31st message of a minute stand on the page."""
    wei = Person("wei", "Wei", "en")
    played = Wecom("http://kith.invalid", [wei])
    listening = Listening(played.routes())
    await listening.start()
    async with httpx.AsyncClient(base_url=f"{listening.url}/cgi-bin") as client:
        assert (await client.post("/message/send", json={})).json()["errcode"] == 40014
        wrong = await client.get("/gettoken", params={"corpid": CORP, "corpsecret": "guessed"})
        assert wrong.json()["errcode"] == 40001
        token = (await client.get("/gettoken", params={"corpid": CORP, "corpsecret": SECRET})).json()["access_token"]
        send, to = f"/message/send?access_token={token}", {"touser": "wei", "agentid": AGENT}
        card = {"card_type": "text_notice", "colour": "red"}
        drawn = await client.post(send, json={**to, "msgtype": "template_card", "template_card": card})
        assert drawn.json()["errcode"] == 40058
        text = {**to, "msgtype": "text", "text": {"content": "x"}}
        assert {(await client.post(send, json=text)).json()["errcode"] for _ in range(31)} == {0}
    await listening.stop()
    screen = played.screen(wei)
    assert sum("told" in one for one in screen.direct) == 30
    refused = list(screen.refused)
    assert [one.split()[1] for one in refused[:3]] == ["40014", "40001", "40058"]
    assert "dropped without a word" in refused[3]
    await played.close()


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ({"msgtype": "text"}, "msgtype"),
        ({"response_type": "else"}, "response_type"),
        ({"msgtype": "stream", "stream": {"finish": True, "content": "好" * 6827}}, "stream"),
        ({"msgtype": "stream", "stream": {"finish": True, "content": "好"}}, ""),
    ],
)
def test_what_rides_on_a_robots_acknowledgement(answer: dict[str, Any], fault: str) -> None:
    """An answer of another kind, or longer than 20480 bytes, is refused."""
    assert fault_of_passive(answer) == fault


def test_menu_has_room_for_so_much() -> None:
    """Three groups of five entries, their names measured in bytes."""
    entry = {"type": "click", "name": "Tasks", "key": "tasks"}
    group = {"name": "Today", "sub_button": [entry] * 5}
    assert fault_of_menu({"button": [group] * 3}) == ""
    assert fault_of_menu({"button": [group] * 4}) == "button"
    assert fault_of_menu({"button": [{"name": "六个汉字太长", "sub_button": []}]}) == "sub_button"
    assert fault_of_menu({"button": [group | {"sub_button": [entry | {"key": "k" * 129}]}]}) == "entry"
