"""The fields of each kind of sheet, and the headers under which they come, in English and Chinese.

To teach Kith a header, add it to ``headers`` (the whole header) or ``ends`` (what a longer header may end with).
Spaces, case, punctuation and notes in brackets make no difference.
"""

from core.sheets.field import Reads, Several, SheetField
from core.sheets.model import SheetKind

_IDS = "external id|id|record id|编号|编码|外部编号|外部id|系统编号|唯一标识|唯一编号"
_CUSTOMER = SheetField(
    "customer",
    "customer|customer name|company|company name|account|account name|client|client name|organization|organisation|"
    "associated company|related to|employer|客户|客户名称|所属客户|关联客户|对应客户|客户公司|公司|公司名称|所属公司|"
    "单位|单位名称|企业|企业名称|客户简称",
    required=True,
)
_PHONE = SheetField(
    "phone",
    "mobile|mobile phone|mobile number|cell|cell phone|phone|phone number|telephone|tel|work phone|office phone|"
    "main phone|company phone|direct phone|手机|手机号|手机号码|移动电话|电话|电话号码|联系电话|公司电话|座机|"
    "固定电话|"
    "办公电话|固话|总机|联系方式",
    Reads.PHONE,
    ends="phone|phone number|telephone|mobile|电话|手机|手机号|手机号码",
    several=Several.FIRST,
)
_OWNER = SheetField(
    "owner",
    "owner|account owner|company owner|deal owner|opportunity owner|record owner|sales rep|rep|sales|salesperson|"
    "account manager|assigned to|负责人|客户负责人|商机负责人|销售负责人|所有人|客户经理|销售|销售人员|销售代表|"
    "业务员|"
    "跟进人|归属人|归属销售|负责销售",
)
_DEAL = SheetField(
    "deal",
    "deal|deal name|related deal|opportunity|opportunity name|related opportunity|商机|商机名称|关联商机|所属商机|"
    "关联项目",
)
_NAME_OF_COMPANY = (
    "company name|account name|customer name|client name|organization name|organisation name|business name|"
    "legal name|"
    "company|account|customer|client|organization|organisation|name|公司名称|客户名称|企业名称|单位名称|公司全称|"
    "客户全称|"
    "公司名|客户名|全称|公司|客户|企业|单位|名称"
)
_REGIONS = (
    "region|territory|area|country|state|province|city|state/region|country/region|billing city|billing state|"
    "billing country|地区|区域|所在地区|所属区域|所属地区|所在地|国家|省份|省|所在省份|省市|城市|市|所在城市|大区"
)
_ADDRESSES = (
    "address|street address|street|billing street|billing address|postal address|office address|address 1|address 2|"
    "address line 1|address line 2|地址|详细地址|公司地址|通讯地址|办公地址|联系地址|注册地址"
)

_CUSTOMERS = (
    SheetField("external_id", f"{_IDS}|account id|customer id|company id|客户编号|客户id|客户编码|客户代码"),
    SheetField("name", _NAME_OF_COMPANY, required=True),
    SheetField(
        "aliases",
        "aliases|alias|also known as|aka|short name|other names|trading name|dba|former name|别名|简称|公司简称|"
        "客户简称|"
        "曾用名|英文名|英文名称|外文名称|其他名称|客户别名",
        Reads.NAMES,
        several=Several.JOIN,
    ),
    SheetField("industry", "industry|sector|vertical|行业|所属行业|行业类别|行业分类", ends="industry|行业"),
    SheetField(
        "size",
        "size|company size|employees|number of employees|no of employees|employee count|headcount|规模|公司规模|"
        "企业规模|"
        "人员规模|员工数|员工人数|人数",
        ends="规模",
    ),
    SheetField("region", _REGIONS, several=Several.JOIN),
    _OWNER,
    SheetField("team", "team|sales team|owner team|团队|所属团队|销售团队|负责团队|归属部门|所属部门|部门"),
    SheetField(
        "stage",
        "stage|lifecycle stage|lifecycle|customer stage|status|customer status|account status|lead status|阶段|"
        "客户阶段|"
        "生命周期|客户生命周期|客户状态|状态|跟进状态|跟进阶段",
        Reads.CHOICE,
    ),
    _PHONE,
    SheetField(
        "website",
        "website|web site|web|url|homepage|company domain name|domain|domain name|网站|网址|官网|主页|公司网址|"
        "公司网站|域名|"
        "企业官网|公司官网",
        Reads.WEB,
        several=Several.FIRST,
    ),
    SheetField("address", _ADDRESSES, several=Several.JOIN),
    SheetField("tags", "tags|tag|labels|label|标签|客户标签", Reads.TAGS, several=Several.JOIN),
)

