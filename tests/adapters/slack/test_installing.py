"""Workspaces install Kith themselves: a state used once, by one browser; tokens locked; addresses not just believed."""

from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from starlette.requests import Request

from adapters.slack.manifest import SCOPES
from core.ids import WorkspaceId
from core.members.model import Identity
from core.members.service import create_workspace
from core.work import Work
from tests.adapters.slack.standin import Fault
from tests.adapters.slack.world import BOT, LIN, PUBLIC_URL, TEAM, WEI, World, recorded, running

pytestmark = pytest.mark.anyio
OTHER, OAUTH = "T0OTHER001", "xoxb-oauth"


async def _administrator(request: Request) -> WorkspaceId | None:
    """Stands for the workbench's sign-in: the cookie names the workspace."""
    found = request.cookies.get("signed_in_as_admin_of")
    return WorkspaceId(found) if found else None


@pytest.fixture
async def world(sqlite_url: str) -> AsyncIterator[World]:
    """A Kith without a token of its own, which workspaces install."""
    settings = {"bot_token": "", "client_id": "1.2", "client_secret": "client-secret"}
    async with running(sqlite_url, administrator=_administrator, **settings) as made:
        yield made


def _granted(team: str, token: str) -> dict[str, Any]:
    return {
        "access_token": token,
        "token_type": "bot",
        "scope": ",".join(SCOPES),
        "bot_user_id": BOT,
        "app_id": "A0KITH0001",
        "team": {"id": team, "name": "A team"},
        "enterprise": None,
        "is_enterprise_install": False,
    }


async def _begin(world: World) -> dict[str, str]:
    """What Slack is asked at the page that an installation leads to."""
    answer = await world.http.get("/slack/install")
    assert answer.status_code == 302
    asked = urlsplit(answer.headers["location"])
    assert f"{asked.scheme}://{asked.netloc}" == world.slack.api_url.removesuffix("/api/")
    assert asked.path == "/oauth/v2/authorize"
    return {name: values[0] for name, values in parse_qs(asked.query).items()}


async def _install(world: World, team: str = TEAM, *, token: str = OAUTH) -> httpx.Response:
    asked = await _begin(world)
    world.slack.codes["code"] = _granted(team, token)
    world.slack.tokens[token] = team
    return await world.http.get("/slack/oauth_redirect", params={"code": "code", "state": asked["state"]})


async def _sign_in(world: World) -> None:
    workspace_id = await world.database.read(lambda work: work.members.only_workspace())
    world.http.cookies.set("signed_in_as_admin_of", str(workspace_id))


async def test_slack_is_asked_for_what_the_manifest_says(world: World) -> None:
    """The scopes are the manifest's, and Slack leads back to the public address."""
    asked = await _begin(world)
    assert asked["client_id"] == "1.2"
    assert asked["scope"].split(",") == list(SCOPES)
    assert asked["redirect_uri"] == f"{PUBLIC_URL}/slack/oauth_redirect"
    assert len(asked["state"]) >= 32


async def test_two_workspaces_are_spoken_to_with_their_own_tokens(world: World) -> None:
    """Each installation has its token, locked in the database, and each answer is sent with the right one."""
    assert (await _install(world, TEAM, token="xoxb-first")).status_code == 200
    assert (await _install(world, OTHER, token="xoxb-second")).status_code == 200
    assert world.count("tenants") == 2
    secrets = await world.database.read(_secrets)
    assert all(secret and "xoxb" not in secret for secret in secrets)
    await world.database.write(_lin_in_the_other_team)
    for team, token, user in ((TEAM, "xoxb-second", WEI), (OTHER, "xoxb-first", LIN)):
        other_token = world.slack.tokens.pop(token)
        payload = recorded("app_mention", team_id=team, event_id=f"Ev{team}")
        payload["authorizations"][0]["team_id"] = team
        payload["event"] |= {"user": user}
        await world.event(payload)
        assert world.slack.last.to == user
        world.slack.tokens[token] = other_token


def _secrets(work: Work) -> list[str | None]:
    return [work.members.tenant_secret("slack", team) for team in (TEAM, OTHER)]


def _lin_in_the_other_team(work: Work) -> None:
    workspace_id = work.members.only_workspace()
    assert workspace_id
    lin = work.members.by_handle(workspace_id, "lin")
    assert lin
    work.members.tie(Identity("slack", OTHER, LIN), lin, work.now)


