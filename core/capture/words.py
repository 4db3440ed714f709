"""The words that give a line's parts away. English ones are matched as whole words, Chinese ones anywhere."""

import re
from collections.abc import Iterable

FOLLOW_UP = (
    "follow up", "follow-up", "followup", "followed up", "f/u", "fu", "next step", "next steps", "next action",
    "todo", "to do",
    "to-do", "action", "call back", "callback", "call", "ring", "phone", "email", "e-mail", "mail", "send", "resend",
    "remind",
    "reminder", "check in", "check back", "check with", "ping", "chase", "circle back", "touch base", "reach out",
    "get back",
    "meet", "meeting", "visit", "demo", "present", "prepare", "schedule", "book", "deliver", "share", "submit", "sign",
    "quote", "review", "discuss", "talk", "speak", "revisit", "reconnect", "catch up", "arrange", "confirm", "will",
    "need to",
    "needs to", "should", "must", "i'll", "we'll", "due", "by", "let's", "plan to", "going to",
    "跟进", "跟踪", "跟一下", "追踪", "回访", "回复", "回电", "回电话", "下一步", "下步", "提醒", "再联系", "联系",
    "再约", "约", "再谈", "再聊", "再去",
    "发报价", "发方案", "发合同", "发邮件", "发资料", "发样品", "发给", "发", "寄", "打电话", "电话", "致电", "拜访",
    "见面", "面谈", "开会", "会议", "演示",
    "送样", "寄样", "提交", "提供", "给出", "出方案", "出报价", "报价", "签合同", "签约", "签", "催", "安排", "准备",
    "确认", "沟通", "讨论", "汇报", "上门",
    "到访", "聊", "谈", "计划", "待办", "需要", "要", "再", "复盘", "试用", "培训", "交付", "答复", "反馈", "推进",
    "对接", "落实", "走访",
)  # fmt: skip

# Plain words for things to do; the rest of the table only leans that way.
SURE_FOLLOW_UP = frozenset({
    "follow up", "follow-up", "followup", "f/u", "fu", "next step", "next steps", "next action", "todo", "to do",
    "to-do", "call back", "callback", "send", "remind", "reminder", "check in", "check back", "ping", "chase",
    "circle back", "touch base", "reach out", "get back", "call", "email", "need to", "i'll", "we'll", "will",
    "schedule", "book", "跟进", "跟踪", "跟一下", "回访", "回复", "回电", "下一步", "提醒", "再联系", "再约", "再谈",
    "再聊", "再去", "发报价", "发方案", "发合同", "发邮件", "发资料", "发样品", "打电话", "催", "约", "待办", "安排",
    "联系", "拜访", "见面",
})  # fmt: skip

# A future that is told, not promised: no task comes of it.
FACTS = (
    "expires", "expire", "expiring", "expiry", "expiration", "renews", "renewal", "launches", "launching", "go live",
    "goes live",
    "retires", "moves", "opens", "starts", "ends", "fiscal year", "available from",
    "到期", "过期", "上线", "开业", "投产", "截止", "届满", "生效", "失效", "放假", "退休", "搬迁", "开工", "竣工",
)  # fmt: skip

# The past, told: an open date in its clause lies behind us.
PAST = (
    "met", "visited", "called", "saw", "spoke", "talked", "had", "discussed", "demoed", "presented", "sent",
    "emailed", "phoned", "rang",
    "was", "were", "went", "did", "came", "signed", "closed", "won", "lost", "quoted", "dropped by", "stopped by",
    "attended", "held",
    "hosted", "received", "got", "gave", "showed", "logged", "happened", "took place", "finished", "completed",
    "agreed", "asked",
    "了", "过", "刚", "已", "已经", "曾", "上次", "去了", "见了", "拜访了", "完成",
)  # fmt: skip

# What happened, as opposed to what is merely dated: only these make a past day the day of the activity.
BACKGROUND = (
    "founded", "since", "established", "last order", "last ordered", "expired", "born", "joined", "as of", "bought",
    "purchased in",
    "成立", "上次下单", "上次采购", "以来", "过期", "至今", "注册", "入职", "创立", "创办",
)  # fmt: skip

STAGES = {
    "won": (
        "won", "closed won", "closed-won", "signed the contract", "contract signed", "deal signed", "signed contract",
        "deal closed",
        "closed the deal", "got the order", "got the po", "po received", "received po", "received the po",
        "signed the deal",
        "赢单", "赢了", "中标", "拿下", "签单", "成单", "成交", "签下", "已签约", "签约成功", "签了合同", "合同已签",
        "合同签了", "签了", "下单了", "已下单",
        "赢下", "签约了", "已签合同",
    ),
    "lost": (
        "lost", "closed lost", "closed-lost", "went with a competitor", "went with another", "chose a competitor",
        "chose another vendor", "chose competitor", "went with competitor", "deal is dead", "no deal", "dropped out",
        "丢单", "丢了", "输单", "输了", "输给", "没中标", "未中标", "落标", "没拿下", "黄了", "选了别家", "选了竞品",
        "选择了竞品", "选择了其他", "流失", "败单",
        "丢标", "被抢", "选了其他",
    ),
    "negotiation": (
        "negotiation", "negotiations", "negotiate", "negotiating", "negotiated", "haggling", "redlines", "redlining",
        "contract review",
        "legal review", "terms", "谈判", "议价", "砍价", "讨价还价", "谈价格", "谈价", "谈合同", "商谈", "合同条款",
        "谈条款", "压价", "商务条款", "还价",
        "磋商",
    ),
    "quote": (
        "quote", "quotes", "quoted", "quotation", "quoting", "proposal", "rfq", "estimate", "报价", "报了价", "出价",
        "方案报价", "询价",
        "报价单",
    ),
}  # fmt: skip

NEGATIONS = (
    "not", "no", "never", "didn't", "haven't", "hasn't", "isn't", "wasn't", "almost", "nearly", "could have", "if we",
    "yet to",
    "没", "未", "不", "还没", "差点", "没有", "尚未", "如果", "争取", "希望", "能否", "有望", "预计",
)  # fmt: skip

# Words that lead into a task without being it.
LEADS = (
    "next step is to", "next steps", "next step", "next action", "action item", "todo", "to do", "and then", "then",
    "and", "also", "so",
    "please", "pls", "i will", "we will", "i'll", "we'll", "will", "need to", "needs to", "i need to", "we need to",
    "have to", "should",
    "must", "i should", "we should", "remind me to", "remind me", "reminder to", "reminder", "to", "plan to",
    "going to", "let's",
    "下一步", "下步", "待办", "然后", "并且", "并", "再然后", "提醒我", "提醒", "记得", "需要", "需", "计划", "打算",
    "准备于", "我会", "我要", "并于", "将于", "将",
    "预计", "请", "于", "在", "要", "我", "之前", "以前", "前", "的",
)  # fmt: skip
TAILS = (
    "on",
    "at",
    "by",
    "before",
    "until",
    "in",
    "for",
    "from",
    "due",
    "and",
    "around",
    "about",
    "with",
    "前",
    "之前",
    "以前",
    "左右",
    "于",
    "在",
    "并",
    "的时候",
)


def pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Any of some words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in ordered)
    )
