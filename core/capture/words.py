"""The words that give a line's parts away. English ones are matched as whole words, Chinese ones anywhere."""

import re
from functools import cache

# To do: a date in their clause asks for something.
TASKS = (
    "follow up", "follow-up", "followup", "f/u", "fu", "next step", "next steps", "next action", "action item",
    "todo", "to do",
    "to-do", "call back", "callback", "call him back", "call her back", "call them back", "send", "resend", "remind",
    "reminder",
    "check in", "check back", "check with", "ping", "chase", "nudge", "circle back", "touch base", "reach out",
    "get back",
    "revisit", "reconnect", "catch up", "need to", "needs to", "i'll", "we'll", "i will", "we will", "let's", "must",
    "don't forget",
    "due", "deadline", "deliver by", "sending", "following up", "calling back", "preparing", "scheduling",
    "submitting", "schedule", "book", "arrange", "prepare", "prep", "submit", "share", "confirm", "review",
    "跟进", "跟踪", "跟一下", "追踪", "追一下", "回访", "回复", "回电", "下一步", "下步", "提醒", "再联系", "再约",
    "再谈", "再聊", "再去", "再来", "再打",
    "再沟通", "再拜访", "再确认", "发报价", "发方案", "发合同", "发邮件", "发资料", "发样品", "发给", "寄样", "寄",
    "送样", "提交", "给出", "出方案", "出报价",
    "给报价", "给方案", "报价给", "打电话", "联系", "约见", "约了", "约好", "约定", "定在", "约", "催", "安排",
    "准备", "确认", "待办", "要发", "要给", "需要", "记得", "落实", "推进", "对接",
    "发",
)  # fmt: skip

# Deeds that a line may plan or tell.
DEEDS = (
    "call", "phone", "ring", "email", "e-mail", "mail", "meet", "meeting", "visit", "demo", "present", "presentation",
    "lunch", "dinner",
    "coffee", "quote", "sign", "discuss", "talk", "speak", "see", "workshop", "training", "kickoff", "kick-off",
    "onsite", "on-site",
    "zoom", "webinar", "negotiate", "will", "should", "plan to", "going to", "by",
    "拜访", "电话", "致电", "见面", "面谈", "开会", "会议", "演示", "讲标", "交流", "沟通", "讨论", "汇报", "上门",
    "到访", "走访", "聊", "谈", "见", "吃饭", "饭局", "喝咖啡", "喝茶", "喝酒", "聚餐", "碰面", "碰头", "拜会",
    "报价", "签合同", "签约", "签", "计划", "打算", "要", "再", "复盘", "试用", "培训", "交付", "答复", "反馈",
    "提供", "视频会", "去",
)  # fmt: skip

# Those that do not only tell when: "wants a proposal by Friday" asks for the proposal.
PROPER_DEEDS = tuple(word for word in DEEDS if word not in {"by", "will", "should"})

# A future that is told, not promised: no task comes of it.
FACTS = (
    "expires", "expire", "expiring", "expiry", "expiration", "renews", "launches", "launching", "go live",
    "goes live", "retires",
    "moves", "opens", "starts", "begins", "ends", "fiscal year", "available from", "budget", "decide", "decides",
    "decision", "freeze",
    "frozen", "on leave", "on holiday", "on vacation", "out of office", "ooo", "until", "valid", "they will",
    "he will", "she will",
    "client will", "customer will", "expected", "expects", "birthday", "anniversary", "生日", "周年", "may buy",
    "might buy", "board",
    "到期", "过期", "上线", "开业", "投产", "截止", "届满", "生效", "失效", "放假", "休假", "退休", "搬迁", "开工",
    "竣工", "有效期", "预算", "决定", "上会",
    "审批", "招标", "开标", "出差", "预计", "才能", "才有", "直到",
)  # fmt: skip

# The past, told: an open date in its clause lies behind.
TOLD = (
    "met", "visited", "called", "saw", "spoke", "talked", "had", "discussed", "demoed", "presented", "sent",
    "emailed", "phoned", "rang",
    "was", "were", "went", "did", "came", "signed", "closed", "won", "lost", "quoted", "dropped by", "stopped by",
    "attended", "held",
    "hosted", "received", "got", "gave", "showed", "logged", "happened", "took place", "finished", "completed",
    "agreed", "asked",
    "mentioned", "said", "told", "confirmed", "requested", "reviewed", "negotiated", "bumped into", "caught up",
    "followed up",
    "了", "过", "刚", "已", "曾", "上次", "完成",
)  # fmt: skip

