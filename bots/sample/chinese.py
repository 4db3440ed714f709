"""Companies of the Chinese half: fictional, with mobile numbers whose first digits no operator has."""

from bots.sample.shapes import Company, Person
from core.contacts.model import Decision

_D, _I, _U, _B = Decision.DECIDER, Decision.INFLUENCER, Decision.USER, Decision.BLOCKER
_DIAL = "+86 100 0000 ####"

COMPANIES = (
    Company(
        "苏州云岫岭精密仪器有限公司", ("云岫岭", "Yunxiuling Instruments"), "精密仪器", "201-500", "苏州", _DIAL,
        "yunxiuling", "主轴", (Person("顾明远", "采购总监", _D), Person("沈佳宁", "设备工程师", _U)), ("重点客户",),
    ),
    Company(
        "大连远航屿船舶科技有限公司", ("远航科技", "远航屿"), "船舶配套", "201-500", "大连", _DIAL, "yuanhangyu",
        "舵机", (Person("林若溪", "总经理", _D), Person("史大川", "轮机工程师", _U)), ("重点客户",),
    ),
    Company(
        "杭州澜汀浦食品有限公司", ("澜汀浦食品",), "食品", "501-1000", "杭州", _DIAL, "lantingpu-food",
        "灌装机", (Person("许文清", "生产副总", _D), Person("赵一鸣", "设备主管", _U)), ("冲洗环境",),
    ),
    Company(
        "杭州澜汀浦包装材料有限公司", ("澜汀浦包装",), "包装", "51-200", "杭州", _DIAL, "lantingpu-pack",
        "分切机", (Person("钱立群", "厂长", _D),),
    ),
    Company(
        "呼和浩特鹿鸣洲乳业股份有限公司", ("鹿鸣洲", "鹿鸣洲乳业"), "乳制品", "1001-5000", "呼和浩特", _DIAL,
        "lumingzhou", "均质机", (Person("乌云娜", "设备部经理", _I), Person("高建业", "副总经理", _D)), ("重点客户",),
    ),
    Company(
        "上海砚池湾印刷机械有限公司", ("砚池湾",), "印刷机械", "201-500", "上海", _DIAL, "yanchiwan",
        "胶辊", (Person("陆思远", "服务总监", _D),),
    ),
    Company(
        "宁波星槎渡物流股份有限公司", ("星槎渡", "Xingchadu Logistics"), "物流", "1001-5000", "宁波", _DIAL, "xingchadu",
        "分拣线", (Person("俞海峰", "自动化负责人", _I), Person("方静怡", "运营副总裁", _D)),
    ),
    Company(
        "武汉望舒台光电技术有限公司", ("望舒台", "望舒台光电"), "光电", "501-1000", "武汉", _DIAL, "wangshutai",
        "抛光头", (Person("彭子谦", "制造总监", _D), Person("韩雪", "工艺工程师", _U)), ("洁净室",),
    ),
    Company(
        "潍坊青禾坞农机有限公司", ("青禾坞",), "农业机械", "201-500", "潍坊", _DIAL, "qinghewu",
        "变速箱", (Person("孙国栋", "总工程师", _D),),
    ),
    Company(
        "大连北冥屿海工装备有限公司", ("北冥屿", "Beimingyu Offshore"), "海洋工程", "501-1000", "大连", _DIAL, "beimingyu",
        "绞车", (Person("姜振东", "项目经理", _I), Person("于晓岚", "采购部长", _D)), ("招标",),
    ),
    Company(
        "岳阳松烟坪纸业有限公司", ("松烟坪",), "造纸", "501-1000", "岳阳", _DIAL, "songyanping",
        "烘缸", (Person("周庆丰", "设备副厂长", _D), Person("刘小禾", "仪表工", _U)),
    ),
    Company(
        "沈阳赤霄岭重工有限公司", ("赤霄岭", "赤霄岭重工"), "重型机械", "1001-5000", "沈阳", _DIAL, "chixiaoling",
        "轧机", (Person("佟建国", "设备处处长", _D), Person("白一帆", "信息化主管", _B)), ("重点客户",),
    ),
    Company(
        "成都琥珀川制药有限公司", ("琥珀川",), "制药", "501-1000", "成都", _DIAL, "hupochuan",
        "离心机", (Person("冯雅琴", "工程总监", _D), Person("谭立", "验证经理", _B)), ("验证",),
    ),
    Company(
        "无锡霁月塘半导体有限公司", ("霁月塘", "Jiyuetang Semi"), "半导体", "1001-5000", "无锡", _DIAL, "jiyuetang",
        "真空泵", (Person("章以诚", "厂务总监", _D), Person("苏晴", "厂务工程师", _U)), ("洁净室", "重点客户"),
    ),
    Company(
        "景德镇拾光窑陶瓷有限公司", ("拾光窑",), "陶瓷", "51-200", "景德镇", _DIAL, "shiguangyao",
        "窑炉风机", (Person("邹念", "总经理", _D),),
    ),
    Company(
        "常州九皋坡机床有限公司", ("九皋坡", "九皋坡机床"), "机床", "201-500", "常州", _DIAL, "jiugaopo",
        "电主轴", (Person("蒋志成", "质量总监", _D), Person("陶然", "测试工程师", _U)), ("合作伙伴",),
    ),
    Company(
        "长沙墨溪湾水务有限公司", ("墨溪湾", "墨溪湾水务"), "水务", "501-1000", "长沙", _DIAL, "moxiwan",
        "加压泵", (Person("易明", "资产管理部经理", _I), Person("龙海燕", "招采中心主任", _D)), ("招标",),
    ),
    Company(
        "酒泉玄圃山新能源有限公司", ("玄圃山",), "风电", "201-500", "酒泉", _DIAL, "xuanpushan",
        "齿轮箱", (Person("马志远", "场站主任", _D),), ("偏远站点",),
    ),
    Company(
        "西安扶摇峪航空工装有限公司", ("扶摇峪",), "航空工装", "201-500", "西安", _DIAL, "fuyaoyu",
        "五轴机床", (Person("党亚军", "机加车间主任", _D), Person("孟琪", "保密办", _B)),
    ),
    Company(
        "温州沧浪渚泵业有限公司", ("沧浪渚", "Canglangzhu Pumps"), "泵阀", "201-500", "温州", _DIAL, "canglangzhu",
        "测试台", (Person("叶向荣", "总经理", _D), Person("潘丽", "财务经理", _I)), ("合作伙伴",),
    ),
    Company(
        "深圳白泽原医疗器械有限公司", ("白泽原", "白泽原医疗"), "医疗器械", "201-500", "深圳", _DIAL, "baizeyuan",
        "注塑模", (Person("黎婉仪", "制造副总", _D), Person("梁浩", "质量经理", _B)), ("验证",),
    ),
    Company(
        "合肥烛龙沟电气有限公司", ("烛龙沟",), "电气设备", "201-500", "合肥", _DIAL, "zhulonggou",
        "绕线机", (Person("程志刚", "生产经理", _D),),
    ),
    Company(
        "绍兴蒹葭浦纺织有限公司", ("蒹葭浦",), "纺织", "501-1000", "绍兴", _DIAL, "jianjiapu",
        "织机", (Person("金美凤", "厂长", _D), Person("何小军", "电工班长", _U)),
    ),
    Company(
        "昆明远岫峰矿山服务有限公司", ("远岫峰",), "矿山服务", "51-200", "昆明", _DIAL, "yuanxiufeng",
        "皮带机", (Person("李春生", "设备经理", _D),), ("偏远站点",),
    ),
    Company(
        "广州木樨里香料有限公司", ("木樨里",), "香精香料", "51-200", "广州", _DIAL, "muxili",
        "搅拌釜", (Person("区颖欣", "运营总监", _D),),
    ),
    Company(
        "东莞惊蛰坊自动化有限公司", ("惊蛰坊", "Jingzhefang Automation"), "自动化", "51-200", "东莞", _DIAL, "jingzhefang",
        "减速机", (Person("曾凡宇", "技术总监", _D), Person("罗敏", "采购", _I)), ("合作伙伴",),
    ),
    Company(
        "郑州麦浪洲烘焙食品有限公司", ("麦浪洲",), "食品", "501-1000", "郑州", _DIAL, "mailangzhou",
        "隧道炉", (Person("郭卫东", "工程部经理", _D),), ("冲洗环境",),
    ),
    Company(
        "青岛冷泉坞冷链有限公司", ("冷泉坞",), "冷链物流", "201-500", "青岛", _DIAL, "lengquanwu",
        "压缩机", (Person("矫世杰", "技术经理", _D), Person("宋雨桐", "数据分析", _I)),
    ),
    Company(
        "芜湖铜雀岗电缆有限公司", ("铜雀岗",), "电缆", "501-1000", "芜湖", _DIAL, "tongquegang",
        "拉丝机", (Person("鲍学文", "副总经理", _D),),
    ),
    Company(
        "西宁金乌岭光伏科技有限公司", ("金乌岭", "Jinwuling Solar"), "光伏", "1001-5000", "西宁", _DIAL, "jinwuling",
        "单晶炉", (Person("冶建平", "设备总监", _D), Person("唐悦", "工艺主管", _U)), ("重点客户",),
    ),
    Company(
        "舟山渔火港水产加工有限公司", ("渔火港",), "水产加工", "51-200", "舟山", _DIAL, "yuhuogang",
        "速冻机", (Person("虞波", "总经理", _D),), ("冲洗环境",),
    ),
    Company(
        "洛阳雁回坡轴承有限公司", ("雁回坡", "雁回坡轴承"), "轴承", "501-1000", "洛阳", _DIAL, "yanhuipo",
        "磨床", (Person("张秋实", "生产总监", _D), Person("薛亮", "技术员", _U)),
    ),
)  # fmt: skip