_CONTACTS = (
    SheetField("external_id", f"{_IDS}|contact id|联系人编号|联系人id"),
    _CUSTOMER,
    SheetField(
        "name",
        "full name|contact name|name|contact|person|display name|姓名|联系人姓名|联系人|联系人名称|名称|名字",
        required=True,
    ),
    SheetField("first_name", "first name|given name|forename|名"),
    SheetField("last_name", "last name|surname|family name|姓|姓氏"),
    SheetField("title", "title|job title|position|role|function|职位|职务|岗位|头衔|职称"),
    _PHONE,
    SheetField(
        "email",
        "email|e-mail|email address|e-mail address|mail|work email|primary email|邮箱|电子邮箱|邮箱地址|邮件|"
        "电子邮件|"
        "电子邮件地址|电邮|工作邮箱",
        Reads.EMAIL,
        ends="email|邮箱",
        several=Several.FIRST,
    ),
    SheetField("wechat", "wechat|wechat id|weixin|wx|微信|微信号|微信id"),
    SheetField(
        "decision",
        "decision|decision power|decision role|buying role|influence|决策权|决策角色|决策力|决策影响力|采购角色|角色",
        Reads.CHOICE,
    ),
)

_DEALS = (
    SheetField("external_id", f"{_IDS}|deal id|opportunity id|商机编号|商机id|项目编号|合同编号|订单编号"),
    _CUSTOMER,
    SheetField(
        "name",
        "deal name|opportunity name|deal|opportunity|project name|project|name|title|subject|商机名称|商机|商机标题|"
        "项目名称|"
        "项目|交易名称|合同名称|订单名称|名称|标题|主题",
        required=True,
    ),
    SheetField(
        "amount",
        "amount|deal amount|opportunity amount|value|deal value|contract value|expected revenue|revenue|price|total|"
        "金额|"
        "商机金额|预计金额|预计成交金额|预计销售金额|合同金额|成交金额|交易金额|项目金额|销售金额|总金额|报价",
        Reads.AMOUNT,
        ends="amount|金额",
    ),
    SheetField("currency", "currency|currency code|币种|货币|币别|结算币种", Reads.CURRENCY),
    SheetField(
        "stage",
        "stage|deal stage|sales stage|pipeline stage|status|阶段|商机阶段|销售阶段|状态|商机状态|项目阶段",
        Reads.CHOICE,
    ),
    SheetField(
        "probability",
        "probability|win probability|likelihood|概率|赢率|成交概率|赢单率|赢单概率|成交率|可能性|成功率",
        Reads.PERCENT,
        ends="probability|概率|赢率",
    ),
    SheetField(
        "close_on",
        "expected close date|expected close|close date|closing date|close on|forecast close|estimated close date|"
        "预计成交|"
        "预计成交日期|预计成交时间|预计签约日期|预计签单日期|预计结单日期|预计关闭日期|预计结束日期|成交日期|"
        "签约日期|结单日期|截止日期",
        Reads.DAY,
        ends="close date|成交日期|签约日期|签单日期|结单日期",
    ),
    SheetField(
        "closed_at",
        "closed at|closed date|closed on|date closed|actual close date|actual close|实际成交日期|实际成交时间|"
        "实际签约日期|实际结单日期|关闭时间|关闭日期|结单时间",
        Reads.MOMENT,
    ),
    _OWNER,
)

