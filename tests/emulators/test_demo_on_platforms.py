"""``kith demo --platform``: the sample workspace on a stand-in of a chat, typed into and pressed from a page."""

import html
import json
import re
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from bots.emulators.registry import EMULATORS
from tests.bots.processes import Machine

_BUTTON = re.compile(r'<button type="button"([^>]*)>([^<]*)</button>')
_NO_WHISPERS = {"dingtalk", "telegram", "wecom"}  # what is for one person alone is said in their own chat
_DATA = re.compile(r'data-(\w+)="([^"]*)"')


class Page:
    """The page as one person has it open."""

    def __init__(self, address: str, who: str) -> None:
        self.address, self.who, self.seen = address, who, ""
        self.shown: dict[str, str] = {}

    def post(self, what: str, **body: Any) -> None:
        sent = Request(  # noqa: S310 - our own server
            f"{self.address}/{what}?as={self.who}", json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        with urlopen(sent, timeout=30) as answer:  # noqa: S310 - our own server
            assert answer.status == 204

    def until(self, words: str, place: str = "direct") -> str:
        """The place once it says so: the page is told of every change."""
        for _ in range(20):
            if words in self.shown.get(place, ""):
                return self.shown[place]
            with urlopen(f"{self.address}/screen?as={self.who}&seen={self.seen}", timeout=30) as answer:  # noqa: S310
                self.shown = json.loads(answer.read())
            self.seen = self.shown["seen"]
        raise AssertionError(f"no {words!r} in {self.shown[place][-500:]}")

    def press(self, label: str, **fields: str) -> None:
        """The newest button of that label, with what is filled in or chosen beside it."""
        for message in reversed(self.shown["direct"].split('data-message="')[1:]):
            found = [attributes for attributes, shown in _BUTTON.findall(message) if shown == label]
            if found:
                pressed = {name: html.unescape(value) for name, value in _DATA.findall(found[0])}
                self.post("press", message=message.partition('"')[0], **fields, **pressed)
                return
        raise AssertionError(f"no button {label!r}")


@pytest.mark.parametrize("name", EMULATORS)
def test_demo_on_a_platform(name: str, tmp_path: Path) -> None:
    """Typed as a member: a card, a visit with its receipt, undone by its button; a stranger sees nothing of it."""
    with Machine(tmp_path, {"KITH_SLACK_BOT_TOKEN": "xoxb-real", "KITH_SLACK_SIGNING_SECRET": "x"}).serving(
        "demo", "--platform", name
    ) as (_, address):
        demo, stranger = Page(address, "demo"), Page(address, "stranger")
        demo.post("say", text="Acme", place="direct")
        demo.until("Acme Instruments")
        demo.post("say", text="visit Acme: saw <b>the line</b>", place="direct")
        assert "saw &lt;b&gt;the line" in demo.until("Visit logged")
        demo.press("Undo")
        demo.until("Undone")
        stranger.post("say", text="Acme", place="direct")
        assert "Acme Instruments" not in stranger.until("We have not met yet")
        demo.post("say", text="tasks", place="room")
        demo.until("My tasks (", "direct" if name in _NO_WHISPERS else "room")


def test_feishus_forms_are_filled_in_in_their_cards(tmp_path: Path) -> None:
    """The button of a form sends its fields: what is lacking is said with all that was typed, then it is saved."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "feishu") as (_, address):
        demo = Page(address, "demo")
        demo.post("say", text="new customer", place="direct")
        fields = dict.fromkeys(re.findall(r'name="(in\d+_\w+)"', demo.until("Also known as")), "")
        name, region = (next(one for one in fields if one.endswith(end)) for end in ("_name", "_region"))
        demo.press("Save", **(fields | {region: "Oslo"}))
        assert 'value="Oslo"' in demo.until("feishu-toast")
        demo.press("Save", **(fields | {name: "Bluewater & Sons"}))
        assert "Bluewater &amp; Sons" in demo.until("Customer added")


def test_wecoms_menu_and_lists_are_pressed(tmp_path: Path) -> None:
    """An entry of the menu runs its line, a list's button what is chosen in the list, and forms ask one by one."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "wecom") as (_, address):
        demo = Page(address, "demo")
        demo.until("My tasks")
        demo.press("My tasks")
        (first, *_) = re.findall(r'<option value="([^"]*)"[^>]*>1 Done<', demo.until(">1 Done<"))
        demo.press("Do it", choose=html.unescape(first))
        demo.until("Task done")
        demo.press("New customer")
        demo.until("Name")
        demo.post("say", text="/cancel", place="direct")
        demo.until("nothing was saved")


def test_form_in_teams(tmp_path: Path) -> None:
    """A form opens as a dialog; what is filled in is logged, of the customer who is called so."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "teams") as (_, address):
        demo = Page(address, "demo")
        demo.post("say", text="visit", place="direct")
        demo.until("Fill in…")
        demo.press("Fill in…")
        demo.until('name="in1"', "form")
        demo.post("submit", in0="Acme Instruments", in1="They liked the new line")
        demo.until("Visit logged")
        assert not demo.shown["form"]


def test_form_in_dingtalk(tmp_path: Path) -> None:
    """A form is fields in a card; what is filled in is logged, and the fields are gone."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "dingtalk") as (_, address):
        demo = Page(address, "demo")
        demo.post("say", text="visit", place="direct")
        demo.until('name="field-customer"')
        demo.press("Log it", **{"field-customer": "Acme Instruments", "field-text": "They liked the new line"})
        demo.until("Visit logged")
        assert 'name="field-customer"' not in demo.shown["direct"]


def test_only_this_machines_pages_reach_it(tmp_path: Path) -> None:
    """A page of somebody else's, by whatever name, is refused."""
    with Machine(tmp_path, {}).serving("demo", "--platform", "slack") as (_, address):
        for headers in ({"Host": "evil.example"}, {"Origin": "http://evil.example"}):
            with pytest.raises(HTTPError, match="403"):
                urlopen(Request(f"{address}/screen", headers=headers), timeout=30)  # noqa: S310 - our own server


def test_unknown_platform_is_named(tmp_path: Path) -> None:
    """A platform that there is no stand-in of is named, with those that there are."""
    failed = Machine(tmp_path, {}).kith("demo", "--platform", "pigeon", "--port", "0")
    assert failed.returncode == 1
    assert ", ".join(EMULATORS) in failed.stderr
