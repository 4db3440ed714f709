"""Columns are known by the headers people have in both languages, and set right where the guess is wrong."""

import pytest

from core.errors import InvalidInputError
from core.sheets import Column, ColumnMapping, Row, SheetKind, guess_columns, override


def fields(kind: str, headers: str, *rows: Row) -> list[str]:
    return [column.field for column in guess_columns(SheetKind(kind), headers.split("|"), rows).columns]


def amount_column(header: str) -> Column:
    return guess_columns(SheetKind.DEALS, [header], []).columns[0]


@pytest.mark.parametrize(
    ("kind", "headers", "expected"),
    [
        (
            "customers",
            "external_id|name|aliases|industry|size|region|owner|team|stage|phone|website|address|tags",
            "external_id|name|aliases|industry|size|region|owner|team|stage|phone|website|address|tags",
        ),
        (
            "customers",
            "客户编号|公司名称|别名|行业|规模|地区|负责人|团队|客户阶段|手机|电话|官网|详细地址|标签|备注|客户来源",
            "external_id|name|aliases|industry|size|region|owner|team|stage|phone|phone|website|address|tags||",
        ),
        (
            "customers",
            "Account ID|Account Name|Account Owner|Industry|Employees|Billing City|Phone|Fax|Website|Created Date",
            "external_id|name|owner|industry|size|region|phone||website|",
        ),
        (
            "customers",
            "Record ID|Company name|Company owner|Phone Number|Company Domain Name|City|Country/Region|Lifecycle Stage",
            "external_id|name|owner|phone|website|region|region|stage",
        ),
        ("customers", "external_id|name|company|owner", "external_id|name||owner"),
        ("customers", "Company|Name|Contact Email|Email Address|Contact Name", "name||||"),
        (
            "customers",
            "客户所属行业|公司联系电话|*公司名称（必填）|CompanySize|ADDRESS_LINE_1",
            "industry|phone|name|size|address",
        ),
        ("customers", "客戶名稱|電話|負責人|標籤", "name|phone|owner|tags"),
        ("contacts", "客户|联系人|职位|手机|邮箱|微信|决策角色", "customer|name|title|phone|email|wechat|decision"),
        (
            "contacts",
            "First Name|Last Name|Title|Account Name|Email|Mobile|Fax",
            "first_name|last_name|title|customer|email|phone|",
        ),
        ("contacts", "姓名|公司|职务|电话|电子邮箱|微信号|生日", "name|customer|title|phone|email|wechat|"),
        (
            "deals",
            "商机名称|客户名称|金额|币种|阶段|概率|预计成交|负责人|备注",
            "name|customer|amount|currency|stage|probability|close_on|owner|",
        ),
        (
            "deals",
            "Opportunity Name|Account Name|Amount|Stage|Probability (%)|Expected Close Date|Opportunity Owner|Type",
            "name|customer|amount|stage|probability|close_on|owner|",
        ),
        (
            "activities",
            "客户|拜访方式|跟进内容|拜访日期|地点|结果|下一步计划|记录人|联系人",
            "customer|kind|text|happened_at|place|outcome|next_step|author|contacts",
        ),
        ("activities", "Date|Type|Company|Notes|Owner|Attendees", "happened_at|kind|customer|text|author|contacts"),
        ("tasks", "标题|客户|截止日期|负责人|优先级|是否完成", "title|customer|due|assignee|priority|done"),
        (
            "tasks",
            "Subject|Related To|Due Date|Assigned To|Priority|Completed",
            "title|customer|due|assignee|priority|done",
        ),
    ],
)
def test_headers_of_both_languages_are_known(kind: str, headers: str, expected: str) -> None:
    """The headers of common systems and of hand-made sheets lead to their fields; others stay extra."""
    assert fields(kind, headers) == expected.split("|")


def test_nothing_is_dropped_silently() -> None:
    """Each column is in the mapping; what Kith has no field for is shown as extra."""
    mapping = guess_columns(
        SheetKind.CUSTOMERS, ["公司名称", "信用代码", "", "备注"], [("甲公司", "91X", None, "老客户")]
    )
    assert [column.header for column in mapping.columns] == ["公司名称", "信用代码", "C", "备注"]
    assert [column.header for column in mapping.extra] == ["信用代码", "备注"]
    assert mapping.columns[2].field == "-"


def test_columns_of_one_name_are_told_apart() -> None:
    """The second Phone is a phone too, under a name of its own."""
    mapping = guess_columns(SheetKind.CUSTOMERS, ["Name", "Phone", "Phone"], [])
    assert [(column.header, column.field) for column in mapping.columns[1:]] == [
        ("Phone", "phone"),
        ("Phone (2)", "phone"),
    ]


