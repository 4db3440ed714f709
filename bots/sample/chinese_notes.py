"""What reps of the Chinese half note at each step of selling machine monitoring, and what they plan next."""

from bots.sample.chinese import COMPANIES
from bots.sample.shapes import Step, Tongue
from core.activities.model import ActivityKind as Kind
from core.deals.model import DealStage

STEPS = {
    "hello": Step(
        notes=(
            "展会上认识了{person}。他们每个月因为{asset}故障要停两个班，都是停了线才知道。",
            "电话聊得不错，{person}说现在每周人工点检一次{asset}，数据记在本子上，基本没人看。",
            "{person}看了我们公众号的案例主动打来，最关心传感器能不能经得住冲洗和消毒。",
            "老客户介绍的。{person}今年有一笔试点预算，另外也在看两家。",
            "和{person}通了十分钟电话，不急，等审计过了再说，但欢迎去现场看看，先发一页纸的介绍。",
            "{person}带着一个坏轴承来展位，说去年{asset}换了{n}次，有两次还是半夜。",
        ),
        todos=("给{person}发产品介绍", "约时间去现场看{asset}", "弄清楚谁签字"),
        kinds=(Kind.CALL, Kind.VISIT, Kind.NOTE),
        stage=DealStage.LEAD,
    ),
    "need": Step(
        notes=(
            "跟{person}走了一遍车间，{asset}要测的点{n}个，三个是关键设备。现场没有无线，网关得自带卡。",
            "{person}给看了停机台账，今年累计{n}小时，大头都在{asset}。他要的是提前一周报警，不是月报。",
            "在中控室待了两个小时。数据出厂必须走他们自己的平台，{person}会把安全规定发过来。",
            "{person}和夜班班长一起聊的。原来那套系统误报太多，有人干脆把警铃线剪了。",
            "{person}想要一张图看全部厂区，现在靠一份表格，没人打开。",
            "和{person}在{line}数了一下，{n}个点，一半不好够到，电池寿命比价格重要。",
        ),
        todos=("整理{line}的测点清单", "跟{person}要网络安全规定", "准备{asset}的演示"),
        kinds=(Kind.VISIT, Kind.MEETING),
        stage=DealStage.QUALIFIED,
        outcomes=("痛点确认了", "范围清楚，预算还没定", ""),
    ),
    "demo": Step(
        notes=(
            "在{line}现场演示，十分钟就查出一台风机不平衡，{person}当场拍了屏幕发给老板。",
            "给{person}和四位同事演示了看板，问得最多的是半夜报警叫谁起来。",
            "线上演示。{person}希望报警直接推到他们的群里，不想再装一个软件，这正是我们的长处。",
            "演示到一半投影坏了，{person}自己在白板上接着讲，看来是真听进去了。",
            "在{asset}上夹了两个传感器测了一下午，趋势图{person}一看就懂。",
        ),
        todos=("写{line}的试点方案", "把演示录像发给{person}", "找两个同行业案例"),
        kinds=(Kind.MEETING, Kind.VISIT),
        outcomes=("想做试点", "工程师认可了，下一步是采购", ""),
    ),
    "pilot": Step(
        notes=(
            "{line}试点上线，{n}个传感器一个网关。第三天就报了一次，{person}去看，是真的。",
            "试点中期沟通，误报两次、报准一次，{person}说比点检员强。",
            "取回试点数据，{line}的{asset}每周一温度偏高，{person}怀疑是周末清洗的问题。",
            "试点报告交了，{person}要拿去给工会看，只要不考核个人就没意见。",
        ),
        todos=("按{n}个测点准备报价", "给{person}送试点报告", "约试点验收会"),
        kinds=(Kind.VISIT, Kind.CALL),
        outcomes=("试点通过", ""),
    ),
    "quote": Step(
        notes=(
            "报了传感器、网关加三年服务。{person}要求服务费按年拆开。",
            "报价发了，{person}要换成他们的格式，月底上会。",
            "给了两个方案，如果能等到大修再装，{person}倾向大的那个。",
            "跟{person}逐行过了一遍报价，只有网关的价格皱了下眉头。",
            "{person}今天就要书面报价，预算月底关账，一小时内发过去了。",
        ),
        todos=("问{person}报价的意见", "服务费按年拆开重报", "确认{n}个传感器的货期"),
        kinds=(Kind.CALL, Kind.MEETING, Kind.NOTE),
        stage=DealStage.QUOTE,
    ),
    "haggle": Step(
        notes=(
            "{person}要么再降八个点，要么多送一年服务。我提了延长账期，他说考虑一下。",
            "法务退回合同，{n}条意见，多数是违约责任，有三条确实合理。",
            "和{person}还有采购一起开会，价格谈妥了，先把数据安全协议签掉。",
            "竞品比我们低一成，{person}还是偏向查出风机问题的那家。",
            "只差开工日期没定，{person}在争取大修的窗口。",
        ),
        todos=("合同意见改好发回去", "申请折扣审批", "给{person}打电话催签字"),
        kinds=(Kind.CALL, Kind.MEETING),
        stage=DealStage.NEGOTIATION,
        outcomes=("差一点，还有一条没定", "等他们法务", ""),
    ),
    "won": Step(
        notes=(
            "签了！{person}喝着茶就把字签了，问能不能先从{line}开始。",
            "合同盖章，{person}要求下周启动，先装{asset}。",
            "晚上六点四十收到订单，马上给{person}打电话道谢。",
        ),
        todos=("和{person}排安装计划", "备{n}个传感器", "移交给服务同事"),
        kinds=(Kind.MEETING, Kind.CALL),
        stage=DealStage.WON,
    ),
    "care": Step(
        notes=(
            "安装完了，{n}个点全部在线。{person}的人一天就把名字全改好了，说明真在用。",
            "跟{person}做季度回顾，报警四次，四次都在计划停机里换了轴承，问能不能写成案例。",
            "{person}反映有个网关半夜掉线，查下来是有人关插座，一起贴了标签。",
            "闲聊了一会儿，{person}说另一个厂区也是这种{asset}，愿意帮忙引荐那边的厂长。",
            "给新班组做培训，{person}希望报警文字再短一点，他们戴着手套看手机。",
        ),
        todos=("给{person}发季度报告", "请{person}引荐另一个厂区", "检查{line}的网关"),
        kinds=(Kind.VISIT, Kind.CALL, Kind.MEETING),
        outcomes=("满意", "想加测点", ""),
    ),
    "lost": Step(
        notes=(
            "丢了。{person}说得很直接，集团统一采购一套，跟我们没关系，明年再联系。",
            "{person}选了主机厂自带的监测，第一年免费，没法比。",
            "投资冻结，什么时候恢复不知道，{person}也很无奈。",
        ),
        todos=(),
        kinds=(Kind.CALL,),
        stage=DealStage.LOST,
    ),
    "quiet": Step(
        notes=(
            "打了两次{person}的电话没人接，助理说车间在改造。",
            "{person}调去别的厂了，接替的人还没定。",
        ),
        todos=(),
        kinds=(Kind.CALL, Kind.NOTE),
    ),
}

CHINESE = Tongue(
    companies=COMPANIES,
    steps=STEPS,
    deals=("{asset}在线监测", "{line}监测一期", "{asset}传感器{n}个", "{line}状态监测项目"),
    renewal="{year}年服务合同",
    currency=("CNY",),
    owners=("demo", "wei", "mei", "wei", "demo", "mei", "wei"),
    team="Greater China",
    lines=("二号线", "四号线", "三号车间", "北跨", "七号线"),
    address="{region}市{n}号厂房",
)
