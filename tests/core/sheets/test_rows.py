"""A row becomes typed values, or exact errors, and a bad row leaves the next one alone."""

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.activities.model import ActivityKind
from core.contacts.model import Decision
from core.customers.model import Lifecycle
from core.deals.model import DealStage
from core.money import Money
from core.sheets import Cell, Row, RowRead, RowReader, SheetKind, guess_columns, read_row
from core.tasks.model import Priority

NOW = datetime(2026, 11, 18, 10, 30, tzinfo=ZoneInfo("Asia/Shanghai"))  # a Wednesday


def read(kind: str, headers: str, *row: Cell, locale: str = "zh_CN", sample: tuple[Row, ...] = ()) -> RowRead:
    mapping = guess_columns(SheetKind(kind), headers.split("|"), [*sample, row])
    return read_row(mapping, row, NOW, locale)


def reasons(row: RowRead) -> list[tuple[str, str]]:
    return [(error.field, error.reason) for error in row.errors]


def test_customer_is_read() -> None:
    """Every field of a customer, and what Kith has no field for under its header."""
    row = read(
        "customers",
        "编号|公司名称|别名|行业|规模|省份|城市|负责人|团队|客户阶段|手机|电话|网址|地址|标签|备注",
        *(
            "C-1",
            " 华为技术\u3000有限公司 ",
            "华为；Huawei | HW、华为",
            "通信",
            "1000人以上",
            "广东",
            "深圳",
            "@wei",
            "华南",
            "签约客户",
        ),
        *("138 0013 8000", "0755-12345678", "www.example.com", "坂田", "#重点，老客户", "喜欢喝茶\n不抽烟"),
    )
    assert row.errors == ()
    assert row.values == {
        "external_id": "C-1",
        "name": "华为技术 有限公司",
        "aliases": ("华为", "Huawei", "HW"),
        "industry": "通信",
        "size": "1000人以上",
        "region": "广东 深圳",
        "owner": "@wei",
        "team": "华南",
        "stage": Lifecycle.CUSTOMER,
        "phone": "138 0013 8000",
        "website": "www.example.com",
        "address": "坂田",
        "tags": ("重点", "老客户"),
    }
    assert row.extra == {"电话": "0755-12345678", "备注": "喜欢喝茶\n不抽烟"}


def test_contact_is_read() -> None:
    """A contact, with the name in one column or two, in the order of its script."""
    row = read(
        "contacts",
        "客户|姓|名|职位|手机|邮箱|微信|决策权",
        "华为",
        "欧阳",
        "小明",
        "总监",
        13800138000.0,
        "a@example.com",
        "wx_1",
        "拍板人",
    )
    assert row.values["name"] == "欧阳小明"
    assert row.values["phone"] == "13800138000"
    assert row.values["decision"] is Decision.DECIDER
    english = read("contacts", "Company|First Name|Last Name|Email", "Acme", "Ada", "Byron", "Ada <ada@example.com>")
    assert english.values == {"customer": "Acme", "name": "Ada Byron", "email": "ada@example.com"}


@pytest.mark.parametrize(
    ("amount", "currency", "money"),
    [
        ("30万", None, Money(30_000_000, "CNY")),
        ("1,200.50", "USD", Money(120_050, "USD")),
        ("1.234,5", "欧元", Money(123_450, "EUR")),
        ("$1.2M", None, Money(120_000_000, "USD")),
        ("￥１２００", None, Money(120_000, "CNY")),
        (1200, "日元", Money(1200, "JPY")),
        (99.99, "€", Money(9999, "EUR")),
        (Decimal("0.1"), "usd", Money(10, "USD")),
        ("0", None, Money(0, "CNY")),
    ],
)
def test_amounts_have_their_currency(amount: Cell, currency: str | None, money: Money) -> None:
    """The amount's own currency, else its row's, else the workspace's."""
    row = read("deals", "金额|客户|商机|币种", amount, "华为", "扩容", currency)
    assert row.errors == ()
    assert row.values["amount"] == money
    assert "currency" not in row.values


def test_header_unit_holds_for_bare_numbers() -> None:
    """30 below 金额（万元） is 300,000 yuan; what says its own unit keeps it."""
    assert read("deals", "客户|商机|金额（万元）", "a", "b", "30").values["amount"] == Money(30_000_000, "CNY")
    assert read("deals", "客户|商机|金额（万元）", "a", "b", 12.5).values["amount"] == Money(12_500_000, "CNY")
    assert read("deals", "客户|商机|金额（万元）", "a", "b", "3亿").values["amount"] == Money(30_000_000_000, "CNY")
    assert read("deals", "Company|Deal|Amount (USD)", "a", "b", "1,000").values["amount"] == Money(100_000, "USD")


