"""A whole line is understood against what is known: what it is, whom it names, who is new."""

from datetime import datetime

import pytest

from core.capture.known import roster_of
from core.capture.understanding import Understood, understand

NOW = datetime(2026, 3, 4, 10, 30)  # noqa: DTZ001 - a member's wall time; a Wednesday
ROSTER = roster_of(
    [
        "Blue Harbor Logistics Ltd",
        "Redwood Mutual",
        "Call Center One",
        "远航科技有限公司",
        "上海金桥物流集团",
        "云杉银行",
    ],
    {
        "Blue Harbor Logistics Ltd": ["Tom Jones", "Ada Bell"],
        "Redwood Mutual": ["Tom Hale"],
        "远航科技有限公司": ["林晓", "王大海"],
        "上海金桥物流集团": ["王小川", "王立"],
    },
    ["@lin", "@王芳"],
)


def read(text: str) -> Understood:
    return understand(text, NOW, "zh_CN" if any("\u3400" <= char <= "\u9fff" for char in text) else "en", ROSTER)


@pytest.mark.parametrize(("text", "intent"), [
    ("visited Blue Harbor", "visit"), ("dropped by Redwood this morning", "visit"),
    ("Redwood on-site, all well", "visit"),
    ("called Redwood", "call"), ("Redwood called, all well", "call"), ("tel redwood no answer", "call"),
    ("lunch w/ Ada Bell", "meeting"), ("met w/ Tom Jones", "meeting"), ("good demo at Redwood", "meeting"),
    ("note: Redwood prefers email", "note"), ("emailed Redwood the deck", "note"),
    ("Redwood moved its office", "note"),
    ("call Ada", "task"), ("call Redwood tomorrow", "task"), ("remind me to visit Redwood on Friday", "task"),
    ("ping Redwood", "task"), ("Redwood kickoff next Monday", "task"), ("follow up next Tue", "task"),
    ("won Redwood $20k", "deal"), ("Redwood lost on price", "deal"), ("quoted Redwood 20k", "deal"),
    ("Redwood", "lookup"), ("redwood mutual?", "lookup"), ("show me Redwood", "lookup"), ("Tom Jones", "lookup"),
    ("Ada Bell phone number", "lookup"), ("Call Center One", "lookup"), ("who is our contact at Redwood?", "lookup"),
    ("thanks!", "none"), ("lunch anyone?", "none"), ("see you tomorrow", "none"), ("great demo, team", "none"),
    ("拜访了远航", "visit"), ("去了一趟金桥", "visit"), ("远航 上门 谈合同", "visit"),
    ("打了电话给远航", "call"), ("林晓来电 催样品", "call"), ("远航 微信聊了 价格没问题", "call"),
    ("见了林晓", "meeting"), ("跟远航开会 讨论续约", "meeting"), ("和林晓吃了个饭", "meeting"),
    ("备注 远航 对手也在报价", "note"), ("远航换地址了", "note"),
    ("明天拜访远航", "task"), ("约了林晓周五喝咖啡", "task"), ("打电话给林晓", "task"), ("远航那边催一下", "task"),
    ("赢单 远航 50万", "deal"), ("远航丢单了", "deal"), ("给远航报价80万", "deal"), ("云行黄了", "deal"),
    ("远航", "lookup"), ("查一下远航", "lookup"), ("林晓的电话是多少", "lookup"), ("远航怎么样了", "lookup"),
    ("收到", "none"), ("中午吃啥", "none"), ("会议室谁在用", "none"), ("周报明天交", "none"),
])  # fmt: skip
def test_intent(text: str, intent: str) -> None:
    """What has happened is an activity, what is planned a task; a bare name is looked up, chatter is nothing."""
    assert read(text).intent == intent


