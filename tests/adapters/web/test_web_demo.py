"""The demo: nobody signs in, this machine only, and two windows may be two members."""

import pytest

from adapters.web.guard import is_loopback
from tests.adapters.web.house import House, between, fresh


def test_demo_opens_as_its_first_member(demo: House) -> None:
    """Without any cookie the page is there, with the others to choose from."""
    page = demo.browser().open("/")
    assert "Wei Chen" in page
    assert 'href="/as/ann/"' in page
    assert "Sign out" not in page


def test_two_windows_are_two_members(demo: House) -> None:
    """The member is part of the address, so that windows of one browser do not get in each other's way."""
    browser = demo.browser()
    room = demo.group(demo.people.wei, demo.people.ann).id
    page = browser.open(f"/as/ann/r/{room}")
    assert 'data-base="/as/ann"' in page
    assert f'action="/as/ann/r/{room}"' in page
    assert 'href="/r/' not in page
    answer = browser.send(f"/as/ann/r/{room}", text="hello from Ann", delivery=fresh())
    assert answer.headers["location"].startswith(f"/as/ann/r/{room}")
    browser.open("/")
    browser.send(f"/r/{room}", text="hello from Wei", delivery=fresh())
    page = browser.open(f"/as/ann/r/{room}")
    own = [block for block in page.split("<li ") if "message--own" in block and "data-message=" in block]
    assert ["hello from Ann" in block for block in own] == [True]
    assert browser.get("/as/ann/api/v1/me").json()["handle"] == "ann"


def test_one_members_proof_is_not_anothers(demo: House) -> None:
    """A page of one member cannot post as another."""
    browser = demo.browser()
    browser.open("/as/ann/")
    room = between(demo.browser().open("/"), 'data-room="', '"')
    assert browser.send(f"/r/{room}", text="x", delivery=fresh()).status_code == 403


def test_unknown_member_is_not_there(demo: House) -> None:
    """A handle nobody has leads nowhere."""
    assert demo.browser().get("/as/nobody/").status_code == 404


@pytest.mark.parametrize("host", ["evil.test", "127.0.0.1.evil.test", "kith.test:8000", "[::2]", "localhost.evil", ""])
def test_other_names_are_refused(demo: House, host: str) -> None:
    """A name elsewhere that was made to lead here gets nothing."""
    answer = demo.browser().get("/", headers={"host": host})
    assert answer.status_code == 403
    assert "Wei" not in answer.text


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1:8000", "127.8.8.8", "[::1]:8000"])
def test_this_machine_is_answered(host: str) -> None:
    """Every name of this machine is good."""
    assert is_loopback(host)


def test_signing_in_has_no_place_in_the_demo(demo: House, house: House) -> None:
    """There is nothing to sign in to; and outside the demo there is no way to be somebody else."""
    assert demo.browser().get("/sign-in").status_code == 404
    assert house.browser(house.people.wei).get("/as/ann/").status_code == 404
    assert "somebody else" not in house.browser(house.people.wei).open("/")
