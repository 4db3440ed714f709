"""A visit, call, meeting or note keeps every word, and what the line says of people, days, tasks and deals."""

import pytest

from tests.kith import Kith, labels_of, shown


@pytest.fixture
def kith(sqlite_kith: Kith) -> Kith:
    """A customer of each language, each with a contact."""
    sqlite_kith.say("new customer Blue Harbor")
    sqlite_kith.say("new contact Blue Harbor: Tom Jones")
    sqlite_kith.say("new customer 远航科技")
    sqlite_kith.say("new contact 远航科技：林晓 采购经理 13800000000")
    return sqlite_kith


@pytest.mark.parametrize(
    ("verb", "kind", "said"),
    [
        ("visit", "visit", "Visit logged"),
        ("visited", "visit", "Visit logged"),
        ("call", "call", "Call logged"),
        ("meeting", "meeting", "Meeting logged"),
        ("met", "meeting", "Meeting logged"),
        ("note", "note", "Note kept"),
        ("save", "message", "Message saved"),
        ("拜访", "visit", "Visit logged"),
        ("电话", "call", "Call logged"),
        ("会议", "meeting", "Meeting logged"),
        ("备注", "note", "Note kept"),
        ("保存", "message", "Message saved"),
    ],
)
def test_each_verb_keeps_its_kind(kith: Kith, verb: str, kind: str, said: str) -> None:
    """Every verb logs its own kind of activity, by the member, with the customer, now."""
    assert said in shown(kith.say(f"{verb} Blue Harbor: all well"))
    (activity,) = kith.rows()["activities"]
    assert (activity.kind, activity.text) == (kind, "all well")
    assert activity.author_id == kith.people.members["mara"].id
    assert activity.happened_at == kith.clock.now()


TEXTS = [
    "saw the warehouse, send the quote next Tue 3pm",
    "Tom Jones said: “5 a piece, not more” — 10% off?",
    "第一行\n第二行\t有制表",
    "<b>bold</b> & *stars* _under_ `code` [link](http://x.example) ~x~ |y|",
    "'; DROP TABLE customers; --",
    "عميل جديد 👨‍👩‍👧‍👦 ok",
    "x" * 10_000,
]


@pytest.mark.parametrize("text", TEXTS)
def test_every_word_is_kept(kith: Kith, text: str) -> None:
    """The note holds the whole text as it was typed, whatever was read out of it."""
    kith.say(f"note Blue Harbor: {text}")
    assert kith.rows()["activities"][0].text == text.replace("\t", "\t").strip()


def test_too_long_is_told(kith: Kith) -> None:
    """A note beyond ten thousand characters is refused with the limit, and nothing is kept of it."""
    refused = kith.say("note Blue Harbor: " + "x" * 10_001)
    assert refused.error == "too_long"
    assert "10,000" in shown(refused)
    assert kith.rows()["activities"] == []


@pytest.mark.parametrize(
    ("line", "when"),
    [
        ("visit Blue Harbor: all well", "today 10:00"),
        ("visit Blue Harbor: saw them yesterday", "yesterday 12:00"),
        ("call Blue Harbor: yesterday 3pm, they want 20 units", "yesterday 15:00"),
        ("visit Blue Harbor: was there on friday, all well", "Fri 6 Mar 12:00"),
        ("拜访 远航科技 昨天谈得不错", "yesterday 12:00"),
        ("拜访 远航科技 昨天下午三点谈得不错", "yesterday 15:00"),
    ],
)
def test_day_it_happened(kith: Kith, line: str, when: str) -> None:
    """A day, and its time, that the line says of the past is when it happened."""
    assert f"When           {when}" in shown(kith.say(line))


