"""Whatever is typed or sent answers with a card or words at a field: nothing crashes, is executed or half written."""

import asyncio
import shutil
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cards.model import Card
from cards.renderers import html, slack, telegram, text
from commands.model import Quoted, Reply
from commands.registry import COMMANDS
from tests.kith import Kith, People, form_of, shown, start, stop

LONG = {"letters": "x" * 10_000, "Chinese": "长" * 10_000, "address": "a@" * 5_000}
ODD = {
    "empty": "",
    "blank": " \t\n ",
    "controls": "\x00\x07\x1b[31mred\x1b[0m\x08\x7f",
    "sql": "'; DROP TABLE customers; --",
    "sql in a name": "Robert'); DELETE FROM tasks WHERE ('1'='1",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "markup": "*bold* _it_ ~x~ `code` [link](javascript:alert(1)) <!channel> <@U123> &amp; <b>",
    "template": "{asked} {0} %s %(x)s ${x} {{7*7}} {name.__class__}",
    "open quote": 'Acme "said',
    "open quotes": "“Acme: 「x",
    "colons": ":::",
    "colon first": ": x",
    "fields": "Acme phone: , industry:: x, stage: ,",
    "unknown fields": "Acme colour: blue, shape: round",
    "right to left": "شركة البحر الأزرق\u202e\u202d",
    "emoji": "👨‍👩‍👧‍👦🏳️‍🌈",
    "zero width": "A\u200bc\u200dm\ufeffe",
    "surrogate": "\ud83d broken",
    "combining": "Z" + "\u0335" * 400,
    "dates": "Acme yesterday 2020-01-01 31 Feb 99:99 13/13/2013",
    "amounts": "Acme 30万 1.2M ¥50k -5 1e999 NaN inf 0x10 ٣٠",
    "per cent": "Acme 101% -1% 1000000%",
    "an id": "0fq2m7x4k9c01",
    "mentions": "Acme @ @@ @nobody @lin@mara",
    "again": "again adding again adding",
    "json": '{"a": 1} again {"visit": null}',
    "path": "../../../etc/passwd",
    "pages": "team 99999999999999999999",
    "newlines": "Acme\nphone: 555 0105\n\n\nstage: lead",
    "half words": "Acme to  给 at 前",
}


def judge(reply: Reply) -> None:
    """It is an answer: not a crash, something to see, and something every platform can show."""
    assert reply.error != "crashed", shown(reply)
    assert reply.cards or reply.form or reply.errors
    for card in (*reply.cards, *([Card(summary="x", blocks=(reply.form,))] if reply.form else [])):
        text.render(card)
        html.render(card, action_url="/press")
        slack.message(card)
        telegram.message(card)


@pytest.fixture(scope="module")
def acme(module_kith: Kith) -> Kith:
    """A customer with one of everything; what the odd lines write is left where it is."""
    kith = module_kith
    kith.say("new customer Acme, phone: 555 0101")
    kith.say("new contact Acme: Ada Bell")
    kith.say("new deal Acme: Cold chain $120k")
    kith.say("task Acme: send the quote tomorrow")
    kith.say("visit Acme: saw them")
    return kith


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_text_behind_every_verb(acme: Kith, odd: str) -> None:
    """Odd text behind every verb, in both languages, alone or after a customer's name, answers."""
    acme.say(f"settings {'en' if len(odd) % 2 else '中文'}")
    for number, command in enumerate(COMMANDS):
        acme.clock.forward(seconds=11)
        verb = (command.verb, command.aliases[-1])[number % 2]
        judge(acme.say(f"{verb} {odd}" if len(odd) % 3 else f"{verb} Acme: {odd}"))
    judge(acme.say(odd))
    acme.say("settings language en")
    assert "Cold chain" in shown(acme.say(f"360 {acme.rows()['customers'][0].id}"))


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_very_long_text(kith: Kith, text: str) -> None:
    """Ten thousand characters behind any verb are answered, and keep nobody waiting for long."""
    kith.say("new customer Acme")
    for command in COMMANDS:
        started = time.process_time()
        judge(kith.say(f"{command.verb} Acme: {text}"))
        assert time.process_time() - started < 1, command.verb


@pytest.mark.parametrize("odd", ["", *list(ODD.values())[2::3], LONG["letters"]])
def test_odd_text_in_every_field(acme: Kith, odd: str) -> None:
    """Odd text in each field of each form is written, or refused at a field of that form, or on a card."""
    edits = [f"edit {records[0].id}" for records in acme.rows().values()]
    assign = f"assign {acme.rows()['customers'][0].id}"
    for line in ("visit", "task", "new customer", "new contact", "new deal", "bind", assign, "settings", *edits):
        opened = acme.say(line)
        for one in form_of(opened).inputs:
            acme.clock.forward(seconds=11)
            judge(acme.submit(opened, {one.name: odd}))
    acme.say("settings language en")
    acme.say("settings zone Shanghai")


