"""Fields written into a line: ``edit Acme phone: 021-5550, industry: retail`` or ``电话：…，行业：…``."""

import re
from collections.abc import Collection, Mapping
from functools import lru_cache

from core.errors import InvalidInputError
from core.patterns import late
from core.text import clean_line

# How each field may be called in a line, in English and Chinese.
LABELS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "名称", "姓名", "名字"),
    "aliases": ("aliases", "alias", "aka", "also known as", "别名", "简称"),
    "industry": ("industry", "行业"),
    "size": ("size", "规模", "人数"),
    "region": ("region", "city", "地区", "城市", "区域"),
    "owner": ("owner", "负责人", "归属"),
    "stage": ("stage", "阶段"),
    "phone": ("phone", "tel", "mobile", "电话", "手机"),
    "website": ("website", "web", "site", "网站", "官网"),
    "address": ("address", "地址"),
    "tags": ("tags", "tag", "标签"),
    "title": ("title", "job title", "role", "职位", "职务", "标题"),
    "email": ("email", "e-mail", "mail", "邮箱", "邮件"),
    "wechat": ("wechat", "微信"),
    "decision": ("decision", "power", "say in the purchase", "决策权"),
    "text": ("text", "note", "notes", "what was said", "内容", "备注"),
    "place": ("place", "location", "地点"),
    "outcome": ("outcome", "result", "结果"),
    "next_step": ("next step", "next", "下一步"),
    "due": ("due", "by", "deadline", "截止", "到期"),
    "assignee": ("assignee", "for", "执行人", "指派"),
    "priority": ("priority", "优先级"),
    "amount": ("amount", "value", "金额"),
    "probability": ("probability", "chance", "概率", "赢率"),
    "close_on": ("close", "closes", "close date", "expected close", "预计成交", "成交日期"),
    "language": ("language", "lang", "语言"),
    "until": ("until", "直到", "推迟到"),
    "remind": ("remind", "reminder", "提醒"),
    "hours": ("hours", "working hours", "工作时间", "上班时间"),
    "zone": ("zone", "timezone", "time zone", "时区"),
}
# Fields that only forms have: their labels are words of everyday notes, so they count in a whole form's line alone.
FORM_LABELS: Mapping[str, tuple[str, ...]] = {
    "customer": ("customer", "客户"),
    "happened": ("when", "happened", "时间"),
    "contacts": ("with", "参与人"),
}
_FIELD = {label: field for field, labels in {**LABELS, **FORM_LABELS}.items() for label in labels}
# How a form's line shows a field that is not filled in; typed as it stands it says nothing.
_LEFT_OUT = frozenset({"…", "...", "……"})


@lru_cache
def _pattern(only: tuple[str, ...]) -> re.Pattern[str]:
    """The labels of some fields, the longest first, with the colon that ends them."""
    labels = sorted((label for label, field in _FIELD.items() if field in only), key=len, reverse=True)
    # A Latin label stands alone as a word; a Chinese one may follow a character.
    one_of = "|".join(rf"(?<![\w-]){re.escape(label)}" if label.isascii() else re.escape(label) for label in labels)
    return re.compile(rf"({one_of})\s*[:=：＝]\s*", re.IGNORECASE)


_LISTS = late(r"[;；,，、|/]")


def split_fields(text: str, only: tuple[str, ...] = tuple(LABELS)) -> tuple[str, dict[str, str]]:
    """The text before the first field, and the fields' values by name; of ``only`` some fields.

    A label said twice keeps its last value; a field whose value is ``…`` was not said.
    """
    head, values = _all_fields(text, only)
    return head, {name: value for name, value in values.items() if value not in _LEFT_OUT}


def split_form(text: str, inputs: tuple[str, ...], needed: tuple[str, ...]) -> dict[str, str] | None:
    """The fields of a line that is a form's: it begins with one of its ``inputs`` and names those that are
    ``needed``, which are empty when left out. None for any other line, such as a note in which a label happens to
    stand.
    """
    head, values = _all_fields(text, inputs)
    if head or not all(name in values for name in needed):
        return None
    return dict.fromkeys(needed, "") | {name: value for name, value in values.items() if value not in _LEFT_OUT}


def _all_fields(text: str, only: tuple[str, ...]) -> tuple[str, dict[str, str]]:
    parts = _pattern(only).split(text)
    head, pairs = parts[0], zip(parts[1::2], parts[2::2], strict=True)
    values = {_FIELD[label.casefold()]: value.strip(" ,，;；\n\t") for label, value in pairs}
    return head.strip(" ,，;；\n\t"), values


def with_fields(text: str, fields: Mapping[str, str]) -> str:
    """A line that ``split_fields`` reads as this text and these fields."""
    return ", ".join(filter(None, (text, *(f"{LABELS[name][0]}: {value}" for name, value in fields.items()))))


def check_known(fields: Mapping[str, str], known: Collection[str]) -> None:
    """Raises InvalidInputError for a field that the record does not have: nothing that was typed is dropped."""
    for name in fields:
        if name not in known:
            raise InvalidInputError(name, "unknown_field", value=name, choices=tuple(known))


def split_list(text: str) -> tuple[str, ...]:
    """A list typed with commas, semicolons, slashes or 、."""
    return tuple(item for part in _LISTS.split(text) if (item := clean_line(part)))
