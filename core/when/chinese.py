"""Chinese words of time, simplified, each with the categories it can stand for."""

from core.when.values import Clock, Part, Unit

Entry = tuple[str, object]

DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
SCALES = {"十": 10, "百": 100, "千": 1000}
TWENTIES = {"廿": 20, "卅": 30}
NUMERALS = frozenset([*DIGITS, *SCALES, *TWENTIES])

WEEKDAYS = {
    f"{week}{name}": day
    for week in ("周", "星期", "礼拜", "个星期", "个礼拜", "个周")
    for names, day in (("一1", 0), ("二2", 1), ("三3", 2), ("四4", 3), ("五5", 4), ("六6", 5), ("日天7", 6))
    for name in names
    if week + name != "周天"
}

DAYS = {
    "今天": 0, "今日": 0, "今儿": 0, "当天": 0, "当日": 0, "明天": 1, "明日": 1, "明儿": 1, "听日": 1, "后天": 2, "后日": 2,
    "大后天": 3, "大后日": 3, "昨天": -1, "昨日": -1, "昨儿": -1, "寻日": -1, "前天": -2, "前日": -2, "大前天": -3, "次日": 1,
    "翌日": 1, "隔天": 1, "第二天": 1,
}  # fmt: skip
NOWS = ("现在", "此时", "此刻", "当前", "目前", "宜家", "而家", "依家", "即刻", "马上", "立刻", "立即")

_MORNING, _NOON, _AFTERNOON = Part(9, 12, "am"), Part(12, 14, "noon"), Part(14, 18, "pm")
_EVENING, _NIGHT, _DAWN = Part(19, 22, "pm"), Part(22, 24, "night"), Part(0, 6, "am")
PARTS = {
    "早上": _MORNING, "早晨": _MORNING, "上午": _MORNING, "清晨": Part(6, 9, "am"), "清早": Part(6, 9, "am"),
    "一早": Part(8, 10, "am"), "早间": _MORNING, "晨间": _MORNING, "凌晨": _DAWN, "拂晓": _DAWN, "中午": _NOON, "正午": _NOON,
    "午间": _NOON, "晏昼": Part(12, 18, "pm"), "下午": _AFTERNOON, "午后": _AFTERNOON, "下昼": _AFTERNOON,
    "傍晚": Part(17, 19, "pm"), "黄昏": Part(17, 19, "pm"), "晚上": _EVENING, "晚间": _EVENING, "夜晚": _EVENING,
    "夜里": _NIGHT, "夜间": _NIGHT, "深夜": _NIGHT, "半夜": Part(0, 3, "night"), "午夜": Part(0, 3, "night"),
}  # fmt: skip
# Bound forms: before a clock only (早八点), and after a day (今早, 周五晚).
SHORT_PARTS = {"早": _MORNING, "晨": _MORNING, "晚": _EVENING, "夜": _NIGHT}
DAY_PARTS = {
    day + part: (offset, value)
    for day, offset in (("今", 0), ("明", 1), ("昨", -1), ("当", 0), ("听", 1), ("寻", -1))
    for part, value in SHORT_PARTS.items()
}

_SECOND, _MINUTE, _HOUR = Unit("second", seconds=1), Unit("minute", seconds=60), Unit("hour", seconds=3600)
_DAY, _WEEK, _MONTH = Unit("day", days=1), Unit("week", days=7), Unit("month", months=1)
_QUARTER, _YEAR = Unit("quarter", months=3), Unit("year", months=12)
_WORKDAY = Unit("day", days=1, weekdays=True)
UNITS = {
    "秒": _SECOND, "秒钟": _SECOND, "分钟": _MINUTE, "小时": _HOUR, "个小时": _HOUR, "钟头": _HOUR,
    "个钟头": _HOUR, "个钟": _HOUR, "天": _DAY, "晚": _DAY, "周": _WEEK, "星期": _WEEK, "个星期": _WEEK, "礼拜": _WEEK,
    "个礼拜": _WEEK, "个周": _WEEK, "个月": _MONTH, "季度": _QUARTER, "个季度": _QUARTER, "年": _YEAR, "工作日": _WORKDAY,
    "个工作日": _WORKDAY, "周年": _YEAR, "刻钟": Unit("minute", seconds=900),
}  # fmt: skip

# What a week, month, quarter or year is called after 这, 下, 上.
PERIODS = {
    "周": "week", "星期": "week", "礼拜": "week", "月": "month", "月份": "month", "季度": "quarter", "季": "quarter",
    "年": "year", "年度": "year",
}  # fmt: skip
RELATIVE = {
    "本": 0, "当": 0, "下": 1, "下个": 1, "下一": 1, "下一个": 1, "下下": 2, "下下个": 2, "上": -1, "上个": -1, "上一": -1,
    "上一个": -1, "上上": -2, "上上个": -2, "前个": -1,
}  # fmt: skip
THIS = ("这", "这个", "今", "今个", "这一")
YEARS = {"今年": 0, "明年": 1, "后年": 2, "大后年": 3, "去年": -1, "前年": -2, "大前年": -3, "来年": 1, "本年": 0}

