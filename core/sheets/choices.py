"""The words people have for stages, kinds and priorities in their own sheets, in English and Chinese."""

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from core.activities.model import ActivityKind
from core.contacts.model import Decision
from core.customers.model import Lifecycle
from core.deals.model import DealStage
from core.names.folding import fold
from core.sheets.model import SheetKind
from core.tasks.model import Priority

_LIFECYCLE = {
    Lifecycle.LEAD: "new|new lead|open|raw|cold|潜在|潜在客户|线索|新客户|新线索|待跟进|未跟进|初步接触",
    Lifecycle.PROSPECT: "opportunity|qualified|sales qualified lead|marketing qualified lead|sql|mql|working|"
    "contacted|in "
    "progress|active|意向|意向客户|有意向|机会|机会客户|跟进中|已联系|重点跟进|洽谈中",
    Lifecycle.CUSTOMER: "client|won|active customer|existing|existing customer|evangelist|subscriber|成交|成交客户|"
    "已成交|"
    "已签约|签约|签约客户|合作|合作中|合作客户|正式客户|老客户|客户|付费客户|vip|已合作",
    Lifecycle.DORMANT: "inactive|on hold|paused|sleeping|沉睡|沉睡客户|休眠|休眠客户|暂停|搁置|暂缓|长期未联系",
    Lifecycle.LOST: "churned|former|former customer|unqualified|dead|流失|流失客户|已流失|丢失|无效|无效客户|放弃|"
    "终止合作",
}
_DEAL_STAGES = {
    DealStage.LEAD: "new|prospecting|open|discovery|initial|appointment scheduled|线索|初步接触|初步沟通|新建|"
    "新商机|潜在|"
    "发现需求|立项|初期沟通|待跟进",
    DealStage.QUALIFIED: "qualification|qualified to buy|needs analysis|value proposition|presentation scheduled|"
    "demo|"
    "evaluation|meeting|需求确认|确认需求|需求分析|资格确认|意向|有意向|意向确认|方案交流|演示|产品演示|试用|跟进中",
    DealStage.QUOTE: "quoted|proposal|quotation|proposal/price quote|proposal sent|price quote|"
    "decision maker bought-in|"
    "报价|已报价|方案|方案报价|方案/报价|提案|投标|方案设计|招投标",
    DealStage.NEGOTIATION: "negotiating|negotiation/review|contract|contract sent|verbal|legal|谈判|商务谈判|"
    "谈判/复审|谈判中|"
    "合同|合同审批|签合同|商务|议价|谈判审核|待签约|签约中",
    DealStage.WON: "closed won|win|closed|signed|done|赢单|成交|已成交|已签约|签约|中标|成功|赢|已赢单|赢单成交",
    DealStage.LOST: "closed lost|lose|cancelled|canceled|dead|输单|丢单|失败|未中标|已输单|流失|无效|取消|输|关闭|"
    "放弃|终止",
}
_ACTIVITY_KINDS = {
    ActivityKind.VISIT: "on-site|onsite|site visit|field visit|拜访|上门|上门拜访|客户拜访|实地拜访|外勤|走访|来访|"
    "陌拜|回访",
    ActivityKind.CALL: "phone|phone call|telephone|calls|outbound call|inbound call|电话|通话|致电|电话沟通|"
    "电话拜访|打电话|语音|电话回访",
    ActivityKind.MEETING: "event|demo|meetings|conference|video|video call|online meeting|会议|开会|线上会议|"
    "视频会议|会面|面谈|"
    "演示|商务宴请|饭局|培训",
    ActivityKind.NOTE: "notes|other|comment|task|备注|笔记|记录|其他|其它|跟进|跟进记录|便签|日志",
    ActivityKind.MESSAGE: "email|e-mail|mail|sms|text|chat|wechat|whatsapp|im|消息|微信|短信|邮件|qq|钉钉|企业微信|"
    "飞书|邮件沟通|微信沟通",
}
_PRIORITIES = {
    Priority.HIGH: "urgent|important|critical|highest|h|1|p0|p1|高|紧急|重要|最高|很高|非常紧急|急",
    Priority.NORMAL: "medium|middle|moderate|default|m|2|p2|中|普通|一般|正常|中等",
    Priority.LOW: "minor|lowest|not urgent|l|3|p3|p4|低|不急|较低|不重要|最低|次要",
}
_DECISIONS = {
    Decision.DECIDER: "decision maker|decision-maker|economic buyer|budget holder|executive sponsor|final decision|"
    "决策者|决策人|"
    "决定者|拍板人|最终决策|最终决策人|决策|批准者|有决策权|关键决策人",
    Decision.INFLUENCER: "influence|champion|technical buyer|recommender|evaluator|coach|影响者|影响人|推荐人|"
    "技术把关|支持者|建议者|"
    "评估者|有影响力|关键影响人",
    Decision.USER: "end user|end-user|使用者|使用人|用户|最终用户|终端用户",
    Decision.BLOCKER: "opponent|detractor|gatekeeper|反对者|反对人|阻碍者|阻力|守门人",
    Decision.UNKNOWN: "other|none|n/a|未知|不详|不清楚|其他|无|没有决策权|无决策权",
}
_YES = "yes|y|true|t|1|x|✓|✔|√|done|completed|complete|closed|finished|是|对|已完成|完成|已办|已结束|结束|已关闭"
_NO = (
    "no|n|false|f|0|open|not started|in progress|pending|todo|to do|waiting|deferred|new|✗|×|否|未完成|没有|进行中|"
    "待办|"
    "未开始|待处理|未办|处理中|待完成"
)

Choice = TypeVar("Choice", bound=StrEnum)
_MARKS = re.compile(r"[\s\-_/.·&()]+|^\d+[.、\s]\s*")


def choice_key(word: str) -> str:
    """A word as choices are compared: ``1. Closed - Won`` is ``closedwon``."""
    return _MARKS.sub("", re.sub(r"^\s*\d+\s*[.、)\-:：]\s*(?=\D)", "", fold(word)))


def _by_word(choices: Mapping[Choice, str]) -> Mapping[str, StrEnum]:
    found = {choice_key(word): choice for choice, words in choices.items() for word in words.split("|")}
    return found | {choice.value: choice for choice in choices}


CHOICES: dict[tuple[SheetKind, str], Mapping[str, StrEnum]] = {
    (SheetKind.CUSTOMERS, "stage"): _by_word(_LIFECYCLE),
    (SheetKind.CONTACTS, "decision"): _by_word(_DECISIONS),
    (SheetKind.DEALS, "stage"): _by_word(_DEAL_STAGES),
    (SheetKind.ACTIVITIES, "kind"): _by_word(_ACTIVITY_KINDS),
    (SheetKind.TASKS, "priority"): _by_word(_PRIORITIES),
}
YES_NO = {choice_key(word): True for word in _YES.split("|")} | {choice_key(word): False for word in _NO.split("|")}
