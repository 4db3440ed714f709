"""The words that tell what kind of line it is: one table per kind, read in the order of the line.

To teach Kith a word, add it to its table; to teach it a language, add that language's words to each table.
English words are matched whole, Chinese ones anywhere (``words.pattern``).
"""

from core.when.values import listed

# What happened. ``DONE`` says by its form that it is over; ``NAMED`` names it and may also be planned.
DONE = {
    "visit": (
        "visited", "visted", "visitd", "dropped by", "dropped in", "stopped by", "stopped in", "swung by", "popped by",
        "popped in", "was at", "were at", "went to", "went over to", "been to", "came by", "went by", "swung past",
        "toured", "walked the plant",
        "dropped off", "drove to", "拜访了", "拜访完", "拜访过", "走访了", "走访完", "去了", "去过", "来访",
        "到公司来", "来我司", "来公司", "来我们公司", "去拜访了",
        "到访", "来过", "上门了", "参观了", "考察了", "跑了趟", "跑了一趟",
    ),
    "call": (
        "called", "phoned", "rang", "telephoned", "dialed", "dialled", "spoke to", "spoke with", "spoke w/", "spoke",
        "spoken", "talked to", "talked with", "talked w/", "talked", "left vm", "left a vm", "left voicemail",
        "left a voicemail",
        "left message", "left a message", "left me a message", "left me a voicemail", "left me a vm", "on the phone",
        "off the phone", "hung up", "had a call", "rung", "chatted",
        "打了电话", "打过电话", "打了个电话", "打了一个电话", "打了通电话", "通了个电话", "沟通了", "沟通过",
        "通了电话", "通过电话", "通完话", "通了话", "打来电话", "来电", "来过电话", "电联了",
        "没接", "没人接", "没打通", "微信聊", "微信沟通", "微信上聊", "微信语音", "语音聊", "电话里", "电话聊",
        "电话沟通", "电话联系了", "电话确认", "接到",
    ),
    "meeting": (
        "met", "met with", "met up", "sat down with", "saw", "caught up", "had lunch", "had dinner", "had coffee",
        "had a meeting", "had meeting", "had breakfast", "had drinks", "demoed", "demo'd", "presented", "hosted",
        "bumped into", "intro'd to", "introduced to", "ran into", "见了", "见过", "见到", "见着", "见了面",
        "见了个面", "见了一面", "开了会",
        "开了个会", "开了一个会", "开了次会", "开过会", "开完会", "会面了", "碰了",
        "碰了面", "碰过", "聊了", "聊过", "谈了", "谈过", "演示了", "演示完", "吃了", "吃了饭", "吃了个饭",
        "吃了顿饭", "喝了", "碰了个头", "交流了", "面谈了",
        "讲了标", "做了演示", "做了汇报", "汇报了", "参加了",
    ),
}  # fmt: skip
NAMED = {
    "visit": (
        "visit", "visits", "visiting", "site visit", "on-site", "onsite", "on site", "site tour", "drop by", "stop by",
        "拜访", "走访", "回访", "上门", "拜会", "登门", "造访", "实地考察", "去一趟", "参观", "探访", "家访", "现场",
        "去",
    ),
    "call": (
        "call", "calls", "calling", "phone", "phone call", "tel", "telephone", "conf call", "conference call",
        "video call", "zoom call", "teams call", "voicemail", "ring", "cold call", "speak to", "speak with",
        "talk to", "talk with", "chat", "quick chat", "电话", "打电话", "沟通", "微信电话", "视频通话", "致电",
        "通话", "通电话", "电联", "去电", "语音", "电访", "打个电话",
    ),
    "meeting": (
        "meeting", "mtg", "meet", "meetup", "1:1", "1-1", "one on one", "one-on-one", "lunch", "dinner", "breakfast",
        "coffee", "drinks", "sync", "demo",
        "presentation", "workshop", "kickoff", "kick-off", "zoom", "webinar", "catch-up", "catch up", "qbr", "beer",
        "开会", "会议", "见面", "面谈", "会面", "碰面", "碰头", "吃饭", "吃了饭", "喝茶", "喝酒", "喝咖啡", "饭局",
        "聚餐", "午餐", "晚餐", "演示", "讲标", "技术交流", "座谈", "会谈", "交流会", "视频会", "约见", "面聊", "当面",
        "宴请", "路演", "培训",
    ),
}  # fmt: skip
# Of the activities above, those that people outside a sale do as well: without anybody named they are chatter.
WEAK = listed(
    "meeting mtg meet lunch dinner breakfast coffee drinks sync demo zoom beer presentation workshop webinar phone "
    "call "
    "calls saw spoke talked called talked tel ring voicemail chat chatted 到公司来 来公司 沟通 沟通了 吃了饭 吃了个饭 "
    "吃了顿饭 开会 会议 吃饭 喝茶 喝酒 喝咖啡 聚餐 午餐 晚餐 电话 培训 演示 去 "
    "现场 去了 接到 吃了 喝了 聊了 聊过 谈了 参加了 语音 当面 见到 见了 碰了 上门 没接"
) | {"went to", "was at", "were at", "on the phone", "on site", "catch up", "ran into"}  # fmt: skip

# Written rather than done: kept as a note.
NOTED = (
    "note", "notes", "memo", "fyi", "heads up", "note to self", "emailed", "e-mailed", "mailed", "texted", "wrote to",
    "messaged", "备注", "笔记", "备忘", "记一下", "记录一下", "记下", "注意", "微信说", "微信里说", "发了邮件",
    "邮件说",
    "发过邮件", "短信",
)  # fmt: skip
NOTED_ANYWHERE = frozenset({"记一下", "emailed", "微信说", "发了邮件", "note", "fyi"})

