"""Whole lines as reps type them, each read into all its parts at once."""

from datetime import datetime

import pytest

from core.capture import Captured, capture

NOW = datetime(2026, 3, 4, 10, 30)  # noqa: DTZ001 - a member's wall time; a Wednesday

# The line, and in it: the follow-up's day and time, the day it happened, the amount, the stage.
LINES = [
    ("visit Acme with Jane Doe, discussed pricing, follow up next Wednesday, $30k", "2026-03-11", "", "30000", ""),
    ("电话 腾讯 李四 确认合同条款，周五发合同", "2026-03-06", "", "", "negotiation"),
    ("call Globex John: wants demo, send proposal by Friday", "2026-03-06", "", "", ""),
    ("赢单 阿里 50万", "", "", "500000", "won"),
    ("won Initech $120k", "", "", "120000", "won"),
    ("昨天和王五在星巴克见面，聊了续约，月底前给报价", "2026-03-31", "2026-03-03", "", ""),
    ("met Sarah from Initech yesterday re renewal; next step: quote by EOM", "2026-03-31", "2026-03-03", "", ""),
    ("lost deal with Umbrella - price too high", "", "", "", "lost"),
    ("明天上午10点拜访小米 @李雷", "2026-03-05 10:00", "", "", ""),
    ("remind me to call Bob at Acme on Monday 9am", "2026-03-09 09:00", "", "", ""),
    ("note: Acme's budget freeze until Q3", "", "", "", ""),
    ("they will decide next week", "", "", "", ""),
    ("客户下周决定", "", "", "", ""),
    ("张总要求下周三前发报价", "2026-03-11", "", "", ""),
    ("3月2日拜访华为", "", "2026-03-02", "", ""),
    ("visited Acme on 3/2", "", "2026-03-02", "", ""),
    ("周一拜访华为，聊了报价", "", "2026-03-02", "", "quote"),
    ("Monday visit with Acme, discussed pricing", "", "2026-03-02", "", ""),
    ("下周一拜访华为", "2026-03-09", "", "", ""),
    ("visit Acme next Monday 2pm", "2026-03-09 14:00", "", "", ""),
    ("meeting with Tesla tomorrow at 3 to negotiate terms", "2026-03-05 15:00", "", "", ""),
    ("今天下午3点见了张总", "", "", "", ""),
    ("上周五拜访比亚迪 王经理，对价格有异议，两周后再谈", "2026-03-18", "2026-02-27", "", ""),
    ("前天电话沟通 京东 赵总，预算200万，下月初给方案", "2026-04-01", "2026-03-02", "2000000", ""),
    ("quoted Stark Industries €45k, follow up in 2 weeks", "2026-03-18", "", "45000", "quote"),
    (
        "Wayne Corp: negotiating contract, legal review, call back Thursday 4pm",
        "2026-03-05 16:00",
        "",
        "",
        "negotiation",
    ),
    ("中标了！国家电网 1.2亿", "", "", "120000000", "won"),
    ("丢单：美团选了竞品", "", "", "", "lost"),
    ("给字节报价80万，等回复，下周五跟进", "2026-03-13", "", "800000", "quote"),
    ("跟进 滴滴 下周二上午", "2026-03-10 09:00", "", "", ""),
    ("call Acme tmrw", "2026-03-05", "", "", ""),
    ("Called Acme, left voicemail, try again Friday", "2026-03-06", "", "", ""),
    ("emailed Bob the deck, will ping him in 3 days", "2026-03-07", "", "", ""),
    ("Demo with Hooli went great, sending contract EOD", "2026-03-04", "", "", ""),
    ("Hooli signed the contract! $250,000", "", "", "250000", "won"),
    ("拜访了宁德时代，对方很满意，准备下个月签合同，金额约500万", "2026-04-01", "", "5000000", ""),
    ("和客户吃饭，聊到明年计划", "", "", "", ""),
    ("3天前去了一趟苏州", "", "2026-03-01", "", ""),
    ("提醒：周四前提交标书", "2026-03-05", "", "", ""),
    ("2小时后给李总回电话", "2026-03-04 12:30", "", "", ""),
    ("call back in 30 minutes", "2026-03-04 11:00", "", "", ""),
    ("Follow up with @sara on the $12k renewal by 3/20", "2026-03-20", "", "12000", ""),
    ("Dinner w/ Mr Li last night, he wants 50 licences", "", "2026-03-03", "", ""),
    ("meeting moved to next Tuesday 10am", "2026-03-10 10:00", "", "", ""),
    ("acme renewal due 4/15", "2026-04-15", "", "", ""),
    ("每周一跟进华为", "2026-03-09", "", "", ""),
    ("客户说价格太高，砍价到28万，还在谈判", "", "", "280000", "negotiation"),
    ("Spoke to Ann on Monday about RFP; proposal due next Friday", "2026-03-13", "2026-03-02", "", ""),
    ("见了万科的刘总，谈了三期项目，下周约演示", "2026-03-09", "", "", ""),
    ("约了周五下午两点和平安开会", "2026-03-06 14:00", "", "", ""),
    ("周五约了平安王总喝茶", "2026-03-06", "", "", ""),
    ("visited on Feb 27, follow up on Mar 10", "2026-03-10", "2026-02-27", "", ""),
    ("2月27日拜访，3月10日跟进", "2026-03-10", "2026-02-27", "", ""),
    ("no date here", "", "", "", ""),
    ("not won yet, still negotiating", "", "", "", "negotiation"),
    ("deal didn't close, lost to Oracle", "", "", "", "lost"),
    ("Q3 budget is 2M USD", "", "", "2000000", ""),
]


def parts(captured: Captured) -> tuple[str, str, str, str]:
    todo = captured.followup
    when = "" if todo is None else f"{todo.date} {todo.time:%H:%M}" if todo.time else f"{todo.date}"
    happened = str(captured.happened or "")
    return when, happened, f"{captured.amount.value:.0f}" if captured.amount else "", captured.stage or ""


@pytest.mark.parametrize(("text", "expected"), [(text, expected) for text, *expected in LINES])
def test_line(text: str, expected: list[str]) -> None:
    """Every part that was said is found, and none that was not."""
    locale = "zh_CN" if any("\u3400" <= char <= "\u9fff" for char in text) else "en"
    assert list(parts(capture(text, NOW, locale))) == expected