async def test_a_state_is_used_once(world: World) -> None:
    """The link that led back is worth nothing the second time."""
    asked = await _begin(world)
    for status in (200, 400):
        world.slack.codes["code"] = _granted(TEAM, "xoxb-oauth")
        answer = await world.http.get("/slack/oauth_redirect", params={"code": "code", "state": asked["state"]})
        world.http.cookies.set("kith_slack_install", asked["state"], path="/slack")
        assert answer.status_code == status
    assert world.slack.calls.count("oauth.v2.access") == 1


@pytest.mark.parametrize("spoil", ["another browser", "forged", "none", "too old"])
async def test_a_state_that_was_not_given_to_this_browser_is_refused(world: World, spoil: str) -> None:
    """Whoever is lured to the end of somebody else's installation installs nothing."""
    state = (await _begin(world))["state"]
    if spoil == "another browser":
        world.http.cookies.clear()
    if spoil == "too old":
        world.clock.move(minutes=11)
    state = {"forged": "x" * 43, "none": ""}.get(spoil, state)
    world.slack.codes["code"] = _granted(TEAM, "xoxb-oauth")
    answer = await world.http.get("/slack/oauth_redirect", params={"code": "code", "state": state})
    assert answer.status_code == 400
    assert "text/html" in answer.headers["content-type"]
    assert (world.count("tenants"), world.slack.calls) == (0, [])


async def test_the_state_is_the_browsers_secret(world: World) -> None:
    """Its cookie is out of scripts' reach and goes over https to these pages only; the database has its digest."""
    answer = await world.http.get("/slack/install")
    cookie = answer.headers["set-cookie"].lower()
    assert all(flag in cookie for flag in ("httponly", "secure", "samesite=lax", "path=/slack", "max-age=600"))
    assert world.count("drafts") == 1


async def test_a_refusal_in_slack_is_said(world: World) -> None:
    """Who presses Cancel on Slack's page reads that nothing was installed."""
    asked = await _begin(world)
    answer = await world.http.get("/slack/oauth_redirect", params={"error": "access_denied", "state": asked["state"]})
    assert (answer.status_code, world.count("tenants"), world.slack.calls) == (400, 0, [])


@pytest.mark.parametrize(
    "fault", [Fault(error="invalid_code"), Fault(status=500), Fault(status=429, error="ratelimited")]
)
async def test_a_failed_exchange_installs_nothing(world: World, fault: Fault) -> None:
    """When Slack does not give a token the page says so, and the next try may succeed."""
    world.slack.fail("oauth.v2.access", fault)
    assert (await _install(world)).status_code == 502
    assert world.count("tenants") == 0
    assert (await _install(world)).status_code == 200


async def test_an_answer_without_a_token_installs_nothing(world: World) -> None:
    """An "ok" with nothing in it is a failure too."""
    asked = await _begin(world)
    world.slack.codes["code"] = {"team": None}
    answer = await world.http.get("/slack/oauth_redirect", params={"code": "code", "state": asked["state"]})
    assert (answer.status_code, world.count("tenants")) == (502, 0)


async def test_an_organisation_is_installed_as_a_whole(world: World) -> None:
    """An installation for every workspace of an enterprise is kept under the enterprise."""
    asked = await _begin(world)
    world.slack.codes["code"] = _granted(TEAM, "xoxb-org") | {
        "is_enterprise_install": True,
        "team": None,
        "enterprise": {"id": "E0ORG00001", "name": "Org"},
    }
    await world.http.get("/slack/oauth_redirect", params={"code": "code", "state": asked["state"]})
    assert await world.database.read(lambda work: work.members.tenant_secret("slack", "E0ORG00001"))


async def test_only_an_administrators_installation_vouches_for_addresses(world: World) -> None:
    """Anybody can make a Slack workspace with anybody's address in it: only one vouched for makes members of people."""
    await _install(world)
    assert "link CODE" in (await world.command("Northwind", user=LIN)).text
    await _sign_in(world)
    await _install(world)
    world.clock.move(minutes=11)
    assert "link CODE" not in (await world.command("Northwind", user=LIN)).text


