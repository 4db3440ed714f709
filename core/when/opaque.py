"""Chinese words that only look like time. The longest word wins, so these keep their characters from the rules."""

from core.when.values import listed

_NUMBERED = listed(
    "码 楼 线 机 门 店 院 库 厂 馆 展位 桌 车厢 电池 汽油 柴油 油 地铁 铁 宿舍 公寓 仓 仓库 会议室 包厢 包间 窗口 柜台",
    "出口 入口 文件 令 选手 种子 球员 床 病房 街 巷 站台 航站楼 车 厂房 产线 商品 客户 项目 合同 房 房间 订单 井 员工",
    "工位 工地 地块 高速 公路 客服 技师 柜 箱 船 舱 坑 钢 字 样品 样机 模具 方案 标段 包裹 展厅 展馆 会场 位",
)
_TITLES = listed("总 工 董 经理 老师 先生 女士 小姐 主任 部长 处长 科长 院长 校长 教授 博士 医生 局长 秘书 老板 哥 姐")
_FEASTS = listed("五一 五四 六一 八一 国庆 元旦 中秋 春节 元宵")
_PLACES = listed("路 街 大道 广场 大街 村 桥 中学 小学 小区 店 站 公园 大厦")
_POINTS = listed(
    "评 击 建议 意见 要求 问题 原因 需求 反馈 想法 事 钱 子 头 名 赞 之间 看法 思考 感受 体会 收获 疑问 说明"
)
_A_BIT = listed("早 晚 快 慢 差 多 少 好 大 小 高 低 贵")

_WORDS = listed(
    "初一 初二 初三 初四 初五 初六 初七 初八 初九 初十 十几 几十 几百 几千 几万 日本 日常 日程 日子 日志 日期",
    "日报 今日头条 明日之后 聊天 天津 后天津 天猫 天气 天天 天空 天使 月饼 月球 月结 月供 月租 月薪 年会 年轻",
    "年龄 年级 年报 年费 年薪 年终奖 年货 年班 周转 周到 周边 周期 周围 周刊 周报 周年庆 周年纪念 星期几 三天两头",
    "周大福 周黑鸭 一点点 有点 有一点 差点 早点 晚点 快点 慢点 重点 地点 优点 缺点 特点 观点 要点 热点 亮点 站点",
    "网点 试点 终点 起点 难点 焦点 尽早 早日 早已 及早 早就 晚会 晚宴 晚餐 晚饭 早餐 早饭 早会 早上好 晚上好",
    "下午好 上午好 中午好 晚安 早安 下午茶 一下 这些 这样 这次 这里 这边 这家 这位 当地 当面 当时 下单 下载 下级",
    "下来 下去 上线 上海 上来 上去 上级 上门 上述 本人 本次 本地 本来 本身 基本 成本 版本 样本 季节 时代 时候 小时候",
    "时尚 时机 前期 后期 前台 后台 前面 后面 后续 后来 前景 前提 前往 内部 内容 内存 到货 到付 到位 到底 到达 到期",
    "到场 过程 过来 半导体 半成品 万一 千万 百万 千里 百度 百事 第一时间 第三方 秒杀 秒回 每次 每位 每家 每台 每人",
    "公里 那里 哪里 里面 心里 家里 手里 一时半会 一时半刻 有一天 哪一天 某一天 总有一天 一日三餐 百年老店 千年 百年",
    "万年 周六福 周生生 天无理由 小时客服 小时便利店 小时热线 小时服务 小时营业 老半天 一年到头 一日游",
)

NUMBERED_NAMES = listed("单号 编号 合同号 型号 版本 版本号 房间 电话 订单 订单号 发票 发票号 工单 手机 料号 批号 序号")
"""After these a number is a name."""

OPAQUE = (
    _WORDS
    | NUMBERED_NAMES
    | {f"号{noun}" for noun in _NUMBERED}  # a numbered thing, no day of the month: 5号电池
    | {f"周{title}" for title in _TITLES}  # Zhou is a name: 周总
    | {feast + place for feast in _FEASTS for place in _PLACES}  # 五一路
    | {f"点{noun}" for noun in _POINTS}  # points made, no hours: 三点建议
    | {f"{word}一点" for word in _A_BIT}  # a bit: 晚一点
)
