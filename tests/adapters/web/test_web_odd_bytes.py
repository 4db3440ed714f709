"""Bytes that no page of ours sends: a plain refusal or a page as if they were not there, never a crash."""

import asyncio
from collections.abc import Iterator

import pytest

from tests.adapters.web.house import House, fresh

NOWHERE = "0000000000000"
ODD = ["%00", "a%00b", "%FF%FE", "%ED%A0%80", "%F0%9F%98%80%E2%80%AE", "%27%22%3E%3C", "%5C%25_", "0" * 12 + "%00"]
PLACES = [
    "/?before={}",
    "/?customer={}",
    "/?pane={}&say={}",
    "/r/{room}?before={}",
    "/r/{room}?customer={}",
    "/c/{}",
    "/sidebar/?q={}",
    "/sidebar/?part={}",
    "/sidebar/c/{}",
    "/sidebar/c/{acme}?only={}",
    "/sidebar/c/{acme}?p={}",
    "/sidebar/customer/{acme}?room={}",
    "/sidebar/room/{room}?customer={}",
    "/sidebar/open?t={}",
    "/sidebar/in/{}",
    "/api/v1/rooms?current={}",
    "/api/v1/rooms/{room}/messages?before={}",
    "/api/v1/customers/{acme}?room={}",
    "/api/v1/rooms/{room}/completions?line={}",
    "/api/v1/rooms/{room}/suggestions?kind=customer&typed={}",
]


@pytest.fixture(params=["sqlite_url", pytest.param("empty_postgres_url", marks=pytest.mark.postgres)])
def house(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Iterator[House]:
    """A workbench on either database."""
    house = House(request.getfixturevalue(request.param), runner)
    yield house
    house.close()


def test_odd_bytes_in_addresses(house: House) -> None:
    """Whatever stands in an address, it is answered: shown without it, or refused as nothing that is."""
    acme = house.customer(house.people.wei, "Acme")
    browser = house.browser(house.people.wei)
    room = browser.room()
    broken = []
    for place in PLACES:
        for odd in ODD:
            address = place.replace("{room}", room).replace("{acme}", acme).replace("{}", odd)
            status = browser.get(address).status_code
            if status not in {200, 303, 400, 401, 404, 422}:
                broken.append((address, status))
    assert broken == []


def test_odd_bytes_in_forms(house: House) -> None:
    """A form's odd bytes are cleaned away or refused."""
    acme = house.customer(house.people.wei, "Acme")
    browser = house.browser(house.people.wei)
    room = browser.room()
    odd = ["\x00", "a\x00b", "\ufffe\ufeff", "\u202e\U0001f600", "0" * 12 + "\x00"]
    forms = [
        ("/sidebar/do", {"act": "note", "customer": acme, "text": "{}"}),
        ("/sidebar/do", {"act": "{}", "customer": acme, "text": "x"}),
        ("/sidebar/do", {"act": "bind", "customer": "{}"}),
        ("/sidebar/do", {"act": "notthis", "customer": "{}"}),
        ("/sidebar/do", {"act": "done", "task": NOWHERE, "seen": "{}"}),
        ("/sidebar/do", {"act": "snooze", "task": NOWHERE, "seen": "2030-01-01T00:00:00+00:00", "until": "{}"}),
        ("/sidebar/do", {"act": "undo", "receipt": "{}"}),
        ("/sidebar/do", {"act": "note", "customer": acme, "text": "x", "delivery": "{}"}),
        (f"/r/{room}", {"text": "{}"}),
        (f"/r/{room}", {"text": "note x", "about": "{}", "before": "{}", "named": "{}", "shown": "{}"}),
        (f"/r/{room}/save", {"message": "{}"}),
        (f"/r/{room}/m/{NOWHERE}", {"token": "{}"}),
        ("/settings/language", {"language": "{}", "back": "{}"}),
        ("/settings/theme", {"theme": "{}", "back": "{}"}),
        ("/rooms", {"title": "a{}", "member": "{}"}),
    ]
    broken = []
    for path, fields in forms:
        for text in odd:
            house.clock.move(seconds=30)
            filled = {"delivery": fresh()} | {name: value.replace("{}", text) for name, value in fields.items()}
            status = browser.send(path, **filled).status_code
            if status not in {200, 303, 400, 403, 404, 422}:
                broken.append((path, filled, status))
    assert broken == []


def test_odd_bytes_in_cookies_and_tokens(house: House) -> None:
    """A cookie or a token of odd bytes is nobody's."""
    house.customer(house.people.wei, "Acme")
    for name in ("kith", "kith-side"):
        for value in (b"\xff\x00", b"\xed\xa0\x80", b"%00", b"x" * 4000):
            stranger = house.browser()
            headers = {"cookie": name.encode() + b"=" + value}
            answer = house.runner.run(stranger.client.get("/sidebar/", headers=headers))  # type: ignore[arg-type]
            assert answer.status_code in {400, 401}, (name, value)
    browser = house.browser(house.people.wei)
    browser.open("/sidebar/")
    for token in ("\x00", "\U0001f600", "é" * 64):
        answer = browser.send("/sidebar/do", act="note", customer=NOWHERE, text="x", delivery=fresh(), csrf=token)
        assert answer.status_code == 403


def test_half_a_character_in_a_form(house: House) -> None:
    """Half of a surrogate pair, as some character sets can spell it, is refused and breaks nothing."""
    browser = house.browser(house.people.wei)
    browser.open("/sidebar/")
    for charset, said in (
        ("utf-7", b"+2AA-"),
        ("utf-16", b"\xff\xfe\x00\xd8"),
        ("no-such", b"x"),
        ("utf-8", b"\xed\xa0\x80"),
    ):
        body = b'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n' + said + b"\r\n--b--\r\n"
        headers = {"content-type": f"multipart/form-data; boundary=b; charset={charset}"}
        answer = house.runner.run(browser.client.post("/sidebar/do", content=body, headers=headers))
        assert answer.status_code in {400, 403, 422}, charset