async def test_a_single_token_vouches_for_its_own_workspace_only(sqlite_url: str) -> None:
    """Beside it, a workspace that anybody installed is still nobody's word."""
    settings = {"client_id": "1.2", "client_secret": "client-secret"}
    async with running(sqlite_url, administrator=_administrator, **settings) as both:
        await _install(both, OTHER, token="xoxb-other")
        both.slack.users[LIN]["team_id"] = OTHER
        assert "link CODE" in (await both.command("Northwind", user=LIN, team=OTHER)).text
        await both.event(recorded("app_uninstalled", team_id=OTHER, authorizations=[]))
        both.clock.move(minutes=11)
        assert "link CODE" in (await both.command("Northwind", user=LIN, team=OTHER)).text
        both.slack.users[LIN]["team_id"] = TEAM
        both.clock.move(minutes=11)
        assert "link CODE" not in (await both.command("Northwind", user=LIN, team=TEAM)).text


async def test_what_was_vouched_for_stays_so(world: World) -> None:
    """Installing again without signing in takes nothing away."""
    await _sign_in(world)
    await _install(world)
    world.http.cookies.clear()
    await _install(world, token="xoxb-newer")
    assert "link CODE" not in (await world.command("Northwind", user=LIN)).text


async def test_with_several_workspaces_an_administrator_decides(world: World) -> None:
    """Without one signed in nobody can tell where the installation belongs; with one it is theirs."""
    second = await world.database.write(lambda work: create_workspace(work, "Second", language="en", zone="UTC").id)
    assert (await world.http.get("/slack/install")).status_code == 409
    world.http.cookies.set("signed_in_as_admin_of", second)
    assert (await _install(world)).status_code == 200
    assert await world.database.read(lambda work: work.members.workspace_of_tenant("slack", TEAM)) == second


async def test_a_slack_workspace_is_not_taken_over(world: World) -> None:
    """One that belongs to a workspace of Kith cannot be moved to another by installing it there."""
    await _sign_in(world)
    await _install(world)
    second = await world.database.write(lambda work: create_workspace(work, "Second", language="en", zone="UTC").id)
    first = await world.database.read(lambda work: work.members.workspace_of_tenant("slack", TEAM))
    world.http.cookies.set("signed_in_as_admin_of", second)
    assert (await _install(world, token="xoxb-taken")).status_code == 409
    assert await world.database.read(lambda work: work.members.workspace_of_tenant("slack", TEAM)) == first


@pytest.mark.parametrize("name", ["app_uninstalled", "tokens_revoked"])
async def test_removal_forgets_the_token(world: World, name: str) -> None:
    """After it nothing is sent there; a revoked person's token is not Kith's."""
    await _install(world)
    persons = recorded("tokens_revoked")
    persons["event"]["tokens"] = {"oauth": [WEI]}
    await world.event(persons)
    assert await world.database.read(lambda work: work.members.tenant_secret("slack", TEAM))
    await world.event(recorded(name))
    assert await world.database.read(lambda work: work.members.tenant_secret("slack", TEAM)) is None
    world.slack.calls.clear()
    await world.event(recorded("app_mention"))
    assert world.slack.calls == []


async def test_where_kith_is_not_installed_a_command_is_still_answered(world: World) -> None:
    """A response_url needs no token."""
    await world.command("visit Northwind: wants a demo", team=TEAM)
    assert (world.slack.calls, world.slack.last.to) == (["response_url"], WEI)


async def test_a_changed_secret_key_is_noticed(world: World, capsys: pytest.CaptureFixture[str]) -> None:
    """A token that cannot be unlocked counts as none, and the log says whose."""
    await _install(world)
    await world.database.write(lambda work: work.members.put_tenant_secret("slack", TEAM, "1:nonsense"))
    world.clock.move(minutes=2)
    await world.event(recorded("app_mention"))
    assert world.slack.posted == []
    assert "installation_not_unlocked" in capsys.readouterr().out


async def test_the_page_speaks_chinese(world: World) -> None:
    """To a browser that asks for it."""
    answer = await world.http.get("/slack/oauth_redirect", headers={"accept-language": "zh-CN,zh;q=0.9"})
    assert 'lang="zh-Hans"' in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


async def test_without_a_client_there_is_nothing_to_install(sqlite_url: str) -> None:
    """A Kith with a single token has no such pages."""
    async with running(sqlite_url) as single:
        assert (await single.http.get("/slack/install")).status_code == 404
