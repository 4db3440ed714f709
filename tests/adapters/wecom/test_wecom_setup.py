"""How WeCom is set up: built from its settings, and what the doctor says of them."""

import httpx
import pytest
from fastapi import FastAPI

from bots.errors import BadSettingError
from bots.platforms import wecom
from bots.platforms.model import Around
from bots.settings import load_settings
from storage.database import open_database
from tests.kith import SteppedClock

KEY = "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C"
APP = {
    "KITH_WECOM_CORP_ID": "ww1",
    "KITH_WECOM_AGENT_ID": "1000002",
    "KITH_WECOM_SECRET": "s3cret-of-the-app",
    "KITH_WECOM_TOKEN": "t0ken",
    "KITH_WECOM_AES_KEY": KEY,
}
ROBOT = {"KITH_WECOM_ROBOT_TOKEN": "r0bot", "KITH_WECOM_ROBOT_AES_KEY": KEY}
pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_built_from_settings(sqlite_url: str) -> None:
    """With a robot there are two routes, without one; a key that is none is refused by its variable's name."""
    database = open_database(sqlite_url, SteppedClock())
    for given, there in ((APP, 404), (APP | ROBOT, 401)):
        chat = wecom.build(Around(load_settings(given), database, SteppedClock()))
        assert chat.name == "wecom"
        assert "s3cret-of-the-app" not in repr(vars(chat))
        app = FastAPI()
        app.include_router(chat.router())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith") as http:
            assert (await http.get("/wecom/callback")).status_code == 401
            assert (await http.get("/wecom/robot")).status_code == there
    with pytest.raises(BadSettingError, match="KITH_WECOM_AES_KEY"):
        wecom.build(Around(load_settings(APP | {"KITH_WECOM_AES_KEY": "short"}), database, SteppedClock()))
    await database.close()


def test_doctor_names_the_page() -> None:
    """Each finding says what is set, or on which page of the console to go on."""
    bare = list(wecom.findings(load_settings(APP)))
    assert [one.state for one in bare] == ["warning", "off", "off", "ok"]
    assert "设置API接收" in bare[0].about
    assert "智能机器人" in bare[1].about
    public = {
        "KITH_PUBLIC_URL": "https://kith.example",
        "KITH_WECOM_CONTACTS_SECRET": "c",
        "KITH_WECOM_DOMAIN_PROOF": "WW_verify_aB3.txt",
    }
    whole = list(wecom.findings(load_settings(APP | ROBOT | public)))
    assert [one.value.removeprefix("https://kith.example") for one in whole] == [
        "/wecom/callback",
        "/wecom/robot",
        "/sidebar/in/wecom",
    ]
    assert all(one.state == "ok" for one in whole)
    assert "企业可信IP" in whole[0].about
    del public["KITH_WECOM_DOMAIN_PROOF"]
    lacking = next(one for one in wecom.findings(load_settings(APP | public)) if one.name == "WeCom toolbar")
    assert (lacking.state, "可信域名" in lacking.about, "kith.example" in lacking.about) == ("warning", True, True)


async def test_domain_is_proven_by_its_file(sqlite_url: str) -> None:
    """The file that WeCom asks for stands at the root with its word and no more; no other name does."""
    database = open_database(sqlite_url, SteppedClock())
    for given in ("WW_verify_aB3.txt", "aB3"):
        chat = wecom.build(Around(load_settings(APP | {"KITH_WECOM_DOMAIN_PROOF": given}), database, SteppedClock()))
        app = FastAPI()
        app.include_router(chat.router())
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://kith") as http:
            found = await http.get("/WW_verify_aB3.txt")
            assert (found.status_code, found.content) == (200, b"aB3")
            assert found.headers["content-type"].startswith("text/plain")
            assert (await http.get("/WW_verify_other.txt")).status_code == 404
    with pytest.raises(BadSettingError, match="KITH_WECOM_DOMAIN_PROOF"):
        load_settings(APP | {"KITH_WECOM_DOMAIN_PROOF": "../etc/passwd"})
    await database.close()


def test_doctor_tells_of_the_line() -> None:
    """A robot over a long connection needs both of its settings; one that is called back as well is told apart."""
    line = {"KITH_WECOM_ROBOT_ID": "aib1", "KITH_WECOM_ROBOT_SECRET": "s"}
    for given, state in ((APP | line, "ok"), (APP | line | ROBOT, "bad")):
        found = next(one for one in wecom.findings(load_settings(given)) if one.name == "WeCom groups")
        assert (found.state, "智能机器人" in found.about) == (state, True)
    for name, value in line.items():
        with pytest.raises(BadSettingError, match="KITH_WECOM_ROBOT_"):
            load_settings(APP | {name: value})
    with pytest.raises(BadSettingError, match="KITH_WECOM_SOCKET_URL"):
        load_settings(APP | line | {"KITH_WECOM_SOCKET_URL": "https://x"})