@pytest.mark.parametrize("fields", [{}, {"nonsense": "x"}, {"": ""}, {"customer": "Acme", "text": "x", "more": "y"}])
def test_odd_fields_of_a_form(acme: Kith, fields: dict[str, str]) -> None:
    """Fields that the form does not have, or none at all, do no harm."""
    for line in ("visit", "task", "new customer", "new contact", "new deal", "bind", "settings"):
        acme.clock.forward(seconds=11)
        token = form_of(acme.say(line)).token
        judge(acme.run(acme.road.answer_now(acme.incoming(token=token, fields=fields))))


def test_failure_writes_nothing(kith: Kith) -> None:
    """Lines that fail at their end leave nothing of their beginning."""
    kith.say("new customer Acme")
    before = kith.rows()
    for line in (
        "visit Acme: all well, " + "x" * 10_001,
        "task Acme: call yesterday",
        "edit Acme phone: 555 0105, stage: huge",
        "new deal Acme: Renewal 5k, probability: 101",
        "new contact Acme: Ada, email: nope",
        "deal Acme won",
        "adding visit Newco: " + "x" * 10_001,
        "adding task Newco: call yesterday",
    ):
        assert not kith.say(line).ok, line
        assert kith.rows() == before, line


@pytest.mark.parametrize(
    ("typed", "shown_as"),
    [
        ("30万", "CN¥300,000"),
        ("1.2M", "CN¥1,200,000"),
        ("¥50k", "CN¥50,000"),
        ("$120k", "$120,000"),
        ("12,500 EUR", "€12,500"),
        ("5", "CN¥5"),
        ("0", "CN¥0"),
        ("3.999", "CN¥4"),
        ("1,234.5 USD", "$1,234.50"),
    ],
)
def test_amounts_are_read(kith: Kith, typed: str, shown_as: str) -> None:
    """Amounts are read as people type them, in the workspace's currency when none is named."""
    kith.say("new customer Acme")
    added = kith.submit(kith.say("new deal Acme"), {"name": "x", "amount": typed})
    assert shown_as in shown(added)


@pytest.mark.parametrize("typed", ["-5", "1e999", "NaN", "inf", "lots", "9" * 40, "5 apples", "1e17", "$"])
def test_amounts_that_are_none(kith: Kith, typed: str) -> None:
    """What is no amount, or none that a deal can have, stands at its field."""
    kith.say("new customer Acme")
    refused = kith.submit(kith.say("new deal Acme"), {"name": "x", "amount": typed})
    assert list(refused.errors) == ["amount"]
    assert kith.rows()["deals"] == []


def test_names_stay_text(kith: Kith) -> None:
    """A name full of markup and SQL is kept and shown as it was typed, and found by it."""
    name = "<b>Bobby</b> '); DROP TABLE customers;-- & *Co*"
    kith.say(f"new customer {name}")
    assert kith.rows()["customers"][0].name == name
    card = kith.say(f"360 {kith.id_of(name)}").cards[0]
    assert "&lt;b&gt;Bobby&lt;/b&gt;" in html.render(card, action_url="/press")
    assert "<b>Bobby" not in html.render(card, action_url="/press")
    assert kith.say("bobby").ok


def test_invisible_names(kith: Kith) -> None:
    """A name in which nothing can be seen is none; joiners inside an emoji are kept."""
    assert not kith.submit(kith.say("new customer"), {"name": "\u200b\u2060\ufeff"}).ok
    assert not kith.say("new customer \x00\x1b").receipt
    kith.say("new customer 👨‍👩‍👧‍👦 Family")
    assert [customer.name for customer in kith.rows()["customers"]] == ["👨‍👩‍👧‍👦 Family"]


def test_answers_survive_being_kept(acme: Kith) -> None:
    """Whatever was typed, the answer can wait as JSON and come back the same."""
    for odd in ODD.values():
        reply = acme.say(f"visit {odd}")
        assert msgspec.json.decode(msgspec.json.encode(reply), type=Reply) == reply