# Background: a past day that is not the day of the activity.
BACKGROUND = (
    "founded", "since", "established", "last order", "last ordered", "expired", "born", "joined", "as of", "bought",
    "purchased",
    "customer from", "incorporated", "成立", "上次下单", "上次采购", "以来", "过期", "至今", "注册", "入职", "创立",
    "创办", "合作以来", "开始合作",
)  # fmt: skip

# In order of precedence: what is won or lost is no longer bargained over.
STAGES = {
    "won": (
        "won", "closed won", "closed-won", "signed the contract", "contract signed", "deal signed", "signed contract",
        "deal closed",
        "closed the deal", "closed deal", "got the order", "got the po", "po received", "received po",
        "received the po", "signed the deal",
        "signed off on the deal", "deal done", "signed", "order placed", "placed the order", "赢单", "赢了", "赢下",
        "中标",
        "拿下", "签单", "成单", "成交", "签下",
        "签约", "签了", "合同已签", "已签", "下单了", "已下单",
    ),
    "lost": (
        "lost", "closed lost", "closed-lost", "went with a competitor", "went with another", "went with competitor",
        "chose a competitor",
        "chose another vendor", "chose competitor", "picked a competitor", "deal is dead", "deal dead", "no deal",
        "dropped out",
        "丢单", "丢了", "丢标", "输单", "输了", "输给", "没中标", "未中标", "没有中标", "落标", "没拿下", "黄了",
        "选了别家", "选了竞品", "选择了竞品", "选了其他",
        "选择了其他", "流失", "败单", "被抢", "招标失败", "投标失败", "没投中", "未中",
    ),
    "negotiation": (
        "negotiation", "negotiations", "negotiate", "negotiating", "negotiated", "haggling", "haggled", "haggle",
        "bargain", "redlines",
        "redlining",
        "contract review", "legal review", "bargaining", "谈判", "议价", "砍价", "讨价还价", "谈价", "谈合同", "商谈",
        "合同条款", "谈条款", "压价",
        "商务条款", "还价", "磋商",
    ),
    "quote": (
        "quote", "quotes", "quoted", "quotation", "quoting", "proposal", "rfq", "estimate", "报价", "报了价", "出价",
        "询价",
    ),
}  # fmt: skip

# Won, if an amount stands beside it.
CLOSED = ("closed", "just closed")

# Before a stage's word they deny it; after it they make it something else.
NEGATIONS = (
    "not", "no", "never", "didn't", "haven't", "hasn't", "isn't", "wasn't", "won't", "almost", "nearly", "could have",
    "if", "yet to",
    "hope", "hoping", "should be", "没", "未", "不", "差点", "尚未", "如果", "争取", "希望", "能否", "有望", "预计",
    "准备", "等待", "等",
)  # fmt: skip
NO_STAGE = (
    "lost touch", "lost contact", "lost track", "lost my", "lost his", "lost her", "lost in", "lost weight",
    "won over", "won a prize",
    "won't", "signed up", "signed in", "signed an nda", "signed nda", "signed the nda", "signed for",
)  # fmt: skip

# What leads into a task without being it, and what a date leaves dangling.
LEADS = (
    "next step is to", "next steps", "next step", "next action", "action item", "todo", "to do", "and then", "then",
    "and", "also", "so",
    "please", "pls", "i will", "we will", "i'll", "we'll", "will", "need to", "needs to", "i need to", "we need to",
    "have to",
    "should", "must", "i should", "we should", "remind me to", "remind me", "reminder to", "reminder",
    "don't forget to", "to", "plan to",
    "going to", "let's", "asked us to", "asked me to", "follow up to", "follow up and", "follow-up to", "下一步",
    "下步", "待办", "然后", "并且", "并", "提醒我", "提醒一下", "提醒", "记得", "需要", "需", "计划",
    "打算", "我会", "我要", "将", "预计", "请", "于", "在", "要", "我", "之前", "以前", "前", "的", "左右",
)  # fmt: skip
TAILS = (
    "on", "at", "by", "before", "until", "in", "for", "from", "due", "and", "around", "about", "with", "the", "to",
    "之前",
    "以前", "前", "左右", "于",
    "在", "并", "的时候",
)  # fmt: skip


@cache
def pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some words, the longest first."""
    ordered = sorted(words, key=len, reverse=True)
    return re.compile(
        "|".join(rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word) for word in ordered)
    )