@pytest.mark.parametrize(
    ("line", "title", "due"),
    [
        ("visit Blue Harbor: saw them, send the quote next Tue 3pm", "send the quote", "Tue 17 Mar 15:00"),
        ("call Blue Harbor: price is fine, call back Friday", "call back", "Fri 13 Mar"),
        ("visit Blue Harbor: all well; follow up in 3 days", "Follow up with Blue Harbor", "Thu 12 Mar"),
        ("拜访 远航科技 谈报价 下周三跟进", "跟进 远航科技", "Wed 18 Mar"),
        ("拜访 远航科技 谈得不错，明天发资料", "发资料", "tomorrow"),
    ],
)
def test_follow_up_is_a_task(kith: Kith, line: str, title: str, due: str) -> None:
    """What the line says comes next is a task of the member's with its day; the receipt says it once."""
    said = shown(kith.say(line))
    (task,) = kith.rows()["tasks"]
    assert task.title == title
    assert due in said
    assert "Next step" not in said
    assert task.activity_id == kith.rows()["activities"][0].id


def test_no_next_step_is_asked_for(kith: Kith) -> None:
    """A visit without a next step offers to plan one; a note does not."""
    assert "Plan the next step" in labels_of(kith.say("visit Blue Harbor: all well"))
    assert "Plan the next step" not in labels_of(kith.say("note Blue Harbor: all well"))


def test_people_take_part(kith: Kith) -> None:
    """Contacts of the customer whose names are said took part."""
    assert "With           Tom Jones" in shown(kith.say("visit Blue Harbor: saw Tom Jones"))
    assert "With           林晓" in shown(kith.say("拜访 远航科技 林晓 谈报价"))
    assert "With" not in shown(kith.say("visit Blue Harbor: asked about 林晓"))


def test_amount_is_offered_and_not_assumed(kith: Kith) -> None:
    """An amount or a stage in a note is offered for the deal; nothing is changed until it is pressed."""
    logged = kith.say("visit Blue Harbor: they will pay $30k, sent the quote")
    assert "Open a deal of $30,000" in labels_of(logged)
    assert kith.rows()["deals"] == []
    opened = kith.press(logged, "Open a deal of $30,000")
    assert "$30,000" in shown(opened)
    again = kith.say("call Blue Harbor: they will pay $35k, sent the quote")
    assert "$30,000 → $35,000" in shown(kith.press(again, "Set “Blue Harbor” to $35,000"))
    assert "Lead → Quote" in shown(kith.press(again, "Move “Blue Harbor” to Quote"))


def test_contact_is_read_from_a_line(kith: Kith) -> None:
    """A person's name, title, telephone and e-mail are typed in one line."""
    for line in (
        "new contact Blue Harbor: Ada Bell, head of buying, ada@blue.example, +1 555 0100",
        "new contact Blue Harbor: Ada Bell +1 555 0100 <ada@blue.example>, head of buying",
        "new contact Ada Bell at Blue Harbor, title: head of buying, phone: +1 555 0100, email: ada@blue.example",
    ):
        added = kith.say(line)
        contact = kith.rows()["contacts"][-1]
        assert (contact.name, contact.title, contact.phone, contact.email) == (
            "Ada Bell", "head of buying", "+1 555 0100", "ada@blue.example",
        )  # fmt: skip
        kith.press(added, "Undo")
    chinese = kith.rows()["contacts"][1]
    assert (chinese.name, chinese.title, chinese.phone) == ("林晓", "采购经理", "13800000000")


def test_contact_is_edited_by_name(kith: Kith) -> None:
    """A person's name edits the person, not the company."""
    kith.say("edit Tom Jones phone: 555 0199")
    assert kith.rows()["contacts"][0].phone == "555 0199"
    assert kith.rows()["customers"][0].phone == ""


def test_several_people_are_asked_about(kith: Kith) -> None:
    """A name that two people bear is a choice, and completes the line for the one that was meant."""
    kith.say("new contact 远航科技：Tom Jones")
    asked = kith.say("edit Tom Jones phone: 555 0199")
    assert asked.error == "ambiguous"
    assert kith.press(asked, "This one").ok
    assert sorted(contact.phone for contact in kith.rows()["contacts"] if contact.name == "Tom Jones") == [
        "",
        "555 0199",
    ]