# To be done: before an activity they plan it, alone they are a task.
PLANS = (
    "remind me", "remind", "reminder", "need to", "needs to", "have to", "gotta", "must", "should", "don't forget",
    "dont forget", "book", "schedule", "set up", "setup", "arrange", "plan to", "planning", "going to", "gonna", "will",
    "i'll", "we'll", "let's", "pls", "please", "todo", "to do", "to-do", "task", "cancel", "reschedule", "postpone",
    "改约", "改期", "prep", "prepare", "confirmed for",
    "scheduled", "booked", "set for",
    "提醒", "记得", "别忘", "安排", "计划", "打算", "预约", "约了", "约好", "约定", "约我", "约他", "约她", "定了",
    "定在",
    "待办", "准备去", "要去", "帮我约", "需要", "务必", "将要", "再去", "再约", "约",
)  # fmt: skip
TASKS = (
    "follow up", "follow-up", "followup", "f/u", "fu", "send", "resend", "chase", "ping", "nudge", "reach out",
    "check in", "check back", "circle back", "touch base", "get back to", "call back", "callback", "submit", "draft",
    "try again", "revisit", "email", "e-mail",
    "跟进", "跟一下", "回电", "回复", "催", "催款", "寄", "发样品", "发资料", "发合同", "发报价", "发方案",
    "提交",
    "送样", "落实", "推进", "再联系", "再打", "再谈",
)  # fmt: skip
# Asked for wherever they stand: 那边催一下回款.
ASKS = ("催一下", "跟一下", "跟进一下", "联系一下", "确认一下", "问一下", "约一下", "回访一下", "盯一下", "处理一下")
# Beside an activity they say that it did not come about.
CALLED_OFF = (
    "cancelled",
    "canceled",
    "cancelled on",
    "no-show",
    "no show",
    "called off",
    "取消",
    "没去成",
    "爽约",
    "没见成",
)
REQUESTS = ("can you", "could you", "would you", "please", "pls", "麻烦", "帮忙", "能不能", "可以帮")
# At the start of a line without anybody's name they ask the room, and no task is meant.
ROOM = (
    "can someone", "can anyone", "can somebody", "can you", "could you", "could someone", "anyone", "anybody", "does",
    "who", "what", "where", "when", "is there", "有人", "谁", "有没有人", "大家",
)  # fmt: skip
# Before an activity they make it a wish of somebody's, not an activity.
WISHES = (
    "wants", "want", "wanted", "wants a", "wants to see a", "wants to see", "wants another", "asked for", "asked for a",
    "asks for", "asks for a", "needs a", "need a", "requested", "requested a", "requests a", "want a", "would like a",
    "interested in a", "prefers", "prefer", "before", "go to", "想要", "想看", "希望", "要求", "想", "要看", "要",
)  # fmt: skip
# Around an activity's word they make it something else.
NOT_DEEDS = (
    "phone number", "phone numbers", "call center", "call centre", "over phone", "by phone", "over the phone",
    "meeting room",
    "board meeting", "call it", "call sign", "called off", "prefers calls", "no call", "on call",
    "conference room", "phone bill", "hot lead", "demo account", "demo unit", "demo units", "so-called", "go live",
    "take a call", "会议室", "电话号码", "电话是", "电话多少", "手机号", "去年", "去世", "过去", "失去", "去掉",
    "下去", "电话会议系统", "会议系统", "现场服务", "出去", "进去", "回去", "除去", "来去", "前去", "上会", "没去",
)  # fmt: skip

# What is looked up, and how one asks for it.
LOOKUPS = (
    "find", "search", "search for", "look up", "lookup", "show", "show me", "open", "who is", "who's", "what about",
    "info on", "details for", "details on", "get", "pull up", "where is", "what is", "what's", "whats", "whos",
    "wheres", "where's", "帮我看看", "帮我看一下", "帮我查", "帮我查一下", "帮忙查", "帮我找", "查一下", "查询",
    "查找", "查", "搜索", "搜一下",
    "搜", "找一下", "找", "看看", "看一下", "打开", "谁知道", "谁有", "哪里有", "调出",
)  # fmt: skip
ASKED = (
    "phone number", "number", "phone", "email", "e-mail", "address", "contact", "contacts", "details", "info",
    "history",
    "who", "what", "when", "where", "is", "are", "our", "the", "at", "for", "of", "s", "status", "how",
    "电话是多少", "电话多少", "的电话", "电话", "手机号", "手机", "邮箱", "地址", "联系方式", "联系人", "资料", "信息",
    "是多少", "多少", "在哪里", "在哪儿", "在哪", "是谁", "怎么样了", "怎么样", "情况", "如何", "什么", "的", "谁",
    "了", "呢",
    "吗", "合同",
)  # fmt: skip
QUESTIONS = (
    "?", "？", "吗", "呢", "是多少", "电话多少", "在哪", "在哪里", "是谁", "怎么样", "怎么样了", "什么情况", "谁知道",
    "有没有",
)  # fmt: skip

# Beside an amount they make the line one about a deal.
DEALS = (
    "deal", "opp", "opportunity", "renewal", "order", "contract", "upsell", "pipeline", "proposal", "po",
    "单子", "商机", "订单", "合同", "续约", "续费", "项目", "这单", "那单", "标的", "意向",
)  # fmt: skip