def test_missing_fields_are_named() -> None:
    """A sheet without what every record needs says so before any row is read."""
    assert guess_columns(SheetKind.CONTACTS, ["Email"], []).missing == ("customer", "name")
    assert guess_columns(SheetKind.CONTACTS, ["Last Name", "Company"], []).missing == ()
    assert guess_columns(SheetKind.ACTIVITIES, ["Date"], []).missing == ("customer", "text")


def test_cells_speak_for_columns_without_a_header() -> None:
    """A column called nothing in particular is known by what it holds, and a fax number is not a phone by its looks."""
    rows = [("Li", "li@example.com", "+86 138 0013 8000", "Acme"), ("Wu", "wu@example.com", "139 0000 0000", "Apex")]
    assert fields("contacts", "Name|Column 2||Company", *rows) == ["name", "email", "phone", "customer"]
    assert fields("customers", "Name|Fax", ("Acme", "+1 415 555 0100")) == ["name", ""]


def test_status_that_is_no_stage_stays_extra() -> None:
    """A column of choices Kith does not know is kept beside, instead of failing every row."""
    assert fields("customers", "Name|Status", ("Acme", "Gold"), ("Apex", "Silver")) == ["name", ""]
    assert fields("customers", "Name|Status", ("Acme", "Active"), ("Apex", "签约客户")) == ["name", "stage"]
    assert fields("tasks", "Title|Status", ("Call", "未完成"), ("Visit", "done")) == ["title", "done"]


@pytest.mark.parametrize(
    ("header", "multiplier", "currency"),
    [
        ("金额（万元）", 10_000, "CNY"),
        ("合同金额(万)", 10_000, ""),
        ("Amount (USD)", 1, "USD"),
        ("Amount USD", 1, "USD"),
        ("Amount (in thousands)", 1000, ""),
        ("Amount (k EUR)", 1000, "EUR"),
        ("金额", 1, ""),
        ("Deal Amount (optional)", 1, ""),
        ("Price all", 1, ""),
    ],
)
def test_header_gives_the_unit_of_amounts(header: str, multiplier: int, currency: str) -> None:
    """Ten thousands and a currency in the header hold for every bare number below it."""
    column = override(guess_columns(SheetKind.DEALS, [header], []), f"{header}=amount").columns[0]
    assert (column.multiplier, column.currency) == (multiplier, currency)


def test_days_tell_the_order_of_a_column() -> None:
    """One 13/05 shows that the day comes first in the whole column."""
    mapping = guess_columns(SheetKind.TASKS, ["Task", "Due", "Title"], [("a", "3/4/2026", ""), ("b", "13/05/2026", "")])
    assert mapping.columns[1].day_first is True
    assert guess_columns(SheetKind.TASKS, ["Due"], [("3/4/2026",)]).columns[0].day_first is None
    assert guess_columns(SheetKind.TASKS, ["Due"], [("3/14/2026",)]).columns[0].day_first is False


class TestOverride:
    """``--map`` has the last word."""

    mapping = guess_columns(SheetKind.CUSTOMERS, ["Company", "Kürzel", "a=b", "Phone"], [])

    def named(self, mapping: ColumnMapping) -> list[str]:
        """The fields of the columns."""
        return [column.field for column in mapping.columns]

    def test_column_is_set(self) -> None:
        """A header, in any case, is given its field, and the guess is sure then."""
        mapping = override(self.mapping, "kürzel = aliases")
        assert self.named(mapping) == ["name", "aliases", "", "phone"]
        assert mapping.columns[1].sure == 1.0

    def test_guess_gives_way(self) -> None:
        """The column that was guessed to be the name is extra when another one is said to be it."""
        assert self.named(override(self.mapping, "Kürzel=name")) == ["", "name", "", "phone"]

    def test_header_may_hold_the_sign(self) -> None:
        """The last = parts header and field; a column may be left out, or kept as extra."""
        assert self.named(override(self.mapping, "a=b=-"))[2] == "-"
        assert self.named(override(self.mapping, "Phone=extra"))[3] == ""

    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            ("Nope=name", "unknown_column"),
            ("Phone=nope", "unknown_field"),
            ("Phone", "unknown_column"),
            ("", "unknown_column"),
        ],
    )
    def test_unknown_names_are_refused(self, said: str, reason: str) -> None:
        """A header or field that there is not is named in the error."""
        with pytest.raises(InvalidInputError) as wrong:
            override(self.mapping, said)
        assert wrong.value.reason == reason

    def test_missing_is_counted_again(self) -> None:
        """What was missing is there once it is said where."""
        mapping = guess_columns(SheetKind.TASKS, ["Whatever"], [])
        assert mapping.missing == ("title",)
        assert override(mapping, "Whatever=title").missing == ()