NOONS = {"正午": Clock(12), "零点": Clock(0, days=1), "零时": Clock(0, days=1)}
OFF_WORK = ("下班前", "下班之前", "收工前", "下班")

# Fixed festivals; those of the lunar calendar need a calendar, not a rule.
FESTIVALS = {
    "元旦": (1, 1), "情人节": (2, 14), "妇女节": (3, 8), "愚人节": (4, 1), "劳动节": (5, 1), "五一": (5, 1), "青年节": (5, 4),
    "儿童节": (6, 1), "六一": (6, 1), "建军节": (8, 1), "教师节": (9, 10), "国庆": (10, 1), "国庆节": (10, 1), "双十一": (11, 11),
    "双11": (11, 11), "双十二": (12, 12), "平安夜": (12, 24), "圣诞": (12, 25), "圣诞节": (12, 25),
}  # fmt: skip

SYNONYMS = {
    "日": ("号",), "点": ("点钟", "时"), "后": ("之后", "以后", "过后"), "前": ("之前", "以前"), "内": ("之内", "以内"),
    "底": ("末",), "底.": ("月底", "月末"), "又": ("多", "余", "外加", "加"), "半": ("半个",), "到": ("至", "~", "-"),
    "几": ("数", "若干", "好几"), "踏": ("搭",), "每": ("每个", "每逢", "逢", "每一", "每一个"), "在": ("于",),
    "过": ("再过",), "未来": ("接下来", "今后", "接下来的", "未来的", "下面"), "过去": ("最近", "近", "前", "过去的", "刚过去的"),
}  # fmt: skip

# Words that only look like time: the longest word wins, so these keep their characters from the rules.
OPAQUE = (
    "日本 日常 日程 日子 日志 日期 日后 今日头条 明日之后 聊天 天津 天猫 天气 天天 天空 天使 月饼 月球 月结 月供 年会 年轻 年龄 年级 年报 年费 年薪 "
    "周转 周到 周边 周期 周围 周总 周经理 周老师 周先生 周女士 周董 周小姐 周刊 星期几 号码 号楼 号线 号机 号门 号店 号院 号库 号厂 号馆 号桌 "
    "点评 点击 点建议 点意见 点要求 点问题 点原因 点需求 点反馈 点想法 点事 点钱 点子 点头 一点点 有点 有一点 差点 早点 晚点 快点 慢点 重点 地点 优点 "
    "缺点 特点 观点 要点 热点 亮点 站点 网点 试点 终点 起点 难点 焦点 尽早 早日 早已 及早 早就 晚会 晚宴 晚餐 晚饭 早餐 早饭 早会 早上好 晚上好 下午好 "
    "上午好 中午好 晚安 早安 分公司 分析 分销 分部 分享 分别 分成 分开 分配 分期 分店 分行 分厂 分数 十分满意 十分感谢 十分重视 十分关注 秒杀 秒回 "
    "时代 时候 小时候 时尚 时机 一下 一些 一起 一样 一直 一般 一定 一致 一线 一手 一期 二期 三期 一次 一旦 一家 一位 一份 一批 第一时间 统一 唯一 "
    "之一 万一 前期 后期 前台 后台 前面 后面 后续 后来 前景 前提 前往 内部 内容 内存 本人 本次 本地 本来 本身 基本 成本 版本 样本 这些 这样 这次 这里 "
    "这边 这家 下单 下载 下级 下来 下去 上线 上海 上来 上去 上级 上门 上述 当地 当面 当时 季节 秒表 年终奖 年货 到货 到付 到位 到底 到达 到期 到场 "
    "两点建议 三通 三星 四川 五金 九江 千万 百万 十万 百度 千里 百事 三一 七牛 八戒 周大福 周黑鸭 今麦郎 明年会 元年 中秋后 过程 过来 半导体 半成品"
).split()


def entries() -> dict[str, list[Entry]]:
    """Every word with its readings; an opaque word has none."""
    table: dict[str, list[Entry]] = {}

    def put(words: dict[str, object], category: str) -> None:
        for word, value in words.items():
            table.setdefault(word, []).append((category, value))

    put(dict(WEEKDAYS), "WEEKDAY")
    put(dict(DAYS), "DAYWORD")
    put(dict.fromkeys(NOWS), "NOWZH")
    put(dict(PARTS), "PART")
    put(dict(SHORT_PARTS), "SHORTPART")
    put(dict(DAY_PARTS), "DAYPART")
    put(dict(UNITS), "ZHUNIT")
    put(dict(PERIODS), "PERIODWORD")
    put(dict(RELATIVE), "ZHREL")
    put(dict.fromkeys(THIS), "ZHTHIS")
    put(dict(YEARS), "YEARWORD")
    put(dict(NOONS), "NOON")
    put(dict.fromkeys(OFF_WORK), "OFFWORK")
    put(dict(FESTIVALS), "FESTIVAL")
    for first, others in SYNONYMS.items():
        for other in others:
            table.setdefault(other, []).append((first, None))
    for word in OPAQUE:
        table[word] = []
    return table