def test_half_characters_are_taken(acme: Kith) -> None:
    """Half a surrogate pair, as JSON may hold it, is taken for a mark, in a line, a form and a message."""
    acme.carry_out(acme.receive("note Acme: half \ud83d"))
    assert acme.rows()["activities"][-1].text == "half ?"
    form = acme.say("save", quoted=Quoted(text="half \ud83d"))
    assert acme.submit(form, {"customer": acme.rows()["customers"][0].id, "text": "x \ude00"}).ok


# -- any text at all -------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def anybody(settled: tuple[Path, People], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kith]:
    """A Kith to be told anything."""
    path = tmp_path_factory.mktemp("anything") / "kith.db"
    shutil.copyfile(settled[0], path)
    with asyncio.Runner() as runner:
        kith = start(f"sqlite:///{path}", runner, settled[1])
        kith.say("new customer Acme")
        kith.say("new customer 远航科技")
        kith.say("new deal Acme: Cold chain $120k")
        yield kith
        stop(kith)


VOCABULARY = """
    Acme 远航科技 visit 拜访 deal 商机 task 任务 edit won 赢单 tomorrow 明天 3pm 30万 $5k @lin @ : ： , ， phone: 电话：
    stage: " “ again adding / ! 2 -1 undo share bind snooze done assign 给 to new customer settings 中文 English
"""
WORDS = st.sampled_from(VOCABULARY.split())


@settings(deadline=None, max_examples=50, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80))
def test_any_text_never_crashes(anybody: Kith, line: str) -> None:
    """Any text as a line answers."""
    anybody.clock.forward(seconds=11)
    judge(anybody.say(line))


@settings(
    deadline=None, max_examples=150, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(WORDS, min_size=1, max_size=7), st.booleans(), st.sampled_from(["dm", "sales"]))
def test_any_words_never_crash(anybody: Kith, words: list[str], glued: bool, room: str) -> None:  # noqa: FBT001
    """Any row of the words that commands are made of answers, with blanks or without."""
    anybody.clock.forward(seconds=11)
    judge(anybody.say(("" if glued else " ").join(words), room=room))


@settings(deadline=None, max_examples=40, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=70), st.booleans())
def test_any_token_is_refused(anybody: Kith, token: str, with_fields: bool) -> None:  # noqa: FBT001
    """Any text as a button's or form's token is refused, not run."""
    fields = {"text": "x"} if with_fields else None
    reply = anybody.run(anybody.road.answer_now(anybody.incoming(token=token or "x", fields=fields)))
    assert reply.error in {"button_not_yours", "button_expired"}


@pytest.mark.parametrize(
    "line",
    [
        "again " + "[" * 9000,
        "again " + '{"a":' * 2000,
        'again {"text": "\\ud800"} visit Acme',
        "visit Acme: " + "1月" * 4000,
    ],
    ids=["lists in lists", "fields in fields", "half a pair", "thousands of dates"],
)
def test_line_that_wears_out_its_reader_is_answered(acme: Kith, line: str) -> None:
    """What is nested without end, half a character or full of dates has an answer like every other line."""
    reply = acme.say(line)
    assert reply.error != "crashed"
    assert reply.cards or reply.form


@pytest.mark.parametrize(
    ("field", "typed", "error"),
    [
        ("phone", "abc", "not_a_phone"),
        ("phone", "1", "not_a_phone"),
        ("website", "javascript:alert(1)", "not_a_web_address"),
        ("website", "javascript://a.example/%0aalert(1)", "not_a_web_address"),
        ("website", "next door", "not_a_web_address"),
    ],
)
def test_addresses_are_read_as_an_import_reads_them(acme: Kith, field: str, typed: str, error: str) -> None:
    """Adding and editing a customer or a contact, in a line or with a form, refuse what an import refuses."""
    before = acme.rows()
    lines = [f"edit Acme {field}: {typed}", f"new customer Newco, {field}: {typed}"]
    if field == "phone":
        lines.append(f"new contact Acme: Ada, phone: {typed}")
    for line in lines:
        assert acme.say(line).error == error, line
    assert acme.submit(acme.say("edit Acme"), {field: typed}).error == error
    assert acme.rows() == before
    assert acme.say(f"edit Acme {field}: ").ok


def test_unreadable_address_of_old_does_not_lock_the_form(acme: Kith) -> None:
    """A phone that was let in once stays as it is while something else is changed."""
    customer = next(each for each in acme.rows()["customers"] if each.name == "Acme")
    acme.write(lambda work: work.customers.save(replace(customer, phone="abc")))
    assert acme.submit(acme.say("edit Acme"), {"phone": "abc", "industry": "Steel"}).ok
    customer = next(each for each in acme.rows()["customers"] if each.id == customer.id)
    assert (customer.phone, customer.industry) == ("abc", "Steel")