@pytest.mark.parametrize(("text", "customer"), [
    ("visited blue harbor logistics", "Blue Harbor Logistics Ltd"),
    ("visited Blue Harbor", "Blue Harbor Logistics Ltd"),
    ("visited Blue Harbour Logistcs", "Blue Harbor Logistics Ltd"), ("visited redwoood", "Redwood Mutual"),
    ("Redwood's CFO called", "Redwood Mutual"), ("met Ada Bell", "Blue Harbor Logistics Ltd"),
    ("visited Redwood and then called Blue Harbor", "Redwood Mutual"), ("visited Greenfield", None),
    ("拜访远航", "远航科技有限公司"), ("拜访遠航科技", "远航科技有限公司"), ("拜访金桥物流", "上海金桥物流集团"),
    ("拜访金侨物流", "上海金桥物流集团"), ("visited yuanhang", "远航科技有限公司"), ("云行来电", "云杉银行"),
    ("见了林晓", "远航科技有限公司"), ("拜访上海的客户", None),
])  # fmt: skip
def test_customer(text: str, customer: str | None) -> None:
    """In full, in short, misspelt, by its sound, in traditional characters, or by somebody who works there."""
    found = read(text).customer
    assert (found and found.name) == customer


@pytest.mark.parametrize(("text", "contacts", "new"), [
    ("met Tom at Blue Harbor", ["Tom Jones"], []), ("met Tom at Redwood", ["Tom Hale"], []), ("met Tom", [], ["Tom"]),
    ("met Ada and Tom, Blue Harbor", ["Ada Bell", "Tom Jones"], []),
    ("saw Mr. Jones at Blue Harbor", ["Tom Jones"], []),
    ("met Tom Hicks at Blue Harbor", [], ["Tom Hicks"]), ("met Dr. Quinn at Redwood", [], ["Dr. Quinn"]),
    ("Redwood: met the new CFO Dana Reed", [], ["Dana Reed"]), ("met sue park at redwood", [], ["sue park"]),
    ("met Tom Jones, Ann and Bob at Blue Harbor", ["Tom Jones"], ["Ann", "Bob"]),
    ("Called Redwood On Monday, Great Call", [], []), ("visited Redwood in New York", [], []),
    ("拜访远航 林晓", ["林晓"], []), ("拜访远航 王总", ["王大海"], []), ("拜访金桥 王总", [], []),
    ("拜访远航 李总", [], ["李总"]),
    ("拜访远航 周小敏 谈报价", [], ["周小敏"]), ("远航新来的采购周敏聊了二期", [], ["周敏"]),
    ("和林晓、老高吃饭", ["林晓"], ["老高"]),
    ("拜访远航 方案通过了", [], []), ("拜访远航 高度认可", [], []), ("远航 王工作很忙 打了电话", [], []),
])  # fmt: skip
def test_people(text: str, contacts: list[str], new: list[str]) -> None:
    """Known by name, first name, surname and title; new with a whole name, a title or a role; places are nobody."""
    found = read(text)
    assert [person.name for person in found.contacts] == contacts
    assert list(found.new_contacts) == new


def test_choices() -> None:
    """A name that several customers begin with means none of them surely."""
    roster = roster_of(["Harbor North", "Harbor South"], {})
    found = understand("called Harbor", NOW, "en", roster)
    assert found.customer is None
    assert [company.name for company in found.choices] == ["Harbor North", "Harbor South"]


@pytest.mark.parametrize(("text", "unknown"), [
    ("met Zhang San at Kingfisher, all well", "Kingfisher"), ("lunch at Noon", ""), ("拜访了翠鸟科技", "翠鸟科技"),
    ("met Ada at Blue Harbor", ""),
])  # fmt: skip
def test_unknown_company(text: str, unknown: str) -> None:
    """What stands where a customer would and is not known."""
    assert read(text).unknown_company == unknown


def test_members_are_called_as_they_are_known() -> None:
    """A mention comes back as the member's handle; of a glued Chinese one the handle alone."""
    assert read("远航 @LIN @王芳跟进 @somebody").captured.mentions == ("@lin", "@王芳", "@somebody")


def test_settled_parts_are_not_guessed() -> None:
    """What a verb or a choice has settled stands."""
    company = next(iter(ROSTER.companies))
    found = understand("lunch with Tom", NOW, "en", ROSTER, kind="call", customer=company)
    assert (found.intent, found.customer, [person.name for person in found.contacts]) == (
        "call",
        company,
        ["Tom Jones"],
    )


@pytest.mark.parametrize("text", ["", " ", "@", "：", "a" * 5000, "拜访" * 500, "🙂🙂", "\u0000", "王总" * 200])
def test_any_text_is_read(text: str) -> None:
    """Nothing that can be typed breaks the reading."""
    assert read(text).captured.body == text