@pytest.mark.parametrize(
    ("cell", "sample", "per_cent"),
    [
        ("60%", (), 60),
        ("60", (), 60),
        ("0.6", (), 60),
        (0.6, (), 60),
        ("６０％", (), 60),
        (1.0, (0.5,), 100),
        ("1", (), 1),
        (0, (), 0),
    ],
)
def test_shares_are_per_cent(cell: Cell, sample: tuple[Cell, ...], per_cent: int) -> None:
    """60, 60% and 0.6 are the same; 1 is everything where the column is written in fractions."""
    headers = "客户|商机|概率"
    row = read("deals", headers, "a", "b", cell, sample=tuple(("a", "b", other) for other in sample))
    assert row.values["probability"] == per_cent


@pytest.mark.parametrize(
    ("word", "stage"),
    [
        ("赢单", DealStage.WON),
        ("Closed Won", DealStage.WON),
        ("closed-lost", DealStage.LOST),
        ("5. 商务谈判", DealStage.NEGOTIATION),
        ("Proposal/Price Quote", DealStage.QUOTE),
        ("報價", DealStage.QUOTE),
        ("需求确认", DealStage.QUALIFIED),
        ("won", DealStage.WON),
        ("LEAD", DealStage.LEAD),
    ],
)
def test_stage_words_of_both_languages(word: str, stage: DealStage) -> None:
    """Stages as other systems and hand-made sheets call them."""
    assert read("deals", "客户|商机|阶段", "a", "b", word).values["stage"] is stage


@pytest.mark.parametrize(
    ("cell", "locale", "day"),
    [
        ("2026-12-05", "en_US", date(2026, 12, 5)),
        ("2026/12/5", "en_US", date(2026, 12, 5)),
        ("2026.12.5 00:00:00", "en_US", date(2026, 12, 5)),
        ("2026年12月5日", "zh_CN", date(2026, 12, 5)),
        ("20261205", "zh_CN", date(2026, 12, 5)),
        ("3/4/2026", "en_US", date(2026, 3, 4)),
        ("3/4/2026", "en_GB", date(2026, 4, 3)),
        ("13/4/2026", "en_US", date(2026, 4, 13)),
        ("4.3.26", "de_DE", date(2026, 3, 4)),
        (date(2026, 12, 5), "zh_CN", date(2026, 12, 5)),
        (datetime(2026, 12, 5), "zh_CN", date(2026, 12, 5)),  # noqa: DTZ001 - as a spreadsheet has it
        ("下周五", "zh_CN", date(2026, 11, 27)),
        ("tomorrow", "en_US", date(2026, 11, 19)),
        ("Dec 5, 2026", "en_US", date(2026, 12, 5)),
        ("月底", "zh_CN", date(2026, 11, 30)),
    ],
)
def test_days_are_read(cell: Cell, locale: str, day: date) -> None:
    """ISO, numbers in the locale's order, a spreadsheet's own, and what people write."""
    assert read("deals", "客户|商机|预计成交", "a", "b", cell, locale=locale).values["close_on"] == day


def test_moments_are_instants_of_the_sheets_zone() -> None:
    """A local time becomes UTC; a day alone is its noon; an offset is kept to."""
    headers = "客户|内容|日期|类型|联系人"

    def at(cell: Cell) -> object:
        row = read("activities", headers, "华为", "谈报价", cell, "拜访", "张三、李四")
        assert row.values["kind"] is ActivityKind.VISIT
        assert row.values["contacts"] == ("张三", "李四")
        return row.values["happened_at"]

    assert at("2026-11-01 15:30") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert at("2026/11/1 3:30:00 PM") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert at("2026-11-01T07:30:00Z") == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
    assert at("2026-11-01T07:30:00.123+01:00") == datetime(2026, 11, 1, 6, 30, 0, 123_000, tzinfo=UTC)
    assert at("2026-11-01") == datetime(2026, 11, 1, 4, 0, tzinfo=UTC)
    assert at(datetime(2026, 11, 1, 15, 30)) == datetime(2026, 11, 1, 7, 30, tzinfo=UTC)  # noqa: DTZ001
    assert at("昨天") == datetime(2026, 11, 17, 4, 0, tzinfo=UTC)


def test_task_is_due_on_a_day_or_at_a_time() -> None:
    """A time of day makes an instant beside the day."""
    headers = "标题|截止时间|优先级|是否完成|客户"
    row = read("tasks", headers, "寄合同", "2026-12-05 17:00", "紧急", "未完成", "华为")
    assert row.values == {
        "title": "寄合同",
        "due_on": date(2026, 12, 5),
        "due_at": datetime(2026, 12, 5, 9, 0, tzinfo=UTC),
        "priority": Priority.HIGH,
        "done": False,
        "customer": "华为",
    }
    assert "due_at" not in read("tasks", headers, "寄合同", "2026-12-05", "低", True, "").values


