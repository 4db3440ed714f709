"""Chinese words of time, simplified, each with the categories it can stand for."""

from collections.abc import Mapping

from core.when.festivals import FESTIVALS
from core.when.values import Clock, Entries, Part, Unit

_WEEKDAY_NAMES = ("一", "二", "三", "四", "五", "六", "日天")
WEEK_WORDS = ("周", "星期", "礼拜", "个星期", "个礼拜", "个周")
WEEKDAYS = {f"{week}{name}": day for week in WEEK_WORDS for day, names in enumerate(_WEEKDAY_NAMES) for name in names}

_MORNING, _NOON, _AFTERNOON = Part(9, 12, "am"), Part(12, 14, "noon"), Part(14, 18, "pm")
_EVENING, _NIGHT, _DAWN, _DUSK = Part(19, 22, "pm"), Part(22, 24, "night"), Part(0, 6, "am"), Part(17, 19, "pm")
_SHORT_PARTS = {"早": _MORNING, "晨": _MORNING, "晚": _EVENING, "夜": _NIGHT}

_SECOND, _MINUTE, _HOUR = Unit("second", seconds=1), Unit("minute", seconds=60), Unit("hour", seconds=3600)
_DAY, _WORKDAY, _WEEK = Unit("day", days=1), Unit("day", days=1, weekdays=True), Unit("week", days=7)
_MONTH, _QUARTER, _YEAR = Unit("month", months=1), Unit("quarter", months=3), Unit("year", months=12)
_UNITS = {
    "秒 秒钟": _SECOND, "分钟": _MINUTE, "刻钟": Unit("minute", seconds=900), "小时 个小时 钟头 个钟头 个钟": _HOUR,
    "天 晚": _DAY,
    "工作日 个工作日": _WORKDAY, "周 星期 个星期 礼拜 个礼拜 个周": _WEEK, "个月": _MONTH, "季度 个季度": _QUARTER,
    "年 周年": _YEAR,
}  # fmt: skip
UNITS = {word: unit for words, unit in _UNITS.items() for word in words.split()}

_PARTS = {
    "早上": _MORNING, "早晨": _MORNING, "上午": _MORNING, "早间": _MORNING, "晨间": _MORNING, "清晨": Part(6, 9, "am"),
    "清早": Part(6, 9, "am"), "一早": Part(8, 10, "am"), "一大早": Part(8, 10, "am"), "凌晨": _DAWN, "拂晓": _DAWN,
    "中午": _NOON,
    "正午": _NOON, "午间": _NOON, "晏昼": Part(12, 18, "pm"), "下午": _AFTERNOON, "午后": _AFTERNOON,
    "下昼": _AFTERNOON,
    "傍晚": _DUSK, "黄昏": _DUSK, "晚上": _EVENING, "晚间": _EVENING, "夜晚": _EVENING, "夜里": _NIGHT,
    "夜间": _NIGHT, "深夜": _NIGHT,
    "半夜": Part(0, 3, "night"), "午夜": Part(0, 3, "night"),
}  # fmt: skip
_TABLES: tuple[tuple[str, Mapping[str, object]], ...] = (
    ("WEEKDAY", WEEKDAYS),
    ("DAYWORD", {
        "今天": 0, "今日": 0, "今儿": 0, "当天": 0, "当日": 0, "明天": 1, "明日": 1, "明儿": 1, "听日": 1, "次日": 1,
        "翌日": 1, "隔天": 1,
        "明后天": 1, "后天": 2, "后日": 2, "大后天": 3, "大后日": 3, "昨天": -1, "昨日": -1, "昨儿": -1, "寻日": -1,
        "前天": -2, "前日": -2,
        "大前天": -3,
    }),
    ("NOWWORD", dict.fromkeys(
        ("现在", "此时", "此刻", "当前", "目前", "宜家", "而家", "依家", "即刻", "马上", "立刻", "立即", "这时候"))),
    ("PART", _PARTS),
    ("PARTZH", {part: value for part, value in _PARTS.items() if part not in {"正午", "午夜"}}),
    # a Chinese part of the day says enough alone; an English one does not: good night
    ("SHORTPART", _SHORT_PARTS),
    ("DAYPART", {
        day + part: (offset, value)
        for day, offset in (("今", 0), ("明", 1), ("昨", -1), ("当", 0), ("听", 1), ("寻", -1))
        for part, value in _SHORT_PARTS.items()
    }),
    ("ZHUNIT", UNITS),
    ("PERIODWORD", {
        "周": "week", "星期": "week", "礼拜": "week", "月": "month", "月份": "month", "季度": "quarter",
        "季": "quarter", "年": "year", "年度": "year",
    }),
    ("ZHREL", {
        "本": 0, "当": 0, "下": 1, "下个": 1, "下一": 1, "下一个": 1, "下下": 2, "下下个": 2, "上": -1, "上个": -1,
        "上一": -1, "上一个": -1,
        "上上": -2, "上上个": -2,
    }),
    ("ZHTHIS", dict.fromkeys(("这", "这个", "今", "今个", "这一"), 0)),
    ("YEARWORD",
    {"今年": 0, "本年": 0, "明年": 1, "来年": 1, "后年": 2, "大后年": 3, "去年": -1, "前年": -2, "大前年": -3}),
    ("MONTHPART", {"上旬": (1, 11), "中旬": (11, 21), "下旬": (21, 0), "上半月": (1, 16), "下半月": (16, 0)}),
    ("RI", {"日": _DAY}),
    ("ONCEA", {f"{week}一次": "week" for week in WEEK_WORDS}),  # not a Monday
    ("NOON", {"正午": Clock(12), "午夜": Clock(0, days=1)}),
    ("HOURZH", {"一点": Clock(1, open=True)}),  # "a bit", unless a day, its part or minutes stand beside it
    ("OFFWORK", dict.fromkeys(("下班前", "下班之前", "下班", "收工前"))),
    ("FESTIVAL", {name: rule for name, rule in FESTIVALS.items() if not name.isascii()}),
)  # fmt: skip

# What else a word may be spelt as, for the rules' own words.
SPELLINGS = {
    "日": ("号",), "点": ("点钟",), "后": ("之后", "以后", "过后"), "前": ("之前", "以前"),
    "内": ("之内", "以内", "里"),
    "又": ("多", "余", "零", "外加", "加"), "到": ("至", "~", "-"), "几": ("数", "若干", "好几"), "踏": ("搭",),
    "每": ("每个", "每逢", "逢", "每一", "每一个"), "过": ("再过",), "未来": ("接下来", "今后", "接下来的", "未来的"),
    "过去": ("最近", "近", "前", "过去的", "刚过去的"), "底": ("末",),
    "整": ("正", "钟"),
}  # fmt: skip


def entries() -> Entries:
    """Every word with its readings."""
    table: Entries = {}
    for category, words in _TABLES:
        for word, value in words.items():
            table.setdefault(word, []).append((category, value))
    return table