_ACTIVITIES = (
    SheetField("external_id", f"{_IDS}|activity id|记录编号|活动编号"),
    _CUSTOMER,
    SheetField(
        "kind",
        "kind|activity type|type|activity|类型|活动类型|跟进方式|跟进类型|记录类型|拜访类型|拜访方式|沟通方式|方式",
        Reads.CHOICE,
    ),
    SheetField(
        "text",
        "text|notes|note|description|details|content|comments|comment|summary|subject|body|内容|跟进内容|跟进记录|"
        "拜访内容|"
        "沟通内容|活动内容|记录|纪要|会议纪要|描述|备注|摘要|说明|主题",
        Reads.PARAGRAPH,
        several=Several.JOIN,
        required=True,
    ),
    SheetField("place", "place|location|where|venue|地点|位置|拜访地点|会议地点|签到地点"),
    SheetField("outcome", "outcome|result|disposition|结果|拜访结果|跟进结果|沟通结果|成果", Reads.PARAGRAPH),
    SheetField(
        "next_step",
        "next step|next steps|next action|follow up|下一步|下一步计划|下步计划|后续计划|后续跟进|下一步行动",
        Reads.PARAGRAPH,
    ),
    SheetField(
        "happened_at",
        "happened at|activity date|visit date|call date|meeting date|date|time|date time|when|start|start date|"
        "start time|"
        "created at|created date|create date|created|日期|时间|拜访日期|拜访时间|跟进日期|跟进时间|活动日期|"
        "活动时间|沟通时间|"
        "发生时间|联系时间|开始时间|记录时间|创建时间|创建日期",
        Reads.MOMENT,
    ),
    SheetField(
        "author",
        "author|logged by|created by|owner|activity owner|by|user|rep|sales rep|assigned to|记录人|跟进人|拜访人|"
        "负责人|"
        "创建人|填写人|销售|业务员|客户经理",
    ),
    SheetField(
        "contacts",
        "contacts|contact|attendees|participants|people|with|联系人|客户联系人|参与人|参会人|参会人员|与会人员|"
        "拜访对象|沟通对象",
        Reads.NAMES,
        several=Several.JOIN,
    ),
    _DEAL,
)

_TASKS = (
    SheetField("external_id", f"{_IDS}|task id|任务编号"),
    SheetField(
        "title",
        "title|task title|task name|task|subject|name|to do|todo|summary|标题|任务|任务名称|任务标题|任务内容|主题|"
        "待办|待办事项|"
        "事项|内容|名称",
        required=True,
        limit=500,
    ),
    SheetField("customer", _CUSTOMER.headers),
    _DEAL,
    SheetField(
        "due",
        "due|due date|due on|due at|due by|deadline|date|end date|截止|截止日期|截止时间|到期|到期日|到期日期|"
        "到期时间|期限|"
        "完成期限|计划完成时间|计划完成日期|提醒时间|日期|时间",
        Reads.DUE,
        ends="due date|截止日期|截止时间",
    ),
    SheetField(
        "assignee",
        "assignee|assigned to|owner|task owner|responsible|who|负责人|执行人|处理人|经办人|责任人|指派给|被指派人|"
        "任务负责人",
    ),
    SheetField("priority", "priority|importance|urgency|优先级|重要性|紧急程度|重要程度", Reads.CHOICE),
    SheetField(
        "done",
        "done|completed|complete|finished|closed|is done|status|完成|是否完成|已完成|完成状态|任务状态|状态",
        Reads.YES_NO,
    ),
    SheetField(
        "done_at",
        "done at|completed at|completed on|completed date|completion date|date completed|finished at|closed at|"
        "完成时间|完成日期|实际完成时间|实际完成日期|办结时间",
        Reads.MOMENT,
    ),
)

FIELDS: dict[SheetKind, tuple[SheetField, ...]] = {
    SheetKind.CUSTOMERS: _CUSTOMERS,
    SheetKind.CONTACTS: _CONTACTS,
    SheetKind.DEALS: _DEALS,
    SheetKind.ACTIVITIES: _ACTIVITIES,
    SheetKind.TASKS: _TASKS,
}


def field_named(kind: SheetKind, name: str) -> SheetField | None:
    """The field of that name, or None."""
    return next((field for field in FIELDS[kind] if field.name == name), None)