@pytest.mark.parametrize(
    ("kind", "headers", "row", "expected"),
    [
        ("customers", "Name|Phone", ("Acme", "1.38E+10"), [("phone", "phone_cut_short")]),
        ("customers", "Name|Phone", ("Acme", "call me"), [("phone", "not_a_phone")]),
        ("customers", "Name|Website", ("Acme", "none yet"), [("website", "not_a_web_address")]),
        ("customers", "Name|Phone", ("", "138"), [("name", "missing")]),
        ("customers", "Name|Phone", ("x" * 201, ""), [("name", "too_long")]),
        ("customers", "Name|Phone", ("Acme", "", "surplus"), [("", "too_many_cells")]),
        ("contacts", "Company|Name|Email", ("Acme", "Li", "li@"), [("email", "not_an_email")]),
        (
            "contacts",
            "Company|Name|Email",
            ("Acme", "Li", "a@example.com; b@example.com"),
            [("email", "several_emails")],
        ),
        ("contacts", "Company|Name", (None, None), [("customer", "missing"), ("name", "missing")]),
        ("deals", "Company|Deal|Amount", ("Acme", "d", "a lot"), [("amount", "unknown_amount")]),
        ("deals", "Company|Deal|Amount", ("Acme", "d", "-5"), [("amount", "out_of_range")]),
        ("deals", "Company|Deal|Amount", ("Acme", "d", "(1,200)"), [("amount", "out_of_range")]),
        ("deals", "Company|Deal|Amount", ("Acme", "d", "9" * 30), [("amount", "out_of_range")]),
        ("deals", "Company|Deal|Amount|Currency", ("Acme", "d", "5", "shells"), [("currency", "unknown_currency")]),
        ("deals", "Company|Deal|Probability", ("Acme", "d", "160%"), [("probability", "out_of_range")]),
        ("deals", "Company|Deal|Probability", ("Acme", "d", "high"), [("probability", "not_a_number")]),
        ("deals", "Company|Deal|Close Date", ("Acme", "d", "2026-02-30"), [("close_on", "unknown_date")]),
        ("deals", "Company|Deal|Close Date", ("Acme", "d", "soon"), [("close_on", "unknown_date")]),
        ("deals", "Company|Deal|Close Date", ("Acme", "d", "every Monday"), [("close_on", "unknown_date")]),
        ("activities", "Company|Notes|Date", ("Acme", "n", "2027-01-01"), [("happened_at", "in_future")]),
    ],
)
def test_errors_are_exact(kind: str, headers: str, row: Row, expected: list[tuple[str, str]]) -> None:
    """Each bad cell is named with its field and reason; the rest of the row is read all the same."""
    assert reasons(read(kind, headers, *row)) == expected


def test_unknown_choice_names_the_field_and_the_header() -> None:
    """One odd word in a column of stages is an error of that row alone, and its value stays out of what is printed."""
    reader = RowReader(guess_columns(SheetKind.DEALS, ["客户", "商机", "阶段"], [("a", "b", "赢单")]), NOW, "zh_CN")
    (error,) = reader(("a", "b", "某种秘密")).errors
    assert (error.field, error.reason, error.header, error.value) == ("stage", "unknown_choice", "阶段", "某种秘密")
    assert "秘密" not in repr(error)
    assert reader(("a", "b", "输单")).errors == ()


@pytest.mark.parametrize("nothing", ["", None, " ", "-", "N/A", "无", "暂无", "NULL"])
def test_empty_cell_says_nothing(nothing: Cell) -> None:
    """What people write where there is nothing is no value and no error."""
    row = read("customers", "Name|Phone|Website|Stage|Notes", "Acme", nothing, nothing, nothing, nothing)
    assert (row.values, row.extra, row.errors) == ({"name": "Acme"}, {}, ())


def test_short_rows_are_read_as_far_as_they_go() -> None:
    """A spreadsheet may leave out trailing empty cells."""
    assert read("customers", "Name|Phone|Website", "Acme").values == {"name": "Acme"}


def test_second_phone_fills_in_or_is_kept() -> None:
    """Of two phones the first that is there counts, and the other is not lost."""
    headers = "Name|Mobile|Phone"
    assert read("customers", headers, "Acme", "", "0100 2000").values["phone"] == "0100 2000"
    assert read("customers", headers, "Acme", "139 0000 0000", "0100 2000").extra == {"Phone": "0100 2000"}


def test_markup_and_statements_are_text() -> None:
    """SQL, markup and formulas in cells are kept as the text they are, without control characters."""
    row = read("customers", "Name|Address", "<b>Bobby</b>'); DROP TABLE x;--\x00", "=cmd|' /C calc'!A0\u202e")
    assert row.values["name"] == "<b>Bobby</b>'); DROP TABLE x;--"
    assert str(row.values["address"]).startswith("=cmd|")


CELLS = (
    st.none()
    | st.text(max_size=30)
    | st.integers()
    | st.floats()
    | st.booleans()
    | st.datetimes()
    | st.dates()
    | st.times()
)
HEADERS = (
    "external_id|客户|名称|title|电话|邮箱|网址|stage|kind|priority|amount|currency|probability|date|due|done|text|tags"
)


@given(st.sampled_from(SheetKind), st.lists(CELLS, max_size=20))
def test_reading_never_fails(kind: SheetKind, row: list[Cell]) -> None:
    """Whatever is in the cells, a row gives values and errors, and never an exception."""
    mapping = guess_columns(kind, HEADERS.split("|"), [])
    read_row(mapping, row, NOW, "en_US")
    assert guess_columns(kind, [str(cell) for cell in row], [row]).kind is kind
