"""How people are called: surnames, titles and what stands beside a name."""

from core.when.values import listed

SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭"
    "陆汪范金石"
    "廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜倪"
    "庄聂章鲁岳翟"
    "殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解"
    "牟艾尤阳时穆"
    "农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛"
    "仲虞敖巩明佘"
)
COMPOUND = ("欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "司徒", "令狐", "夏侯", "端木")
TITLES = (
    "总经理", "副总裁", "总裁", "副总", "总监", "经理", "主任", "主管", "部长", "处长", "科长", "局长", "院长",
    "校长", "所长",
    "厂长", "行长", "董事长", "董事", "书记", "老师", "教授", "博士", "医生", "大夫", "工程师", "助理", "秘书",
    "会计", "律师",
    "老板", "老总", "先生", "女士", "小姐", "师傅", "站长", "店长", "队长", "组长", "会长", "社长", "馆长", "总",
    "工", "董", "哥",
    "姐", "局", "处", "院", "导", "律",
)  # fmt: skip
# Characters after which a short title is part of another word: 王工作, 李总是, 张总共.
NOT_TITLE = {
    "总": "是共结体之部价额监裁经", "工": "作程厂业地具资人艺", "局": "面部势", "处": "理", "院": "子", "董": "事",
    "哥": "伦", "导": "致入", "律": "师所",
}  # fmt: skip
LATIN_TITLES = ("mr", "mrs", "ms", "miss", "dr", "prof", "professor", "sir")

# Roles: a name may follow, and they are no name themselves.
ROLES = (
    "ceo", "cfo", "cto", "coo", "cio", "cmo", "vp", "boss", "manager", "director", "buyer", "head", "owner", "founder",
    "assistant", "engineer", "partner", "colleague", "contact", "guy", "rep", "lead", "president", "chairman", "gm",
    "named", "called", "procurement",
)  # fmt: skip
HAN_ROLES = (
    "经理", "总监", "主任", "主管", "部长", "负责人", "联系人", "对接人", "采购", "采购员", "助理", "秘书", "领导",
    "同事", "老板",
    "技术部", "采购部", "财务", "工程师", "新来的", "叫", "名叫", "介绍了", "认识了", "见了", "见到", "约了",
    "陪同的", "总经理",
    "销售", "研发", "市场部",
)  # fmt: skip
# Latin words before a person, and words that stand before a company instead.
BEFORE_PERSON = (
    "met", "saw", "with", "w/", "w", "and", "&", "+", "to", "spoke", "called", "phoned", "rang", "visited", "via", "by",
    "contact", "meet", "from", "见了", "和", "跟", "与", "拜访",
)  # fmt: skip
BEFORE_COMPANY = ("at", "from", "@", "for", "of", "in", "vs", "to", "against", "over", "on", "near")

# Capitalised, and no names: what a line begins with, days, months, trade words.
NO_NAMES = listed(
    """
    monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january
    february
    march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov
    dec
    today tomorrow yesterday tonight morning afternoon evening week month quarter year noon eod eom eow
    i we he she they it you the a an this that these those my our his her their its your who what when where why how
    met visited called spoke talked saw had has have was were is are been got gave left sent emailed phoned rang
    quoted won
    lost closed signed just new old next last first second follow followup up call visit meeting note task deal lunch
    dinner
    coffee demo quote proposal contract budget price pricing order invoice renewal discount offer sample samples pilot
    poc intro reminder remind please pls need needs want wants wanted will can could should must with without and or
    but so
    then also if not no yes ok okay thanks thank great good bad nice happy sounds deal deals won lost said says told
    asked
    asks about from for to at in on by of re regarding per via after before until since during
    ceo cfo cto coo cio vp hr it legal procurement finance sales marketing ops operations engineering team board
    customer
    client contact site office plant warehouse factory phone email zoom teams slack wechat whatsapp linkedin video
    chinese english german french europe asia china usa uk eu us q1 q2 q3 q4 fyi asap tbd eta rfp rfq po nda sla msa
    let see send chase ping book schedule set prep prepare check discuss discussed log add update open find show
    everyone everybody all guys team folks people dear hi hello hey happy merry big small quick short long another
    stopped dropped swung popped went tried trying waiting hot cold warm lead going said very too more most less
    verbal final draft revised signed red line project product service support upgrade training workshop kickoff
    conf conference trade show event trip tour mtg sync wrap log lookup search her him them me us some any
    """
)
# What ends an unknown company's name rather than a person's.
COMPANY_ENDS = listed(
    "inc ltd llc corp co company group gmbh ag sa plc foods logistics robotics dairy medical schools school mutual "
    "energy "
    "marine steel print bank partners holdings systems labs tech technologies industries solutions software motors "
    "electronics hotel hotels hospital university pharma capital insurance media studio studios works"
)
# Chinese words that begin like a surname and are no people.
NO_HAN_NAMES = listed(
    """
    方案 方便 方面 方式 方向 高兴 高级 高价 高层 金额 金融 石油 白天 白酒 常用 常见 安排 安全 安装 应该 应收 应付 全部
    全国 明天 明年
    明白 明确 时间 时候 成交 成本 成功 成立 和解 和谈 关系 关心 关于 关注 关键 包装 包括 包年 单子 单价 单位 单独 宁可
    文件 文档 向上 向
    温度 武器 严重 严格 万一 万元 华东 华南 华北 季度 季节 解决 解释 路上 路演 游说 管理 管道 房间 房子 农业 司机 古老
    简单 简历 车间
    车队 项目 连续 连接 边上 师傅 商量 商务 商谈 商业 商机 商定 明显 明细 余款 余额 程序 夏天 夏季 陆续 任务 任何 于是
    江边 龙头 毛利 段时
    黄了 马上 何时 何况 程度 许多 许可 高度 周报 周末 周期 周年 周边 周一 周二 周三 周四 周五 周六 周日 周会 钱款 钱包
    万吨 雷同 史上 康复
    施工 牛奶 易用 颜色 章程 申请 申报 左右 祝好 尚未 符合 舒服 盛大 曲线 蓝色 辛苦 艾特 卓越 吉祥 车辆 景气 党委 费用
    冷链 卫生 米价
    桂林 应用 应标 边缘 向导 单据 单机 干部 左边 右边 谢谢 苏州 杭州 广东 石家庄 郑州 徐州 温州 常州 金华 宁波 安徽
    江苏 江西 黄山 马鞍山
    成都 文员 时效 时长 全款 全年 全额 全员 平台 于今 连锁 柳州 海口 邓州 汤料 包邮 和平 卜算 管控 路径 路线 章节 师资
    时不时 金桥 任命
    常规 常年 安心 安抚 严谨 高端 高效 高管 高清 林业 林区 石材 石英 钢铁 方法 方才 文字 文化 应急 应酬 简报 简介 明早
    明晚 明日 和他 和她
    和我 和客 和对 时差 管线 房产 单次 成品 成套 成分 成果 成熟 成单 全程 全套 关闭 关联 关机 祝贺 祝愿 华为 钟头 钟点
    任期 任由 古板
    """
)
# A Chinese name in running text ends before these.
AFTER_HAN_NAME = (
    "谈聊说讲问想要负确在不没对陪都来去提讨沟见一也的关希同介反给和跟与及、，。,.;；：:!！?？（）() "
    "\t/认参觉表催约加换出休看答回打带也还已刚又正"
    "现电微喝吃签拍嫌让把被称建做发等今明昨后上下周建"
)
