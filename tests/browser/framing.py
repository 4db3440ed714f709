"""Kith by https as platforms show it, and the platforms' own pages: they sign, they frame, they send events."""

import json
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from playwright.sync_api import BrowserContext, FrameLocator, Page, Route

from adapters.hosts.model import Host, Proven, Seat
from adapters.hosts.tickets import OPEN_PATH, Tickets
from adapters.slack.flexpane import ANCESTORS
from adapters.telegram.mini_app import MiniApp
from adapters.web import rooms
from adapters.web.config import WebConfig
from core.actor import Role, Scope
from core.conversations.suggesting import Clues
from core.members.model import Identity, Member
from core.members.service import add_member
from core.work import Work
from tests.adapters.web.telegram_signing import PUBLIC_KEY, TOKEN, init_data
from tests.browser.serving import KEY, Server, SystemClock
from tests.browser.teams_host import TENANT, teams_tab

# What each platform's page gives its frame.
_TELEGRAM_SANDBOX = "allow-scripts allow-same-origin allow-popups allow-forms allow-modals"
_SLACK_SANDBOX = "allow-scripts allow-same-origin allow-forms allow-popups"
LIGHT, DARK = {"bg_color": "#ffffff"}, {"bg_color": "#17212b"}


class SlackPane:
    """Slack's pane without a Slack to ask: entered by tickets, it knows one guest's address."""

    name = "slack"
    ancestors = ANCESTORS
    script = ""
    script_sources = ()
    agents = ()

    async def prove(self, _proof: Any) -> Proven | None:
        return None

    async def clues(self, _seat: Seat) -> Clues:
        return Clues(emails=("ada@northwind.example",))


class FramedServer(Server):
    """The page for whoever a host brings; nobody is let in by address as in the demo."""

    scheme = "https"

    def __init__(self, url: str, folder: Path) -> None:
        self._folder = folder
        _write_certificate(folder)
        super().__init__(url)

    def _config(self) -> WebConfig:
        return WebConfig(secret_key=KEY, public_url=self.address)

    def _hosts(self) -> list[Host]:
        tab = teams_tab(self.address, SystemClock())
        return [MiniApp(TOKEN, SystemClock(), key=PUBLIC_KEY), SlackPane(), tab]

    def _tls(self) -> dict[str, Any]:
        return {"ssl_certfile": str(self._folder / "cert.pem"), "ssl_keyfile": str(self._folder / "key.pem")}

    def colleague(self, number: int, language: str = "en", role: Role = Role.REP) -> Member:
        """A new member whom Telegram, Slack and Teams know by this number."""

        def hire(work: Work) -> Member:
            name = f"李晓{number}" if language == "zh_Hans" else f"Robin Reed {number}"
            member = add_member(
                work, self.workspace_id, handle=f"framed{number}", name=name, language=language, role=role
            )
            for platform, tenant in (("telegram", ""), ("slack", ""), ("teams", TENANT)):
                work.members.tie(Identity(platform, tenant, str(number)), member, work.now)
            rooms.settle(work, member)
            return member

        return self.write(hire)

    def ticket(self, number: int, customer: str = "", conversation: str = "") -> str:
        """Where Slack's pane is sent for this person."""
        seat = Seat(identity=Identity("slack", "", str(number)), conversation=conversation)
        text = Tickets(KEY).write("slack", seat, datetime.now(UTC), customer=customer)
        return f"{self.address}{OPEN_PATH}?t={text}"

    def customer(self, name: str) -> str:
        """The id of a customer of the sample."""
        scope = Scope(self.workspace_id, everything=True)
        return self.read(lambda work: work.names.exact(scope, (name,))[name][0].customer_id)


def _write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(plain)


def host_page(context: BrowserContext, origin: str, address: str, sandbox: str) -> Page:
    """A page at ``origin`` that frames ``address``, and can send its frame an event."""
    html = f"""<!doctype html><title>host</title><link rel="icon" href="data:,">
<style>body{{margin:0}}iframe{{border:0;width:100vw;height:100vh}}</style>
<iframe name="kith" sandbox="{sandbox}" src="{address.replace("&", "&amp;").replace('"', "&quot;")}"></iframe>"""

    def answer(route: Route) -> None:
        route.fulfill(body=html, content_type="text/html; charset=utf-8")

    context.route(f"{origin}/**", answer)
    page = context.new_page()
    page.goto(f"{origin}/host")
    return page


def telegram_page(
    context: BrowserContext, server: FramedServer, user: int, *, colours: dict[str, str] = LIGHT, **signed: Any
) -> tuple[Page, FrameLocator]:
    """Telegram in a browser with the Mini App open in it."""
    proof = init_data(user, datetime.now(UTC), **signed)
    given = urlencode({"tgWebAppData": proof, "tgWebAppThemeParams": json.dumps(colours), "tgWebAppVersion": "9.1"})
    address = f"{server.address}/sidebar/in/telegram#{given}"
    page = host_page(context, "https://web.telegram.org", address, _TELEGRAM_SANDBOX)
    return page, page.frame_locator("iframe")


def slack_page(context: BrowserContext, address: str) -> tuple[Page, FrameLocator]:
    """Slack with the side pane open in it."""
    page = host_page(context, "https://app.slack.com", address, _SLACK_SANDBOX)
    return page, page.frame_locator("iframe")


def send_theme(page: Page, colours: dict[str, str]) -> None:
    """Telegram changes its colours while the Mini App is open."""
    event = json.dumps({"eventType": "theme_changed", "eventData": {"theme_params": colours}})
    page.evaluate("(event) => document.querySelector('iframe').contentWindow.postMessage(event, '*')", event)
