"""Outside of the demo every page needs a session, opened by a one-time link."""

from core.members.model import CodePurpose
from core.members.service import issue_code
from tests.adapters.web.house import House, between


def _code(house: House, purpose: CodePurpose = CodePurpose.SIGN_IN) -> str:
    wei = house.people.wei
    return house.write(lambda work: issue_code(work, wei.workspace_id, wei.id, purpose))


def test_without_a_session_the_page_says_how(house: House) -> None:
    """Pages answer 401 with the command that makes a link, the API with JSON."""
    stranger = house.browser()
    page = stranger.get("/")
    assert page.status_code == 401
    assert "kith sign-in MEMBER" in page.text
    assert stranger.get("/api/v1/me").json() == {
        "status": 401,
        "message": "Ask for a one-time link on the machine that Kith runs on:",
    }
    assert stranger.get("/c/0000000000000").status_code == 401
    assert stranger.get("/api/v1/events").status_code == 401


def test_link_opens_a_session_once(house: House) -> None:
    """The link shows a button; the button opens a session; the second time it does not."""
    code = _code(house)
    browser = house.browser()
    for _ in range(3):
        assert f'value="{code}"' in browser.get(f"/sign-in?code={code}").text
    answer = browser.sign_in(code)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    cookie = answer.headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert browser.get("/api/v1/me").json()["handle"] == "wei"
    again = house.browser().sign_in(code)
    assert again.status_code == 401
    assert "used already" in again.text


def test_link_codes_do_not_sign_in(house: House) -> None:
    """A code for linking a chat opens no session."""
    assert house.browser().sign_in(_code(house, CodePurpose.LINK)).status_code == 401


def test_by_https_cookies_are_kept_to_it(sqlite_url: str, runner: object) -> None:
    """Where browsers come by https the cookie is Secure and bound to the very host."""
    house = House(sqlite_url, runner, public_url="https://kith.test")  # type: ignore[arg-type]
    answer = house.browser().sign_in(_code(house))
    assert answer.headers["set-cookie"].startswith("__Host-kith=")
    assert "Secure" in answer.headers["set-cookie"]
    assert "strict-transport-security" in answer.headers
    house.close()


def test_session_ends_after_fourteen_days(house: House) -> None:
    """A session is good for 14 days and no longer."""
    browser = house.browser(house.people.wei)
    house.clock.move(days=13)
    assert browser.get("/api/v1/me").status_code == 200
    house.clock.move(days=1, seconds=1)
    assert browser.get("/api/v1/me").status_code == 401


def test_only_the_digest_is_kept(house: House) -> None:
    """The session's id stands nowhere in the database."""
    browser = house.browser(house.people.wei)
    session_id = browser.client.cookies["kith"]
    assert house.read(lambda work: work.drafts.get(f"session:{session_id}")) is None


def test_signing_out_ends_it(house: House) -> None:
    """After signing out the cookie is of no use to anybody."""
    browser = house.browser(house.people.wei)
    session_id = browser.client.cookies["kith"]
    assert browser.send("/sign-out").status_code == 403
    browser.open("/")
    assert browser.send("/sign-out").status_code == 303
    browser.client.cookies.set("kith", session_id)
    assert browser.get("/").status_code == 401


def test_trying_codes_is_slowed_down(house: House) -> None:
    """After ten tries in a minute the eleventh waits, and is told how long."""
    browser = house.browser()
    answers = [browser.sign_in(f"guess{number}") for number in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]
    assert int(answers[-1].headers["retry-after"]) > 0
    house.clock.move(minutes=1)
    assert browser.sign_in("guess").status_code == 401


def test_signing_in_from_another_site_is_refused(house: House) -> None:
    """Nobody else's page signs a browser in, nor does one without the link's own page."""
    assert house.browser().send("/sign-in", code=_code(house)).status_code == 403
    assert house.browser(origin="http://evil.test").sign_in(_code(house)).status_code == 403


def test_refusal_speaks_the_browsers_language(house: House) -> None:
    """Somebody who is not known is answered in what their browser asks for."""
    page = house.browser(**{"accept-language": "zh-CN,zh;q=0.9"}).get("/")
    assert "登录 Kith" in page.text
    assert between(page.text, '<html lang="', '"') == "zh-Hans"
